// Finding words in the transcript: the browser's own search sees only the rows in view.
import type { Range } from "../core/types.ts";
import type { Selection } from "./selection.ts";

export interface Found {
  range: Range;
  i: number; // which of the places, from 1
  n: number;
}

/** The next place of `query` after or before the selection, around the end; null when there is none. */
export function findNext(text: string, query: string, selection: Selection, direction: 1 | -1): Found | null {
  const needle = query.toLowerCase();
  const haystack = text.toLowerCase();
  // A few capital letters become longer in small ones; then places would not fit the text.
  const isSafe = haystack.length === text.length && needle.length === query.length;
  const places = isSafe ? allPlaces(haystack, needle) : allPlaces(text, query);
  if (places.length === 0) return null;
  const from = Math.min(selection.anchor, selection.focus);
  const isOnOne = selection.anchor !== selection.focus && places.includes(from);
  const next = direction > 0
    ? places.findIndex((place) => place > from || (place === from && !isOnOne))
    : places.findLastIndex((place) => place < from);
  const i = next >= 0 ? next : direction > 0 ? 0 : places.length - 1;
  return { range: { start: places[i], end: places[i] + query.length }, i: i + 1, n: places.length };
}

function allPlaces(text: string, query: string): number[] {
  const places: number[] = [];
  if (!query) return places;
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) places.push(at);
  return places;
}
