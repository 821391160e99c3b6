// Keys of the transcript as commands; single letters act only while the transcript has the focus.

export type Command =
  | { do: "move"; unit: "character" | "word" | "line" | "page" | "edge" | "document"; direction: 1 | -1; extend: boolean }
  | { do: "sentence" | "turn"; direction: 1 | -1; extend: boolean }
  | { do: "grow"; direction: 1 | -1 }
  | { do: "quick"; digit: number }
  | { do: "coding"; direction: 1 | -1 }
  | { do: "pick" | "vivo" | "extent" | "repeat" | "cycle" | "memo" | "remove" | "undo" | "redo" | "search" | "copy" | "all" | "saved" | "help" | "escape" };

const ARROWS: Record<string, [unit: "character" | "line" | "page" | "edge", direction: 1 | -1]> = {
  ArrowLeft: ["character", -1],
  ArrowRight: ["character", 1],
  ArrowUp: ["line", -1],
  ArrowDown: ["line", 1],
  PageUp: ["page", -1],
  PageDown: ["page", 1],
  Home: ["edge", -1],
  End: ["edge", 1],
};

/** Keys that count everywhere in the widget, also in its text fields where `isField`. */
export function widgetCommand(event: KeyboardEvent, isField: boolean): Command | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "s") return { do: "saved" };
  if (key === "f") return { do: "search" };
  if (isField) return null;
  if (key === "z") return { do: event.shiftKey ? "redo" : "undo" };
  if (key === "y") return { do: "redo" };
  return null;
}

/** What a key press in the transcript asks for; null when it is none of ours. */
export function textCommand(event: KeyboardEvent): Command | null {
  const control = event.ctrlKey || event.metaKey;
  const arrow = ARROWS[event.key];
  if (arrow) return arrowCommand(event, control, ...arrow);
  if (control) return controlCommand(event.key.toLowerCase());
  if (event.altKey) return null;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
  if (digit !== undefined && !event.shiftKey) return digit === "0" ? { do: "repeat" } : { do: "quick", digit: Number(digit) };
  return letterCommand(event.key === "Process" ? letterOf(event) : event.key);
}

function arrowCommand(event: KeyboardEvent, control: boolean, unit: "character" | "line" | "page" | "edge", direction: 1 | -1): Command {
  const extend = event.shiftKey;
  if (control && unit === "line") return { do: "sentence", direction, extend };
  if (unit === "character" && (control || event.altKey)) return { do: "move", unit: "word", direction, extend };
  if (control && unit === "edge") return { do: "move", unit: "document", direction, extend };
  return { do: "move", unit, direction, extend };
}

function controlCommand(key: string): Command | null {
  if (key === "c") return { do: "copy" };
  if (key === "a") return { do: "all" };
  return key === "enter" ? { do: "pick" } : null;
}

const LETTERS: Record<string, Command> = {
  j: { do: "sentence", direction: 1, extend: false },
  k: { do: "sentence", direction: -1, extend: false },
  J: { do: "sentence", direction: 1, extend: true },
  K: { do: "sentence", direction: -1, extend: true },
  "}": { do: "turn", direction: 1, extend: false },
  "{": { do: "turn", direction: -1, extend: false },
  ".": { do: "grow", direction: 1 },
  ",": { do: "grow", direction: -1 },
  "。": { do: "grow", direction: 1 },
  "，": { do: "grow", direction: -1 },
  "[": { do: "coding", direction: -1 },
  "]": { do: "coding", direction: 1 },
  "【": { do: "coding", direction: -1 },
  "】": { do: "coding", direction: 1 },
  Enter: { do: "pick" },
  " ": { do: "cycle" },
  v: { do: "vivo" },
  b: { do: "extent" },
  m: { do: "memo" },
  Delete: { do: "remove" },
  Backspace: { do: "remove" },
  u: { do: "undo" },
  "/": { do: "search" },
  "?": { do: "help" },
  "？": { do: "help" },
  Escape: { do: "escape" },
};

const letterCommand = (key: string): Command | null => LETTERS[key] ?? null;

/** With a Chinese input method on, letters may arrive without their name. */
function letterOf(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1] ?? "";
  return event.shiftKey ? letter : letter.toLowerCase();
}
