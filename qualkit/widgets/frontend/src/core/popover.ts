// Panels beside a place on the screen, in the browser's top layer, kept inside the window.
import { el } from "./dom.ts";

const FOCUSABLE = "button:not(:disabled), textarea, input, select, [tabindex='0']";

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

  /** Tab and Shift+Tab go round within the panel: in the page the next stop would be far away from it. */
  cycle(event: KeyboardEvent): void {
    const stops = [...this.element.querySelectorAll<HTMLElement>(FOCUSABLE)];
    if (stops.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const at = stops.indexOf(event.target as HTMLElement);
    const next = event.shiftKey ? Math.max(at, 0) - 1 : at + 1;
    stops[(next + stops.length) % stops.length].focus();
  }

  /** Calls back when a press or the focus goes to something outside the widget while the panel is open. */
  whenLeft(left: () => void): () => void {
    const onFocusOut = (event: FocusEvent) => {
      // Without a target the window itself lost the focus, or nothing got it.
      if (this.isOpen && event.relatedTarget instanceof Node && !this.host.contains(event.relatedTarget)) left();
    };
    const onPress = (event: Event) => {
      if (this.isOpen && !event.composedPath().includes(this.host)) left();
    };
    this.host.addEventListener("focusout", onFocusOut);
    document.addEventListener("pointerdown", onPress, true);
    return () => {
      this.host.removeEventListener("focusout", onFocusOut);
      document.removeEventListener("pointerdown", onPress, true);
    };
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
