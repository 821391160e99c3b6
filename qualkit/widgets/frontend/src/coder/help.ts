// The table of keys.
import { button, el, replaceChildren } from "../core/dom.ts";
import type { Key, Say } from "../core/messages.ts";
import { Popover } from "../core/popover.ts";

const LINES: [Key, Key][] = [
  ["helpSentence", "helpSentenceDoes"],
  ["helpMove", "helpMoveDoes"],
  ["helpExtend", "helpExtendDoes"],
  ["helpTurn", "helpTurnDoes"],
  ["helpGrow", "helpGrowDoes"],
  ["helpEnter", "helpEnterDoes"],
  ["helpDigit", "helpDigitDoes"],
  ["helpSpace", "helpSpaceDoes"],
  ["helpExtent", "helpExtentOf"],
  ["helpMemo", "helpMemoDoes"],
  ["helpUndo", "helpUndoDoes"],
  ["helpSearch", "helpSearchDoes"],
  ["helpEsc", "helpEscDoes"],
];

export class Help {
  private readonly popover: Popover;

  constructor(host: HTMLElement, say: Say, private readonly onClosed: () => void) {
    this.popover = new Popover(host, "qk-help", say("helpTitle"));
    const title = el("div", { class: "qk-popover-title" }, say("helpTitle"), button("×", say("close"), () => this.hide(), "qk-close"));
    const table = el("table", {}, ...LINES.map(([keys, does]) => el("tr", {}, el("th", {}, say(keys)), el("td", {}, say(does)))));
    replaceChildren(this.popover.element, title, table);
  }

  get open(): boolean {
    return this.popover.open;
  }

  toggle(anchor: DOMRect): void {
    if (this.popover.open) this.hide();
    else this.popover.show(anchor);
  }

  hide(): void {
    if (!this.popover.open) return;
    this.popover.hide();
    this.onClosed();
  }
}
