// The margin: a stripe per visible coding in its lane, its name beside it where there is room.
import { el } from "../core/dom.ts";
import type { Look } from "../core/colors.ts";
import type { Coding } from "../core/types.ts";

export const MOST_LANES = 8;
const LANE_WIDTH = 10;
const NAME_HEIGHT = 17;

export interface Stripe {
  coding: Coding;
  look: Look;
  name: string;
  title: string;
  isForeign: boolean; // of another coder
  lane: number;
  top: number;
  bottom: number;
}

export class Margin {
  readonly element = el("div", { class: "qk-margin", attrs: { "aria-hidden": "true" } });

  constructor(
    private readonly onClick: (codings: Coding[], anchor: DOMRect) => void,
    private readonly onHover: (coding: Coding | null) => void,
    private readonly moreText: (n: number) => string,
  ) {}

  draw(stripes: readonly Stripe[], lanes: number, nameWidth: number, emphasis: string | null, viewTop: number): void {
    const shown = stripes.filter((stripe) => stripe.lane < MOST_LANES);
    const hidden = stripes.filter((stripe) => stripe.lane >= MOST_LANES);
    const marks = shown.map((stripe) => this.stripe(stripe, lanes, nameWidth, stripe.coding.id === emphasis));
    const names = nameWidth > 0 ? this.names(shown, nameWidth, emphasis, viewTop) : [];
    this.element.replaceChildren(...marks, ...names, ...this.more(hidden));
  }

  private stripe(stripe: Stripe, lanes: number, nameWidth: number, isEmphasised: boolean): HTMLElement {
    const { coding, look } = stripe;
    return el("div", {
      class: `qk-stripe qk-${look.texture}${isEmphasised ? " qk-emphasis" : ""}${coding.pending ? " qk-pending" : ""}${stripe.isForeign ? " qk-foreign" : ""}`,
      title: stripe.title,
      attrs: { "data-coding": coding.id },
      style: {
        "--color": look.color,
        left: `${nameWidth + 4 + (lanes - 1 - stripe.lane) * LANE_WIDTH}px`,
        top: `${stripe.top}px`,
        height: `${Math.max(10, stripe.bottom - stripe.top)}px`,
      },
      on: this.listeners([coding]),
    });
  }

  /** Names stand where their stripe begins, pushed down a little when another stands there, left out when far. */
  private names(stripes: readonly Stripe[], width: number, emphasis: string | null, viewTop: number): HTMLElement[] {
    const sorted = stripes
      .map((stripe) => ({ stripe, wanted: Math.max(stripe.top - 1, Math.min(viewTop + 2, stripe.bottom - NAME_HEIGHT)) }))
      .sort((a, b) => a.wanted - b.wanted || a.stripe.lane - b.stripe.lane);
    const elements: HTMLElement[] = [];
    let free = -Infinity;
    for (const { stripe, wanted } of sorted) {
      const top = Math.max(wanted, free);
      if (top - wanted > Math.max(NAME_HEIGHT * 2, stripe.bottom - wanted - 8)) continue;
      free = top + NAME_HEIGHT;
      elements.push(el("div", {
        class: `qk-name${stripe.coding.id === emphasis ? " qk-emphasis" : ""}`,
        title: stripe.title,
        attrs: { "data-coding": stripe.coding.id },
        style: { "--color": stripe.look.color, top: `${top}px`, width: `${width - 6}px` },
        on: this.listeners([stripe.coding]),
      }, el("span", {}, stripe.name), stripe.coding.memo ? el("i", { class: "qk-has-memo" }, "✎") : null));
    }
    return elements;
  }

  private more(hidden: readonly Stripe[]): HTMLElement[] {
    const groups = new Map<number, Stripe[]>(); // by line, roughly
    for (const stripe of hidden) {
      const line = Math.round(stripe.top / 30);
      groups.set(line, [...(groups.get(line) ?? []), stripe]);
    }
    return [...groups.values()].map((group) => el("div", {
      class: "qk-more",
      title: this.moreText(group.length),
      style: { top: `${group[0].top}px` },
      on: this.listeners(group.map((stripe) => stripe.coding)),
    }, `+${group.length}`));
  }

  private listeners(codings: Coding[]) {
    return {
      mousedown: (event: MouseEvent) => {
        event.preventDefault();
        event.stopPropagation(); // the stripe is drawn anew meanwhile; the text must not take this for a click of its own
        this.onClick(codings, (event.currentTarget as HTMLElement).getBoundingClientRect());
      },
      mouseenter: () => this.onHover(codings[0]),
      mouseleave: () => this.onHover(null),
    };
  }
}

export const marginWidth = (lanes: number, nameWidth: number): number => nameWidth + lanes * LANE_WIDTH + 10;
