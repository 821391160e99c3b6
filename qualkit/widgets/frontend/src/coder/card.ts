// The card of a passage: its codings with coder and memo; own ones can be annotated and removed.
import { button, el, isComposing, replaceChildren } from "../core/dom.ts";
import type { Codes } from "../core/codes.ts";
import type { Look } from "../core/colors.ts";
import type { Say } from "../core/messages.ts";
import { Popover } from "../core/popover.ts";
import type { Coding } from "../core/types.ts";
import { swatch } from "./code_details.ts";

export interface CardActions {
  quote(coding: Coding): string;
  canEdit(coding: Coding): boolean;
  setMemo(coding: Coding, memo: string): void;
  remove(coding: Coding): void;
  choose(coding: Coding): void;
  closed(): void;
}

export class CodingCard {
  private readonly popover: Popover;
  private saves: (() => void)[] = []; // write down what stands in the open memo fields
  private shown: string[] = [];

  constructor(host: HTMLElement, private readonly say: Say, private readonly actions: CardActions) {
    this.popover = new Popover(host, "qk-card", say("cardTitle"));
    this.popover.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || isComposing(event)) return;
      event.preventDefault();
      event.stopPropagation();
      this.hide();
    });
  }

  get open(): boolean {
    return this.popover.open;
  }

  get codings(): readonly string[] {
    return this.shown;
  }

  show(codings: readonly Coding[], anchor: DOMRect, codes: Codes, looks: Map<string, Look>): void {
    this.saveAll();
    this.shown = codings.map((coding) => coding.id);
    const title = el("div", { class: "qk-popover-title" }, this.say("cardTitle"), button("×", this.say("close"), () => this.hide(), "qk-close"));
    replaceChildren(this.popover.element, title, ...codings.map((coding) => this.entry(coding, codes, looks)));
    this.popover.show(anchor);
  }

  focusMemo(): void {
    this.popover.element.querySelector("textarea")?.focus();
  }

  hide(): void {
    if (!this.popover.open) return;
    this.saveAll();
    this.shown = [];
    this.popover.hide();
    this.actions.closed();
  }

  /** A coding got its final id or another memo while the card is open. */
  rename(from: string, to: string): void {
    this.shown = this.shown.map((id) => (id === from ? to : id));
  }

  private saveAll(): void {
    for (const save of this.saves) save();
    this.saves = [];
  }

  private entry(coding: Coding, codes: Codes, looks: Map<string, Look>): HTMLElement {
    const isOwn = this.actions.canEdit(coding);
    const remove = button(this.say("remove"), this.say("remove"), () => this.actions.remove(coding), "qk-button qk-danger");
    const head = el("div", { class: "qk-entry-head" },
      swatch(looks.get(coding.code)),
      el("strong", {}, codes.label(coding.code)),
      el("small", {}, codes.path(coding.code)),
      el("span", { class: "qk-by" }, coding.coder),
      isOwn ? remove : null);
    const quote = el("blockquote", {}, this.actions.quote(coding));
    return el("section", {
      class: "qk-entry",
      attrs: { "data-coding": coding.id },
      style: { "--color": looks.get(coding.code)?.color ?? "transparent" },
      on: { mouseenter: () => this.actions.choose(coding) },
    }, head, quote, isOwn ? this.memoField(coding) : this.othersMemo(coding));
  }

  private memoField(coding: Coding): HTMLElement {
    let saved = coding.memo;
    const field = el("textarea", {
      class: "qk-field",
      attrs: { rows: "2", maxlength: "30000", placeholder: this.say("memoHint"), "aria-label": this.say("memo") },
      on: { blur: () => save() },
    });
    field.value = coding.memo;
    const save = () => {
      if (field.value === saved) return;
      saved = field.value;
      this.actions.setMemo(coding, saved);
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
      event.preventDefault();
      event.stopPropagation();
      this.hide();
    });
    this.saves.push(save);
    return field;
  }

  private othersMemo(coding: Coding): HTMLElement {
    return el("div", { class: "qk-quiet" }, coding.memo || this.say("noMemo"), el("br"), this.say("othersCoding", { coder: coding.coder }));
  }
}
