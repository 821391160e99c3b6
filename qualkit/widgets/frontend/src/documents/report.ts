// What became of each file, in words and with a sign; a changed file waits here for an answer.
import { button, el } from "../core/dom.ts";
import { icon } from "../core/icons.ts";
import { pick } from "../core/messages.ts";
import type { Language } from "../core/types.ts";
import { PagedTable } from "../table/paged_table.ts";
import type { Context } from "./context.ts";
import type { DocumentsKey } from "./messages.ts";
import { kindName } from "./names.ts";

export interface ReportRow {
  row: number;
  file: string;
  kind: string;
  format: string;
  status: string;
  detail: string;
}

export interface Report {
  rows: ReportRow[];
  problem: string | null;
  is_stopped: boolean;
}

const STATUS: Record<string, [sign: string, words: DocumentsKey]> = {
  imported: ["✓", "statusImported"],
  unchanged: ["＝", "statusUnchanged"],
  changed: ["△", "statusChanged"],
  "new version": ["✓", "statusTaken"],
  refused: ["✕", "statusRefused"],
};
const ORDER = ["refused", "changed", "imported", "new version", "unchanged"]; // what asks for something comes first
const SHORT = 90;

export class ReportPanel {
  readonly element: HTMLElement;
  private readonly summary = el("span", { attrs: { role: "status", "aria-live": "polite" } });
  private readonly note = el("p", { class: "qk-report-note qk-hidden" });
  private readonly details: HTMLDetailsElement;
  private readonly table: PagedTable<ReportRow>;
  private rows: ReportRow[] = [];

  constructor(private readonly context: Context, private readonly language: Language, onClose: () => void, private readonly onTaken: () => void) {
    const { say } = context;
    this.table = new PagedTable<ReportRow>({
      say,
      label: say("reportTitle"),
      key: (row) => String(row.row),
      words: (row) => row.file,
      empty: say("rowsNone"),
      columns: [
        { key: "file", title: say("reportFile"), order: (row) => row.file, cell: (row) => row.file, className: "qk-report-file" },
        { key: "kind", title: say("reportKind"), order: (row) => row.kind, cell: (row) => this.recognised(row) },
        { key: "status", title: say("reportStatus"), order: (row) => ORDER.indexOf(row.status), cell: (row) => this.status(row), className: "qk-report-status" },
        { key: "detail", title: say("reportDetail"), cell: (row) => this.detail(row), className: "qk-report-detail" },
      ],
    });
    const close = button(icon("close"), say("reportClose"), onClose, "qk-button qk-icon");
    this.details = el("details", { class: "qk-report-body" }, el("summary", {}, el("strong", {}, say("reportTitle")), this.summary), this.note, this.table.element);
    this.element = el("section", { class: "qk-report qk-hidden", attrs: { "aria-label": say("reportTitle") } }, this.details, close);
  }

  show(report: Report | null): void {
    this.element.classList.toggle("qk-hidden", report === null);
    if (!report) return;
    const { say } = this.context;
    const note = report.problem ? say("reportProblem", { message: report.problem }) : report.is_stopped ? say("reportStopped") : "";
    this.note.textContent = note;
    this.note.classList.toggle("qk-hidden", !note);
    this.rows = [...report.rows].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || a.row - b.row);
    this.details.open = true;
    this.table.setRows(this.rows);
    this.count();
  }

  private count(): void {
    const counts = ORDER.map((status) => [status, this.rows.filter((row) => row.status === status).length] as const).filter(([, n]) => n > 0);
    this.summary.textContent = counts.map(([status, n]) => `${STATUS[status][0]} ${this.context.say(STATUS[status][1])} ${n}`).join("　");
  }

  private recognised({ kind, format }: ReportRow): string {
    const name = pick(this.context.study.formats[format] ?? {}, this.language) || format;
    return [kindName(kind, this.context.say), name].filter(Boolean).join(" · ");
  }

  private status(row: ReportRow): HTMLElement {
    const [sign, words] = STATUS[row.status] ?? ["", "statusImported"];
    return el("span", { class: `qk-came-${row.status.replace(" ", "-")}` }, el("i", { attrs: { "aria-hidden": "true" } }, sign), STATUS[row.status] ? this.context.say(words) : row.status);
  }

  private detail(row: ReportRow): HTMLElement {
    const { say } = this.context;
    const [first, rest] = split(row.detail);
    const text = rest ? el("details", {}, el("summary", {}, first), el("p", {}, rest)) : el("span", {}, first);
    if (row.status !== "changed") return text;
    const take = button(say("takeVersion"), `${say("takeVersion")}: ${row.file}`, () => {
      take.disabled = true;
      this.context.edit("import.accept", { row: row.row }, {
        done: (message) => {
          Object.assign(row, message.row as ReportRow);
          this.table.setRows(this.rows);
          this.count();
          this.onTaken();
        },
      });
    });
    return el("div", { class: "qk-offer" }, text, take);
  }
}

/** The first sentence, and what comes after it. */
function split(detail: string): [string, string] {
  const end = detail.search(/; |\n/);
  if (detail.length <= SHORT || end < 0) return [detail, ""];
  return [detail.slice(0, end), detail.slice(end + 1).trim()];
}

