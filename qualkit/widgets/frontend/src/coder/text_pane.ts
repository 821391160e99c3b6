// The transcript: only the rows in view are in the page; caret, selection and stripes follow the model.
import { el } from "../core/dom.ts";
import type { IntervalIndex } from "../core/intervals.ts";
import { Lanes } from "../core/lanes.ts";
import { type Row, rowAt } from "../core/rows.ts";
import { cutSegments } from "../core/segments.ts";
import type { Coding, Range } from "../core/types.ts";
import { RowHeights } from "./heights.ts";
import { Margin, marginWidth, MOST_LANES, type Stripe } from "./margin.ts";
import { type Paint, RowView } from "./row_view.ts";

const OVERSCAN = 300;
const LINE = 31;
const ROW_PADDING = 5;
const BLANK = 10;
const GUTTER = 98; // line number and speaker

export interface PaneSource {
  text: string;
  rows: readonly Row[];
  index: IntervalIndex;
  selection: Range | null;
  caret: number;
  paint: Omit<Paint, "slot">;
  stripeName(coding: Coding): string;
  stripeTitle(coding: Coding): string;
  isForeign(coding: Coding): boolean;
}

export class TextPane {
  readonly element: HTMLDivElement;
  private readonly content = el("div", { class: "qk-content", attrs: { role: "list" } });
  private readonly caret = el("div", { class: "qk-caret" });
  private heights = new RowHeights([]);
  private views = new Map<number, RowView>();
  private stripeLanes = new Lanes();
  private lineLanes = new Lanes();
  private lanes = 1;
  private nameWidth = 0;
  private charactersPerLine = 40;
  private frame = 0;
  private source: PaneSource | null = null;
  readonly margin: Margin;

  constructor(label: string, margin: Margin) {
    this.margin = margin;
    this.content.append(margin.element, this.caret);
    this.element = el("div", { class: "qk-pane", attrs: { tabindex: "0", role: "region", "aria-label": label } }, this.content);
    this.element.addEventListener("scroll", () => this.schedule(), { passive: true });
  }

  /** Another text: everything is laid out anew, with the row of this place at the top. */
  open(source: PaneSource, place: number): void {
    this.source = source;
    this.element.scrollTop = 0;
    this.relayout();
    const row = rowAt(source.rows, place);
    if (row <= 0 || this.views.size === 0) return;
    this.element.scrollTop = this.heights.top(row);
    this.draw();
  }

  /** The width changed or another text came. */
  relayout(): void {
    if (!this.source) return;
    const width = this.element.clientWidth;
    if (width === 0) return;
    const top = this.source.rows.length > 0 ? this.firstVisible() : null;
    this.nameWidth = width > 460 ? Math.max(96, Math.min(136, Math.round(width * 0.18))) : 0;
    this.layOutLanes(true);
    this.estimate();
    for (const view of this.views.values()) view.element.remove();
    this.views.clear();
    this.draw();
    if (top) this.element.scrollTop = this.heights.top(top.row) + top.shift;
  }

  /** Codings, selection or colours changed. */
  refresh(): void {
    if (!this.source) return;
    this.layOutLanes(false);
    this.draw();
  }

  /** The coding got its final id. */
  rename(from: string, to: string): void {
    this.stripeLanes.rename(from, to);
    this.lineLanes.rename(from, to);
  }

  /** Scrolls so that a place is well in view. */
  reveal(offset: number, where: "near" | "middle" = "near"): void {
    if (!this.source) return;
    const row = rowAt(this.source.rows, offset);
    const { clientHeight, scrollTop } = this.element;
    const mounted = this.views.has(row);
    const rect = mounted ? this.caretRect(offset) : null;
    const box = this.element.getBoundingClientRect();
    const top = rect ? rect.top - box.top + scrollTop : this.heights.top(row);
    const bottom = rect ? rect.bottom - box.top + scrollTop : top + LINE;
    if (where === "near" && top >= scrollTop + 8 && bottom <= scrollTop + clientHeight - 24) return;
    const middle = where === "middle" || !mounted;
    const target = middle ? top - clientHeight / 3 : top < scrollTop + 8 ? top - 40 : bottom - clientHeight + 60;
    this.element.scrollTop = Math.max(0, target);
    this.draw();
  }

  /** The place in the text at a point of the screen. */
  offsetAt(x: number, y: number): number | null {
    if (!this.source || this.source.rows.length === 0) return null;
    const box = this.element.getBoundingClientRect();
    const index = this.heights.at(y - box.top + this.element.scrollTop);
    const row = this.source.rows[index];
    const view = this.views.get(index);
    if (!view) return row.start;
    const text = view.element.lastElementChild!.getBoundingClientRect();
    const inside = { x: Math.max(text.left + 1, Math.min(x, text.right - 1)), y: Math.max(text.top + 4, Math.min(y, text.bottom - 4)) };
    const found = pointToNode(inside.x, inside.y, this.element);
    const offset = found ? view.offsetOf(found.node, found.offset) : null;
    if (offset !== null) return offset;
    return x < text.left ? row.start : row.end;
  }

  /** Which row stands at a height of the screen. */
  rowAtPoint(y: number): Row | null {
    if (!this.source || this.source.rows.length === 0) return null;
    return this.source.rows[this.heights.at(y - this.element.getBoundingClientRect().top + this.element.scrollTop)];
  }

  /** Where a place is on the screen; null when its row is not in view. */
  caretRect(offset: number): DOMRect | null {
    if (!this.source) return null;
    const view = this.views.get(rowAt(this.source.rows, offset));
    if (!view) return null;
    const place = view.locate(offset);
    const range = document.createRange();
    range.setStart(place.node, place.offset);
    range.collapse(true);
    const rects = range.getClientRects();
    return rects[rects.length - 1] ?? (view.element.lastElementChild as HTMLElement).getBoundingClientRect();
  }

  /** Where a stretch is on the screen: the box of its visible end, for panels beside it. */
  rangeRect(range: Range): DOMRect {
    const box = this.element.getBoundingClientRect();
    const start = this.caretRect(range.start);
    const end = this.caretRect(range.end) ?? start;
    if (!start || !end) return new DOMRect(box.left + 160, box.top + 80, 10, 20);
    const bottom = Math.min(end.bottom, box.bottom - 8);
    const sameLine = Math.abs(end.bottom - start.bottom) < 4;
    return new DOMRect(sameLine ? start.left : box.left + marginWidth(this.lanes, this.nameWidth) + GUTTER, Math.min(start.top, bottom), 10, bottom - Math.min(start.top, bottom));
  }

  private schedule(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private firstVisible(): { row: number; shift: number } | null {
    if (this.views.size === 0) return null;
    const row = this.heights.at(this.element.scrollTop);
    return { row, shift: this.element.scrollTop - this.heights.top(row) };
  }

  private layOutLanes(anew: boolean): void {
    const { index, rows } = this.source!;
    const pad = this.charactersPerLine;
    // Two codings may stand beside the same line when they are less than a line apart in the same row.
    const reach = (coding: Coding): Range => {
      const first = rows[rowAt(rows, coding.start)];
      const last = rows[rowAt(rows, Math.max(coding.start, coding.end - 1))];
      return { start: Math.max(first.start, coding.start - pad / 2), end: Math.min(last.end + 1, coding.end + pad / 2) };
    };
    if (anew) {
      this.stripeLanes.layOut(index, reach);
      this.lineLanes.layOut(index, (coding) => coding);
    } else {
      this.stripeLanes.update(index, reach, pad);
      this.lineLanes.update(index, (coding) => coding, 0);
    }
    let most = 4; // room for a few, so that the text does not move with every new overlap
    for (const coding of index.sorted) most = Math.max(most, this.stripeLanes.get(coding.id) + 1);
    const lanes = Math.min(most, MOST_LANES);
    if (anew || lanes > this.lanes) this.lanes = lanes;
    this.element.style.setProperty("--margin", `${marginWidth(this.lanes, this.nameWidth)}px`);
  }

  private estimate(): void {
    const { rows, text } = this.source!;
    const size = parseFloat(getComputedStyle(this.element).getPropertyValue("--size")) || 15;
    const width = Math.max(120, this.element.clientWidth - marginWidth(this.lanes, this.nameWidth) - GUTTER - 28);
    this.charactersPerLine = Math.max(8, Math.floor(width / size));
    this.heights = new RowHeights(rows.map((row) => {
      if (row.start === row.end) return BLANK;
      const units = (row.end - row.start) * (text.charCodeAt(row.start + ((row.end - row.start) >> 1)) > 0x2e7f ? 1 : 0.52);
      return Math.ceil(units / this.charactersPerLine) * LINE + ROW_PADDING;
    }));
  }

  private draw(): void {
    if (!this.source || this.element.clientHeight === 0) return;
    // Measuring may move rows; a second pass settles what the first one brought into view.
    for (let pass = 0; pass < 2; pass += 1) if (!this.drawRows()) break;
    this.drawMargin();
    this.drawCaret();
  }

  /** Brings the rows in view into the page and measures them; whether heights changed. */
  private drawRows(): boolean {
    const { rows, text, index, selection, paint } = this.source!;
    if (rows.length === 0) return false;
    const { scrollTop, clientHeight } = this.element;
    const first = this.heights.at(Math.max(0, scrollTop - OVERSCAN));
    const last = this.heights.at(scrollTop + clientHeight + OVERSCAN);
    for (const [number, view] of this.views) {
      if (number >= first && number <= last) continue;
      view.element.remove();
      this.views.delete(number);
    }
    const painter: Paint = { ...paint, slot: (coding) => this.lineLanes.get(coding.id) };
    for (let number = first; number <= last; number += 1) {
      const row = rows[number];
      let view = this.views.get(number);
      if (!view) {
        view = new RowView(number, row, clock(row.timeMs));
        this.views.set(number, view);
        this.content.append(view.element);
      }
      const isIn = selection !== null && selection.start < row.end && selection.end > row.start;
      view.draw(text, cutSegments(row.start, row.end, index.touching(row.start, row.end), isIn ? selection : null), painter);
    }
    return this.measure(first, last);
  }

  private measure(first: number, last: number): boolean {
    const anchor = this.heights.at(this.element.scrollTop);
    const anchorTop = this.heights.top(anchor);
    let changed = false;
    for (const [number, view] of this.views) changed = this.heights.set(number, view.element.offsetHeight) || changed;
    for (let number = first; number <= last; number += 1) {
      this.views.get(number)?.element.style.setProperty("transform", `translateY(${this.heights.top(number)}px)`);
    }
    this.content.style.setProperty("height", `${this.heights.total + 40}px`);
    const moved = this.heights.top(anchor) - anchorTop;
    if (moved !== 0) this.element.scrollTop += moved;
    return changed;
  }

  private drawMargin(): void {
    const { index, rows, paint, stripeName, stripeTitle, isForeign } = this.source!;
    const numbers = [...this.views.keys()].sort((a, b) => a - b);
    if (numbers.length === 0) {
      this.margin.draw([], this.lanes, this.nameWidth, null, 0);
      return;
    }
    const from = rows[numbers[0]].start;
    const to = rows[numbers[numbers.length - 1]].end;
    const origin = this.content.getBoundingClientRect().top;
    const stripes: Stripe[] = [];
    for (const coding of index.touching(from, to)) {
      const place = this.verticalPlace(coding, origin);
      if (!place) continue;
      const lane = this.stripeLanes.get(coding.id);
      stripes.push({ coding, look: paint.look(coding), name: stripeName(coding), title: stripeTitle(coding), isForeign: isForeign(coding), lane, ...place });
    }
    this.margin.draw(stripes, this.lanes, this.nameWidth, paint.emphasis, this.element.scrollTop);
  }

  /** From the top of the coding's first line in view to the bottom of its last. */
  private verticalPlace(coding: Coding, origin: number): { top: number; bottom: number } | null {
    const { rows } = this.source!;
    let top = Infinity;
    let bottom = -Infinity;
    const last = rowAt(rows, Math.max(coding.start, coding.end - 1));
    for (let number = rowAt(rows, coding.start); number <= last; number += 1) {
      const view = this.views.get(number);
      if (!view || (number > rowAt(rows, coding.start) && number < last && top < Infinity)) continue;
      const spans = view.spansOf(coding.id);
      if (spans.length === 0) continue;
      top = Math.min(top, spans[0].getClientRects()[0]?.top ?? Infinity);
      const rects = spans[spans.length - 1].getClientRects();
      bottom = Math.max(bottom, rects[rects.length - 1]?.bottom ?? -Infinity);
    }
    if (last >= 0 && !this.views.has(last) && top < Infinity) bottom = Math.max(bottom, this.content.clientHeight && this.lastBottom(origin));
    return top < bottom ? { top: top - origin, bottom: bottom - origin } : null;
  }

  private lastBottom(origin: number): number {
    const number = Math.max(...this.views.keys());
    return origin + this.heights.top(number) + this.heights.height(number);
  }

  private drawCaret(): void {
    const rect = this.caretRect(this.source!.caret);
    this.caret.classList.toggle("qk-hidden", rect === null);
    if (!rect) return;
    const box = this.content.getBoundingClientRect();
    this.caret.style.setProperty("left", `${rect.left - box.left}px`);
    this.caret.style.setProperty("top", `${rect.top - box.top}px`);
    this.caret.style.setProperty("height", `${Math.min(rect.height || 20, 24)}px`);
  }
}

function clock(timeMs: number | null): string {
  if (timeMs === null) return "";
  const seconds = Math.floor(timeMs / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[0] > 0 ? parts : parts.slice(1)).map((part) => String(part).padStart(2, "0")).join(":");
}

/** The text node at a point; both names of the same question, as browsers have one or the other. */
function pointToNode(x: number, y: number, within: HTMLElement): { node: Node; offset: number } | null {
  const page = document as Document & { caretPositionFromPoint?(x: number, y: number, options?: object): { offsetNode: Node; offset: number } | null };
  const root = within.getRootNode();
  if (page.caretPositionFromPoint) {
    const place = page.caretPositionFromPoint(x, y, root instanceof ShadowRoot ? { shadowRoots: [root] } : undefined);
    return place && { node: place.offsetNode, offset: place.offset };
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
