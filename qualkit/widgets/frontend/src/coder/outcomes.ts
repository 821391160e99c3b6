// What the kernel did, said in a sentence: only undo, redo and refusals need one.
import type { Operation } from "../core/operations.ts";
import type { Coding } from "../core/types.ts";
import type { CoderApp } from "./app.ts";
import type { Outcome } from "./session.ts";

export function tellOutcome(app: CoderApp, outcome: Outcome): void {
  if (!outcome.isOurs) return;
  if (outcome.refused?.kind === "memo.set" && outcome.refusal !== null) return tellMemo(app, outcome.refused, outcome.refusal);
  if (outcome.refusal !== null) return app.toasts.show(app.say("notDone", { message: outcome.refusal }), undefined, true);
  if (outcome.kind !== "undo" && outcome.kind !== "redo") return;
  if (outcome.isNothing) return app.toasts.show(app.say(outcome.kind === "undo" ? "nothingToUndo" : "nothingToRedo"));
  const { added, removed, changed } = outcome.changes;
  const place = added[0] ?? changed[0] ?? removed[0];
  const what = place ? describe(app, outcome, place) : outcome.summary;
  app.toasts.show(app.say(outcome.kind === "undo" ? "undone" : "redone", { what }));
  if (place) app.selectRange(place);
}

function describe(app: CoderApp, outcome: Outcome, place: Coding): string {
  const values = { code: app.codes.label(place.code), quote: app.quote(place) };
  if (outcome.changes.added.length > 0) return app.say("whatAdded", values);
  return app.say(outcome.changes.changed.length > 0 ? "whatChanged" : "whatRemoved", values);
}

/** Words that were not taken are never lost: both versions are shown, and one's own can be written all the same. */
function tellMemo(app: CoderApp, op: Extract<Operation, { kind: "memo.set" }>, message: string): void {
  const coding = app.find(op.coding);
  if (!coding || coding.memo === op.before) return app.toasts.show(app.say("memoRefused", { message, mine: op.memo }), undefined, true);
  const text = app.say("memoConflict", { theirs: coding.memo, mine: op.memo });
  app.toasts.show(text, { label: app.say("memoMine"), act: () => app.session.setMemo(app.find(op.coding) ?? coding, op.memo) }, true);
}
