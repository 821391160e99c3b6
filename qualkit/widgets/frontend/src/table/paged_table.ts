// A table of many rows: sorted by any column, filtered, and shown page by page, so that a thousand rows stay light.
import { button, el, replaceChildren } from "../core/dom.ts";
import { icon } from "../core/icons.ts";
import type { SayOf } from "../core/messages.ts";
import type { TableKey } from "./messages.ts";

export interface Column<Row> {
  key: string;
  title: string;
  over?: string; // a heading that neighbouring columns share
  figure?: boolean;
  order?: (row: Row) => string | number | null; // what the column is sorted by
  cell: (row: Row) => Node | string;
  className?: string;
}

export interface TableOptions<Row> {
  say: SayOf<TableKey>;
  label: string;
  columns: Column<Row>[];
  key: (row: Row) => string;
  words: (row: Row) => string; // what the filter looks at
  empty: string;
  pageSize?: number;
}

const inOrder = new Intl.Collator("zh-Hans-CN", { numeric: true }).compare; // A2 before A10

export class PagedTable<Row> {
  readonly element: HTMLElement;
  private rows: Row[] = [];
  private shown: Row[] = [];
  private page = 0;
  private query = "";
  private sorted: { key: string; down: boolean } | null = null;
  private columns: Column<Row>[];
  private readonly size: number;
  private readonly head = el("thead");
  private readonly body = el("tbody");
  private readonly count = el("span", { class: "qk-quiet", attrs: { role: "status", "aria-live": "polite" } });
  private readonly back: HTMLButtonElement;
  private readonly forth: HTMLButtonElement;
  private readonly scroll: HTMLElement;

  constructor(private readonly options: TableOptions<Row>) {
    const { say, label } = options;
    this.columns = options.columns;
    this.size = options.pageSize ?? 50;
    this.back = button(icon("previous"), say("previousPage"), () => this.turn(-1), "qk-button qk-icon");
    this.forth = button(icon("next"), say("nextPage"), () => this.turn(1), "qk-button qk-icon");
    const table = el("table", { attrs: { "aria-label": label } }, this.head, this.body);
    this.scroll = el("div", { class: "qk-table-scroll", attrs: { tabindex: "0", role: "group", "aria-label": label } }, table);
    this.element = el("div", { class: "qk-table" }, this.scroll, el("div", { class: "qk-pager" }, this.count, this.back, this.forth));
    this.drawHead();
  }

  setColumns(columns: Column<Row>[]): void {
    this.columns = columns;
    this.drawHead();
    this.draw();
  }

  setRows(rows: Row[]): void {
    this.rows = rows;
    this.arrange();
  }

  filter(query: string): void {
    this.query = query.trim().toLowerCase();
    this.page = 0;
    this.arrange();
  }

  /** Shows the rows anew: their contents changed, not their order. */
  draw(): void {
    const first = this.page * this.size;
    const rows = this.shown.slice(first, first + this.size);
    const focused = this.focusedCell();
    replaceChildren(this.body, ...(rows.length ? rows.map((row) => this.row(row)) : [this.emptyRow()]));
    if (focused) this.focusAgain(focused);
    const n = this.shown.length;
    this.count.textContent = n === 0 ? "" : this.options.say("rows", { first: first + 1, last: first + rows.length, n });
    this.back.disabled = this.page === 0;
    this.forth.disabled = first + this.size >= n;
    this.back.classList.toggle("qk-hidden", n <= this.size);
    this.forth.classList.toggle("qk-hidden", n <= this.size);
  }

  private arrange(): void {
    const column = this.columns.find((each) => each.key === this.sorted?.key);
    const { query } = this;
    this.shown = query ? this.rows.filter((row) => this.options.words(row).toLowerCase().includes(query)) : [...this.rows];
    if (column?.order) {
      const { order } = column;
      const sign = this.sorted!.down ? -1 : 1;
      this.shown.sort((a, b) => compare(order(a), order(b), sign));
    }
    this.page = Math.min(this.page, Math.max(0, Math.ceil(this.shown.length / this.size) - 1));
    this.draw();
  }

  private turn(step: number): void {
    this.page += step;
    this.draw();
    this.scroll.scrollTop = 0;
    if (document.activeElement === document.body) this.scroll.focus(); // the button may be off by now
  }

  private sortBy(key: string): void {
    const isSame = this.sorted?.key === key;
    this.sorted = isSame && this.sorted!.down ? null : { key, down: isSame };
    this.drawHead();
    this.arrange();
    this.head.querySelector<HTMLElement>(`[data-sort="${CSS.escape(key)}"]`)?.focus();
  }

  private drawHead(): void {
    const overs: HTMLElement[] = [];
    for (const { over = "" } of this.columns) {
      const last = overs.at(-1);
      if (last && last.textContent === over) last.setAttribute("colspan", String(Number(last.getAttribute("colspan")) + 1));
      else overs.push(el("th", { class: over ? "qk-over" : "", attrs: { colspan: "1", scope: "colgroup" } }, over));
    }
    const titles = el("tr", {}, ...this.columns.map((column) => this.title(column)));
    const hasOver = this.columns.some((column) => column.over);
    replaceChildren(this.head, hasOver && el("tr", {}, ...overs), titles);
  }

  private title(column: Column<Row>): HTMLElement {
    const isSorted = this.sorted?.key === column.key;
    const sign = isSorted ? (this.sorted!.down ? " ▾" : " ▴") : "";
    const sort = isSorted ? (this.sorted!.down ? "descending" : "ascending") : "none";
    const className = [column.figure ? "qk-figure" : "", column.className ?? ""].join(" ").trim();
    if (!column.order) return el("th", { class: className, attrs: { scope: "col" } }, column.title);
    const press = button(column.title + sign, this.options.say("sortBy", { column: column.title }), () => this.sortBy(column.key), "qk-sort");
    press.dataset.sort = column.key;
    return el("th", { class: className, attrs: { scope: "col", "aria-sort": sort } }, press);
  }

  private row(row: Row): HTMLElement {
    const key = this.options.key(row);
    const cells = this.columns.map((column) => {
      const content = column.cell(row);
      if (content instanceof HTMLElement) content.dataset.cell = `${key}|${column.key}`;
      return el("td", { class: [column.figure ? "qk-figure" : "", column.className ?? ""].join(" ").trim() }, content);
    });
    return el("tr", { attrs: { "data-row": key } }, ...cells);
  }

  private emptyRow(): HTMLElement {
    const text = this.query && this.rows.length ? this.options.say("nothingFits", { query: this.query }) : this.options.empty;
    return el("tr", {}, el("td", { class: "qk-empty", attrs: { colspan: String(this.columns.length) } }, text));
  }

  private focusedCell(): HTMLElement | null {
    const focused = document.activeElement;
    return focused instanceof HTMLElement && this.body.contains(focused) && focused.dataset.cell ? focused : null;
  }

  private focusAgain(before: HTMLElement): void {
    const now = [...this.body.querySelectorAll<HTMLElement>("[data-cell]")].find((each) => each.dataset.cell === before.dataset.cell);
    const isTyping = before instanceof HTMLInputElement && before.value !== before.dataset.saved;
    if (isTyping) now?.replaceWith(before); // what was typed so far stays
    (isTyping ? before : now)?.focus();
  }
}

/** What is missing comes last, whichever way the column is sorted. */
function compare(a: string | number | null, b: string | number | null, sign: number): number {
  const [noA, noB] = [a === null || a === "", b === null || b === ""];
  if (noA || noB) return Number(noA) - Number(noB);
  return sign * (typeof a === "number" && typeof b === "number" ? a - b : inOrder(String(a), String(b)));
}
