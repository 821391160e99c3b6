// The History tab of the workbench: what was done, by day, newest first; the last action undone or done again.
import { Connection, type Message, type Model } from "../core/connection.ts";
import { button, el, option } from "../core/dom.ts";
import { icon } from "../core/icons.ts";
import { newId } from "../core/ids.ts";
import { asLanguage } from "../core/messages.ts";
import { Toasts } from "../core/toasts.ts";
import type { Language } from "../core/types.ts";
import type { MakeTab, Tab } from "../workbench/tab.ts";
import { type HistoryKey, type SayHistory, sayIn } from "./messages.ts";
import { phrase } from "./phrases.ts";

interface Done {
  id: number;
  at: string;
  coder: string;
  action: string;
  of: string | null;
  summary: string;
  undone: boolean;
}

interface Named {
  id: number;
  action: string;
  summary: string;
}

const KINDS: readonly (readonly [kind: string, words: HistoryKey])[] = [
  ["", "ofAnyKind"], ["codings", "ofCodings"], ["codebook", "ofCodebook"], ["documents", "ofDocuments"], ["memos", "ofMemos"], ["people", "ofPeople"],
];
const LONGEST_NAME = 28;

class HistoryTab implements Tab {
  readonly element: HTMLElement;
  private readonly language: Language;
  private readonly say: SayHistory;
  private readonly connection: Connection;
  private readonly toasts = new Toasts();
  private readonly coders: HTMLSelectElement;
  private readonly kinds: HTMLSelectElement;
  private readonly day: HTMLInputElement;
  private readonly anyDay: HTMLButtonElement;
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly count = el("span", { class: "qk-quiet", attrs: { role: "status", "aria-live": "polite" } });
  private readonly list: HTMLElement;
  private readonly more: HTMLButtonElement;
  private events: Done[] = [];
  private n = 0;
  private asked = 0;
  private next: { undo: Named | null; redo: Named | null } = { undo: null, redo: null };

  constructor(model: Model) {
    this.language = asLanguage(model.get("language"));
    const say = (this.say = sayIn(this.language));
    this.connection = new Connection(model, () => undefined);
    const changed = () => this.load();
    this.coders = el("select", { class: "qk-select", attrs: { "aria-label": say("byWhom") }, on: { change: changed } }, option("", say("byAnybody")));
    this.kinds = el("select", { class: "qk-select", attrs: { "aria-label": say("ofKind") }, on: { change: changed } }, ...KINDS.map(([kind, words]) => option(kind, say(words))));
    this.day = el("input", { class: "qk-field", attrs: { type: "date", "aria-label": say("onDay") }, on: { change: changed } });
    this.anyDay = button(icon("close"), say("anyDay"), () => {
      this.day.value = "";
      this.load();
    }, "qk-button qk-icon");
    this.undo = button("", say("undoNothing"), () => this.turnBack("undo"));
    this.redo = button("", say("redoNothing"), () => this.turnBack("redo"));
    this.undo.classList.add("qk-turn");
    this.redo.classList.add("qk-turn");
    this.anyDay.classList.add("qk-hidden");
    this.more = button("", "", () => this.load(this.events.length));
    this.more.classList.add("qk-hidden");
    this.list = el("div", { class: "qk-history-list", attrs: { tabindex: "0", role: "region", "aria-label": say("historyLabel") } });
    const bar = el("div", { class: "qk-bar-line" }, this.coders, this.kinds, this.day, this.anyDay, this.count, el("div", { class: "qk-turns" }, this.undo, this.redo));
    this.element = el("div", { class: "qk-history-tab" }, this.toasts.banner, bar, this.list, this.toasts.element);
    this.drawNext();
  }

  shown(): void {
    this.load();
  }

  themed(): void {
    // Colours follow the shell.
  }

  close(): void {
    this.connection.close();
  }

  // ── talking with the kernel ────────────────────────────────────────────────

  private ask(t: string, body: object, onAnswer: (message: Message) => void): void {
    this.connection.ask(t, { ...this.wanted(), ...body }, (message) => {
      this.toasts.setBanner(null);
      if (message.ok) onAnswer(message);
      else this.toasts.show(this.say("notDone", { message: String(message.message ?? "") }), undefined, true);
    }, () => this.toasts.setBanner(this.say("historySilent")));
  }

  private wanted(): object {
    const wanted = { coder: this.coders.value || null, kind: this.kinds.value || null };
    if (!this.day.value) return wanted;
    const [year, month, day] = this.day.value.split("-").map(Number);
    return { ...wanted, since: new Date(year, month - 1, day).toISOString(), until: new Date(year, month - 1, day + 1).toISOString() };
  }

  /** Asks for the newest, or for those after the ones that are shown. */
  private load(skip = 0): void {
    const asked = (this.asked += 1);
    this.anyDay.classList.toggle("qk-hidden", !this.day.value);
    this.ask("history", { skip }, (message) => {
      if (asked === this.asked) this.take(message, skip); // else another filter was chosen meanwhile
    });
  }

  private turnBack(t: "undo" | "redo"): void {
    const named = this.next[t];
    if (!named) return;
    this.undo.disabled = this.redo.disabled = true;
    this.connection.ask(t, { ...this.wanted(), op_id: newId(), event: named.id }, (message) => {
      this.toasts.setBanner(null);
      if (!message.ok) {
        this.drawNext();
        return this.toasts.show(this.say("notDone", { message: String(message.message ?? "") }), undefined, true);
      }
      this.asked += 1;
      this.take(message, 0);
      if (message.other) this.toasts.show(this.say("doneSince"), undefined, true);
      else this.toasts.show(this.say(t === "undo" ? "undoneNamed" : "redoneNamed", { what: this.words(named) }));
    }, () => this.toasts.setBanner(this.say("historySilent")));
  }

  private take(message: Message, skip: number): void {
    const known = new Set(skip ? this.events.map((event) => event.id) : []);
    const events = (message.events as Done[]).filter((event) => !known.has(event.id));
    this.events = skip ? [...this.events, ...events] : events;
    this.n = message.n as number;
    this.next = { undo: message.undo as Named | null, redo: message.redo as Named | null };
    this.fillCoders(message.coders as string[], String(message.coder));
    this.drawNext();
    this.draw();
  }

  // ── drawing ────────────────────────────────────────────────────────────────

  private fillCoders(coders: string[], me: string): void {
    const chosen = this.coders.value;
    const others = coders.filter((coder) => coder !== me);
    this.coders.replaceChildren(option("", this.say("byAnybody")), option(me, this.say("byMe", { coder: me })), ...others.map((coder) => option(coder, coder)));
    this.coders.value = chosen;
  }

  private drawNext(): void {
    for (const [t, key, none, sign] of [["undo", "undoNamed", "undoNothing", this.undo], ["redo", "redoNamed", "redoNothing", this.redo]] as const) {
      const named = this.next[t];
      const words = named ? this.say(key, { what: this.words(named) }) : this.say(none);
      sign.replaceChildren(icon(t), el("span", {}, words));
      sign.title = words;
      sign.setAttribute("aria-label", words);
      sign.disabled = !named;
    }
  }

  private words(named: Named): string {
    const summary = named.summary.length > LONGEST_NAME ? `${named.summary.slice(0, LONGEST_NAME - 1)}…` : named.summary;
    return `${phrase(named.action, null, this.say)} ${summary}`.trim();
  }

  private draw(): void {
    const isFiltered = Boolean(this.coders.value || this.kinds.value || this.day.value);
    this.count.textContent = this.say("historyCount", { n: this.n.toLocaleString("en") });
    const days: HTMLElement[] = [];
    let lines: HTMLElement | undefined;
    let shown = "";
    for (const event of this.events) {
      const at = new Date(event.at);
      const day = at.toDateString();
      if (day !== shown || !lines) {
        shown = day;
        lines = el("ol", {});
        days.push(el("section", {}, el("h3", {}, this.dayName(at)), lines));
      }
      lines.append(this.line(event, at));
    }
    const left = this.n - this.events.length;
    const more = this.say("historyMore", { n: left.toLocaleString("en") });
    this.more.textContent = more;
    this.more.title = more;
    this.more.setAttribute("aria-label", more);
    this.more.classList.toggle("qk-hidden", left <= 0);
    if (!days.length) days.push(el("p", { class: "qk-empty" }, this.say(isFiltered ? "historyNoneFits" : "historyNone")));
    this.list.replaceChildren(...days, this.more);
  }

  private line(event: Done, at: Date): HTMLElement {
    const time = el("time", { attrs: { datetime: event.at }, title: at.toLocaleString(this.locale) }, at.toLocaleTimeString(this.locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
    const coder = el("span", { class: "qk-history-coder", title: event.coder }, event.coder);
    const what = el(event.undone ? "s" : "span", { class: "qk-history-what" }, el("b", {}, phrase(event.action, event.of, this.say)), el("span", {}, event.summary));
    what.title = event.summary;
    const sign = event.undone && el("small", { class: "qk-quiet" }, this.say("wasUndone"));
    return el("li", { class: event.undone ? "qk-undone" : "", attrs: { "data-action": event.action } }, time, coder, what, sign);
  }

  private dayName(at: Date): string {
    const now = new Date();
    const full = at.toLocaleDateString(this.locale, { weekday: "long", year: "numeric", month: "long", day: "numeric" });
    if (at.toDateString() === now.toDateString()) return `${this.say("today")} · ${full}`;
    const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
    return at.toDateString() === before.toDateString() ? `${this.say("yesterday")} · ${full}` : full;
  }

  private get locale(): string {
    return this.language === "zh" ? "zh-CN" : "en-GB";
  }
}

export const historyTab: MakeTab = (model) => new HistoryTab(model);
