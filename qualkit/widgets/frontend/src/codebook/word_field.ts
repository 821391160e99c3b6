// One text of a code in one language: leaving it and Ctrl+Enter save, Esc takes back what was typed.
import { el, isComposing } from "../core/dom.ts";

export function wordField(label: string, saved: string, hint: string, save: (value: string, before: string) => void): HTMLTextAreaElement {
  const area = el("textarea", { class: "qk-field qk-word", title: hint, attrs: { "aria-label": label, rows: "1", spellcheck: "false" } });
  area.value = saved;
  const fit = () => {
    area.style.setProperty("height", "0");
    area.style.setProperty("height", `${area.scrollHeight + 2}px`);
  };
  area.addEventListener("input", fit);
  requestAnimationFrame(fit); // once it stands in the page
  area.addEventListener("change", () => {
    const [typed, before] = [area.value.trim(), saved];
    if (typed === before) return;
    saved = typed;
    save(typed, before);
  });
  area.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.blur();
    else if (event.key === "Escape") {
      area.value = saved;
      area.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return area;
}
