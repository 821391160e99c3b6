// The documents of the study: what each is about, edited where it stands; from here one codes, names speakers, removes.
import { button, el } from "../core/dom.ts";
import { icon } from "../core/icons.ts";
import { type Field, menuCell, type MenuEntries, settle, textCell } from "../table/cells.ts";
import { type Column, PagedTable } from "../table/paged_table.ts";
import { caseMenu, type Context, kindMenu, waveMenu } from "./context.ts";
import { kindName, waveName } from "./names.ts";

export interface Document {
  id: string;
  name: string;
  kind: string;
  case: string | null;
  wave: string | null;
  session: number | null;
  date: string | null;
  turns: number;
  characters: number;
  codings: number;
}

export interface DocumentActions {
  code(document: Document): void;
  speakers(document: Document): void;
  removed(document: Document): void;
  casesChanged(cases: string[]): void;
}

type Editable = "name" | "kind" | "case" | "wave" | "session" | "date";

export class DocumentList {
  readonly element: HTMLElement;
  private readonly table: PagedTable<Document>;
  private documents: Document[] = [];
  private menus: { kind: MenuEntries; case: MenuEntries; wave: MenuEntries };

  constructor(private readonly context: Context, private readonly actions: DocumentActions) {
    const { say } = context;
    this.menus = this.makeMenus();
    this.table = new PagedTable<Document>({
      say,
      label: say("viewDocuments"),
      columns: [],
      key: (row) => row.id,
      words: (row) => [row.name, kindName(row.kind, say), row.case, waveName(row.wave, say), row.wave, row.session, row.date].join(" "),
      empty: say("documentsNone"),
    });
    this.element = this.table.element;
    this.element.classList.add("qk-document-list");
  }

  show(documents: Document[]): void {
    this.documents = documents;
    this.menus = this.makeMenus();
    this.table.setRows(documents);
    this.table.setColumns(this.columns());
  }

  filter(query: string): void {
    this.table.filter(query);
  }

  private makeMenus() {
    return { kind: kindMenu(this.context), case: caseMenu(this.context), wave: waveMenu(this.context) };
  }

  private columns(): Column<Document>[] {
    const { say, study } = this.context;
    const hasSessions = study.sessions.length > 0 || this.documents.some((row) => row.session !== null);
    const columns: (Column<Document> | false)[] = [
      { key: "name", title: say("documentName"), order: (row) => row.name, cell: (row) => this.text(row, "name"), className: "qk-document-name" },
      { key: "kind", title: say("documentKind"), order: (row) => kindName(row.kind, say), cell: (row) => this.menu(row, "kind", this.menus.kind) },
      { key: "case", title: say("documentCase"), order: (row) => row.case, cell: (row) => this.menu(row, "case", this.menus.case) },
      { key: "wave", title: say("documentWave"), order: (row) => (row.wave === null ? null : study.waves.indexOf(row.wave)), cell: (row) => this.menu(row, "wave", this.menus.wave) },
      hasSessions && { key: "session", title: say("documentSession"), figure: true, order: (row) => row.session, cell: (row) => this.text(row, "session", true), className: "qk-narrow" },
      { key: "date", title: say("documentDate"), order: (row) => row.date, cell: (row) => this.text(row, "date"), className: "qk-date" },
      { key: "turns", title: say("documentTurns"), figure: true, order: (row) => row.turns, cell: (row) => this.turns(row) },
      { key: "characters", title: say("documentCharacters"), figure: true, order: (row) => row.characters, cell: (row) => row.characters.toLocaleString("en") },
      { key: "codings", title: say("documentCodings"), figure: true, order: (row) => row.codings, cell: (row) => String(row.codings) },
      { key: "actions", title: say("documentActions"), cell: (row) => this.buttons(row), className: "qk-actions" },
    ];
    return columns.filter((column) => column !== false);
  }

  private label(row: Document, name: Editable): string {
    const titles = { name: "documentName", kind: "documentKind", case: "documentCase", wave: "documentWave", session: "documentSession", date: "documentDate" } as const;
    return `${this.context.say(titles[name])}: ${row.name}`;
  }

  private text(row: Document, name: Editable, figure = false): HTMLInputElement {
    return textCell(String(row[name] ?? ""), this.label(row, name), (value, field) => this.save(row, name, value, field), { figure, placeholder: "—" });
  }

  private menu(row: Document, name: Editable, entries: MenuEntries): HTMLSelectElement {
    return menuCell(entries, String(row[name] ?? ""), this.label(row, name), (value, field) => this.save(row, name, value, field));
  }

  private save(row: Document, name: Editable, value: string, field: Field): void {
    this.context.edit("source.set", { source: row.id, field: name, value: value || null }, {
      field,
      done: (message) => {
        Object.assign(row, message.document as Document);
        settle(field, String(row[name] ?? ""));
        if (name === "name") this.table.draw(); // everything in the row is called by it
        this.actions.casesChanged(message.cases as string[]);
      },
    });
  }

  private turns(row: Document): HTMLElement {
    return button(String(row.turns), this.context.say("showSpeakers", { name: row.name }), () => this.actions.speakers(row), "qk-sort qk-figure");
  }

  private buttons(row: Document): HTMLElement {
    const { say } = this.context;
    const code = button(say("openCode"), say("openCodeOf", { name: row.name }), () => this.actions.code(row));
    const remove = button(icon("close"), say("removeDocument", { name: row.name }), () => this.remove(row), "qk-button qk-icon qk-danger");
    return el("span", {}, code, remove);
  }

  private remove(row: Document): void {
    this.context.edit("source.remove", { source: row.id }, {
      done: () => {
        this.documents = this.documents.filter((each) => each.id !== row.id);
        this.table.setRows(this.documents);
        this.actions.removed(row);
      },
    });
  }
}
