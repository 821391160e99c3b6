// The selection as the program holds it, and how keys move it: by character, word, sentence, turn.
import { graphemeAfter, graphemeBefore, snapOutwards, wordAt } from "../core/positions.ts";
import { type Row, rowAt } from "../core/rows.ts";
import { findSentences } from "../core/sentences.ts";
import type { Range, Turn } from "../core/types.ts";

export interface Selection {
  anchor: number;
  focus: number;
}

export interface Page {
  text: string;
  rows: readonly Row[];
  turns: readonly Turn[];
}

export const collapsed = (at: number): Selection => ({ anchor: at, focus: at });

/** The selected stretch, ends moved out to whole characters and in from line breaks; null when nothing is selected. */
export function selectedRange(page: Page, selection: Selection): Range | null {
  const low = Math.min(selection.anchor, selection.focus);
  const high = Math.max(selection.anchor, selection.focus);
  if (low === high) return null;
  let { start, end } = snapOutwards(page.text, low, high);
  while (start < end && /\s/.test(page.text[start])) start += 1;
  while (end > start && /\s/.test(page.text[end - 1])) end -= 1;
  return start < end ? { start, end } : null;
}

/** Next place to the right or left; labels that the margin shows are jumped over. */
export function step(page: Page, from: number, direction: 1 | -1): number {
  const row = rowAt(page.rows, from);
  const { start, end } = page.rows[row];
  if (direction > 0) {
    if (from < end) return Math.min(end, graphemeAfter(page.text, from));
    return row + 1 < page.rows.length ? page.rows[row + 1].start : end;
  }
  if (from > start) return Math.max(start, graphemeBefore(page.text, from));
  return row > 0 ? page.rows[row - 1].end : start;
}

export function stepWord(page: Page, from: number, direction: 1 | -1): number {
  const { start, end } = page.rows[rowAt(page.rows, from)];
  const inside = direction > 0 ? from < end : from > start;
  if (!inside) return step(page, from, direction);
  const word = wordAt(page.text, direction > 0 ? from : from - 1, start, end);
  return direction > 0 ? word.end : word.start;
}

export function wordRange(page: Page, at: number): Range {
  const { start, end } = page.rows[rowAt(page.rows, at)];
  return start === end ? { start, end } : wordAt(page.text, at, start, end);
}

export function sentenceRange(page: Page, at: number): Range {
  const row = page.rows[rowAt(page.rows, at)];
  const sentences = findSentences(page.text, row.start, row.end);
  return sentences.find((each) => each.end > at) ?? sentences.at(-1) ?? { start: row.start, end: row.end };
}

export function turnRange(page: Page, at: number): Range {
  const row = page.rows[rowAt(page.rows, at)];
  return row.turn >= 0 ? page.turns[row.turn] : { start: row.start, end: row.end };
}

/** The first sentence that begins at or after a place, or the last that ends before it. */
export function nextSentence(page: Page, from: number, direction: 1 | -1): Range | null {
  for (let row = rowAt(page.rows, from); row >= 0 && row < page.rows.length; row += direction) {
    const sentences = findSentences(page.text, page.rows[row].start, page.rows[row].end);
    const found = direction > 0
      ? sentences.find((each) => each.start >= from)
      : sentences.findLast((each) => each.end <= from);
    if (found) return found;
  }
  return null;
}

export function nextTurn(page: Page, from: number, direction: 1 | -1): Range | null {
  return (direction > 0 ? page.turns.find((turn) => turn.start > from) : page.turns.findLast((turn) => turn.end < from)) ?? null;
}

/** The next larger unit around the selection: word, sentence, turn; or the next smaller one. */
export function grow(page: Page, range: Range, direction: 1 | -1): Range {
  const units = [wordRange(page, range.start), sentenceRange(page, range.start), turnRange(page, range.start)];
  const length = range.end - range.start;
  const fits = direction > 0
    ? units.find((unit) => unit.end - unit.start > length)
    : units.findLast((unit) => unit.end - unit.start < length && unit.end > unit.start);
  return fits ?? (direction > 0 ? range : { start: range.start, end: range.start });
}
