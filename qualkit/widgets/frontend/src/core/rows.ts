// A transcript as rows: one per line, split at turns and where a line is very long.
import { findSentences } from "./sentences.ts";
import type { Turn } from "./types.ts";

export interface Row {
  start: number;
  end: number;
  line: number; // counted from 1, as in the file
  isContinued: boolean; // a further part of the same line: no number
  turn: number; // index of the turn it belongs to, -1 outside all turns
  speaker: string | null; // only where the turn begins
  timeMs: number | null;
}

const LONGEST = 900;

export function buildRows(text: string, turns: readonly Turn[]): Row[] {
  const rows: Row[] = [];
  let line = 0;
  let next = 0; // the first turn not yet begun
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    line += 1;
    let at = start;
    let turn = next > 0 && turns[next - 1].end > start ? next - 1 : -1;
    const first = rows.length;
    while (next < turns.length && turns[next].start <= end && turns[next].start < Math.max(end, start + 1)) {
      const before = turn >= 0 ? Math.min(turns[turn].end, turns[next].start) : at;
      if (turn >= 0 && before > at) addRow(rows, text, at, before, line, turn, turns, turn === next - 1 && at === turns[turn].start);
      const label = text.slice(before, turns[next].start);
      at = isLabel(label, turns[next].speaker) ? turns[next].start : before;
      turn = next;
      next += 1;
    }
    const begins = turn >= 0 && turns[turn].start >= start && turns[turn].start <= end;
    if (turn >= 0 && turns[turn].end < end && text.slice(turns[turn].end, end).trim()) {
      addRow(rows, text, at, turns[turn].end, line, turn, turns, begins);
      addRow(rows, text, turns[turn].end, end, line, -1, turns, false);
    } else {
      addRow(rows, text, at, end, line, turn, turns, begins);
    }
    for (let index = first + 1; index < rows.length; index += 1) rows[index].isContinued = true;
    if (newline < 0) break;
    start = newline + 1;
  }
  // A line break at the very end does not begin another line.
  if (rows.length > 1 && text.endsWith("\n")) rows.pop();
  return rows;
}

/** Is this stretch before a turn nothing but the speaker's name, a time and punctuation? Then the margin shows it. */
function isLabel(stretch: string, speaker: string | null): boolean {
  if (!speaker || !stretch.includes(speaker)) return false;
  return /^[\s\d:：.,，、\-–>[\]【】()（）<《》]*$/.test(stretch.replace(speaker, ""));
}

function addRow(
  rows: Row[], text: string, start: number, end: number, line: number, turn: number, turns: readonly Turn[], begins: boolean,
): void {
  const speaker = begins ? turns[turn].speaker : null;
  const timeMs = begins ? turns[turn].timeMs : null;
  let at = start;
  for (const cut of [...cuts(text, start, end), end]) {
    const isFirst = at === start;
    rows.push({ start: at, end: cut, line, isContinued: false, turn, speaker: isFirst ? speaker : null, timeMs: isFirst ? timeMs : null });
    at = cut;
  }
}

/** Where a very long line is split: after a sentence, or in the middle when there is none. */
function cuts(text: string, start: number, end: number): number[] {
  if (end - start <= LONGEST) return [];
  const places: number[] = [];
  let at = start;
  const add = (place: number) => {
    places.push(place);
    at = place;
  };
  for (const sentence of findSentences(text, start, end)) {
    if (sentence.start > at && sentence.end - at > LONGEST) add(sentence.start);
    while (sentence.end - at > LONGEST * 2) add(wholeCharacter(text, at + LONGEST));
  }
  return places;
}

function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}

/** Index of the row that holds `offset` (the last one that starts at or before it). */
export function rowAt(rows: readonly Row[], offset: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].start <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
