// The code picker: type a few letters, see what the code means, Enter applies, Shift+Enter applies and stays.
import { el, isComposing, option, replaceChildren } from "../core/dom.ts";
import type { Say } from "../core/messages.ts";
import { Popover } from "../core/popover.ts";
import type { Code } from "../core/types.ts";
import { codeDetails, swatch } from "./code_details.ts";
import type { TreeState } from "./code_tree.ts";

export interface PickerActions {
  apply(key: string): void;
  create(label: string, parent: string | null): void; // a new code, put on the passage
  applied(): Set<string>; // keys on exactly this passage
  closed(): void;
}

export class CodePicker {
  private readonly popover: Popover;
  private readonly title = el("div", { class: "qk-popover-title" });
  private readonly field: HTMLInputElement;
  private readonly list = el("div", { class: "qk-picker-list", attrs: { role: "listbox", id: "qk-picker-list" } });
  private readonly details = el("div", { class: "qk-details qk-picker-details" });
  private readonly under: HTMLSelectElement;
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
    this.under = el("select", { class: "qk-field qk-under", attrs: { "aria-label": say("newCodeUnder") }, on: { keydown: (event) => this.onKey(event) } });
    const columns = el("div", { class: "qk-picker-columns" }, this.list, this.details);
    this.popover.element.append(this.title, this.field, columns, el("div", { class: "qk-popover-foot" }, say("pickerKeys")));
  }

  get open(): boolean {
    return this.popover.open;
  }

  /** Opens beside a passage; `typed` is the name a new code would have. */
  show(quote: string, anchor: DOMRect, state: TreeState, typed = ""): void {
    this.state = state;
    this.offerPlaces();
    replaceChildren(this.title, this.say("pickerTitle", { quote }));
    this.field.value = typed;
    this.popover.show(anchor);
    this.filter();
    this.popover.place(anchor);
    this.field.focus({ preventScroll: true });
    this.field.select();
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
    this.highlighted = firstUsable < 0 && this.newName !== "" ? this.found.length : Math.max(0, last >= 0 ? last : firstUsable);
    this.draw();
  }

  /** What was typed, when no code has this very name. */
  private get newName(): string {
    const typed = this.field.value.trim();
    const isKnown = this.state!.codes.all.some((code) => this.state!.codes.label(code.key) === typed);
    return isKnown ? "" : typed;
  }

  /** A new code comes where the last one used stands, or where it is told to. */
  private offerPlaces(): void {
    const { codes, quick } = this.state!;
    const usual = codes.get(quick.last ?? "")?.parent ?? "";
    const options = codes.tree.map(({ code, depth }) => option(code.key, `${"　".repeat(depth)}${codes.label(code.key)}`));
    replaceChildren(this.under, option("", this.say("newCodeTop")), ...options);
    this.under.value = usual;
  }

  private newRow(): HTMLDivElement {
    const place = this.found.length;
    return el("div", {
      class: `qk-code qk-new-code${place === this.highlighted ? " qk-highlighted" : ""}`,
      attrs: { role: "option", "aria-selected": String(place === this.highlighted) },
      on: { mousemove: () => this.highlight(place), click: (event) => event.target !== this.under && this.create() },
    }, el("span", { class: "qk-code-name" }, this.say("newCode")), this.under);
  }

  private create(): void {
    this.actions.create(this.newName, this.under.value || null);
    this.hide();
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
    if (this.newName) rows.push(this.newRow());
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
    const isUnder = event.target === this.under;
    const step = isUnder ? undefined : { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (event.key === "Tab" && this.newName) (isUnder ? this.field : this.under).focus();
    else if (event.key === "Enter" && this.newName && (isUnder || event.ctrlKey || event.metaKey || this.highlighted === this.found.length)) this.create();
    else if (step !== undefined) this.move(step);
    else if (event.key === "Enter" && this.found[this.highlighted]) this.apply(this.found[this.highlighted], event.shiftKey);
    else if (event.key === "Escape" || event.key === "Tab") this.hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** To the next code that can be applied in this direction. */
  private move(step: number): void {
    const direction = Math.sign(step);
    const last = this.newName ? this.found.length : this.found.length - 1;
    let place = Math.max(0, Math.min(last, this.highlighted + step));
    while (this.found[place] && !this.found[place].assignable) place += direction;
    if (place >= 0 && place <= last) this.highlight(place);
  }

  private apply(code: Code, stay: boolean): void {
    if (!code.assignable) return;
    this.actions.apply(code.key);
    if (!stay) return this.hide();
    this.field.select();
    this.draw();
  }
}
