// A row cut into stretches that carry the same codings and are wholly inside or outside the selection.
import type { Coding, Range } from "./types.ts";

export interface Segment {
  start: number;
  end: number;
  codings: Coding[]; // the shortest first
  isSelected: boolean;
}

export function cutSegments(start: number, end: number, codings: readonly Coding[], selection: Range | null): Segment[] {
  const places = new Set([start, end]);
  const add = (place: number) => {
    if (place > start && place < end) places.add(place);
  };
  for (const coding of codings) {
    add(coding.start);
    add(coding.end);
  }
  if (selection) {
    add(selection.start);
    add(selection.end);
  }
  const sorted = [...places].sort((a, b) => a - b);
  const byLength = [...codings].sort((a, b) => a.end - a.start - (b.end - b.start));
  return sorted.slice(1).map((to, index) => {
    const from = sorted[index];
    return {
      start: from,
      end: to,
      codings: byLength.filter((coding) => coding.start <= from && coding.end >= to),
      isSelected: selection !== null && selection.start <= from && selection.end >= to,
    };
  });
}
