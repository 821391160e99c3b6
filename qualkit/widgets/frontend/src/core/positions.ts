// Places in text: code points on the wire, UTF-16 units in the browser; the conversion happens in this file alone.

/** Convert between code points and UTF-16 units of one text, like qualkit.positions.Utf16Index. */
export class Utf16Index {
  private readonly astral: number[] = []; // code point positions of the characters that take two units
  private readonly astralUtf16: number[] = [];

  constructor(text: string) {
    for (const match of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) {
      this.astralUtf16.push(match.index);
      this.astral.push(match.index - this.astral.length);
    }
  }

  toUtf16(position: number): number {
    return position + countBelow(this.astral, position);
  }

  /** An offset inside a surrogate pair belongs to its character. */
  toCodePoint(offset: number): number {
    return offset - countBelow(this.astralUtf16, offset);
  }
}

/** How many values of an ascending array are smaller than `limit`. */
export function countBelow(values: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What lets the kernel refuse a wrong offset: length in code points, first and last characters. */
export function quoteCheck(quote: string): { n: number; head: string; tail: string } {
  const points = Array.from(quote);
  return { n: points.length, head: points.slice(0, 8).join(""), tail: points.slice(-8).join("") };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const words = new Intl.Segmenter(undefined, { granularity: "word" });
const WINDOW = 96; // no grapheme that people write is longer than this

/** The range of the grapheme around `offset`; never splits emoji families, flags or combining accents. */
export function graphemeAt(text: string, offset: number): { start: number; end: number } {
  if (offset >= text.length) return { start: text.length, end: text.length };
  let from = Math.max(0, offset - WINDOW);
  const lineBreak = offset > 0 ? text.lastIndexOf("\n", offset - 1) : -1;
  if (lineBreak >= from) from = lineBreak + 1;
  else if (isLowSurrogate(text, from)) from -= 1;
  const part = text.slice(from, offset + WINDOW);
  const found = graphemes.segment(part).containing(offset - from);
  if (!found) return { start: offset, end: offset };
  return { start: from + found.index, end: from + found.index + found.segment.length };
}

export function graphemeBefore(text: string, offset: number): number {
  return offset <= 0 ? 0 : Math.min(offset - 1, graphemeAt(text, offset - 1).start);
}

export function graphemeAfter(text: string, offset: number): number {
  return offset >= text.length ? text.length : Math.max(offset + 1, graphemeAt(text, offset).end);
}

/** Move both ends outwards to whole graphemes. */
export function snapOutwards(text: string, start: number, end: number): { start: number; end: number } {
  const first = graphemeAt(text, start);
  const last = end > start ? graphemeAt(text, end - 1) : { start, end };
  return { start: first.start, end: Math.max(last.end, first.start) };
}

/** The word around `offset` inside `[from, to)`, by the browser's own segmenter: an aid, never stored. */
export function wordAt(text: string, offset: number, from: number, to: number): { start: number; end: number } {
  const found = words.segment(text.slice(from, to)).containing(Math.min(offset, to - 1) - from);
  if (!found) return { start: offset, end: offset };
  return { start: from + found.index, end: from + found.index + found.segment.length };
}

function isLowSurrogate(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
