// Sentences of one line, by the rules of qualkit.language.find_sentences: for moving and selecting.
import type { Range } from "./types.ts";

// A sentence ends with its stop, any further stops and the quotes or brackets that close after it.
const STOP = /([。！？!?；;]+|…{2,}|\.(?=[\s”’"')）」』】]|$))[。！？!?…]*([”’"')）」』】]*)/g;
const ABBREVIATION = /(?:^|[\s(（“"'])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|e\.g|i\.e|cf|al|ca|approx|No|Fig|Tab|pp?|Vol|ed|eds|[A-Z])\.$/;

/** The sentences of `text` within `[from, to)`, without the blanks around them. */
export function findSentences(text: string, from: number, to: number): Range[] {
  const line = text.slice(from, to);
  const found: Range[] = [];
  let start = 0;
  for (const match of line.matchAll(STOP)) {
    if (!endsSentence(line, start, match)) continue;
    addTrimmed(found, line, start, match.index + match[0].length, from);
    start = match.index + match[0].length;
  }
  addTrimmed(found, line, start, line.length, from);
  return found;
}

function endsSentence(line: string, start: number, match: RegExpExecArray | RegExpMatchArray): boolean {
  const [whole, stop, close] = match;
  const at = match.index!;
  // Speakers trail off in the middle: …… ends a sentence only before a quote or the end of the line.
  if (stop.startsWith("…")) return close !== "" || at + whole.length === line.length;
  return stop !== "." || !ABBREVIATION.test(line.slice(Math.max(start, at - 12), at + 1));
}

function addTrimmed(found: Range[], line: string, start: number, end: number, shift: number): void {
  while (start < end && /\s/.test(line[start])) start += 1;
  while (end > start && /\s/.test(line[end - 1])) end -= 1;
  if (end > start) found.push({ start: start + shift, end: end + shift });
}
