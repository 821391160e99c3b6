// Panels beside a place on the screen, in the browser's top layer, kept inside the window.
import { el } from "./dom.ts";

export class Popover {
  readonly element: HTMLDivElement;
  private isOpen = false;

  constructor(private readonly host: HTMLElement, className: string, label: string) {
    this.element = el("div", { class: `qk-popover ${className}`, attrs: { role: "dialog", "aria-label": label, popover: "manual" } });
  }

  get open(): boolean {
    return this.isOpen;
  }

  show(anchor: DOMRect): void {
    if (!this.isOpen) {
      this.host.append(this.element);
      this.element.showPopover?.();
      this.isOpen = true;
    }
    this.place(anchor);
  }

  hide(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.element.remove();
  }

  /** Below the anchor where there is room, else above; never outside the window. */
  place(anchor: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const margin = 8;
    const left = Math.max(margin, Math.min(anchor.left, innerWidth - width - margin));
    const below = anchor.bottom + 6;
    const top = below + height + margin <= innerHeight ? below : Math.max(margin, anchor.top - height - 6);
    this.element.style.setProperty("left", `${Math.round(left)}px`);
    this.element.style.setProperty("top", `${Math.round(top)}px`);
  }
}
