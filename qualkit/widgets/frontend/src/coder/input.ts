// What the mouse and the keys do in the widget: selecting in the text, and commands.
import { isComposing, keepFromNotebook } from "../core/dom.ts";
import type { CoderApp } from "./app.ts";
import { runCommand } from "./commands.ts";
import { textCommand, widgetCommand } from "./keyboard.ts";
import { listenToPointer } from "./pointer.ts";
import { sentenceRange, wordRange } from "./selection.ts";

export function listenToInput(app: CoderApp): void {
  listenToPointer(app.pane, {
    press: (offset, extend) => {
      app.picker.hide();
      app.card.hide();
      app.select({ anchor: extend ? app.selection.anchor : offset, focus: offset }, false);
    },
    drag: (offset) => app.select({ anchor: app.selection.anchor, focus: offset }, false),
    selectUnit: (offset, unit) => app.selectRange(unit === "word" ? wordRange(app.page, offset) : sentenceRange(app.page, offset)),
    selectRow: (range) => app.selectRange(range),
    clickCoded: (offset, anchor) => app.showCard(app.index.at(offset), anchor),
  });
  app.element.addEventListener("keydown", (event) => onKey(app, event));
  keepFromNotebook(app.element);
}

function onKey(app: CoderApp, event: KeyboardEvent): void {
  if (isComposing(event) && event.key !== "Process") return;
  const target = event.target as HTMLElement;
  const isField = target.matches("input, textarea, select");
  const command = widgetCommand(event, isField) ?? (target === app.pane.element ? textCommand(event) : null);
  if (!command) return;
  event.preventDefault();
  runCommand(app, command);
}
