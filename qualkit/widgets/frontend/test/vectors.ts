// The places that Python's tests use too.
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Vectors {
  positions: { name: string; text: string; pairs: [number, number][]; inside: [number, number][] }[];
  sentences: { text: string; sentences: [number, number][] }[];
  graphemes: { text: string; offset: number; start: number; end: number }[];
}

export const vectors = JSON.parse(readFileSync(join(process.env.QUALKIT_TEST_DATA!, "positions.json"), "utf8")) as Vectors;

/** Numbers that look random and are the same in every run. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
