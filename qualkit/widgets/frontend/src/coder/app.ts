// The coding widget: holds what is open and chosen, and lets its parts draw it.
import { Codes } from "../core/codes.ts";
import { assignLooks, type Look } from "../core/colors.ts";
import type { Model } from "../core/connection.ts";
import { el } from "../core/dom.ts";
import { IntervalIndex } from "../core/intervals.ts";
import { asLanguage, type Say, sayIn } from "../core/messages.ts";
import { QuickCodes } from "../core/quick.ts";
import { buildRows } from "../core/rows.ts";
import { isDarkTheme, watchTheme } from "../core/theme.ts";
import { Toasts } from "../core/toasts.ts";
import type { Coding, Language, Range, SourceEntry } from "../core/types.ts";
import type { OpenDocument, Welcome } from "../core/wire.ts";
import { CodingCard } from "./card.ts";
import { CodeTree, type TreeState } from "./code_tree.ts";
import { Help } from "./help.ts";
import { listenToInput } from "./input.ts";
import { Margin } from "./margin.ts";
import { tellOutcome } from "./outcomes.ts";
import { CodePicker } from "./picker.ts";
import { findNext } from "./search.ts";
import { collapsed, type Page, selectedRange, type Selection } from "./selection.ts";
import { Session } from "./session.ts";
import { countCharacters, quickEntries, saveTrouble, stripeName, stripeTitle, whereText } from "./signs.ts";
import { StatusLine } from "./status.ts";
import { TextPane } from "./text_pane.ts";
import { Toolbar } from "./toolbar.ts";

export class CoderApp {
  readonly element: HTMLElement;
  readonly say: Say;
  readonly session: Session;
  readonly pane: TextPane;
  readonly toolbar: Toolbar;
  readonly toasts = new Toasts();
  readonly picker: CodePicker;
  readonly card: CodingCard;
  readonly help: Help;
  readonly quick = new QuickCodes();
  page: Page = { text: "", rows: [], turns: [] };
  selection: Selection = collapsed(0);
  index = new IntervalIndex([]);
  chosen: string | null = null; // the coding that keys act on
  codes: Codes;
  private looks = new Map<string, Look>();
  private hovered: string | null = null;
  private filter: string | null = null; // whose codings are shown; null: everybody's
  private coder = "";
  private isReadOnly = false;
  private panelTimer = 0;
  private sources: SourceEntry[] = [];
  private document: OpenDocument | null = null;
  private readonly language: Language;
  private readonly tree: CodeTree;
  private readonly status: StatusLine;
  private readonly empty = el("div", { class: "qk-empty qk-wide" });
  private readonly closers: (() => void)[] = [];

  constructor(model: Model) {
    this.language = asLanguage(model.get("language"));
    this.say = sayIn(this.language);
    this.codes = new Codes([], this.language);
    const margin = new Margin(
      (codings, anchor) => this.showCard(codings, anchor),
      (coding) => this.hover(coding?.id ?? null),
      (n) => this.say("moreStripes", { n }),
    );
    this.pane = new TextPane(this.say("transcript"), margin);
    this.tree = new CodeTree(this.say, (key) => this.apply(key), () => this.focusText());
    this.status = new StatusLine(this.say, (key) => this.apply(key));
    this.toolbar = this.makeToolbar();
    const body = el("div", { class: "qk-body" }, this.pane.element, this.tree.element, this.empty);
    this.element = el("div", { class: "qk-coder", attrs: { "data-lm-suppress-shortcuts": "true", "data-jp-suppress-context-menu": "true", lang: this.language } },
      this.toolbar.element, this.toasts.banner, body, this.status.element, this.toasts.element);
    this.element.style.setProperty("height", `${Math.max(320, Math.min(2_000, Number(model.get("height")) || 560))}px`);
    this.picker = this.makePicker();
    this.card = this.makeCard();
    this.help = new Help(this.element, this.say, () => this.focusText());
    this.session = this.makeSession(model);
    this.showEmpty(this.say("loading"));
  }

  start(source?: string): void {
    this.listen();
    this.session.start(source);
    this.closers.push(() => this.session.close());
  }

  close(): void {
    this.card.close();
    clearTimeout(this.panelTimer);
    for (const close of this.closers) close();
  }

  // ── what the parts ask for ─────────────────────────────────────────────────

  get range(): Range | null {
    return this.page.rows.length ? selectedRange(this.page, this.selection) : null;
  }

  quote(range: Range, most = 24): string {
    const text = this.page.text.slice(range.start, range.end).replace(/\s+/g, " ");
    const points = Array.from(text);
    return points.length > most ? `${points.slice(0, most - 8).join("")}…${points.slice(-6).join("")}` : text;
  }

  focusText(): void {
    this.pane.element.focus({ preventScroll: true });
  }

  select(selection: Selection, reveal = true): void {
    this.selection = selection;
    this.chosen = null;
    this.refresh();
    if (reveal) this.pane.reveal(selection.focus);
  }

  selectRange(range: Range, where: "near" | "middle" = "near"): void {
    this.selection = { anchor: range.start, focus: range.end };
    this.chosen = null;
    this.pane.reveal(range.start, where);
    this.refresh();
    if (where === "near") this.pane.reveal(range.end);
  }

  choose(coding: Coding): void {
    this.chosen = coding.id;
    this.selection = { anchor: coding.start, focus: coding.end };
    this.pane.reveal(coding.start);
    this.refresh();
  }

  apply(key: string): void {
    const code = this.codes.get(key);
    const range = this.range;
    if (!code) return;
    if (!code.assignable) return this.toasts.show(this.say("headingOnly", { code: this.codes.label(key) }));
    if (!range) return this.toasts.show(this.say("selectFirst"));
    if (this.isReadOnly) return this.toasts.show(this.say("readOnly"), undefined, true);
    if (this.session.outbox?.isFull) return this.toasts.show(this.say("full"), undefined, true);
    const isThere = this.ownOn(range).has(key);
    if (isThere) return this.toasts.show(this.say("alreadyThere", { code: this.codes.label(key) }));
    this.quick.use(key);
    this.session.add(range.start, range.end, key);
    this.status.speak(this.say("appliedSay", { code: this.codes.label(key), n: countCharacters(this.page, range) }));
  }

  /** A new code of this name, put on what is selected. */
  private create(label: string, parent: string | null): void {
    if (this.isReadOnly) return this.toasts.show(this.say("readOnly"), undefined, true);
    const key = this.codes.newKey(label, parent);
    this.session.addCode(key, parent, label);
    const code = { key, parent, label: { [this.language]: label }, definition: {}, include: {}, exclude: {}, example: {}, color: null, assignable: true };
    this.codes = new Codes([...this.codes.all, code], this.language); // until the kernel tells the whole codebook
    this.recolor();
    this.apply(key);
  }

  remove(coding: Coding): void {
    if (!this.canEdit(coding)) return this.toasts.show(this.say("othersCoding", { coder: coding.coder }), undefined, true);
    this.card.hide();
    this.chosen = null;
    this.hovered = null;
    this.session.remove(coding);
    const text = this.say("removed", { code: this.codes.label(coding.code), quote: this.quote(coding) });
    this.toasts.show(text, { label: this.say("undoWord"), act: () => this.session.undo() });
    this.focusText();
  }

  /** `inVivo`: the words themselves name a new code. */
  openPicker(inVivo = false): void {
    const range = this.range;
    if (!range) return this.toasts.show(this.say("selectFirst"));
    this.card.hide();
    this.pane.reveal(range.end);
    this.picker.show(this.quote(range), this.pane.rangeRect(range), this.treeState(), inVivo ? this.quote(range, 40) : "");
  }

  showCard(codings: readonly Coding[], anchor: DOMRect): void {
    if (codings.length === 0) return;
    this.choose(codings[0]);
    this.card.show(codings, anchor, this.codes, this.looks);
  }

  find(id: string): Coding | undefined {
    return this.index.sorted.find((coding) => coding.id === id);
  }

  canEdit(coding: Coding): boolean {
    return !this.isReadOnly && coding.coder === this.coder;
  }

  // ── drawing ────────────────────────────────────────────────────────────────

  /** Codings changed: their order, counts and the save sign follow. */
  private recode(): void {
    const all = this.session.codings();
    this.index = new IntervalIndex(this.filter === null ? all : all.filter((coding) => coding.coder === this.filter));
    const hidden = all.length - this.index.sorted.length;
    this.card.update((id) => this.find(id));
    this.refresh();
    this.drawPanelsSoon();
    const note = this.say("hiddenOthers", { n: hidden });
    this.toolbar.element.querySelector(".qk-coders")?.setAttribute("title", hidden ? note : this.say("showCodings"));
    this.element.classList.toggle("qk-hides", hidden > 0);
    this.drawSave();
  }

  /** What stands beside the text may follow a moment later than the text itself. */
  private drawPanelsSoon(): void {
    if (this.panelTimer) return;
    this.panelTimer = window.setTimeout(() => {
      this.panelTimer = 0;
      this.tree.update(this.treeState());
      this.status.showQuick(quickEntries(this.quick, this.codes, this.looks));
    }, 40);
  }

  refresh(): void {
    if (!this.document) return;
    const range = this.range;
    Object.assign(this.paneSource, { index: this.index, selection: range, caret: this.selection.focus });
    this.paneSource.paint = { look: (coding) => this.look(coding), emphasis: this.hovered ?? this.chosen };
    this.pane.refresh();
    this.status.showWhere(whereText(this.page, this.selection, range, this.index.sorted.length > 0, this.say));
  }

  private readonly paneSource = {
    text: "",
    rows: this.page.rows,
    index: this.index,
    selection: null as Range | null,
    caret: 0,
    paint: { look: (coding: Coding) => this.look(coding), emphasis: null as string | null },
    stripeName: (coding: Coding) => stripeName(coding, this.codes, this.coder),
    stripeTitle: (coding: Coding) => stripeTitle(coding, this.codes, this.say),
    isForeign: (coding: Coding) => coding.coder !== this.coder,
  };

  private look(coding: Coding): Look {
    return this.looks.get(coding.code) ?? { color: "#888888", texture: "solid" };
  }

  private drawSave(): void {
    const outbox = this.session.outbox;
    if (!outbox) return;
    this.toolbar.showSave(outbox.state, outbox.pending.length, outbox.problem, outbox.isDurable);
    this.toasts.setBanner(saveTrouble(outbox, this.say));
  }

  private treeState(): TreeState {
    const counts = new Map<string, number>();
    for (const coding of this.index.sorted) counts.set(coding.code, (counts.get(coding.code) ?? 0) + 1);
    return { codes: this.codes, looks: this.looks, counts, quick: this.quick, language: this.language };
  }

  private showEmpty(text: string | null): void {
    this.empty.textContent = text ?? "";
    this.element.classList.toggle("qk-is-empty", text !== null);
  }

  private hover(id: string | null): void {
    if (this.hovered === id) return;
    this.hovered = id;
    this.refresh();
  }

  private ownOn(range: Range): Set<string> {
    const same = this.session.codings().filter((coding) => coding.start === range.start && coding.end === range.end && coding.coder === this.coder);
    return new Set(same.map((coding) => coding.code));
  }

  // ── building ───────────────────────────────────────────────────────────────

  private makeSession(model: Model): Session {
    return new Session(model, {
      welcomed: (welcome) => this.onWelcome(welcome),
      opened: (document) => this.onOpened(document),
      listed: (sources) => this.toolbar.showSources((this.sources = sources), this.document!.id),
      failed: (message) => this.showEmpty(this.say("openFailed", { message })),
      silent: () => this.showEmpty(this.document ? null : this.say("notConnected")),
      changed: () => this.recode(),
      recoded: (codes) => {
        this.codes = new Codes(codes, this.language);
        this.quick.keepOnly(new Set(codes.map((code) => code.key)));
        this.recolor();
        this.recode();
      },
      renamed: (from, to) => {
        this.pane.rename(from, to);
        this.card.rename(from, to);
        if (this.chosen === from) this.chosen = to;
      },
      outcome: (outcome) => tellOutcome(this, outcome),
      recovered: (n) => this.toasts.show(this.say("recovered", { n })),
    });
  }

  private onWelcome(welcome: Welcome): void {
    this.coder = welcome.coder;
    this.isReadOnly = welcome.read_only;
    this.sources = welcome.sources;
    this.filter = welcome.show === "all" ? null : welcome.coder;
    this.codes = new Codes(welcome.codes, this.language);
    this.quick.suggest(welcome.quick);
    this.quick.suggest(this.codes.tree.filter((each) => each.code.assignable).map((each) => each.code.key));
    this.recolor();
    if (welcome.sources.length === 0) this.showEmpty(this.say("noSources"));
  }

  private onOpened(document: OpenDocument): void {
    const isSame = this.document?.id === document.id; // the kernel was asked again
    this.document = document;
    this.page = { text: document.text, turns: document.turns, rows: document.text.trim() ? buildRows(document.text, document.turns) : [] };
    // What stands before the first turn, as a head with names and dates, is seldom coded: it is reached by scrolling up.
    if (!isSame) this.selection = collapsed(this.page.turns[0]?.start ?? this.page.rows[0]?.start ?? 0);
    this.chosen = null;
    this.toolbar.showSources(this.sources, document.id);
    const others = new Set(document.codings.map((coding) => coding.coder));
    others.delete(this.coder);
    if (this.filter !== null && this.filter !== this.coder && !others.has(this.filter)) this.filter = this.coder;
    this.toolbar.showCoders(this.coder, [...others].sort(), this.filter);
    this.pane.element.lang = document.language;
    this.showEmpty(this.page.rows.length ? null : this.say("emptyText"));
    Object.assign(this.paneSource, { text: this.page.text, rows: this.page.rows });
    this.index = new IntervalIndex([]);
    this.recode();
    this.pane.open(this.paneSource, this.selection.focus);
    this.element.dataset.painted = document.id;
  }

  private recolor(): void {
    const isDark = isDarkTheme();
    this.element.classList.toggle("qk-dark", isDark);
    this.looks = assignLooks(this.codes.all, isDark);
  }

  private makeToolbar(): Toolbar {
    return new Toolbar(this.say, {
      open: (source) => {
        this.card.hide();
        this.session.open(source);
      },
      filter: (coder) => {
        this.filter = coder;
        this.recode();
        this.pane.relayout();
      },
      undo: () => this.session.undo(),
      redo: () => this.session.redo(),
      help: () => this.help.toggle(this.toolbar.element.lastElementChild!.getBoundingClientRect()),
      expand: () => void (document.fullscreenElement ? document.exitFullscreen() : this.element.requestFullscreen()),
      search: (query, direction) => {
        const found = findNext(this.page.text, query, this.selection, direction);
        if (found) this.selectRange(found.range, "middle");
        return found;
      },
      leave: () => this.focusText(),
    });
  }

  private makePicker(): CodePicker {
    return new CodePicker(this.element, this.say, {
      apply: (key) => this.apply(key),
      create: (label, parent) => this.create(label, parent),
      applied: () => (this.range ? this.ownOn(this.range) : new Set()),
      closed: () => this.focusText(),
    });
  }

  private makeCard(): CodingCard {
    return new CodingCard(this.element, this.say, {
      quote: (coding) => this.quote(coding, 120),
      canEdit: (coding) => this.canEdit(coding),
      setMemo: (coding, memo, before) => this.session.setMemo(this.find(coding.id) ?? coding, memo, before),
      remove: (coding) => this.remove(this.find(coding.id) ?? coding),
      choose: (coding) => {
        this.chosen = coding.id;
        this.refresh();
      },
      closed: () => this.focusText(),
    });
  }

  private listen(): void {
    listenToInput(this);
    const observer = new ResizeObserver(() => this.pane.relayout());
    observer.observe(this.pane.element);
    this.closers.push(() => observer.disconnect(), watchTheme(() => {
      this.recolor();
      this.recode();
    }));
  }
}
