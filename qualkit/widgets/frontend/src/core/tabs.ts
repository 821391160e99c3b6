// Tabs as the ARIA pattern has them: one stop for Tab, arrow keys between them, each names its panel.
import { el } from "./dom.ts";
import { newId } from "./ids.ts";

export interface TabEntry {
  id: string;
  title: string;
  panel: HTMLElement;
}

export class Tabs {
  readonly element: HTMLElement;
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly scope = newId();
  shown = "";

  constructor(label: string, private readonly entries: readonly TabEntry[], private readonly onShow: (id: string) => void) {
    this.element = el("div", { class: "qk-tabs", attrs: { role: "tablist", "aria-label": label }, on: { keydown: (event) => this.onKey(event) } });
    for (const { id, title, panel } of entries) {
      const [tabId, panelId] = [`qk-tab-${id}-${this.scope}`, `qk-panel-${id}-${this.scope}`];
      const tab = el("button", { class: "qk-tab", attrs: { type: "button", role: "tab", id: tabId, "aria-controls": panelId, "data-tab": id }, on: { click: () => this.show(id) } }, title);
      Object.assign(panel, { id: panelId });
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tabId);
      panel.hidden = true;
      this.buttons.set(id, tab);
      this.element.append(tab);
    }
  }

  show(id: string): void {
    if (this.shown === id) return;
    this.shown = id;
    for (const entry of this.entries) {
      const isShown = entry.id === id;
      const tab = this.buttons.get(entry.id)!;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      entry.panel.hidden = !isShown;
    }
    this.onShow(id);
  }

  /** Puts a number behind the title, as how many there are. */
  count(id: string, n: number | null): void {
    const entry = this.entries.find((each) => each.id === id);
    if (entry) this.buttons.get(id)!.replaceChildren(entry.title, n === null ? "" : el("small", {}, String(n)));
  }

  focus(): void {
    this.buttons.get(this.shown)?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.entries.findIndex((entry) => entry.id === this.shown);
    const n = this.entries.length;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: n - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.show(this.entries[(next + n) % n].id);
    this.focus();
  }
}
