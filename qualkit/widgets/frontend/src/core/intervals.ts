// Codings in order of place, with the question "which of them touch this stretch?" answered quickly.
import type { Coding } from "./types.ts";

export class IntervalIndex {
  readonly sorted: readonly Coding[];
  private readonly furthest: Int32Array; // greatest end among sorted[0..i]

  constructor(codings: Iterable<Coding>) {
    const sorted = [...codings].sort(compareCodings);
    this.sorted = sorted;
    this.furthest = new Int32Array(sorted.length);
    let end = 0;
    for (let index = 0; index < sorted.length; index += 1) {
      end = Math.max(end, sorted[index].end);
      this.furthest[index] = end;
    }
  }

  /** Codings that share at least one character with `[start, end)`, in order. */
  touching(start: number, end: number): Coding[] {
    const found: Coding[] = [];
    let index = this.firstEndingAfter(start);
    for (; index < this.sorted.length && this.sorted[index].start < end; index += 1) {
      if (this.sorted[index].end > start) found.push(this.sorted[index]);
    }
    return found;
  }

  /** Codings at a caret position, the shortest first. */
  at(offset: number): Coding[] {
    return this.touching(offset, offset + 1).sort((a, b) => a.end - a.start - (b.end - b.start));
  }

  private firstEndingAfter(position: number): number {
    let low = 0;
    let high = this.furthest.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.furthest[middle] <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function compareCodings(a: Coding, b: Coding): number {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
