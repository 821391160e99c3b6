// Case × kind × wave: what is there, what is missing and why; the reason is entered on the empty cell.
import { button, el, replaceChildren } from "../core/dom.ts";
import { Popover } from "../core/popover.ts";
import { type Column, PagedTable } from "../table/paged_table.ts";
import type { Context } from "./context.ts";
import type { DocumentsKey } from "./messages.ts";
import { kindName, reasonName, roleName, waveName } from "./names.ts";

export interface Cell {
  case: string;
  role: string | null;
  wave: string | null;
  session: number | null;
  kind: string;
  n: number;
  status: "present" | "missing" | "excused" | "not_expected";
  reason: string | null;
}

interface CaseRow {
  case: string;
  role: string | null;
  cells: Map<string, Cell>;
}

const SIGNS: Record<Cell["status"], [sign: string, words: DocumentsKey]> = {
  present: ["●", "cellPresent"],
  missing: ["○", "cellMissing"],
  excused: ["◐", "cellExcused"],
  not_expected: ["–", "cellUnexpected"],
};
const REASONS: readonly DocumentsKey[] = ["reasonLeave", "reasonRefused", "reasonWithdrew", "reasonMoved", "reasonConsent"];

export class Completeness {
  readonly element: HTMLElement;
  private readonly table: PagedTable<CaseRow>;
  private readonly popover: Popover;
  private readonly unwatch: () => void;

  constructor(private readonly context: Context, host: HTMLElement) {
    const { say } = context;
    this.table = new PagedTable<CaseRow>({
      say,
      label: say("viewCompleteness"),
      columns: [],
      key: (row) => row.case,
      words: (row) => [row.case, row.role, ...[...row.cells.values()].map((cell) => cell.reason ?? "")].join(" "),
      empty: say("completenessNone"),
    });
    const legend = Object.values(SIGNS).map(([sign, words]) => el("span", {}, el("i", { attrs: { "aria-hidden": "true" } }, sign), say(words)));
    this.element = el("div", { class: "qk-completeness" }, this.table.element, el("p", { class: "qk-legend qk-quiet" }, ...legend));
    this.popover = new Popover(host, "qk-reason", say("reasonTitle"));
    this.unwatch = this.popover.whenLeft(() => this.popover.hide());
  }

  show(cells: Cell[]): void {
    const rows = new Map<string, CaseRow>();
    const columns = new Map<string, Cell>();
    for (const cell of cells) {
      const key = `${cell.kind} ${cell.wave ?? ""} ${cell.session ?? ""}`;
      if (!columns.has(key)) columns.set(key, cell);
      const row = rows.get(cell.case) ?? { case: cell.case, role: cell.role, cells: new Map<string, Cell>() };
      row.cells.set(key, cell);
      rows.set(cell.case, row);
    }
    this.table.setRows([...rows.values()]);
    this.table.setColumns(this.columns(columns));
  }

  filter(query: string): void {
    this.table.filter(query);
  }

  close(): void {
    this.unwatch();
    this.popover.hide();
  }

  private columns(found: Map<string, Cell>): Column<CaseRow>[] {
    const { say, study } = this.context;
    const place = (cell: Cell) => cell.session ?? (cell.wave === null ? study.waves.length : study.waves.indexOf(cell.wave));
    const kinds = [...new Set([...found.values()].map((cell) => cell.kind))];
    const sorted = [...found].sort(([, a], [, b]) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || place(a) - place(b));
    return [
      { key: "case", title: say("documentCase"), order: (row) => row.case, cell: (row) => el("b", {}, row.case) },
      { key: "role", title: say("participantRole"), order: (row) => row.role, cell: (row) => roleName(row.role ?? "", say) },
      ...sorted.map(([key, place]): Column<CaseRow> => ({
        key,
        over: kindName(place.kind, say),
        title: this.when(place),
        className: "qk-status-cell",
        order: (row) => row.cells.get(key)?.status ?? null,
        cell: (row) => this.cell(row.cells.get(key)),
      })),
    ];
  }

  private cell(cell: Cell | undefined): Node | string {
    if (!cell) return "";
    const { say } = this.context;
    const [sign, words] = SIGNS[cell.status];
    const reason = reasonName(cell.reason, say);
    const named = say("cellTitle", { place: this.placeOf(cell), status: say(words) });
    const title = reason ? `${named} (${reason})` : named;
    const shown = [sign, cell.status === "present" && cell.n > 1 ? ` ${cell.n}` : "", reason ? el("small", {}, reason) : ""];
    if (cell.status === "present") return el("span", { class: "qk-is-present", title, attrs: { role: "img", "aria-label": title } }, ...shown);
    const press = button("", title, () => this.ask(cell, press), `qk-state qk-is-${cell.status}`);
    replaceChildren(press, ...shown);
    return press;
  }

  private when({ wave, session }: Cell): string {
    return session === null ? waveName(wave, this.context.say) : this.context.say("sessionNumber", { n: session });
  }

  private placeOf(cell: Cell): string {
    const { say } = this.context;
    return [cell.case, kindName(cell.kind, say), this.when(cell)].join(" · ");
  }

  private ask(cell: Cell, anchor: HTMLElement): void {
    const { say } = this.context;
    const field = el("textarea", { class: "qk-field", attrs: { rows: "2", "aria-label": say("reasonTitle") } });
    field.value = cell.status === "excused" ? reasonName(cell.reason, say) : "";
    const save = (reason: string) => {
      this.popover.hide();
      anchor.focus();
      const { case: name, kind, wave, session } = cell;
      this.context.edit("absence.set", { case: name, kind, wave, session: session === null ? null : String(session), reason }, { done: (message) => this.show(message.cells as Cell[]) });
    };
    const usual = REASONS.map((key) => button(say(key), say(key), () => save(say(key))));
    const panel = this.popover.element;
    const close = () => {
      this.popover.hide();
      anchor.focus();
    };
    const foot = el("div", { class: "qk-reason-foot" }, button(say("cancel"), say("cancel"), close), button(say("reasonSave"), say("reasonSave"), () => save(field.value.trim()), "qk-button qk-primary"));
    replaceChildren(panel, el("div", { class: "qk-popover-title" }, say("reasonTitle")), el("p", { class: "qk-quiet" }, this.placeOf(cell)), el("div", { class: "qk-usual" }, ...usual), field, foot);
    panel.onkeydown = (event) => {
      if (event.key === "Escape") close();
      else if (event.key === "Tab") this.popover.cycle(event);
      event.stopPropagation();
    };
    this.popover.show(anchor.getBoundingClientRect());
    field.focus();
  }
}
