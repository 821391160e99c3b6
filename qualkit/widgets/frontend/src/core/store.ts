// The codings of the open document: what the kernel confirmed, with the waiting actions on top.
import { type Operation, temporaryId } from "./operations.ts";
import type { Utf16Index } from "./positions.ts";
import type { Coding } from "./types.ts";

/** A coding as the kernel sends it, in code points. */
export interface WireCoding {
  id: string;
  start: number;
  end: number;
  code: string;
  coder: string;
  memo: string;
}

export interface Changes {
  added: Coding[];
  removed: Coding[];
  changed: Coding[];
}

export class CodingStore {
  private confirmed = new Map<string, Coding>();

  constructor(readonly source: string, readonly coder: string, private readonly places: Utf16Index) {}

  load(codings: Iterable<WireCoding>): void {
    this.confirmed.clear();
    for (const coding of codings) this.confirmed.set(coding.id, this.fromWire(coding));
  }

  /** Takes over what the kernel did; tells what is different now. */
  apply(upserts: readonly WireCoding[], removed: readonly string[]): Changes {
    const changes: Changes = { added: [], removed: [], changed: [] };
    for (const wire of upserts) {
      const coding = this.fromWire(wire);
      const before = this.confirmed.get(coding.id);
      if (!before) changes.added.push(coding);
      else if (differs(before, coding)) changes.changed.push(coding);
      this.confirmed.set(coding.id, coding);
    }
    for (const id of removed) {
      const before = this.confirmed.get(id);
      if (before) changes.removed.push(before);
      this.confirmed.delete(id);
    }
    return changes;
  }

  /** All codings with the waiting actions carried out. */
  current(pending: readonly Operation[]): Coding[] {
    const codings = new Map(this.confirmed);
    for (const op of pending) {
      if (op.source === this.source) this.carryOut(op, codings);
    }
    return [...codings.values()];
  }

  private carryOut(op: Operation, codings: Map<string, Coding>): void {
    if (op.kind === "coding.add") {
      const id = temporaryId(op.op_id);
      const [start, end] = [this.places.toUtf16(op.start), this.places.toUtf16(op.end)];
      codings.set(id, { id, start, end, code: op.code, coder: this.coder, memo: op.memo ?? "", pending: true });
    } else if (op.kind === "coding.remove") {
      codings.delete(op.coding);
    } else if (op.kind === "coding.move") {
      const coding = codings.get(op.coding);
      if (coding) codings.set(op.coding, { ...coding, start: this.places.toUtf16(op.start), end: this.places.toUtf16(op.end) });
    } else if (op.kind === "memo.set") {
      const coding = codings.get(op.coding);
      if (coding) codings.set(op.coding, { ...coding, memo: op.memo });
    }
  }

  private fromWire(wire: WireCoding): Coding {
    return { ...wire, start: this.places.toUtf16(wire.start), end: this.places.toUtf16(wire.end) };
  }
}

const differs = (a: Coding, b: Coding): boolean => a.memo !== b.memo || a.code !== b.code || a.start !== b.start || a.end !== b.end;
