// A new memo: on a document, a code or a case, of a kind; Ctrl+Enter saves, Esc cancels.
import type { Message } from "../core/connection.ts";
import { button, el, isComposing, option } from "../core/dom.ts";
import { type Context, kindWords, type Name, nameWords, SAFEGUARDING, targetWords } from "./context.ts";

type Targets = Record<string, { id: string; name: Name }[]>;

export class MemoForm {
  readonly element: HTMLElement;
  private readonly target: HTMLSelectElement;
  private readonly on: HTMLSelectElement;
  private readonly kind: HTMLSelectElement;
  private readonly text: HTMLTextAreaElement;
  private readonly kept: HTMLElement;
  private targets: Targets = {};
  private isSaving = false;

  constructor(private readonly context: Context, private readonly events: { added: (message: Message) => void; needs: () => void; closed: () => void }) {
    const { say } = context;
    this.target = el("select", { class: "qk-select", attrs: { "aria-label": say("memoAbout") }, on: { change: () => this.fill() } });
    this.on = el("select", { class: "qk-select qk-memo-which", attrs: { "aria-label": say("memoWhich") } });
    this.kind = el("select", { class: "qk-select", attrs: { "aria-label": say("memoKind") }, on: { change: () => this.drawKept() } });
    this.kept = el("strong", { class: "qk-memo-kept qk-hidden" }, say("memoNeverExported"));
    this.text = el("textarea", { class: "qk-field", attrs: { "aria-label": say("memoText"), placeholder: say("memoText"), rows: "3", spellcheck: "false" } });
    const save = button(say("memoSave"), say("memoSave"), () => this.save(), "qk-button qk-primary");
    const cancel = button(say("memoCancel"), say("memoCancel"), () => this.close());
    const choices = el("div", { class: "qk-memo-choices" }, this.target, this.on, this.kind, this.kept);
    const end = el("div", { class: "qk-memo-choices" }, save, cancel, el("span", { class: "qk-quiet" }, say("memoKeys")));
    this.element = el("div", { class: "qk-memo-form qk-hidden", on: { keydown: (event) => this.onKey(event) } }, choices, this.text, end);
  }

  open(targets: Targets, kinds: string[]): void {
    const { say } = this.context;
    this.targets = targets;
    const chosen = this.target.value;
    this.target.replaceChildren(...Object.keys(targets).map((each) => option(each, targetWords(each, say))));
    if (chosen in targets) this.target.value = chosen;
    const kind = this.kind.value;
    this.kind.replaceChildren(...kinds.map((each) => option(each, kindWords(each, say))));
    if (kinds.includes(kind)) this.kind.value = kind;
    this.fill();
    this.drawKept();
    this.element.classList.remove("qk-hidden");
    this.on.focus();
  }

  private close(): void {
    this.text.value = "";
    this.element.classList.add("qk-hidden");
    this.events.closed();
  }

  private fill(): void {
    const entries = this.targets[this.target.value] ?? [];
    this.on.replaceChildren(option("", this.context.say("memoChoose")), ...entries.map(({ id, name }) => option(id, nameWords(name, this.context))));
  }

  private drawKept(): void {
    this.kept.classList.toggle("qk-hidden", this.kind.value !== SAFEGUARDING);
  }

  private save(): void {
    const [on, text] = [this.on.value, this.text.value.trim()];
    if (!on || !text) return this.events.needs();
    if (this.isSaving) return;
    this.isSaving = true;
    this.context.edit("memo.add", { target: this.target.value, on, kind: this.kind.value, text }, (message) => {
      this.isSaving = false;
      this.close();
      this.events.added(message);
    }, () => (this.isSaving = false));
  }

  private onKey(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.save();
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
