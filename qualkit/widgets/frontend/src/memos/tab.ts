// The Memos tab of the workbench: all memos, narrowed by kind, coder and words; one's own are changed where they stand.
import { Connection, type Message, type Model } from "../core/connection.ts";
import { button, el, option } from "../core/dom.ts";
import { newId } from "../core/ids.ts";
import { asLanguage } from "../core/messages.ts";
import { Toasts } from "../core/toasts.ts";
import type { Language } from "../core/types.ts";
import type { MakeTab, Tab } from "../workbench/tab.ts";
import { type Context, kindWords, type Memo, nameWords } from "./context.ts";
import { MemoForm } from "./form.ts";
import { memoRow } from "./memo_row.ts";
import { type SayMemos, sayIn } from "./messages.ts";

const PAGE = 200;

class MemosTab implements Tab, Context {
  readonly element: HTMLElement;
  readonly language: Language;
  readonly say: SayMemos;
  private readonly connection: Connection;
  private readonly toasts = new Toasts();
  private readonly form: MemoForm;
  private readonly kind: HTMLSelectElement;
  private readonly coder: HTMLSelectElement;
  private readonly words: HTMLInputElement;
  private readonly count = el("span", { class: "qk-quiet", attrs: { role: "status", "aria-live": "polite" } });
  private readonly note = el("span", { class: "qk-save", attrs: { role: "status", "aria-live": "polite" } });
  private readonly list: HTMLElement;
  private readonly add: HTMLButtonElement;
  private memos: Memo[] = [];
  private kinds: string[] = [];
  private me = "";
  private shownRows = PAGE;
  private unsaved = 0;

  constructor(model: Model) {
    this.language = asLanguage(model.get("language"));
    const say = (this.say = sayIn(this.language));
    this.edit = this.edit.bind(this);
    this.conflict = this.conflict.bind(this);
    this.connection = new Connection(model, () => undefined);
    const narrow = () => {
      this.shownRows = PAGE;
      this.draw();
    };
    this.kind = el("select", { class: "qk-select", attrs: { "aria-label": say("memoKind") }, on: { change: narrow } });
    this.coder = el("select", { class: "qk-select", attrs: { "aria-label": say("memoCoder") }, on: { change: narrow } });
    this.words = el("input", { class: "qk-field", attrs: { type: "search", placeholder: say("memosFind"), "aria-label": say("memosFind") }, on: { input: narrow } });
    this.add = button(say("memoNew"), say("memoNew"), () => this.openForm(), "qk-button qk-primary");
    this.form = new MemoForm(this, {
      added: (message) => this.take(message),
      needs: () => this.toasts.show(say("memoNeeds"), undefined, true),
      closed: () => this.add.focus(),
    });
    this.list = el("ol", { class: "qk-memo-list", attrs: { "aria-label": say("memosLabel") } });
    const bar = el("div", { class: "qk-bar-line" }, this.kind, this.coder, this.words, this.count, el("span", { class: "qk-spring" }), this.note, this.add);
    this.element = el("div", { class: "qk-memos-tab" }, this.toasts.banner, bar, this.form.element, this.list, this.toasts.element);
  }

  shown(): void {
    this.ask("memos", {}, (message) => {
      if (message.ok) this.take(message);
      else this.tellProblem(message);
    });
  }

  themed(): void {
    // Colours follow the shell.
  }

  close(): void {
    this.connection.close();
  }

  edit(t: string, body: object, done: (message: Message) => void, refused?: (message: Message) => void): void {
    this.unsaved += 1;
    this.drawSave();
    this.ask(t, { op_id: newId(), ...body }, (message) => {
      this.unsaved -= 1;
      this.drawSave();
      if (message.ok) return done(message);
      refused?.(message);
      if (message.current === undefined) this.tellProblem(message);
    });
  }

  conflict(theirs: string, mine: string, keepMine: () => void): void {
    this.toasts.show(this.say("memoConflict", { theirs, mine }), { label: this.say("memoMine"), act: keepMine }, true);
  }

  private ask(t: string, body: object, onAnswer: (message: Message) => void): void {
    this.connection.ask(t, body, (message) => {
      this.toasts.setBanner(null);
      onAnswer(message);
    }, () => this.toasts.setBanner(this.say("memosSilent")));
  }

  private tellProblem(message: Message): void {
    this.toasts.show(this.say("notDone", { message: String(message.message ?? "") }), undefined, true);
  }

  private openForm(): void {
    this.ask("targets", {}, (message) => {
      if (message.ok) this.form.open(message.targets as Parameters<MemoForm["open"]>[0], this.kinds);
      else this.tellProblem(message);
    });
  }

  private remove(memo: Memo): void {
    this.edit("memo.remove", { memo: memo.id }, (message) => {
      this.take(message);
      this.toasts.show(this.say("memoRemoved"), { label: this.say("undoWord"), act: () => this.bringBack() });
    });
  }

  private bringBack(): void {
    this.edit("undo", {}, (message) => {
      this.take(message);
      if (message.nothing) this.toasts.show(this.say("memoNotLast"), undefined, true);
    });
  }

  private take(message: Message): void {
    this.memos = message.memos as Memo[];
    this.kinds = message.kinds as string[];
    this.me = String(message.coder);
    refill(this.kind, this.say("memoAnyKind"), this.kinds.map((kind) => [kind, kindWords(kind, this.say)] as const));
    const coders = [...new Set(this.memos.map((memo) => memo.coder))].sort();
    refill(this.coder, this.say("memoAnyCoder"), coders.map((coder) => [coder, coder] as const));
    this.draw();
  }

  private draw(): void {
    const words = this.words.value.toLowerCase().normalize("NFKC").split(/\s+/).filter(Boolean);
    const fitting = this.memos.filter((memo) => {
      if (this.kind.value && memo.kind !== this.kind.value) return false;
      if (this.coder.value && memo.coder !== this.coder.value) return false;
      const text = `${memo.text} ${nameWords(memo.on, this)}`.toLowerCase().normalize("NFKC");
      return words.every((word) => text.includes(word));
    });
    this.count.textContent = this.say("memosCount", { n: fitting.length, all: this.memos.length });
    const typed = this.typed();
    const rows: HTMLElement[] = fitting.slice(0, this.shownRows).map((memo) => memoRow(memo, memo.coder === this.me, this, () => this.remove(memo)));
    for (const row of rows) {
      const kept = typed.get(row.dataset.memo!);
      if (kept !== undefined) row.querySelector("textarea")?.replaceWith(kept);
    }
    const left = fitting.length - this.shownRows;
    const more = this.say("memosMore", { n: left });
    if (left > 0) rows.push(el("li", { class: "qk-memo-more" }, button(more, more, () => {
      this.shownRows += PAGE;
      this.draw();
    })));
    if (!rows.length) rows.push(el("li", { class: "qk-empty" }, this.say(this.memos.length ? "memosNoneFit" : "memosNone")));
    this.list.replaceChildren(...rows);
  }

  /** Fields with words that are not saved, such as refused ones: the list made anew keeps them. */
  private typed(): Map<string, HTMLTextAreaElement> {
    const fields = [...this.list.querySelectorAll<HTMLTextAreaElement>("li > textarea")];
    const unsaved = fields.filter((field) => field.value !== field.dataset.saved);
    return new Map(unsaved.map((field) => [field.parentElement!.dataset.memo!, field] as const));
  }

  private drawSave(): void {
    const state = this.unsaved ? "saving" : "saved";
    this.note.dataset.state = state;
    this.note.replaceChildren(el("i", {}, this.unsaved ? "◌" : "●"), this.say(state));
  }
}

function refill(menu: HTMLSelectElement, all: string, entries: (readonly [value: string, text: string])[]): void {
  const chosen = menu.value;
  menu.replaceChildren(option("", all), ...entries.map(([value, text]) => option(value, text)));
  menu.value = entries.some(([value]) => value === chosen) ? chosen : "";
}

export const memosTab: MakeTab = (model) => new MemosTab(model);
