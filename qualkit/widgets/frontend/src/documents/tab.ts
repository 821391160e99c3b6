// The Documents tab of the workbench: files come in on top, four lists below, every edit saved at once and undone by one key.
import { Connection, type Message, type Model } from "../core/connection.ts";
import { button, el, isComposing } from "../core/dom.ts";
import { icon } from "../core/icons.ts";
import { newId } from "../core/ids.ts";
import { asLanguage } from "../core/messages.ts";
import { Tabs } from "../core/tabs.ts";
import { Toasts } from "../core/toasts.ts";
import { type Speaker, SpeakerTable } from "../speakers/table.ts";
import { refuse, settle } from "../table/cells.ts";
import type { MakeTab, Shell, Tab } from "../workbench/tab.ts";
import { type Cell, Completeness } from "./completeness.ts";
import type { Context, Edit, Study } from "./context.ts";
import { type Document, DocumentList } from "./document_list.ts";
import { ImportPanel, type Running } from "./import_panel.ts";
import { type SayDocuments, sayIn } from "./messages.ts";
import { actionName } from "./names.ts";
import { ParticipantTable, type Participants } from "./participants.ts";
import type { Report } from "./report.ts";

const VIEWS = [["documents", "viewDocuments"], ["speakers", "viewSpeakers"], ["participants", "viewParticipants"], ["completeness", "viewCompleteness"]] as const;
type View = (typeof VIEWS)[number][0];

class DocumentsTab implements Tab, Context {
  readonly element: HTMLElement;
  readonly say: SayDocuments;
  study: Study = { waves: [], kinds: [], text_kinds: [], cases: [], sessions: [], formats: {}, coder: "" };
  private readonly connection: Connection;
  private readonly imports: ImportPanel;
  private readonly documents: DocumentList;
  private readonly speakers: SpeakerTable;
  private readonly participants: ParticipantTable;
  private readonly completeness: Completeness;
  private readonly views: Tabs;
  private readonly toasts = new Toasts();
  private readonly note = el("span", { class: "qk-save", attrs: { role: "status", "aria-live": "polite" } });
  private readonly filter: HTMLInputElement;
  private readonly stale = new Set<View>();
  private isOpen = false;
  private unsaved = 0;

  constructor(model: Model, private readonly shell: Shell) {
    const language = asLanguage(model.get("language"));
    this.say = sayIn(language);
    this.connection = new Connection(model, (message) => this.imports.onNews(message));
    this.element = el("div", { class: "qk-documents-tab" });
    this.imports = new ImportPanel(this, this.connection, language, {
      imported: () => this.reload(),
      problem: (message) => this.toasts.show(message, undefined, true),
      asking: (isAsking) => this.element.classList.toggle("qk-asks", isAsking),
    });
    this.documents = new DocumentList(this, {
      code: (document) => this.shell.open("code", document.id),
      speakers: (document) => this.showSpeakersOf(document.id),
      removed: (document) => this.onRemoved(document),
      casesChanged: (cases) => this.takeCases(cases),
    });
    this.speakers = new SpeakerTable(this.say, (speaker, name, menu) => this.edit("set", { source: speaker.source, label: speaker.label, case: name }, { field: menu, done: () => settle(menu, name ?? "") }));
    this.participants = new ParticipantTable(this, language, (cases) => this.takeCases(cases));
    this.completeness = new Completeness(this, this.element);
    const panels: Record<View, HTMLElement> = {
      documents: el("div", { class: "qk-view" }, this.documents.element),
      speakers: el("div", { class: "qk-view" }, el("div", { class: "qk-view-head" }, this.speakers.documents, el("span", { class: "qk-quiet" }, this.say("speakersHint"))), this.speakers.element),
      participants: el("div", { class: "qk-view" }, this.participants.element),
      completeness: el("div", { class: "qk-view" }, this.completeness.element),
    };
    this.views = new Tabs(this.say("views"), VIEWS.map(([id, title]) => ({ id, title: this.say(title), panel: panels[id] })), (id) => this.onView(id as View));
    this.filter = el("input", { class: "qk-field qk-filter", attrs: { type: "search", placeholder: this.say("filterList"), "aria-label": this.say("filterList") }, on: { input: () => this.onFilter() } });
    const undo = button(icon("undo"), this.say("undoHere"), () => this.turnBack("undo"), "qk-button qk-icon");
    const redo = button(icon("redo"), this.say("redoHere"), () => this.turnBack("redo"), "qk-button qk-icon");
    const bar = el("div", { class: "qk-views-bar" }, this.views.element, this.filter, el("span", { class: "qk-spring" }), this.note, undo, redo);
    const over = el("div", { class: "qk-drop-over", attrs: { "aria-hidden": "true" } }, this.say("dropNow"));
    this.element.append(this.toasts.banner, this.imports.element, bar, ...Object.values(panels), this.toasts.element, over);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.imports.listen(this.element);
    this.views.show("documents");
  }

  shown(): void {
    if (this.isOpen) this.reload();
    else this.open();
  }

  themed(): void {
    // Colours follow the shell.
  }

  close(): void {
    this.completeness.close();
    this.connection.close();
  }

  // ── talking with the kernel ────────────────────────────────────────────────

  ask(t: string, body: object, onAnswer: (message: Message) => void): void {
    this.connection.ask(t, body, (message) => {
      this.toasts.setBanner(null);
      onAnswer(message);
    }, () => this.toasts.setBanner(this.say("silentHere")));
  }

  edit(t: string, body: object, { field, done }: Edit): void {
    this.unsaved += 1;
    this.drawSave();
    this.ask(t, { op_id: newId(), ...body }, (message) => {
      this.unsaved -= 1;
      this.drawSave();
      if (message.ok) {
        this.outdate();
        return done?.(message);
      }
      const reason = this.say("notDone", { message: String(message.message ?? "") });
      if (field) refuse(field, reason);
      this.toasts.show(reason, undefined, true);
    });
  }

  private open(): void {
    this.note.textContent = this.say("opening");
    this.ask("hello", {}, (message) => {
      this.note.textContent = "";
      if (!message.ok) return this.toasts.setBanner(this.say("notDone", { message: String(message.message ?? "") }));
      this.isOpen = true;
      this.study = message.study as Study;
      this.take(message);
      this.imports.show(message.running as Running | null, message.report as Report | null);
      // From its second message on, JupyterLab lets this widget speak while a cell computes: let that not be the user's.
      this.connection.tell("ping", {});
    });
  }

  /** Asks anew for what is on the screen; the other lists follow when they are shown. */
  private reload(): void {
    this.outdate();
    this.ask("documents", {}, (message) => this.take(message));
    this.load(this.views.shown as View);
  }

  private take(message: Message): void {
    if (message.cases) this.study.cases = message.cases as string[];
    const documents = message.documents as Document[] | undefined;
    if (!documents) return;
    this.documents.show(documents);
    this.countDocuments(documents.length);
  }

  private takeCases(cases: string[]): void {
    this.study.cases = cases;
    this.views.count("participants", cases.length || null);
  }

  private countDocuments(n: number): void {
    this.views.count("documents", n || null);
    this.views.count("participants", this.study.cases.length || null);
    this.element.classList.toggle("qk-is-new", n === 0);
  }

  private outdate(): void {
    for (const [view] of VIEWS) if (view !== this.views.shown) this.stale.add(view);
  }

  private load(view: View): void {
    this.stale.delete(view);
    if (view === "documents") return;
    this.ask(view, {}, (message) => {
      if (!message.ok) return this.toasts.show(this.say("notDone", { message: String(message.message ?? "") }), undefined, true);
      if (message.cases) this.takeCases(message.cases as string[]);
      if (view === "speakers") this.speakers.show(message.speakers as Speaker[], this.study.cases);
      if (view === "participants") this.participants.show(message.participants as Participants);
      if (view === "completeness") this.completeness.show(message.cells as Cell[]);
    });
  }

  // ── what the user does ─────────────────────────────────────────────────────

  private onView(view: View): void {
    if (!this.filter) return; // the very first view, before anything is there
    if (this.filter.value) {
      this.filter.value = "";
      this.onFilter();
    }
    if (view === "documents" && this.stale.has(view)) this.ask("documents", {}, (message) => this.take(message));
    this.load(view);
  }

  private onFilter(): void {
    for (const list of [this.documents, this.speakers, this.participants, this.completeness]) list.filter(this.filter.value);
  }

  private showSpeakersOf(source: string): void {
    this.views.show("speakers");
    this.ask("speakers", {}, (message) => {
      if (!message.ok) return;
      this.speakers.show(message.speakers as Speaker[], this.study.cases);
      this.speakers.choose(source);
    });
  }

  private onRemoved(document: Document): void {
    this.ask("documents", {}, (message) => this.take(message));
    this.toasts.show(this.say("removedDocument", { name: document.name }), { label: this.say("undoWord"), act: () => this.turnBack("undo") });
  }

  private turnBack(t: "undo" | "redo"): void {
    this.edit(t, {}, {
      done: (message) => {
        if (message.nothing) return this.toasts.show(this.say(t === "undo" ? "nothingToUndo" : "nothingToRedo"));
        const what = actionName(String(message.action), String(message.summary), this.say);
        this.toasts.show(this.say(t === "undo" ? "undoneHere" : "redoneHere", { what }));
        this.take(message);
        this.outdate();
        this.load(this.views.shown as View);
      },
    });
  }

  private onKey(event: KeyboardEvent): void {
    if (isComposing(event) || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const field = event.target as HTMLInputElement;
    const isTyping = field.matches("textarea, input") && field.value !== (field.dataset.saved ?? "");
    const key = event.key.toLowerCase();
    if (key === "s") this.toasts.show(this.say(this.unsaved ? "saving" : "allSaved"));
    else if (isTyping) return; // the field's own undo
    else if (key === "z") this.turnBack(event.shiftKey ? "redo" : "undo");
    else if (key === "y") this.turnBack("redo");
    else return;
    event.preventDefault();
  }

  private drawSave(): void {
    const state = this.unsaved ? "saving" : "saved";
    this.note.dataset.state = state;
    this.note.replaceChildren(el("i", {}, this.unsaved ? "◌" : "●"), this.say(state));
  }
}

export const documentsTab: MakeTab = (model, shell) => new DocumentsTab(model, shell);
