// The bar on top: which document, whose codings, undo and redo, search, and the save sign.
import { button, el, isComposing, option, replaceChildren } from "../core/dom.ts";
import { icon } from "../core/icons.ts";
import type { Key, Say } from "../core/messages.ts";
import type { SaveState } from "../core/outbox.ts";
import type { SourceEntry } from "../core/types.ts";

export interface ToolbarActions {
  open(source: string): void;
  filter(coder: string | null): void; // null: all
  undo(): void;
  redo(): void;
  help(): void;
  expand(): void;
  search(query: string, direction: 1 | -1): { i: number; n: number } | null;
  leave(): void;
}

const SIGNS: Record<SaveState, string> = { saved: "●", saving: "◌", waiting: "◌", silent: "▲", refused: "■", unsent: "▲" };

export class Toolbar {
  readonly element: HTMLElement;
  readonly sign = el("span", { class: "qk-save", attrs: { role: "status", "aria-live": "polite" } });
  private readonly documents = el("select", { class: "qk-select qk-documents" });
  private readonly coders = el("select", { class: "qk-select qk-coders" });
  private readonly coder = el("span", { class: "qk-who" });
  private readonly query: HTMLInputElement;
  private readonly hits = el("span", { class: "qk-hits" });

  constructor(private readonly say: Say, private readonly actions: ToolbarActions) {
    this.documents.setAttribute("aria-label", say("document"));
    this.documents.addEventListener("change", () => actions.open(this.documents.value));
    this.coders.setAttribute("aria-label", say("showCodings"));
    this.coders.title = say("showCodings");
    this.coders.addEventListener("change", () => actions.filter(this.coders.value === "*" ? null : this.coders.value));
    this.query = this.searchField();
    const plain = (label: Node | string, key: Key, act: () => void) => button(label, say(key), act, "qk-button qk-icon");
    const expand = plain(icon("expand"), "expand", actions.expand);
    expand.classList.add("qk-expand"); // a shell around has its own
    this.element = el("div", { class: "qk-toolbar" },
      plain(icon("previous"), "previousDocument", () => this.step(-1)),
      this.documents,
      plain(icon("next"), "nextDocument", () => this.step(1)),
      el("span", { class: "qk-gap" }),
      plain(icon("undo"), "undo", actions.undo),
      plain(icon("redo"), "redo", actions.redo),
      el("span", { class: "qk-gap" }),
      this.coders,
      el("span", { class: "qk-searchbox" }, this.query, this.hits),
      el("span", { class: "qk-spring" }),
      this.sign,
      this.coder,
      expand,
      plain("?", "help", actions.help));
  }

  showSources(sources: readonly SourceEntry[], open: string): void {
    const options = sources.map((source) => {
      const count = source.codings ? ` (${source.codings})` : "";
      return option(source.id, `${source.name}${count}`);
    });
    replaceChildren(this.documents, ...options);
    this.documents.value = open;
  }

  showCoders(own: string, others: readonly string[], shown: string | null): void {
    replaceChildren(this.coders, option(own, this.say("showMine")), ...others.map((coder) => option(coder, coder)), option("*", this.say("showAll")));
    this.coders.value = shown ?? "*";
    replaceChildren(this.coder, this.say("coderLabel", { coder: own }));
  }

  showSave(state: SaveState, n: number, problem: string | null, isDurable: boolean): void {
    const long = { saved: this.say("saved"), saving: this.say("saving"), waiting: this.say(isDurable ? "waiting" : "waitingMemory", { n }) };
    const text = state in long ? long[state as keyof typeof long] : this.say("silentShort", { n });
    replaceChildren(this.sign, el("i", {}, SIGNS[state]), text);
    this.sign.dataset.state = state;
    this.sign.title = problem ?? text;
  }

  focusSearch(): void {
    this.query.focus();
    this.query.select();
  }

  private step(direction: 1 | -1): void {
    const next = this.documents.selectedIndex + direction;
    const option = this.documents.options[next];
    if (option) this.actions.open(option.value);
  }

  private searchField(): HTMLInputElement {
    const run = (direction: 1 | -1) => {
      const found = this.actions.search(this.query.value, direction);
      this.hits.textContent = !this.query.value ? "" : found ? this.say("searchCount", { ...found }) : this.say("searchNone");
    };
    return el("input", {
      class: "qk-field qk-search",
      attrs: { type: "search", placeholder: this.say("search"), "aria-label": this.say("search") },
      on: {
        input: () => {
          if (!this.query.value) this.hits.textContent = "";
        },
        keydown: (event) => {
          if (isComposing(event)) return;
          if (event.key === "Enter" || event.key === "F3") run(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") this.actions.leave();
          else return;
          event.preventDefault();
        },
      },
    });
  }
}
