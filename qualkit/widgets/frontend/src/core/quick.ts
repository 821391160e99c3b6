// Quick codes 1-9: a code keeps its digit; a new one takes a free digit or that of the code unused for longest.

export class QuickCodes {
  private slots: (string | null)[] = Array(9).fill(null);
  private usedAt = new Map<string, number>();
  private clock = 0;
  last: string | null = null;

  /** Fills free digits without counting as use. */
  suggest(ids: Iterable<string>): void {
    for (const id of ids) {
      const free = this.slots.indexOf(null);
      if (free < 0) return;
      if (!this.slots.includes(id)) this.slots[free] = id;
    }
  }

  /** Drops codes that are gone. */
  keepOnly(ids: Set<string>): void {
    this.slots = this.slots.map((id) => (id !== null && ids.has(id) ? id : null));
    if (this.last !== null && !ids.has(this.last)) this.last = null;
  }

  use(id: string): void {
    this.last = id;
    this.usedAt.set(id, (this.clock += 1));
    if (this.slots.includes(id)) return;
    let slot = this.slots.indexOf(null);
    if (slot < 0) {
      const times = this.slots.map((held) => this.usedAt.get(held!) ?? 0);
      slot = times.lastIndexOf(Math.min(...times));
    }
    this.slots[slot] = id;
  }

  get(digit: number): string | null {
    return this.slots[digit - 1] ?? null;
  }

  digitOf(id: string): number | null {
    const slot = this.slots.indexOf(id);
    return slot < 0 ? null : slot + 1;
  }
}
