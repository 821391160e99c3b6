// The line below the text: what is selected and where, the quick codes, a hint; read aloud when it changes.
import { el, replaceChildren } from "../core/dom.ts";
import type { Look } from "../core/colors.ts";
import type { Say } from "../core/messages.ts";
import { swatch } from "./code_details.ts";

export interface QuickEntry {
  digit: number;
  key: string;
  label: string;
  look: Look | undefined;
}

export class StatusLine {
  readonly element: HTMLElement;
  private readonly where = el("span", { class: "qk-where" });
  private readonly quick = el("span", { class: "qk-quick" });
  private readonly spoken = el("span", { class: "qk-spoken", attrs: { "aria-live": "polite" } });

  constructor(say: Say, private readonly onQuick: (key: string) => void) {
    this.element = el("div", { class: "qk-status" }, this.where, this.quick, el("span", { class: "qk-hint" }, say("statusHint")), this.spoken);
  }

  showWhere(text: string): void {
    if (this.where.textContent !== text) this.where.textContent = text;
  }

  showQuick(entries: readonly QuickEntry[]): void {
    replaceChildren(this.quick, ...entries.map((entry) => el("button", {
      class: "qk-quick-code",
      title: entry.label,
      attrs: { type: "button", tabindex: "-1", "data-code": entry.key },
      on: {
        mousedown: (event) => event.preventDefault(),
        click: () => this.onQuick(entry.key),
      },
    }, el("kbd", { class: "qk-digit" }, String(entry.digit)), swatch(entry.look), el("span", {}, entry.label))));
  }

  speak(text: string): void {
    this.spoken.textContent = text;
  }
}
