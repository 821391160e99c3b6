// What each command does to the widget.
import { selectedRange } from "./selection.ts";
import type { CoderApp } from "./app.ts";
import type { Range } from "../core/types.ts";
import type { Command } from "./keyboard.ts";
import { collapsed, grow, nextSentence, nextTurn, step, stepWord } from "./selection.ts";

export function runCommand(app: CoderApp, command: Command): void {
  switch (command.do) {
    case "move":
      return move(app, command.unit, command.direction, command.extend);
    case "sentence":
    case "turn":
      return toUnit(app, command.do, command.direction, command.extend);
    case "grow":
      return app.selectRange(grow(app.page, app.range ?? { start: app.selection.focus, end: app.selection.focus }, command.direction));
    case "quick":
      return applyQuick(app, app.quick.get(command.digit));
    case "repeat":
      return applyQuick(app, app.quick.last);
    case "coding":
      return toCoding(app, command.direction);
    case "pick":
      return app.openPicker();
    case "vivo":
      return app.openPicker(true);
    case "extent":
      return changeExtent(app);
    case "cycle":
      return cycle(app);
    case "memo":
      return memo(app);
    case "remove":
      return remove(app);
    case "undo":
      return app.session.undo();
    case "redo":
      return app.session.redo();
    case "search":
      return app.toolbar.focusSearch();
    case "copy":
      return copy(app);
    case "all":
      return app.selectRange({ start: 0, end: app.page.text.length });
    case "saved":
      return app.toasts.show(app.session.outbox?.state === "saved" ? app.say("allSaved") : app.say("waiting", { n: app.session.outbox?.pending.length ?? 0 }));
    case "help":
      return app.help.toggle(app.toolbar.element.lastElementChild!.getBoundingClientRect());
    case "escape":
      return escape(app);
  }
}

function move(app: CoderApp, unit: "character" | "word" | "line" | "page" | "edge" | "document", direction: 1 | -1, extend: boolean): void {
  const { anchor, focus } = app.selection;
  if (unit === "character" && !extend && anchor !== focus) {
    return app.select(collapsed(direction > 0 ? Math.max(anchor, focus) : Math.min(anchor, focus)));
  }
  const to = unit === "character" ? step(app.page, focus, direction)
    : unit === "word" ? stepWord(app.page, focus, direction)
    : unit === "document" ? (direction > 0 ? app.page.text.length : 0)
    : byLine(app, focus, unit, direction);
  app.select({ anchor: extend ? anchor : to, focus: to });
}

/** Up, down and the ends of a line depend on where the browser breaks lines. */
function byLine(app: CoderApp, focus: number, unit: "line" | "page" | "edge", direction: 1 | -1): number {
  app.pane.reveal(focus);
  const rect = app.pane.caretRect(focus);
  if (!rect) return focus;
  const box = app.pane.element.getBoundingClientRect();
  const y = (rect.top + rect.bottom) / 2;
  if (unit === "edge") return app.pane.offsetAt(direction > 0 ? box.right : box.left, y) ?? focus;
  const distance = unit === "page" ? box.height - 60 : 31;
  for (let reach = distance; reach < distance + 60; reach += 10) {
    const target = y + direction * reach;
    if (target < box.top || target > box.bottom) {
      app.pane.element.scrollTop += direction * distance;
      const again = app.pane.offsetAt(rect.left, unit === "page" ? y : y);
      return again ?? focus;
    }
    const found = app.pane.offsetAt(rect.left, target);
    if (found !== null && found !== focus && Math.sign(found - focus) === direction) return found;
  }
  return focus;
}

function toUnit(app: CoderApp, unit: "sentence" | "turn", direction: 1 | -1, extend: boolean): void {
  const { anchor, focus } = app.selection;
  const find = unit === "sentence" ? nextSentence : nextTurn;
  const isBackwards = focus < anchor;
  const from = direction > 0
    ? Math.max(focus, extend ? focus : anchor) + (unit === "turn" ? -1 : 0)
    : Math.min(focus, extend ? focus : anchor) + (unit === "turn" ? 1 : 0);
  const found = find(app.page, from, direction);
  if (!found) return;
  if (!extend) return app.selectRange(found);
  const to = direction > 0 ? found.end : found.start;
  app.select({ anchor: isBackwards === direction < 0 || anchor === focus ? anchor : anchor, focus: to });
}

function applyQuick(app: CoderApp, key: string | null): void {
  if (key !== null) app.apply(key);
}

/** The next coding in the text, before or after the chosen one. */
function toCoding(app: CoderApp, direction: 1 | -1): void {
  const all = app.index.sorted;
  const at = all.findIndex((coding) => coding.id === app.chosen);
  const start = Math.min(app.selection.anchor, app.selection.focus);
  const next = at >= 0 ? all[at + direction] : direction > 0 ? all.find((coding) => coding.start >= start) : all.findLast((coding) => coding.start < start);
  if (next) app.choose(next);
}

/** Chooses the codings at the caret one after the other, and shows their card. */
function cycle(app: CoderApp): void {
  const place = Math.min(app.selection.anchor, app.selection.focus);
  const here = app.index.at(place);
  if (here.length === 0) return;
  const next = (here.findIndex((coding) => coding.id === app.chosen) + 1) % here.length;
  const ordered = [...here.slice(next), ...here.slice(0, next)];
  app.showCard(ordered, app.pane.rangeRect(ordered[0]));
  app.selection = { anchor: place, focus: place };
  app.refresh();
  app.focusText();
}

function target(app: CoderApp) {
  const chosen = app.chosen === null ? undefined : app.find(app.chosen);
  if (chosen) return chosen;
  const range = selectedRange(app.page, app.selection);
  const here = app.index.at(range ? range.start : app.selection.focus);
  return here.find((coding) => range !== null && coding.start === range.start && coding.end === range.end) ?? here[0];
}

/** The coding that shares most of the selected words is given just these words. */
function changeExtent(app: CoderApp): void {
  const range = app.range;
  if (!range) return app.toasts.show(app.say("extentHow"));
  const shared = (coding: Range) => Math.min(coding.end, range.end) - Math.max(coding.start, range.start);
  const own = app.index.touching(range.start, range.end).filter((coding) => app.canEdit(coding) && shared(coding) > 0);
  const [coding] = own.sort((a, b) => shared(b) - shared(a) || (a.end - a.start) - (b.end - b.start));
  if (!coding) return app.toasts.show(app.say("extentHow"));
  if (coding.start === range.start && coding.end === range.end) return;
  app.session.move(coding, range.start, range.end);
  const text = app.say("extentDone", { code: app.codes.label(coding.code), quote: app.quote(range) });
  app.toasts.show(text, { label: app.say("undoWord"), act: () => app.session.undo() });
}

function memo(app: CoderApp): void {
  const coding = target(app);
  if (!coding) return;
  app.showCard([coding], app.pane.rangeRect(coding));
  app.card.focusMemo();
}

function remove(app: CoderApp): void {
  const coding = target(app);
  if (coding) app.remove(coding);
}

function copy(app: CoderApp): void {
  const range = app.range;
  if (!range) return;
  const text = app.page.text.slice(range.start, range.end);
  const done = () => app.toasts.show(app.say("copied", { n: Array.from(text).length }));
  // Without a secure context there is no asynchronous clipboard; then the old way.
  if (navigator.clipboard) void navigator.clipboard.writeText(text).then(done, () => copyByEvent(text, done));
  else copyByEvent(text, done);
}

function copyByEvent(text: string, done: () => void): void {
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    done();
  };
  document.addEventListener("copy", onCopy, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", onCopy, { capture: true });
}

function escape(app: CoderApp): void {
  if (app.help.open) return app.help.hide();
  if (app.card.open) return app.card.hide();
  app.select(collapsed(app.selection.focus), false);
}
