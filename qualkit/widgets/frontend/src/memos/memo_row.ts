// One memo of the list: on what it is, of which kind, and its text, which its author changes where it stands.
import { button, el, isComposing } from "../core/dom.ts";
import { icon } from "../core/icons.ts";
import { type Context, kindWords, type Memo, nameWords, SAFEGUARDING, targetWords } from "./context.ts";

const MOST_LINES = 12;

export function memoRow(memo: Memo, isOwn: boolean, context: Context, remove: () => void): HTMLElement {
  const { say, language } = context;
  const on = nameWords(memo.on, context);
  const at = new Date(memo.at);
  const when = at.toLocaleString(language === "zh" ? "zh-CN" : "en-GB", { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  const isKept = memo.kind === SAFEGUARDING;
  const head = el("div", { class: "qk-memo-head" },
    el("b", { class: "qk-memo-kind" }, kindWords(memo.kind, say)),
    isKept && el("strong", { class: "qk-memo-kept" }, say("memoNeverExported")),
    el("span", { class: "qk-quiet" }, targetWords(memo.target, say)),
    el("span", { class: `qk-memo-on${memo.on === null ? " qk-quiet" : ""}`, title: on }, memo.target === "codings" && memo.on !== null ? `“${on}”` : on),
    el("span", { class: "qk-spring" }),
    !isOwn && el("span", { class: "qk-quiet" }, say("memoOthers")),
    el("span", { class: "qk-quiet" }, memo.coder),
    el("time", { class: "qk-quiet", attrs: { datetime: memo.at } }, when),
    isOwn && button(icon("close"), say("memoRemove", { on }), remove, "qk-button qk-icon qk-danger"),
  );
  const body = isOwn ? field(memo, say("memoTextOf", { on }), context) : el("p", { class: "qk-memo-text" }, memo.text);
  return el("li", { class: `qk-memo${isKept ? " qk-is-kept" : ""}`, attrs: { "data-memo": memo.id } }, head, body);
}

/** The text of one's own memo: leaving it and Ctrl+Enter save, Esc takes back what was typed. */
function field(memo: Memo, label: string, { conflict, edit, say }: Context): HTMLTextAreaElement {
  const area = el("textarea", { class: "qk-field qk-memo-text", title: say("memoKeys"), attrs: { "aria-label": label, spellcheck: "false" } });
  const fit = () => (area.rows = Math.max(1, Math.min(MOST_LINES, lines(area.value))));
  const set = (text: string) => {
    area.value = text;
    area.dataset.saved = text;
    fit();
  };
  set(memo.text);
  area.addEventListener("input", fit);
  const save = (text: string) => {
    edit("memo.set", { memo: memo.id, text, before: memo.text }, (message) => {
      memo.text = String(message.text);
      area.dataset.saved = memo.text;
      area.removeAttribute("aria-invalid");
    }, (message) => {
      if (message.current !== undefined) {
        memo.text = String(message.current);
        conflict(memo.text, text, () => save(text));
      }
      if (!text) set(memo.text);
      area.setAttribute("aria-invalid", "true"); // what was typed stays, to be mended
    });
  };
  area.addEventListener("change", () => {
    const text = area.value.trim();
    if (text !== memo.text.trim()) save(text);
  });
  area.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.blur();
    else if (event.key === "Escape") {
      set(memo.text);
      area.removeAttribute("aria-invalid");
      area.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return area;
}

function lines(text: string): number {
  // Han characters are twice as wide as Latin ones; about this many fit into a line.
  const width = (line: string) => [...line].reduce((sum, sign) => sum + (sign > "\u2e80" ? 2 : 1), 0);
  return text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / 150)), 0);
}
