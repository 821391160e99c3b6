import assert from "node:assert/strict";
import { test } from "node:test";
import { LARGEST_PIECE, packPieces } from "../src/documents/upload.ts";

const pack = (...sizes: number[]) => [...packPieces(sizes)];

test("small files travel together, in their order", () => {
  assert.deepEqual(pack(3, 4), [[{ file: 0, offset: 0, length: 3 }, { file: 1, offset: 0, length: 4 }]]);
});

test("a large file is cut into pieces that follow each other without a gap", () => {
  const messages = pack(10, 3 * LARGEST_PIECE + 5, 10);
  const pieces = messages.flat().filter((piece) => piece.file === 1);
  let at = 0;
  for (const piece of pieces) {
    assert.equal(piece.offset, at);
    at += piece.length;
  }
  assert.equal(at, 3 * LARGEST_PIECE + 5);
});

test("no message holds more than the kernel takes, and every byte is in one", () => {
  const sizes = Array.from({ length: 3_000 }, (_, n) => (n * 7919) % 40_000);
  const messages = pack(...sizes);
  for (const message of messages) {
    assert.ok(message.reduce((sum, piece) => sum + piece.length, 0) <= LARGEST_PIECE);
    assert.ok(message.length <= 500);
  }
  const total = messages.flat().reduce((sum, piece) => sum + piece.length, 0);
  assert.equal(total, sizes.reduce((sum, size) => sum + size, 0));
});

test("an empty file needs no message", () => {
  assert.deepEqual(pack(0, 0), []);
  assert.deepEqual(pack(0, 2), [[{ file: 1, offset: 0, length: 2 }]]);
});
