// Quotations beside a figure: those of the chosen cases, grouped by theme, with a menu for the keyboard.
import { Connection, type Message, type Model } from "../core/connection.ts";
import { el, keepFromNotebook, replaceChildren } from "../core/dom.ts";
import { asLanguage, type Say, sayIn } from "../core/messages.ts";
import panels from "../core/panels.css";
import { isDarkTheme, watchTheme } from "../core/theme.ts";
import style from "./style.css";

interface Quote {
  case: string;
  theme: string;
  wave: string; // as it is to be shown
  code: string;
  text: string;
  citation: string;
  typical: boolean;
}

interface State {
  cases: string[]; // all there are
  chosen: string[];
  quotes: Quote[];
}

class QuotePanel {
  readonly element: HTMLElement;
  private readonly say: Say;
  private readonly menu = el("select", { class: "qk-select" });
  private readonly count = el("span", { class: "qk-quiet", attrs: { role: "status", "aria-live": "polite" } });
  private readonly list = el("div", { class: "qk-quotes-list", attrs: { tabindex: "0" } });
  private readonly connection: Connection;
  private cases: string[] = [];

  constructor(model: Model) {
    this.say = sayIn(asLanguage(model.get("language")));
    this.menu.setAttribute("aria-label", this.say("quotesCase"));
    this.menu.addEventListener("change", () => this.connection.tell("choose", { cases: this.menu.value ? [this.menu.value] : [] }));
    this.list.setAttribute("aria-label", this.say("quotes"));
    const head = el("div", { class: "qk-quotes-head" }, el("strong", {}, this.say("quotes")), this.menu, this.count);
    this.element = el("div", { class: "qk-panel qk-quotes", attrs: { "data-lm-suppress-shortcuts": "true" } }, head, this.list);
    keepFromNotebook(this.element);
    this.connection = new Connection(model, (message) => this.onNews(message));
  }

  start(): void {
    this.connection.ask("hello", {}, (message) => this.onNews(message), () => replaceChildren(this.list, el("p", { class: "qk-empty" }, this.say("notConnected"))));
  }

  close(): void {
    this.connection.close();
  }

  private onNews(message: Message): void {
    const state = message.state as State | undefined;
    if (!state) return;
    this.drawMenu(state);
    this.count.textContent = state.quotes.length ? this.say("quotesCount", { n: state.quotes.length }) : "";
    if (state.chosen.length === 0) return replaceChildren(this.list, el("p", { class: "qk-empty" }, this.say("quotesHint")));
    const names = state.chosen.join(", ");
    if (state.quotes.length === 0) return replaceChildren(this.list, el("p", { class: "qk-empty" }, this.say("quotesNone", { case: names })));
    replaceChildren(this.list, ...this.groups(state.quotes));
    this.list.scrollTop = 0;
  }

  private drawMenu(state: State): void {
    if (state.cases.join("\n") !== this.cases.join("\n")) {
      this.cases = state.cases;
      const option = (value: string, text: string) => {
        const element = el("option", {}, text);
        element.value = value;
        return element;
      };
      replaceChildren(this.menu, option("", "—"), ...state.cases.map((name) => option(name, name)));
    }
    this.menu.value = state.chosen.length === 1 ? state.chosen[0] : "";
  }

  /** By case and theme, in the order they come. */
  private groups(quotes: readonly Quote[]): HTMLElement[] {
    const elements: HTMLElement[] = [];
    let head = "";
    for (const quote of quotes) {
      const own = `${quote.case} · ${quote.theme}`;
      if (own !== head) {
        head = own;
        elements.push(el("h4", {}, el("b", {}, quote.case), ` ${quote.theme}`));
      }
      elements.push(el("figure", { class: quote.typical ? "qk-typical" : "" },
        el("blockquote", {}, quote.text),
        el("figcaption", {}, el("span", { class: "qk-wave" }, quote.wave), quote.code, el("cite", {}, quote.citation))));
    }
    return elements;
  }
}

function render({ model, el: root }: { model: Model; el: HTMLElement }): () => void {
  const panel = new QuotePanel(model);
  const paint = () => panel.element.classList.toggle("qk-dark", isDarkTheme());
  paint();
  root.append(el("style", {}, panels + style), panel.element);
  const unwatch = watchTheme(paint);
  panel.start();
  return () => {
    unwatch();
    panel.close();
  };
}

export default { render };
