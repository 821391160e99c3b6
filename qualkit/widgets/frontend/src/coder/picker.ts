// The code picker: type a few letters, see what the code means, Enter applies, Shift+Enter applies and stays.
import { el, isComposing, replaceChildren } from "../core/dom.ts";
import type { Say } from "../core/messages.ts";
import { Popover } from "../core/popover.ts";
import type { Code } from "../core/types.ts";
import { codeDetails, swatch } from "./code_details.ts";
import type { TreeState } from "./code_tree.ts";

export interface PickerActions {
  apply(key: string): void;
  applied(): Set<string>; // keys on exactly this passage
  closed(): void;
}

export class CodePicker {
  private readonly popover: Popover;
  private readonly title = el("div", { class: "qk-popover-title" });
  private readonly field: HTMLInputElement;
  private readonly list = el("div", { class: "qk-picker-list", attrs: { role: "listbox", id: "qk-picker-list" } });
  private readonly details = el("div", { class: "qk-details qk-picker-details" });
  private found: Code[] = [];
  private highlighted = 0;
  private state: TreeState | null = null;

  constructor(host: HTMLElement, private readonly say: Say, private readonly actions: PickerActions) {
    this.popover = new Popover(host, "qk-picker", say("codes"));
    this.field = el("input", {
      class: "qk-field",
      attrs: { type: "text", placeholder: say("filterCodes"), "aria-label": say("filterCodes"), role: "combobox", "aria-expanded": "true", autocomplete: "off", spellcheck: "false" },
      on: { input: () => this.filter(), keydown: (event) => this.onKey(event) },
    });
    const columns = el("div", { class: "qk-picker-columns" }, this.list, this.details);
    this.popover.element.append(this.title, this.field, columns, el("div", { class: "qk-popover-foot" }, say("pickerKeys")));
  }

  get open(): boolean {
    return this.popover.open;
  }

  show(quote: string, anchor: DOMRect, state: TreeState): void {
    this.state = state;
    replaceChildren(this.title, this.say("pickerTitle", { quote }));
    this.field.value = "";
    this.popover.show(anchor);
    this.filter();
    this.popover.place(anchor);
    this.field.focus({ preventScroll: true });
  }

  hide(): void {
    if (!this.popover.open) return;
    this.popover.hide();
    this.actions.closed();
  }

  private filter(): void {
    this.found = this.state!.codes.find(this.field.value.trim());
    const firstUsable = this.found.findIndex((code) => code.assignable);
    const last = this.field.value ? -1 : this.found.findIndex((code) => code.key === this.state!.quick.last);
    this.highlighted = Math.max(0, last >= 0 ? last : firstUsable);
    this.draw();
  }

  private draw(): void {
    const { codes, looks, quick, language } = this.state!;
    const applied = this.actions.applied();
    const isFiltered = this.field.value.trim() !== "";
    const rows = this.found.map((code, place) => {
      const depth = isFiltered ? 0 : codes.tree.find((each) => each.code === code)!.depth;
      const digit = quick.digitOf(code.key);
      return el("div", {
        class: `qk-code${code.assignable ? "" : " qk-heading"}${place === this.highlighted ? " qk-highlighted" : ""}`,
        attrs: { role: "option", "aria-selected": String(place === this.highlighted), "data-code": code.key },
        style: { "padding-left": `${8 + depth * 14}px` },
        on: {
          mousedown: (event) => event.preventDefault(),
          mousemove: () => this.highlight(place),
          click: (event) => this.apply(code, event.shiftKey),
        },
      },
      swatch(code.assignable ? looks.get(code.key) : undefined),
      el("span", { class: "qk-code-name" }, codes.label(code.key), isFiltered ? el("small", {}, codes.path(code.key)) : null),
      applied.has(code.key) ? el("span", { class: "qk-applied" }, `✓ ${this.say("pickerApplied")}`) : null,
      digit ? el("kbd", { class: "qk-digit" }, String(digit)) : null);
    });
    const query = this.field.value.trim();
    const empty = this.state!.codes.all.length === 0 ? this.say("noCodes") : this.say("noMatch", { query });
    replaceChildren(this.list, ...(rows.length ? rows : [el("p", { class: "qk-empty" }, empty)]));
    rows[this.highlighted]?.scrollIntoView({ block: "nearest" });
    const code = this.found[this.highlighted];
    replaceChildren(this.details, ...(code ? codeDetails(code, codes, looks.get(code.key), language, this.say) : []));
  }

  private highlight(place: number): void {
    if (place === this.highlighted) return;
    this.highlighted = place;
    this.draw();
  }

  private onKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) this.move(step);
    else if (event.key === "Enter" && this.found[this.highlighted]) this.apply(this.found[this.highlighted], event.shiftKey);
    else if (event.key === "Escape" || event.key === "Tab") this.hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** To the next code that can be applied in this direction. */
  private move(step: number): void {
    const direction = Math.sign(step);
    let place = Math.max(0, Math.min(this.found.length - 1, this.highlighted + step));
    while (this.found[place] && !this.found[place].assignable) place += direction;
    if (this.found[place]) this.highlight(place);
  }

  private apply(code: Code, stay: boolean): void {
    if (!code.assignable) return;
    this.actions.apply(code.key);
    if (!stay) return this.hide();
    this.field.select();
    this.draw();
  }
}
