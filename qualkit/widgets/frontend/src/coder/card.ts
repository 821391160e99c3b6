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
  setMemo(coding: Coding, memo: string, before: string): void; // `before`: what was read when writing began
  remove(coding: Coding): void;
  choose(coding: Coding): void;
  closed(): void;
}

/** What the card shows of one coding. */
interface Entry {
  coding: Coding;
  readonly element: HTMLElement;
  draw(): void; // the coding changed
  save(): void; // write down what stands in the memo field
}

export class CodingCard {
  private readonly popover: Popover;
  private readonly stopWatching: () => void;
  private entries: Entry[] = [];
  private codes: Codes | null = null;
  private looks = new Map<string, Look>();

  constructor(host: HTMLElement, private readonly say: Say, private readonly actions: CardActions) {
    this.popover = new Popover(host, "qk-card", say("cardTitle"));
    this.popover.element.addEventListener("keydown", (event) => {
      if (isComposing(event)) return;
      if (event.key === "Tab") this.popover.cycle(event);
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.hide();
    });
    this.stopWatching = this.popover.whenLeft(() => this.put());
  }

  get open(): boolean {
    return this.popover.open;
  }

  get codings(): readonly string[] {
    return this.entries.map((entry) => entry.coding.id);
  }

  show(codings: readonly Coding[], anchor: DOMRect, codes: Codes, looks: Map<string, Look>): void {
    this.saveAll();
    Object.assign(this, { codes, looks });
    this.entries = codings.map((coding) => this.entry(coding));
    const title = el("div", { class: "qk-popover-title" }, this.say("cardTitle"), button("×", this.say("close"), () => this.hide(), "qk-close"));
    replaceChildren(this.popover.element, title, ...this.entries.map((entry) => entry.element));
    this.popover.show(anchor);
  }

  focusMemo(): void {
    this.popover.element.querySelector("textarea")?.focus();
  }

  /** Closes the card and goes back to the text. */
  hide(): void {
    if (!this.popover.open) return;
    this.put();
    this.actions.closed();
  }

  /** The widget goes away. */
  close(): void {
    this.put();
    this.stopWatching();
  }

  /** A coding got its final id while the card is open. */
  rename(from: string, to: string): void {
    for (const entry of this.entries) {
      if (entry.coding.id !== from) continue;
      entry.coding = { ...entry.coding, id: to };
      entry.element.dataset.coding = to;
    }
  }

  /** Codings changed, by undo or in another view: the card shows them as they are now. */
  update(find: (id: string) => Coding | undefined): void {
    if (!this.popover.open) return;
    const isFocusInside = this.popover.element.matches(":focus-within");
    for (const entry of [...this.entries]) {
      const now = find(entry.coding.id);
      if (!now) {
        this.entries = this.entries.filter((each) => each !== entry);
        entry.element.remove();
      } else if (now.memo !== entry.coding.memo || now.code !== entry.coding.code) {
        entry.coding = now;
        entry.draw();
      }
    }
    if (this.entries.length > 0) return;
    this.put();
    if (isFocusInside) this.actions.closed();
  }

  /** Saves and closes, and leaves the focus where it is. */
  private put(): void {
    if (!this.popover.open) return;
    this.saveAll();
    this.entries = [];
    this.popover.hide();
  }

  private saveAll(): void {
    for (const entry of [...this.entries]) entry.save();
  }

  private entry(first: Coding): Entry {
    const memo = this.actions.canEdit(first) ? this.memoField(() => entry) : this.othersMemo(() => entry);
    const head = el("div", { class: "qk-entry-head" });
    const quote = el("blockquote", {}, this.actions.quote(first));
    const element = el("section", {
      class: "qk-entry",
      attrs: { "data-coding": first.id },
      on: { mouseenter: () => this.actions.choose(entry.coding) },
    }, head, quote, memo.element);
    const draw = () => {
      element.style.setProperty("--color", this.looks.get(entry.coding.code)?.color ?? "transparent");
      replaceChildren(head, ...this.head(entry));
      memo.draw();
    };
    const entry: Entry = { coding: first, element, draw, save: memo.save };
    draw();
    return entry;
  }

  private head(entry: Entry): (Node | null)[] {
    const { code, coder } = entry.coding;
    const remove = button(this.say("remove"), this.say("remove"), () => this.actions.remove(entry.coding), "qk-button qk-danger");
    return [
      swatch(this.looks.get(code)),
      el("strong", {}, this.codes!.label(code)),
      el("small", {}, this.codes!.path(code)),
      el("span", { class: "qk-by" }, coder),
      this.actions.canEdit(entry.coding) ? remove : null,
    ];
  }

  private memoField(entry: () => Entry): Pick<Entry, "element" | "draw" | "save"> {
    let saved = "";
    const save = () => {
      if (field.value === saved) return;
      const before = saved;
      saved = field.value;
      this.actions.setMemo(entry().coding, saved, before);
    };
    const field = el("textarea", {
      class: "qk-field",
      attrs: { rows: "2", maxlength: "30000", placeholder: this.say("memoHint"), "aria-label": this.say("memo") },
      on: { blur: save },
    });
    const draw = () => {
      // Under the hands of who is typing nothing changes: if somebody else wrote meanwhile, saving will say so.
      if (field.value !== saved) return;
      saved = entry().coding.memo;
      if (field.value !== saved) field.value = saved;
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
      event.preventDefault();
      event.stopPropagation();
      this.hide();
    });
    return { element: field, draw, save };
  }

  private othersMemo(entry: () => Entry): Pick<Entry, "element" | "draw" | "save"> {
    const element = el("div", { class: "qk-quiet" });
    const draw = () => {
      const { memo, coder } = entry().coding;
      replaceChildren(element, memo || this.say("noMemo"), el("br"), this.say("othersCoding", { coder }));
    };
    return { element, draw, save: () => {} };
  }
}
