// What the kernel sends when a view opens, brought into the browser's types.
import { Utf16Index } from "./positions.ts";
import type { WireCoding } from "./store.ts";
import type { Code, SourceEntry, Turn } from "./types.ts";

export interface Welcome {
  project: string; // an opaque id, for the outbox
  session: string; // changes with every widget and kernel
  coder: string;
  show: "own" | "all";
  read_only: boolean;
  sources: SourceEntry[];
  codes: Code[];
  quick: string[];
}

export interface WireDocument {
  id: string;
  name: string;
  language: string;
  turns: [start: number, end: number, speaker: string | null, timeMs: number | null][];
  codings: [id: string, start: number, end: number, code: string, coder: string, memo: string][];
}

export interface OpenDocument {
  id: string;
  name: string;
  language: string;
  text: string;
  places: Utf16Index;
  turns: Turn[];
  codings: WireCoding[];
}

export function readDocument(wire: WireDocument, buffer: DataView): OpenDocument {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(buffer);
  const places = new Utf16Index(text);
  return {
    id: wire.id,
    name: wire.name,
    language: wire.language,
    text,
    places,
    turns: wire.turns.map(([start, end, speaker, timeMs]) => ({ start: places.toUtf16(start), end: places.toUtf16(end), speaker, timeMs })),
    codings: wire.codings.map(([id, start, end, code, coder, memo]) => ({ id, start, end, code, coder, memo })),
  };
}
