import assert from "node:assert/strict";
import { test } from "node:test";
import { graphemeAfter, graphemeAt, graphemeBefore, quoteCheck, snapOutwards, Utf16Index } from "../src/core/positions.ts";
import { findSentences } from "../src/core/sentences.ts";
import { vectors } from "./vectors.ts";

for (const { name, text, pairs, inside } of vectors.positions) {
  test(`code points and UTF-16 units agree: ${name}`, () => {
    const index = new Utf16Index(text);
    for (const [position, offset] of pairs) {
      assert.equal(index.toUtf16(position), offset);
      assert.equal(index.toCodePoint(offset), position);
    }
    for (const [offset, position] of inside) assert.equal(index.toCodePoint(offset), position);
  });
}

for (const { text, offset, start, end } of vectors.graphemes) {
  test(`a grapheme is never split: ${text}`, () => {
    const index = new Utf16Index(text);
    const found = graphemeAt(text, index.toUtf16(offset));
    assert.deepEqual([index.toCodePoint(found.start), index.toCodePoint(found.end)], [start, end]);
  });
}

for (const { text, sentences } of vectors.sentences) {
  test(`sentences agree with Python: ${text.slice(0, 12)}`, () => {
    const index = new Utf16Index(text);
    const found = findSentences(text, 0, text.length).map(({ start, end }) => [index.toCodePoint(start), index.toCodePoint(end)]);
    assert.deepEqual(found, sentences);
  });
}

test("steps over graphemes go there and back", () => {
  for (const { text } of vectors.positions) {
    const places = [0];
    while (places.at(-1)! < text.length) places.push(graphemeAfter(text, places.at(-1)!));
    const back = [text.length];
    while (back.at(-1)! > 0) back.push(graphemeBefore(text, back.at(-1)!));
    assert.deepEqual(back.reverse(), text.length ? places : [0]);
  }
});

test("a selection inside an emoji takes the whole emoji", () => {
  assert.deepEqual(snapOutwards("好👨‍👩‍👧好", 3, 5), { start: 1, end: 9 });
});

test("the quote check counts code points and keeps whole characters", () => {
  assert.deepEqual(quoteCheck("好😀"), { n: 2, head: "好😀", tail: "好😀" });
  assert.equal(quoteCheck("一二三四五六七八九十").head, "一二三四五六七八");
  assert.equal(quoteCheck("一二三四五六七八九十").tail, "三四五六七八九十");
});
