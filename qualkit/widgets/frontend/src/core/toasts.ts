// Short messages over a tab, with an action where one helps; banners stay until the matter is settled.
import { button, el } from "./dom.ts";

export class Toasts {
  readonly element = el("div", { class: "qk-toasts", attrs: { role: "status", "aria-live": "polite" } });
  readonly banner = el("div", { class: "qk-banner qk-hidden", attrs: { role: "alert" } });
  private shown: HTMLElement | null = null;
  private timer = 0;

  show(text: string, action?: { label: string; act: () => void }, isProblem = false): void {
    this.shown?.remove();
    const toast = el("div", { class: `qk-toast${isProblem ? " qk-problem" : ""}` }, el("span", {}, text));
    if (action) {
      toast.append(button(action.label, action.label, () => {
        toast.remove();
        action.act();
      }, "qk-button"));
    }
    this.shown = toast;
    this.element.append(toast);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => toast.remove(), isProblem ? (action ? 120_000 : 9_000) : 5_000);
  }

  setBanner(text: string | null): void {
    this.banner.classList.toggle("qk-hidden", text === null);
    if (text !== null && this.banner.textContent !== text) this.banner.textContent = text;
  }
}
