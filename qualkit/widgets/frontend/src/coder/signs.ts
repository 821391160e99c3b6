// The small sentences around the text: names of stripes, what is selected and where, what hinders saving.
import type { Codes } from "../core/codes.ts";
import type { Look } from "../core/colors.ts";
import type { Say } from "../core/messages.ts";
import type { Outbox } from "../core/outbox.ts";
import type { QuickCodes } from "../core/quick.ts";
import { rowAt } from "../core/rows.ts";
import type { Coding, Range } from "../core/types.ts";
import type { Page, Selection } from "./selection.ts";
import type { QuickEntry } from "./status.ts";

export const countCharacters = (page: Page, range: Range): number => Array.from(page.text.slice(range.start, range.end)).length;

export function whereText(page: Page, selection: Selection, range: Range | null, hasCodings: boolean, say: Say): string {
  const line = (offset: number) => page.rows[rowAt(page.rows, offset)]?.line ?? 1;
  if (!range) return `${say(hasCodings ? "nothingSelected" : "noCodings")} · ${say("line", { line: line(selection.focus) })}`;
  const [first, last] = [line(range.start), line(range.end - 1)];
  const where = first === last ? say("line", { line: first }) : say("lines", { first, last });
  return `${say("selection", { n: countCharacters(page, range) })} · ${where}`;
}

export function quickEntries(quick: QuickCodes, codes: Codes, looks: Map<string, Look>): QuickEntry[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((digit) => {
    const key = quick.get(digit);
    return key === null ? [] : [{ digit, key, label: codes.label(key), look: looks.get(key) }];
  });
}

/** The code's name; another coder's first letters go before it. */
export function stripeName(coding: Coding, codes: Codes, ownCoder: string): string {
  const name = codes.label(coding.code);
  return coding.coder === ownCoder ? name : `${Array.from(coding.coder).slice(0, 2).join("")}·${name}`;
}

export function stripeTitle(coding: Coding, codes: Codes, say: Say): string {
  const code = [codes.path(coding.code), codes.label(coding.code)].filter(Boolean).join(" / ");
  return [say("stripeTitle", { code, coder: coding.coder }), coding.memo.slice(0, 120)].filter(Boolean).join("\n");
}

/** The sentence for the banner; null while saving goes well. */
export function saveTrouble(outbox: Outbox, say: Say): string | null {
  const { state, problem, isDurable } = outbox;
  if (state === "refused") return say("refused", { message: problem ?? "" });
  if (state !== "silent" && state !== "unsent") return null;
  return say(isDurable ? "silent" : "silentMemory", { n: outbox.pending.length });
}
