import assert from "node:assert/strict";
import { test } from "node:test";
import { IntervalIndex } from "../src/core/intervals.ts";
import { Lanes } from "../src/core/lanes.ts";
import { cutSegments } from "../src/core/segments.ts";
import type { Coding } from "../src/core/types.ts";
import { randomFrom } from "./vectors.ts";

const coding = (id: string, start: number, end: number): Coding => ({ id, start, end, code: "c", coder: "Lin", memo: "" });

function many(n: number, length: number): Coding[] {
  const random = randomFrom(7);
  return Array.from({ length: n }, (_, place) => {
    const start = random(length);
    return coding(String(place), start, start + 1 + random(60));
  });
}

test("codings that touch a stretch are those a plain search finds", () => {
  const codings = many(400, 2000);
  const index = new IntervalIndex(codings);
  for (let start = 0; start < 2000; start += 37) {
    const expected = codings.filter((each) => each.start < start + 25 && each.end > start).map((each) => each.id).sort();
    assert.deepEqual(index.touching(start, start + 25).map((each) => each.id).sort(), expected);
  }
});

test("at a place the shortest coding comes first", () => {
  const index = new IntervalIndex([coding("long", 0, 50), coding("short", 10, 14), coding("away", 60, 70)]);
  assert.deepEqual(index.at(12).map((each) => each.id), ["short", "long"]);
});

test("codings that overlap never share a lane", () => {
  const index = new IntervalIndex(many(300, 1500));
  const lanes = new Lanes();
  lanes.layOut(index, (each) => each);
  for (const a of index.sorted) {
    for (const b of index.touching(a.start, a.end)) if (a !== b) assert.notEqual(lanes.get(a.id), lanes.get(b.id));
  }
});

test("a new coding takes a free lane and moves no other", () => {
  const before = [coding("a", 0, 30), coding("b", 10, 40), coding("c", 35, 60)];
  const lanes = new Lanes();
  lanes.layOut(new IntervalIndex(before), (each) => each);
  const held = before.map((each) => lanes.get(each.id));
  const after = new IntervalIndex([...before, coding("new", 5, 38)]);
  lanes.update(after, (each) => each, 0);
  assert.deepEqual(before.map((each) => lanes.get(each.id)), held);
  for (const other of before) assert.notEqual(lanes.get("new"), lanes.get(other.id));
});

test("a stripe keeps its lane when the coding gets its final id", () => {
  const lanes = new Lanes();
  lanes.layOut(new IntervalIndex([coding("a", 0, 10), coding("op:1", 0, 10)]), (each) => each);
  const held = lanes.get("op:1");
  lanes.rename("op:1", "DEV-1");
  lanes.update(new IntervalIndex([coding("a", 0, 10), coding("DEV-1", 0, 10)]), (each) => each, 0);
  assert.equal(lanes.get("DEV-1"), held);
});

test("segments cover the row and carry exactly their codings", () => {
  const codings = many(40, 100);
  const segments = cutSegments(0, 100, codings.filter((each) => each.start < 100), { start: 20, end: 33 });
  assert.equal(segments[0].start, 0);
  assert.equal(segments.at(-1)!.end, 100);
  for (const [place, segment] of segments.entries()) {
    if (place > 0) assert.equal(segment.start, segments[place - 1].end);
    const expected = codings.filter((each) => each.start <= segment.start && each.end >= segment.end).map((each) => each.id).sort();
    assert.deepEqual(segment.codings.map((each) => each.id).sort(), expected);
    assert.equal(segment.isSelected, segment.start >= 20 && segment.end <= 33);
  }
});

test("an empty row has no segment", () => {
  assert.deepEqual(cutSegments(5, 5, [], null), []);
});
