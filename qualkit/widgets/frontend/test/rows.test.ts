import assert from "node:assert/strict";
import { test } from "node:test";
import { buildRows, rowAt } from "../src/core/rows.ts";
import type { Turn } from "../src/core/types.ts";
import { RowHeights } from "../src/coder/heights.ts";

const turn = (text: string, words: string, speaker: string | null): Turn => {
  const start = text.indexOf(words);
  return { start, end: start + words.length, speaker, timeMs: null };
};
const shown = (text: string, turns: Turn[]) => buildRows(text, turns).map((row) => [row.line, row.speaker, text.slice(row.start, row.end)]);

test("the speaker's label stands in the margin, the words in the row", () => {
  const text = "编号：A3\n\n社工：好吗？\n[00:12] A3：好。";
  assert.deepEqual(shown(text, [turn(text, "好吗？", "社工"), turn(text, "好。", "A3")]), [
    [1, null, "编号：A3"], [2, null, ""], [3, "社工", "好吗？"], [4, "A3", "好。"],
  ]);
});

test("a label with more in it than name and time stays in the text", () => {
  const text = "A3（哭着说）：好。";
  assert.deepEqual(shown(text, [turn(text, "好。", "A3")]), [[1, "A3", text]]);
});

test("two turns on one line become two rows", () => {
  const text = "问：去吗？答：不去。";
  const rows = buildRows(text, [turn(text, "去吗？", "问"), turn(text, "不去。", "答")]);
  assert.deepEqual(rows.map((row) => [row.speaker, text.slice(row.start, row.end), row.isContinued]), [["问", "去吗？", false], ["答", "不去。", true]]);
});

test("a turn of several lines keeps its turn on every line", () => {
  const text = "A3：第一行\n第二行\n完";
  const start = 3;
  const rows = buildRows(text, [{ start, end: 10, speaker: "A3", timeMs: null }]);
  assert.deepEqual(rows.map((row) => row.turn), [0, 0, rows[2].turn]);
  assert.equal(rows[1].speaker, null);
});

test("rows cover every character but labels and line ends, in order", () => {
  const text = "一行\n\n" + "很长的一句话没有句号".repeat(400) + "\n末行\n";
  const rows = buildRows(text, []);
  assert.equal(rows.map((row) => text.slice(row.start, row.end)).join(""), text.replaceAll("\n", ""));
  assert.ok(rows.every((row) => row.end - row.start <= 1800));
  for (let index = 1; index < rows.length; index += 1) assert.ok(rows[index].start >= rows[index - 1].end);
});

test("no part of a long line begins inside an emoji", () => {
  const text = "😀".repeat(3000);
  for (const row of buildRows(text, [])) assert.ok(row.start % 2 === 0 && row.end % 2 === 0);
});

test("a place leads to its row", () => {
  const rows = buildRows("ab\ncd\n\nef", []);
  assert.deepEqual([0, 2, 3, 5, 6, 7, 9].map((place) => rowAt(rows, place)), [0, 0, 1, 1, 2, 3, 3]);
});

test("tops follow measured heights", () => {
  const heights = new RowHeights([10, 20, 30]);
  assert.equal(heights.total, 60);
  assert.equal(heights.set(0, 15), true);
  assert.equal(heights.set(0, 15.2), false);
  assert.deepEqual([0, 1, 2, 3].map((index) => heights.top(index)), [0, 15, 35, 65]);
  assert.deepEqual([0, 14, 15, 34, 35, 64, 500].map((y) => heights.at(y)), [0, 0, 1, 1, 2, 2, 2]);
});
