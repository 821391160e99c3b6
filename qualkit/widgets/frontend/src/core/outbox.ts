// Actions on their way to the kernel: kept until acknowledged, sent again with the same id.
import type { Keeper } from "./keeper.ts";
import { type Operation, withFinalId } from "./operations.ts";

export interface Answer {
  ok: boolean;
  op_id: string;
  code?: string;
  message?: string;
}

export type SaveState = "saved" | "saving" | "waiting" | "silent" | "refused" | "unsent";

const RESEND_AFTER = 10_000;
const SILENT_AFTER = 15_000;
const RETRY_AFTER = 2_000;
export const MOST_PENDING = 200;
const RETRYABLE = new Set(["LOCKED", "DISK"]);

interface Waiting {
  op: Operation;
  firstSent: number;
  lastSent: number;
  problem: string | null;
}

export class Outbox {
  private waiting = new Map<string, Waiting>();
  private isBroken = false; // the last send threw
  private heardAt: number;

  constructor(
    private readonly keeper: Keeper,
    private readonly send: (ops: Operation[], again: boolean) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.heardAt = now();
  }

  get pending(): Operation[] {
    return [...this.waiting.values()].map((each) => each.op);
  }

  get isFull(): boolean {
    return this.waiting.size >= MOST_PENDING;
  }

  get isDurable(): boolean {
    return this.keeper.isDurable;
  }

  /** What the save sign may say. "saved" only when nothing waits for its acknowledgement. */
  get state(): SaveState {
    if (this.waiting.size === 0) return "saved";
    const all = [...this.waiting.values()];
    if (all.some((each) => each.problem !== null)) return "refused";
    if (this.isBroken) return "unsent";
    const oldest = this.now() - Math.min(...all.map((each) => each.firstSent));
    if (oldest > SILENT_AFTER && this.now() - this.heardAt > SILENT_AFTER) return "silent";
    return oldest > 1_500 ? "waiting" : "saving";
  }

  get problem(): string | null {
    return [...this.waiting.values()].find((each) => each.problem !== null)?.problem ?? null;
  }

  add(op: Operation): void {
    this.hold(op);
    // The browser's copy is written beside sending; whichever is first, the action is in two places soon.
    void this.keeper.put(op).catch(() => undefined);
    this.transmit([op], false);
  }

  /** Sends what an earlier page or kernel left behind; how many that were. */
  async recover(): Promise<number> {
    const left = (await this.keeper.all()).filter((op) => !this.waiting.has(op.op_id));
    const own = this.pending;
    this.waiting.clear();
    for (const op of [...left, ...own].sort((a, b) => a.order - b.order)) this.hold(op);
    this.transmit(this.pending, true);
    return left.length;
  }

  /** An acknowledgement ends the waiting, a refusal too unless trying again may help. The action it was about. */
  settle(answer: Answer): Operation | null {
    this.heard();
    const held = this.waiting.get(answer.op_id);
    if (!answer.ok && answer.code !== undefined && RETRYABLE.has(answer.code)) {
      if (held) held.problem = answer.message ?? answer.code;
      return null;
    }
    this.waiting.delete(answer.op_id);
    void this.keeper.remove(answer.op_id).catch(() => undefined);
    return held?.op ?? null;
  }

  /** A coding got its final id: waiting actions about it must say so, here and in the browser's copy. */
  rename(from: string, to: string): void {
    for (const held of this.waiting.values()) {
      const op = withFinalId(held.op, from, to);
      if (op === held.op) continue;
      held.op = op;
      void this.keeper.put(op).catch(() => undefined);
    }
  }

  /** Any word from the kernel shows that it lives. */
  heard(): void {
    this.heardAt = this.now();
    this.isBroken = false;
  }

  /** Call now and then: sends again what has waited for long. */
  tick(): void {
    const due = [...this.waiting.values()].filter((each) => {
      const patience = each.problem !== null || this.isBroken ? RETRY_AFTER : RESEND_AFTER;
      return this.now() - each.lastSent >= patience;
    });
    if (due.length > 0) this.transmit(due.map((each) => each.op), true);
  }

  private hold(op: Operation): void {
    this.waiting.set(op.op_id, { op, firstSent: this.now(), lastSent: this.now(), problem: null });
  }

  private transmit(ops: Operation[], again: boolean): void {
    if (ops.length === 0) return;
    for (const op of ops) {
      const held = this.waiting.get(op.op_id);
      if (held) held.lastSent = this.now();
    }
    try {
      this.send(ops, again);
      this.isBroken = false;
    } catch {
      this.isBroken = true; // the kernel is shut down: JupyterLab refuses to send
    }
  }
}
