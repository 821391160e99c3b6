// The codebook beside the text: filter, tree with counts and digits, meaning of the code under the pointer.
import { el, isComposing, replaceChildren } from "../core/dom.ts";
import type { Codes } from "../core/codes.ts";
import type { Look } from "../core/colors.ts";
import type { Say } from "../core/messages.ts";
import type { QuickCodes } from "../core/quick.ts";
import type { Code, Language } from "../core/types.ts";
import { codeDetails, swatch } from "./code_details.ts";

export interface TreeState {
  codes: Codes;
  looks: Map<string, Look>;
  counts: Map<string, number>;
  quick: QuickCodes;
  language: Language;
}

export class CodeTree {
  readonly element: HTMLElement;
  private readonly filter: HTMLInputElement;
  private readonly list = el("div", { class: "qk-tree", attrs: { role: "tree" } });
  private readonly details = el("div", { class: "qk-details" });
  private folded = new Set<string>();
  private state: TreeState | null = null;

  constructor(private readonly say: Say, private readonly onApply: (key: string) => void, onLeave: () => void) {
    this.filter = el("input", {
      class: "qk-field",
      attrs: { type: "search", placeholder: say("filterCodes"), "aria-label": say("filterCodes") },
      on: {
        input: () => this.draw(),
        keydown: (event) => {
          if (isComposing(event)) return;
          if (event.key === "Enter") this.applyFirst();
          else if (event.key === "Escape") this.clear(onLeave);
          else if (event.key === "ArrowDown") this.focusFirst();
          else return;
          event.preventDefault();
        },
      },
    });
    this.list.setAttribute("aria-label", say("codes"));
    const hint = el("p", { class: "qk-quiet qk-tree-hint" }, say("codesHint"));
    this.element = el("aside", { class: "qk-side" }, this.filter, hint, this.list, this.details);
  }

  update(state: TreeState): void {
    const isNew = this.state?.codes !== state.codes;
    this.state = state;
    this.draw();
    if (isNew) this.showDetails(state.codes.tree.find((each) => each.code.assignable)?.code);
  }

  showDetails(code: Code | undefined): void {
    if (!this.state || !code) return replaceChildren(this.details);
    const { codes, looks, language } = this.state;
    replaceChildren(this.details, ...codeDetails(code, codes, looks.get(code.key), language, this.say));
  }

  private draw(): void {
    if (!this.state) return;
    const { codes } = this.state;
    if (codes.all.length === 0) return replaceChildren(this.list, el("p", { class: "qk-empty" }, this.say("noCodes")));
    const query = this.filter.value.trim();
    const found = query ? new Set(codes.find(query)) : null;
    if (found?.size === 0) return replaceChildren(this.list, el("p", { class: "qk-empty" }, this.say("noMatch", { query })));
    const rows: HTMLElement[] = [];
    let hiddenBelow = Infinity; // depth of a folded code whose children are skipped
    codes.tree.forEach(({ code, depth }, place) => {
      if (depth <= hiddenBelow) hiddenBelow = Infinity;
      if (found ? !found.has(code) : hiddenBelow < Infinity) return;
      const hasChildren = (codes.tree[place + 1]?.depth ?? 0) > depth;
      rows.push(this.row(code, found ? 0 : depth, hasChildren && !found));
      if (this.folded.has(code.key) && !found) hiddenBelow = depth;
    });
    replaceChildren(this.list, ...rows);
  }

  private row(code: Code, depth: number, hasChildren: boolean): HTMLElement {
    const { codes, looks, counts, quick } = this.state!;
    const isFolded = this.folded.has(code.key);
    const digit = quick.digitOf(code.key);
    const count = counts.get(code.key) ?? 0;
    const row = el("div", {
      class: `qk-code${code.assignable ? "" : " qk-heading"}`,
      title: codes.path(code.key),
      attrs: { role: "treeitem", tabindex: "-1", "aria-level": String(depth + 1), "data-code": code.key },
      style: { "padding-left": `${4 + depth * 14}px` },
      on: {
        mousedown: (event) => event.preventDefault(), // the transcript keeps the focus and the selection
        click: () => this.onApply(code.key),
        mouseenter: () => this.showDetails(code),
        focus: () => this.showDetails(code),
        keydown: (event) => this.onKey(event, row, code),
      },
    });
    if (hasChildren) row.setAttribute("aria-expanded", String(!isFolded));
    const twisty = el("span", {
      class: "qk-twisty",
      on: {
        click: (event) => {
          event.stopPropagation();
          this.fold(code.key, !isFolded);
        },
      },
    }, hasChildren ? (isFolded ? "▸" : "▾") : "");
    row.append(
      twisty,
      swatch(code.assignable ? looks.get(code.key) : undefined),
      el("span", { class: "qk-code-name" }, codes.label(code.key)),
      digit ? el("kbd", { class: "qk-digit" }, String(digit)) : "",
      el("span", { class: "qk-count", title: this.say("codingsHere", { n: count }) }, count ? String(count) : ""),
    );
    return row;
  }

  private onKey(event: KeyboardEvent, row: HTMLElement, code: Code): void {
    const move = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    if (move instanceof HTMLElement) move.focus();
    else if (event.key === "ArrowUp") this.filter.focus();
    else if (event.key === "Enter") this.onApply(code.key);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.fold(code.key, event.key === "ArrowLeft");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private fold(key: string, isFolded: boolean): void {
    if (isFolded) this.folded.add(key);
    else this.folded.delete(key);
    this.draw();
    this.list.querySelector<HTMLElement>(`[data-code="${CSS.escape(key)}"]`)?.focus();
  }

  private applyFirst(): void {
    const first = this.state?.codes.find(this.filter.value.trim()).find((code) => code.assignable);
    if (first) this.onApply(first.key);
  }

  private focusFirst(): void {
    (this.list.firstElementChild as HTMLElement | null)?.focus();
  }

  private clear(onLeave: () => void): void {
    if (!this.filter.value) return onLeave();
    this.filter.value = "";
    this.draw();
  }
}
