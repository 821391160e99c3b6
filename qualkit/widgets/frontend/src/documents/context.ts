// What the lists of the Documents tab share: the study, its words, and how an edit goes to the kernel.
import type { Message } from "../core/connection.ts";
import type { Words } from "../core/types.ts";
import { type Field, MenuEntries } from "../table/cells.ts";
import type { SayDocuments } from "./messages.ts";
import { kindName, waveName } from "./names.ts";

export interface Study {
  waves: string[];
  kinds: string[]; // of documents
  text_kinds: string[]; // of files that become documents
  cases: string[];
  sessions: number[];
  formats: Record<string, Words>; // what each format is called
  coder: string;
}

export interface Edit {
  field?: Field; // takes the saved value, or goes back to the one of before
  done?: (message: Message) => void;
}

export interface Context {
  readonly say: SayDocuments;
  study: Study;
  ask(t: string, body: object, onAnswer: (message: Message) => void): void;
  /** One durable action; what happens is told in the line on top. */
  edit(t: string, body: object, edit: Edit): void;
}

export function kindMenu({ say, study }: Context): MenuEntries {
  return new MenuEntries(study.kinds.map((kind) => [kind, kindName(kind, say)] as const));
}

/** What a file can be; left open, its name and content tell. */
export function fileKindMenu({ say, study }: Context): MenuEntries {
  return new MenuEntries([["", say("kindGuess")], ...study.text_kinds.map((kind) => [kind, kindName(kind, say)] as const)]);
}

export function waveMenu({ say, study }: Context): MenuEntries {
  return new MenuEntries([["", say("none")], ...study.waves.map((wave) => [wave, waveName(wave, say)] as const)]);
}

export function caseMenu({ say, study }: Context): MenuEntries {
  return new MenuEntries([["", say("none")], ...study.cases.map((name) => [name, name] as const)]);
}
