// What a code means: definition, include, exclude, example, as the codebook says.
import { el } from "../core/dom.ts";
import type { Codes } from "../core/codes.ts";
import type { Look } from "../core/colors.ts";
import { type Key, pick, type Say } from "../core/messages.ts";
import type { Code, Language } from "../core/types.ts";

export function codeDetails(code: Code, codes: Codes, look: Look | undefined, language: Language, say: Say): HTMLElement[] {
  const path = codes.path(code.key);
  const head = el("div", { class: "qk-details-head" }, swatch(look), el("strong", {}, codes.label(code.key)), path ? el("small", {}, path) : null);
  const fields: [Key, string][] = [
    ["definition", pick(code.definition, language)],
    ["include", pick(code.include, language)],
    ["exclude", pick(code.exclude, language)],
    ["example", pick(code.example, language)],
  ];
  const list = el("dl", { class: "qk-details-list" });
  for (const [name, value] of fields) {
    if (value) list.append(el("dt", {}, say(name)), el("dd", { class: name === "example" ? "qk-example" : "" }, value));
  }
  if (!list.firstChild) return [head, el("p", { class: "qk-quiet" }, say("noDefinition"))];
  return [head, list];
}

export function swatch(look: Look | undefined): HTMLElement {
  return el("span", { class: `qk-swatch qk-${look?.texture ?? "solid"}`, style: { "--color": look?.color ?? "transparent" } });
}
