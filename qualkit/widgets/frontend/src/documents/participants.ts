// The participants with what is known of each: every column is filled in as its type asks.
import { button, el, isComposing } from "../core/dom.ts";
import { pick } from "../core/messages.ts";
import type { Language, Words } from "../core/types.ts";
import { menuCell, MenuEntries, type Save, settle, textCell } from "../table/cells.ts";
import { type Column, PagedTable } from "../table/paged_table.ts";
import type { Context } from "./context.ts";
import type { DocumentsKey } from "./messages.ts";
import { KNOWN_ROLES, roleName, waveName } from "./names.ts";

type Value = string | number | boolean | null;

interface Attribute {
  name: string;
  attribute: string;
  wave: string | null;
  type: "text" | "category" | "integer" | "number" | "date" | "yes_no";
  levels: string[];
  label: Words;
}

export interface Participants {
  columns: Attribute[];
  rows: Value[][];
  withdrawn: string[]; // they appear in no output, but the author sees them
}

const FIXED: Record<string, DocumentsKey> = { case: "documentCase", role: "participantRole", site: "participantSite", group: "participantGroup", about: "participantAbout" };

export class ParticipantTable {
  readonly element: HTMLElement;
  private readonly table: PagedTable<Value[]>;
  private readonly code: HTMLInputElement;
  private withdrawn = new Set<string>();

  constructor(private readonly context: Context, private readonly language: Language, private readonly onAdded: (cases: string[]) => void) {
    const { say } = context;
    this.table = new PagedTable<Value[]>({
      say,
      label: say("viewParticipants"),
      columns: [],
      key: (row) => String(row[0]),
      words: (row) => row.join(" "),
      empty: say("participantsNone"),
    });
    this.code = el("input", {
      class: "qk-field",
      attrs: { type: "text", placeholder: say("participantCode"), "aria-label": say("participantAdd"), autocomplete: "off" },
      on: {
        keydown: (event) => {
          if (isComposing(event) || event.key !== "Enter") return;
          event.preventDefault();
          this.add();
        },
      },
    });
    const adding = el("div", { class: "qk-adding" }, this.code, button(say("participantAdd"), say("participantAdd"), () => this.add()));
    this.element = el("div", { class: "qk-participants" }, this.table.element, adding);
  }

  show({ columns, rows, withdrawn }: Participants): void {
    this.withdrawn = new Set(withdrawn);
    this.table.setRows(rows);
    this.table.setColumns(columns.map((column, place) => this.column(column, place)));
  }

  filter(query: string): void {
    this.table.filter(query);
  }

  private add(): void {
    const name = this.code.value.trim();
    if (!name) return this.code.focus();
    this.context.edit("case.add", { case: name }, {
      done: (message) => {
        this.code.value = "";
        this.show(message.participants as Participants);
        this.onAdded(message.cases as string[]);
      },
    });
  }

  private title({ name, attribute, wave, label }: Attribute): string {
    if (name in FIXED) return this.context.say(FIXED[name]);
    const words = pick(label, this.language) || attribute;
    return wave === null ? words : `${words} · ${waveName(wave, this.context.say)}`;
  }

  private column(attribute: Attribute, place: number): Column<Value[]> {
    const isFigure = attribute.type === "integer" || attribute.type === "number";
    return {
      key: attribute.name,
      title: this.title(attribute),
      figure: isFigure,
      order: (row) => (typeof row[place] === "boolean" ? Number(row[place]) : (row[place] as string | number | null)),
      cell: (row) => (attribute.name === "case" ? this.named(String(row[place])) : this.cell(row, place, attribute, isFigure)),
    };
  }

  private named(name: string): HTMLElement {
    return el("span", { class: "qk-case-name" }, el("b", {}, name), this.withdrawn.has(name) && el("small", {}, this.context.say("consentWithdrawn")));
  }

  private cell(row: Value[], place: number, attribute: Attribute, figure: boolean): HTMLElement {
    const { say } = this.context;
    const label = `${this.title(attribute)}: ${row[0]}`;
    const value = row[place] === null ? "" : String(row[place]);
    const save: Save = (wanted, field) => this.context.edit("case.set", { case: String(row[0]), column: attribute.name, value: wanted || null }, {
      field,
      done: (message) => {
        row[place] = message.value as Value;
        settle(field, row[place] === null ? "" : String(row[place]));
      },
    });
    if (attribute.type === "yes_no") return menuCell(new MenuEntries([["", say("none")], ["true", say("yes")], ["false", say("no")]]), value, label, save);
    if (attribute.type === "category" && attribute.levels.length) return menuCell(new MenuEntries([["", say("none")], ...attribute.levels.map((level) => [level, level] as const)]), value, label, save);
    if (attribute.name === "about") return menuCell(new MenuEntries([["", say("none")], ...this.context.study.cases.map((name) => [name, name] as const)]), value, label, save);
    if (attribute.name === "role") return menuCell(new MenuEntries([["", say("none")], ...KNOWN_ROLES.map((role) => [role, roleName(role, say)] as const)]), value, label, save);
    return textCell(value, label, save, { figure, placeholder: "—" });
  }
}
