// The mouse in the transcript: drag, double and triple click, click on a line number, click on coded text.
import type { Range } from "../core/types.ts";
import type { TextPane } from "./text_pane.ts";

export interface PointerActions {
  press(offset: number, extend: boolean): void;
  drag(offset: number): void;
  selectUnit(offset: number, unit: "word" | "sentence"): void;
  selectRow(range: Range): void;
  clickCoded(offset: number, anchor: DOMRect): void;
}

export function listenToPointer(pane: TextPane, actions: PointerActions): void {
  const element = pane.element;
  let pressed: { x: number; y: number } | null = null;
  let last = { x: 0, y: 0 };
  let scrolling = 0;

  const onMove = (event: MouseEvent) => {
    last = { x: event.clientX, y: event.clientY };
    if (!pressed || Math.hypot(last.x - pressed.x, last.y - pressed.y) < 4) return;
    const offset = pane.offsetAt(last.x, last.y);
    if (offset !== null) actions.drag(offset);
    if (!scrolling) scrolling = window.setInterval(scrollAtEdges, 40);
  };

  // Holding the button above or below the text scrolls on.
  const scrollAtEdges = () => {
    const box = element.getBoundingClientRect();
    const beyond = last.y < box.top + 12 ? last.y - box.top - 12 : Math.max(0, last.y - box.bottom + 12);
    if (beyond === 0) return;
    element.scrollTop += Math.max(-60, Math.min(60, beyond));
    const offset = pane.offsetAt(last.x, Math.max(box.top + 14, Math.min(last.y, box.bottom - 14)));
    if (offset !== null) actions.drag(offset);
  };

  const onUp = (event: MouseEvent) => {
    window.removeEventListener("mousemove", onMove);
    window.removeEventListener("mouseup", onUp);
    window.clearInterval(scrolling);
    scrolling = 0;
    const isClick = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 4;
    pressed = null;
    if (!isClick || event.detail > 1 || event.shiftKey) return;
    const coded = event.target instanceof Element ? event.target.closest(".qk-coded") : null;
    const offset = pane.offsetAt(event.clientX, event.clientY);
    if (coded && offset !== null) actions.clickCoded(offset, new DOMRect(event.clientX, event.clientY - 10, 1, 20));
  };

  element.addEventListener("mousedown", (event) => {
    if (event.button !== 0 || !(event.target instanceof Element) || event.target.closest(".qk-margin")) return;
    if (event.offsetX > element.clientWidth && event.target === element) return; // the scroll bar
    event.preventDefault();
    element.focus({ preventScroll: true });
    const row = pane.rowAtPoint(event.clientY);
    if (event.target.closest(".qk-number, .qk-speaker") && row) {
      actions.selectRow(row);
      return;
    }
    const offset = pane.offsetAt(event.clientX, event.clientY);
    if (offset === null) return;
    if (event.detail >= 2) {
      actions.selectUnit(offset, event.detail === 2 ? "word" : "sentence");
      return;
    }
    pressed = { x: event.clientX, y: event.clientY };
    actions.press(offset, event.shiftKey);
    window.addEventListener("mousemove", onMove);
    window.addEventListener("mouseup", onUp);
  });
}
