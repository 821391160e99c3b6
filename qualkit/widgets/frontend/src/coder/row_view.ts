// One row on the screen: line number, speaker, and the text in spans that carry underlines.
import { el } from "../core/dom.ts";
import type { Look } from "../core/colors.ts";
import type { Row } from "../core/rows.ts";
import type { Segment } from "../core/segments.ts";
import type { Coding } from "../core/types.ts";

export const UNDERLINES = 3;

export interface Paint {
  look(coding: Coding): Look;
  slot(coding: Coding): number; // which of the stacked underlines
  emphasis: string | null; // coding under the pointer or chosen
}

interface Piece {
  segment: Segment;
  span: HTMLElement;
  node: Text;
}

export class RowView {
  readonly element: HTMLDivElement;
  private readonly textElement: HTMLDivElement;
  private pieces: Piece[] = [];
  private signature = "";

  constructor(readonly index: number, readonly row: Row, time: string) {
    const number = el("span", { class: "qk-number" }, row.isContinued ? "" : String(row.line));
    const speaker = el("span", { class: "qk-speaker", title: row.speaker ?? "" }, row.speaker ?? "");
    if (time) speaker.append(el("span", { class: "qk-time" }, time));
    this.textElement = el("div", { class: "qk-text", attrs: { dir: "auto" } });
    this.element = el("div", { class: "qk-row", attrs: { role: "listitem", "data-row": String(index) } }, number, speaker, this.textElement);
    if (row.start === row.end) this.element.classList.add("qk-blank");
    if (row.turn < 0) this.element.classList.add("qk-outside");
    if (row.speaker !== null) this.element.classList.add("qk-begins");
  }

  /** Draws again only when something differs; whether it did. */
  draw(text: string, segments: readonly Segment[], paint: Paint): boolean {
    const signature = segments.map((each) => this.sign(each, paint)).join("|");
    if (signature === this.signature) return false;
    this.signature = signature;
    this.pieces = segments.map((segment) => {
      const node = document.createTextNode(text.slice(segment.start, segment.end));
      const span = el("span", { class: "qk-piece" }, node);
      decorate(span, segment, paint);
      return { segment, span, node };
    });
    this.textElement.replaceChildren(...this.pieces.map((piece) => piece.span));
    return true;
  }

  /** Where a place in the text is in the document: for carets and rectangles. */
  locate(offset: number): { node: Node; offset: number } {
    for (const { segment, node } of this.pieces) {
      if (offset <= segment.end) return { node, offset: Math.max(0, offset - segment.start) };
    }
    return { node: this.textElement, offset: 0 };
  }

  /** The place in the text of a point in this row's nodes; null when the node is not text of this row. */
  offsetOf(node: Node, offset: number): number | null {
    const piece = this.pieces.find((each) => each.node === node);
    return piece ? piece.segment.start + offset : null;
  }

  spansOf(id: string): HTMLElement[] {
    return this.pieces.filter((piece) => piece.segment.codings.some((coding) => coding.id === id)).map((piece) => piece.span);
  }

  private sign(segment: Segment, paint: Paint): string {
    const codings = segment.codings.map((coding) => {
      const look = paint.look(coding);
      return `${coding.id}:${look.color}${look.texture}${paint.slot(coding)}${coding.id === paint.emphasis ? "!" : ""}`;
    });
    return `${segment.start}-${segment.end}${segment.isSelected ? "s" : ""}${codings.join(",")}`;
  }
}

function decorate(span: HTMLElement, segment: Segment, paint: Paint): void {
  if (segment.isSelected) span.classList.add("qk-selected");
  if (segment.codings.length === 0) return;
  span.classList.add("qk-coded");
  span.dataset.codings = segment.codings.map((coding) => coding.id).join(" ");
  const emphasised = segment.codings.find((coding) => coding.id === paint.emphasis);
  if (emphasised) {
    span.classList.add("qk-emphasis");
    span.style.setProperty("--tint", paint.look(emphasised).color);
  }
  const lines = segment.codings.filter((coding) => paint.slot(coding) < UNDERLINES);
  span.style.setProperty("background-image", lines.map((coding) => underline(paint.look(coding))).join(", "));
  span.style.setProperty("background-position", lines.map((coding) => `0 calc(100% - ${(UNDERLINES - 1 - paint.slot(coding)) * 3}px)`).join(", "));
}

function underline({ color, texture }: Look): string {
  if (texture === "dashed") return `repeating-linear-gradient(90deg, ${color} 0 7px, transparent 7px 10px)`;
  if (texture === "dotted") return `repeating-linear-gradient(90deg, ${color} 0 2px, transparent 2px 5px)`;
  if (texture === "dashdot") return `repeating-linear-gradient(90deg, ${color} 0 9px, transparent 9px 12px, ${color} 12px 14px, transparent 14px 17px)`;
  return `linear-gradient(${color}, ${color})`;
}
