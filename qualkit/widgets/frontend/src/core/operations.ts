// Actions of the user as they are sent, kept and sent again: each has an id and is done once.

interface Base {
  op_id: string;
  order: number; // rises with each action of this browser
  source: string;
}

export type Operation =
  | (Base & { kind: "coding.add"; start: number; end: number; n: number; head: string; tail: string; code: string; memo?: string })
  | (Base & { kind: "coding.remove"; coding: string })
  | (Base & { kind: "coding.move"; coding: string; start: number; end: number; n: number; head: string; tail: string })
  | (Base & { kind: "memo.set"; coding: string; memo: string; before?: string })
  | (Base & { kind: "code.add"; code: string; parent: string | null; label: string })
  | (Base & { kind: "undo" })
  | (Base & { kind: "redo" });

/** The id a coding has until the kernel gives it one. */
export const temporaryId = (opId: string): string => `op:${opId}`;

/** Points an operation at the final id of a coding. */
export function withFinalId(op: Operation, from: string, to: string): Operation {
  return "coding" in op && op.coding === from ? { ...op, coding: to } : op;
}
