// What the kernel did, said in a sentence: only undo, redo and refusals need one.
import type { Coding } from "../core/types.ts";
import type { CoderApp } from "./app.ts";
import type { Outcome } from "./session.ts";

export function tellOutcome(app: CoderApp, outcome: Outcome): void {
  if (!outcome.isOurs) return;
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
  return app.say(outcome.changes.changed.length > 0 ? "whatMemo" : "whatRemoved", values);
}
