// What the list and the form of the Memos tab share: memos, their kinds and what they are on, in words.
import type { Message } from "../core/connection.ts";
import { pick } from "../core/messages.ts";
import type { Language } from "../core/types.ts";
import type { MemoKey, SayMemos } from "./messages.ts";

export type Name = string | { key: string; zh: string | null; en: string | null };

export interface Memo {
  id: string;
  kind: string;
  target: string;
  on: Name | null;
  text: string;
  coder: string;
  at: string;
}

export interface Context {
  readonly say: SayMemos;
  readonly language: Language;
  /** Somebody has written something else there since: both are shown, and one's own can be kept. */
  conflict(theirs: string, mine: string, keepMine: () => void): void;
  /** One durable action; a refusal is told by the tab and to `refused`. */
  edit(t: string, body: object, done: (message: Message) => void, refused?: (message: Message) => void): void;
}

export const SAFEGUARDING = "safeguarding";

const KINDS: Record<string, MemoKey> = { analytic: "memoAnalytic", method: "memoMethod", theory: "memoTheory", reflexive: "memoReflexive", safeguarding: "memoSafeguarding" };
const TARGETS: Record<string, MemoKey> = { sources: "memoOnSource", codes: "memoOnCode", cases: "memoOnCase", codings: "memoOnCoding" };

export function kindWords(kind: string, say: SayMemos): string {
  return Object.hasOwn(KINDS, kind) ? say(KINDS[kind]) : kind;
}

export function targetWords(target: string, say: SayMemos): string {
  return say(Object.hasOwn(TARGETS, target) ? TARGETS[target] : "memoOnOther");
}

export function nameWords(name: Name | null, { say, language }: Context): string {
  if (name === null) return say("memoOnGone");
  if (typeof name === "string") return name;
  return pick({ zh: name.zh ?? "", en: name.en ?? "" }, language) || name.key;
}
