// The workbench: tabs over one project; each is made when it is first shown and keeps its place.
import { Connection, type Model } from "../core/connection.ts";
import { button, el, keepFromNotebook } from "../core/dom.ts";
import { icon } from "../core/icons.ts";
import { asLanguage, sayFrom } from "../core/messages.ts";
import panels from "../core/panels.css";
import { Tabs } from "../core/tabs.ts";
import { isDarkTheme, watchTheme } from "../core/theme.ts";
import codebook from "../codebook/style.css";
import coder from "../coder/style.css";
import documents from "../documents/style.css";
import history from "../history/style.css";
import memos from "../memos/style.css";
import speakers from "../speakers/style.css";
import tables from "../table/style.css";
import { catalogues } from "./messages.ts";
import style from "./style.css";
import { type Shell, type Tab, tabModel } from "./tab.ts";
import { TABS } from "./tabs.ts";

class Workbench implements Shell {
  readonly element: HTMLElement;
  private readonly tabs: Tabs;
  private readonly made = new Map<string, Tab>();
  private readonly connection: Connection;
  private target: string | undefined;

  constructor(private readonly model: Model) {
    const language = asLanguage(model.get("language"));
    const say = sayFrom(catalogues[language]);
    const panelOf = new Map(TABS.map(([id]) => [id, el("div", { class: "qk-tabpanel" })]));
    this.tabs = new Tabs(say("workbench"), TABS.map(([id, title]) => ({ id, title: say(title), panel: panelOf.get(id)! })), (id) => this.onShow(id, panelOf.get(id)!));
    const title = el("span", { class: "qk-study" });
    const who = el("span", { class: "qk-quiet" });
    const expand = button(icon("expand"), say("fullScreen"), () => void (document.fullscreenElement ? document.exitFullscreen() : this.element.requestFullscreen()), "qk-button qk-icon");
    const head = el("div", { class: "qk-shell-head" }, this.tabs.element, title, who, expand);
    this.element = el("div", { class: "qk-panel qk-workbench", attrs: { "data-lm-suppress-shortcuts": "true", "data-jp-suppress-context-menu": "true", lang: language } }, head, ...panelOf.values());
    this.element.style.setProperty("height", `${Math.max(400, Math.min(2_000, Number(model.get("height")) || 680))}px`);
    keepFromNotebook(this.element);
    this.connection = new Connection(model, () => undefined);
    this.connection.ask("hello", {}, (message) => {
      if (!message.ok) return;
      title.textContent = String(message.title);
      title.title = String(message.title);
      who.textContent = say("who", { coder: String(message.coder) });
    }, () => undefined);
  }

  open(tab: string, target?: string): void {
    this.target = target;
    if (this.tabs.shown === tab) this.made.get(tab)?.shown(target);
    else this.tabs.show(tab);
    this.target = undefined;
  }

  paint(): void {
    const isDark = isDarkTheme();
    this.element.classList.toggle("qk-dark", isDark);
    for (const tab of this.made.values()) tab.themed(isDark);
  }

  close(): void {
    this.connection.close();
    for (const tab of this.made.values()) tab.close();
  }

  private onShow(id: string, panel: HTMLElement): void {
    if (!this.made.has(id)) {
      const make = TABS.find(([name]) => name === id)![2];
      const tab = make(tabModel(this.model, id), this);
      this.made.set(id, tab);
      tab.themed(isDarkTheme());
      panel.append(tab.element);
    }
    this.made.get(id)!.shown(this.target);
  }
}

function render({ model, el: root }: { model: Model; el: HTMLElement }): () => void {
  const workbench = new Workbench(model);
  root.append(el("style", {}, panels + tables + coder + speakers + documents + codebook + memos + history + style), workbench.element);
  workbench.paint();
  workbench.open(TABS[0][0]);
  const unwatch = watchTheme(() => workbench.paint());
  return () => {
    unwatch();
    workbench.close();
  };
}

export default { render };
