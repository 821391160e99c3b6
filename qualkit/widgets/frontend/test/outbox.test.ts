import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryKeeper } from "../src/core/keeper.ts";
import { type Operation, temporaryId } from "../src/core/operations.ts";
import { Outbox } from "../src/core/outbox.ts";
import { Utf16Index } from "../src/core/positions.ts";
import { CodingStore } from "../src/core/store.ts";

const add = (id: string, order: number, start = 0): Operation => ({
  op_id: id, order, source: "s", kind: "coding.add", start, end: start + 2, n: 2, head: "他们", tail: "他们", code: "type",
});

function make() {
  const sent: { ids: string[]; again: boolean }[] = [];
  const clock = { now: 0, isDown: false };
  const keeper = new MemoryKeeper();
  const send = (ops: Operation[], again: boolean) => {
    if (clock.isDown) throw new Error("Cannot send");
    sent.push({ ids: ops.map((op) => op.op_id), again });
  };
  return { sent, clock, keeper, outbox: new Outbox(keeper, send, () => clock.now), send };
}

test("saved is said only when every action is acknowledged", async () => {
  const { outbox, keeper } = make();
  assert.equal(outbox.state, "saved");
  outbox.add(add("1", 1));
  outbox.add(add("2", 2));
  assert.equal(outbox.state, "saving");
  outbox.settle({ ok: true, op_id: "2" });
  assert.equal(outbox.state, "saving");
  outbox.settle({ ok: true, op_id: "1" });
  assert.equal(outbox.state, "saved");
  assert.deepEqual(await keeper.all(), []);
});

test("what is not acknowledged is sent again with the same id", () => {
  const { outbox, sent, clock } = make();
  outbox.add(add("1", 1));
  clock.now = 9_000;
  outbox.tick();
  assert.equal(sent.length, 1);
  clock.now = 10_001;
  outbox.tick();
  assert.deepEqual(sent, [{ ids: ["1"], again: false }, { ids: ["1"], again: true }]);
});

test("a kernel that keeps silent is reported, one that answers others is not", () => {
  const { outbox, clock } = make();
  outbox.add(add("1", 1));
  clock.now = 5_000;
  assert.equal(outbox.state, "waiting");
  clock.now = 16_000;
  assert.equal(outbox.state, "silent");
  outbox.heard();
  assert.equal(outbox.state, "waiting");
});

test("a kernel that is shut down is reported and tried again", () => {
  const { outbox, sent, clock } = make();
  clock.isDown = true;
  outbox.add(add("1", 1));
  assert.equal(outbox.state, "unsent");
  clock.isDown = false;
  clock.now = 2_100;
  outbox.tick();
  assert.deepEqual(sent, [{ ids: ["1"], again: true }]);
  assert.notEqual(outbox.state, "unsent");
});

test("a full disk keeps the action, a wrong action is given up", async () => {
  const { outbox, keeper, sent, clock } = make();
  outbox.add(add("1", 1));
  outbox.add(add("2", 2));
  assert.equal(outbox.settle({ ok: false, op_id: "1", code: "DISK", message: "the disk is full" }), null);
  assert.equal(outbox.settle({ ok: false, op_id: "2", code: "OFFSET_MISMATCH", message: "no" })?.op_id, "2");
  assert.equal(outbox.state, "refused");
  assert.equal(outbox.problem, "the disk is full");
  assert.deepEqual((await keeper.all()).map((op) => op.op_id), ["1"]);
  clock.now = 2_000;
  outbox.tick();
  assert.deepEqual(sent.at(-1), { ids: ["1"], again: true });
});

test("a new page sends what an earlier one left behind, in order, before its own", async () => {
  const { keeper, sent, send, clock } = make();
  await keeper.put(add("b", 2));
  await keeper.put(add("a", 1));
  const outbox = new Outbox(keeper, send, () => clock.now);
  outbox.add(add("c", 3));
  assert.equal(await outbox.recover(), 2);
  assert.deepEqual(sent.at(-1), { ids: ["a", "b", "c"], again: true });
});

test("waiting actions follow a coding to its final id", async () => {
  const { outbox, keeper } = make();
  outbox.add(add("1", 1));
  outbox.add({ op_id: "2", order: 2, source: "s", kind: "memo.set", coding: temporaryId("1"), memo: "m" });
  outbox.settle({ ok: true, op_id: "1" });
  outbox.rename(temporaryId("1"), "DEV-1");
  await Promise.resolve();
  assert.equal((outbox.pending[0] as { coding: string }).coding, "DEV-1");
  assert.equal(((await keeper.all())[0] as { coding: string }).coding, "DEV-1");
});

test("the screen shows waiting actions on top of what is confirmed", () => {
  const store = new CodingStore("s", "Lin", new Utf16Index("😀他们"));
  store.load([{ id: "x", start: 0, end: 1, code: "a", coder: "Lin", memo: "" }]);
  const pending: Operation[] = [
    add("1", 1, 1),
    { op_id: "2", order: 2, source: "s", kind: "memo.set", coding: temporaryId("1"), memo: "m" },
    { op_id: "3", order: 3, source: "s", kind: "coding.remove", coding: "x" },
    { ...add("4", 4), source: "another" },
  ];
  const shown = store.current(pending);
  assert.deepEqual(shown.map(({ id, start, end, memo }) => [id, start, end, memo]), [[temporaryId("1"), 2, 4, "m"]]);
  assert.deepEqual(store.current([]).map((coding) => coding.id), ["x"]);
});

test("what the kernel did twice is shown once", () => {
  const store = new CodingStore("s", "Lin", new Utf16Index("他们说"));
  const wire = { id: "DEV-1", start: 0, end: 2, code: "a", coder: "Lin", memo: "" };
  assert.equal(store.apply([wire], []).added.length, 1);
  assert.equal(store.apply([wire], []).added.length, 0);
  assert.equal(store.current([]).length, 1);
  assert.equal(store.apply([], ["DEV-1"]).removed[0].id, "DEV-1");
});
