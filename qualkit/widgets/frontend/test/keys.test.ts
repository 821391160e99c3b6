import assert from "node:assert/strict";
import { test } from "node:test";
import { isComposing } from "../src/core/dom.ts";
import { buildRows } from "../src/core/rows.ts";
import { textCommand, widgetCommand } from "../src/coder/keyboard.ts";
import { findNext } from "../src/coder/search.ts";
import { grow, nextSentence, nextTurn, type Page, selectedRange, step, stepWord } from "../src/coder/selection.ts";

const key = (name: string, more: Partial<KeyboardEvent> = {}) => ({ key: name, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, keyCode: 0, ...more }) as KeyboardEvent;

const text = "社工：好吗？去吧。\nA3：不去。😀我怕。\n";
const turns = [{ start: 3, end: 9, speaker: "社工", timeMs: null }, { start: 13, end: 21, speaker: "A3", timeMs: null }];
const page: Page = { text, turns, rows: buildRows(text, turns) };
const words = (range: { start: number; end: number } | null) => range && text.slice(range.start, range.end);

test("keys ask for what the help says", () => {
  assert.deepEqual(textCommand(key("j")), { do: "sentence", direction: 1, extend: false });
  assert.deepEqual(textCommand(key("J", { shiftKey: true })), { do: "sentence", direction: 1, extend: true });
  assert.deepEqual(textCommand(key("ArrowRight", { shiftKey: true })), { do: "move", unit: "character", direction: 1, extend: true });
  assert.deepEqual(textCommand(key("ArrowDown", { ctrlKey: true })), { do: "sentence", direction: 1, extend: false });
  assert.deepEqual(textCommand(key("3", { code: "Digit3" })), { do: "quick", digit: 3 });
  assert.deepEqual(textCommand(key("0", { code: "Digit0" })), { do: "repeat" });
  assert.equal(textCommand(key("!", { code: "Digit1", shiftKey: true })), null);
  assert.deepEqual(widgetCommand(key("z", { ctrlKey: true }), false), { do: "undo" });
  assert.deepEqual(widgetCommand(key("Z", { ctrlKey: true, shiftKey: true }), false), { do: "redo" });
  assert.deepEqual(widgetCommand(key("y", { metaKey: true }), false), { do: "redo" });
  assert.equal(widgetCommand(key("z", { ctrlKey: true }), true), null);
});

test("with a Chinese input method on, letters still move", () => {
  assert.deepEqual(textCommand(key("Process", { code: "KeyJ" })), { do: "sentence", direction: 1, extend: false });
  assert.deepEqual(textCommand(key("？")), { do: "help" });
});

test("Enter that ends a composition is not ours", () => {
  assert.equal(isComposing(key("Enter", { isComposing: true })), true);
  assert.equal(isComposing(key("Enter", { keyCode: 229 })), true);
  assert.equal(isComposing(key("Process", { keyCode: 229 })), true);
  assert.equal(isComposing(key("Enter", { keyCode: 13 })), false);
  assert.equal(isComposing(key("ArrowLeft", { keyCode: 229 })), false);
});

test("j goes from sentence to sentence and turn to turn, never into a label", () => {
  const seen: (string | null)[] = [];
  for (let at = 0, found = nextSentence(page, at, 1); found; found = nextSentence(page, found.end, 1)) seen.push(words(found));
  assert.deepEqual(seen, ["好吗？", "去吧。", "不去。", "😀我怕。"]);
  assert.equal(words(nextSentence(page, 13, -1)), "去吧。");
  assert.equal(words(nextTurn(page, 3, 1)), "不去。😀我怕。");
});

test("the caret steps over labels, line ends and whole emoji", () => {
  assert.equal(step(page, 9, 1), 13);
  assert.equal(step(page, 13, -1), 9);
  assert.equal(step(page, 16, 1), 18);
  assert.equal(step(page, 18, -1), 16);
  assert.equal(step(page, 21, 1), 21);
  assert.ok(stepWord(page, 13, 1) > 13);
});

test("a selection grows by word, sentence, turn and shrinks again", () => {
  const sentence = grow(page, { start: 13, end: 14 }, 1);
  const whole = grow(page, { start: 13, end: 16 }, 1);
  assert.ok(sentence.end > 14);
  assert.equal(words(whole), "不去。😀我怕。");
  assert.equal(words(grow(page, whole, -1)), "不去。");
});

test("a selection has no blanks at its ends and no half characters", () => {
  assert.equal(words(selectedRange(page, { anchor: 17, focus: 13 })), "不去。😀");
  assert.equal(words(selectedRange(page, { anchor: 6, focus: 10 })), "去吧。");
  assert.equal(selectedRange(page, { anchor: 5, focus: 5 }), null);
});

test("search goes on around the end and tells which place it is", () => {
  const words = "他们笑。A他们a。";
  const next = findNext(words, "他们", { anchor: 0, focus: 0 }, 1)!;
  assert.deepEqual([next.range.start, next.i, next.n], [0, 1, 2]);
  const second = findNext(words, "他们", { anchor: 0, focus: 2 }, 1)!;
  assert.equal(second.range.start, 5);
  assert.equal(findNext(words, "他们", { anchor: 5, focus: 7 }, 1)!.i, 1);
  assert.equal(findNext(words, "他们", { anchor: 0, focus: 2 }, -1)!.i, 2);
  assert.equal(findNext(words, "a", { anchor: 0, focus: 0 }, 1)!.n, 2);
  assert.equal(findNext(words, "没有", { anchor: 0, focus: 0 }, 1), null);
  assert.equal(findNext(words, "", { anchor: 0, focus: 0 }, 1), null);
});
