// The things the widgets speak of; positions are UTF-16 units here and code points on the wire.

export type Language = "zh" | "en";
export type Words = Partial<Record<Language, string>>;

export interface Turn {
  start: number;
  end: number;
  speaker: string | null;
  timeMs: number | null;
}

export interface Code {
  key: string;
  parent: string | null;
  label: Words;
  definition: Words;
  include: Words;
  exclude: Words;
  example: Words;
  color: string | null;
  assignable: boolean;
}

export interface Coding {
  id: string;
  start: number;
  end: number;
  code: string;
  coder: string;
  memo: string;
  pending?: boolean;
}

export interface SourceEntry {
  id: string;
  name: string;
  case: string | null;
  wave: string | null;
  characters: number;
  codings: number;
}

export interface Range {
  start: number;
  end: number;
}
