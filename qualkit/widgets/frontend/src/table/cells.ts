// Cells that are edited where they stand: each saves when it is left, and says whose value it is.
import { el, isComposing, option } from "../core/dom.ts";

export type Save = (value: string, field: Field) => void;
export type Field = HTMLInputElement | HTMLSelectElement;

export interface CellLook {
  placeholder?: string;
  figure?: boolean; // a number: right-aligned, digits on a phone
  list?: string; // id of a datalist
}

/** A text; Enter and leaving the field save, Esc takes back what was typed. */
export function textCell(value: string, label: string, save: Save, look: CellLook = {}): HTMLInputElement {
  const input = el("input", {
    class: `qk-cell${look.figure ? " qk-figure" : ""}`,
    attrs: { type: "text", "aria-label": label, spellcheck: "false", autocomplete: "off", ...(look.figure ? { inputmode: "decimal" } : {}), ...(look.list ? { list: look.list } : {}) },
    title: value,
    on: {
      change: () => {
        if (input.value.trim() !== input.dataset.saved) save(input.value.trim(), input);
      },
      keydown: (event) => {
        if (isComposing(event)) return;
        if (event.key === "Enter") input.blur();
        else if (event.key === "Escape" && input.value !== input.dataset.saved) input.value = input.dataset.saved ?? "";
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  });
  if (look.placeholder) input.placeholder = look.placeholder;
  input.value = value;
  input.dataset.saved = value;
  return input;
}

const MANY = 40;

/** The entries of a menu, made once and copied into each cell; many of them only when the cell is about to be used. */
export class MenuEntries {
  private readonly template = document.createDocumentFragment();
  private readonly known = new Map<string, string>();

  constructor(entries: Iterable<readonly [value: string, text: string]>) {
    for (const [value, text] of entries) {
      this.known.set(value, text);
      this.template.append(option(value, text));
    }
  }

  fill(menu: HTMLSelectElement, value: string): void {
    if (this.known.size <= MANY) return this.fillWhole(menu, value);
    menu.replaceChildren(option(value, this.known.get(value) ?? value));
    const whole = () => {
      for (const name of ["focus", "pointerdown"]) menu.removeEventListener(name, whole);
      this.fillWhole(menu, menu.value);
    };
    for (const name of ["focus", "pointerdown"]) menu.addEventListener(name, whole); // both come before the menu opens
  }

  private fillWhole(menu: HTMLSelectElement, value: string): void {
    menu.replaceChildren(this.template.cloneNode(true));
    if (!this.known.has(value)) menu.append(option(value, value));
    menu.value = value;
  }
}

export function menuCell(entries: MenuEntries, value: string, label: string, save: Save): HTMLSelectElement {
  const menu = el("select", { class: "qk-cell", attrs: { "aria-label": label }, on: { change: () => save(menu.value, menu) } });
  entries.fill(menu, value);
  menu.dataset.saved = value;
  return menu;
}

/** The kernel has it: this is what Esc and a refusal go back to. */
export function settle(field: Field, value: string): void {
  field.dataset.saved = value;
  field.value = value;
  field.title = value;
  field.removeAttribute("aria-invalid");
}

/** The kernel does not want it: the value of before stands again. */
export function refuse(field: Field, reason: string): void {
  field.value = field.dataset.saved ?? "";
  field.setAttribute("aria-invalid", "true");
  field.title = reason;
}
