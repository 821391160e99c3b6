// The Codebook tab of the workbench: codes as a tree with counts, and the words of the chosen one, changed where they stand.
import { Codes } from "../core/codes.ts";
import { Connection, type Message, type Model } from "../core/connection.ts";
import { button, el, isComposing, option, replaceChildren } from "../core/dom.ts";
import { icon } from "../core/icons.ts";
import { newId } from "../core/ids.ts";
import { asLanguage } from "../core/messages.ts";
import { Toasts } from "../core/toasts.ts";
import type { Code, Language } from "../core/types.ts";
import type { MakeTab, Tab } from "../workbench/tab.ts";
import { type CodebookKey, type SayCodebook, sayIn } from "./messages.ts";
import { wordField } from "./word_field.ts";

interface Entry extends Code {
  note: Record<Language, string>;
  revision: number;
  codings: number;
}

const WORDS: readonly (readonly [word: "label" | "definition" | "include" | "exclude" | "example" | "note", title: CodebookKey])[] = [
  ["label", "wordLabel"], ["definition", "wordDefinition"], ["include", "wordInclude"],
  ["exclude", "wordExclude"], ["example", "wordExample"], ["note", "wordNote"],
];

class CodebookTab implements Tab {
  readonly element: HTMLElement;
  private readonly language: Language;
  private readonly say: SayCodebook;
  private readonly connection: Connection;
  private readonly toasts = new Toasts();
  private readonly name: HTMLInputElement;
  private readonly under: HTMLSelectElement;
  private readonly note = el("span", { class: "qk-save", attrs: { role: "status", "aria-live": "polite" } });
  private readonly list: HTMLElement;
  private readonly details = el("div", { class: "qk-codebook-details" });
  private codes: Codes;
  private chosen = "";
  private unsaved = 0;

  constructor(model: Model) {
    this.language = asLanguage(model.get("language"));
    const say = (this.say = sayIn(this.language));
    this.codes = new Codes([], this.language);
    this.connection = new Connection(model, () => undefined);
    this.name = el("input", {
      class: "qk-field",
      attrs: { type: "text", placeholder: say("codeNewName"), "aria-label": say("codeNewName"), maxlength: "100" },
      on: { keydown: (event) => !isComposing(event) && event.key === "Enter" && this.add() },
    });
    this.under = el("select", { class: "qk-select", attrs: { "aria-label": say("codeUnder") } });
    this.list = el("div", { class: "qk-codebook-list", attrs: { role: "listbox", "aria-label": say("codebookLabel"), tabindex: "0" }, on: { keydown: (event) => this.onKey(event) } });
    const turn = (t: "undo" | "redo", words: CodebookKey) => button(icon(t), say(words), () => this.turn(t), "qk-button qk-icon");
    const bar = el("div", { class: "qk-bar-line" },
      this.name, this.under, button(say("codeNew"), say("codeNew"), () => this.add(), "qk-button"),
      el("span", { class: "qk-spring" }), this.note, turn("undo", "codeUndo"), turn("redo", "codeRedo"));
    this.element = el("div", { class: "qk-codebook-tab" }, this.toasts.banner, bar, el("div", { class: "qk-codebook-body" }, this.list, this.details), this.toasts.element);
    this.drawSave();
  }

  shown(): void {
    this.ask("codebook", {}, (message) => (message.ok ? this.take(message) : this.tellProblem(message)));
  }

  themed(): void {
    // Colours follow the shell.
  }

  close(): void {
    this.connection.close();
  }

  private ask(t: string, body: object, onAnswer: (message: Message) => void): void {
    this.connection.ask(t, body, (message) => {
      this.toasts.setBanner(null);
      onAnswer(message);
    }, () => this.toasts.setBanner(this.say("codebookSilent")));
  }

  private edit(t: string, body: object, done: (message: Message) => void = () => undefined, refused: (message: Message) => void = (message) => this.tellProblem(message)): void {
    this.unsaved += 1;
    this.drawSave();
    this.ask(t, { op_id: newId(), ...body }, (message) => {
      this.unsaved -= 1;
      this.drawSave();
      if (!message.ok) return refused(message);
      this.take(message);
      done(message);
    });
  }

  private tellProblem(message: Message): void {
    this.toasts.show(this.say("notDone", { message: String(message.message ?? "") }), undefined, true);
  }

  private add(): void {
    const label = this.name.value.trim();
    if (!label) return this.name.focus();
    const parent = this.under.value || null;
    this.edit("code.add", { code: this.codes.newKey(label, parent), label, parent }, (message) => {
      this.name.value = "";
      this.choose(String(message.added));
    });
  }

  private turn(t: "undo" | "redo"): void {
    this.edit(t, {}, (message) => {
      if (message.nothing) return this.toasts.show(this.say("codeNothing"));
      this.toasts.show(this.say(t === "undo" ? "codeUndone" : "codeRedone", { what: String(message.summary) }));
    });
  }

  private take(message: Message): void {
    this.codes = new Codes(message.codes as Entry[], this.language);
    const parent = this.under.value;
    const places = this.codes.tree.map(({ code, depth }) => option(code.key, "　".repeat(depth) + this.codes.label(code.key)));
    replaceChildren(this.under, option("", this.say("codeTop")), ...places);
    this.under.value = this.codes.get(parent) ? parent : "";
    if (!this.codes.get(this.chosen)) this.chosen = this.codes.tree[0]?.code.key ?? "";
    this.draw();
  }

  private choose(key: string): void {
    this.chosen = key;
    this.draw();
    this.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  private draw(): void {
    const rows = this.codes.tree.map(({ code, depth }) => this.row(code as Entry, depth));
    replaceChildren(this.list, ...(rows.length ? rows : [el("p", { class: "qk-empty" }, this.say("codebookNone"))]));
    const code = this.codes.get(this.chosen) as Entry | undefined;
    // Under the hands of who is typing the fields stay as they are.
    const isTyping = this.details.dataset.code === this.chosen && this.details.querySelector(".qk-word:focus") !== null;
    if (code && isTyping) return this.details.querySelector(".qk-codebook-head")!.replaceWith(this.headOf(code));
    this.details.dataset.code = this.chosen;
    replaceChildren(this.details, ...(code ? this.detailsOf(code) : [el("p", { class: "qk-empty" }, this.say("codeChoose"))]));
  }

  private row(code: Entry, depth: number): HTMLElement {
    return el("div", {
      class: `qk-code${code.assignable ? "" : " qk-heading"}${code.key === this.chosen ? " qk-highlighted" : ""}`,
      title: code.key,
      attrs: { role: "option", "aria-selected": String(code.key === this.chosen), "data-code": code.key },
      style: { "padding-left": `${10 + depth * 16}px` },
      on: { click: () => this.choose(code.key) },
    }, el("span", { class: "qk-code-name" }, this.codes.label(code.key)), el("span", { class: "qk-count" }, code.codings ? String(code.codings) : ""));
  }

  private headOf(code: Entry): HTMLElement {
    const label = this.codes.label(code.key);
    const remove = () => this.edit("code.remove", { code: code.key }, () => {
      this.toasts.show(this.say("codeRemoved", { code: label }), { label: this.say("codeUndo"), act: () => this.turn("undo") });
    });
    return el("div", { class: "qk-codebook-head" },
      el("strong", {}, label), el("code", { class: "qk-quiet" }, code.key), el("span", { class: "qk-spring" }),
      el("span", { class: "qk-quiet" }, this.say("codeRevision", { n: code.revision, codings: code.codings })),
      button(this.say("codeRemove"), this.say("codeRemove"), remove, "qk-button qk-danger"));
  }

  private detailsOf(code: Entry): HTMLElement[] {
    const box = el("input", { attrs: { type: "checkbox" }, on: { change: () => this.edit("code.assignable", { code: code.key, value: box.checked }) } });
    box.checked = code.assignable;
    const columns = el("div", { class: "qk-word-row qk-quiet" }, el("span", {}), el("span", {}, this.say("inZh")), el("span", {}, this.say("inEn")));
    const fields = WORDS.map(([word, title]) => el("div", { class: "qk-word-row" }, el("span", { class: "qk-quiet" }, this.say(title)),
      ...(["zh", "en"] as const).map((language) => this.field(code, word, title, language))));
    return [this.headOf(code), el("label", { class: "qk-codebook-check" }, box, this.say("codeAssignable")), columns, ...fields];
  }

  private field(code: Entry, word: (typeof WORDS)[number][0], title: CodebookKey, language: Language): HTMLElement {
    const name = `${this.say(title)} (${this.say(language === "zh" ? "inZh" : "inEn")})`;
    return wordField(name, code[word][language] ?? "", this.say("wordKeys"), (value, before) => {
      this.edit("code.set", { code: code.key, word, lang: language, value, before }, undefined, (message) => {
        this.toasts.show(this.say("wordRefused", { message: String(message.message ?? ""), mine: value }), undefined, true);
        this.shown(); // the field shows what stands there
      });
    });
  }

  private onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const keys = this.codes.tree.map(({ code }) => code.key);
    const next = keys[keys.indexOf(this.chosen) + step];
    if (next) this.choose(next);
    event.preventDefault();
  }

  private drawSave(): void {
    const state = this.unsaved ? "saving" : "saved";
    this.note.dataset.state = state;
    replaceChildren(this.note, el("i", {}, this.unsaved ? "◌" : "●"), this.say(state));
  }
}

export const codebookTab: MakeTab = (model) => new CodebookTab(model);
