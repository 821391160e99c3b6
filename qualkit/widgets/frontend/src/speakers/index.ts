// The speakers of a study: which label belongs to which person, corrected with one menu per label.
import { Connection, type Message, type Model } from "../core/connection.ts";
import { el, replaceChildren } from "../core/dom.ts";
import { newId } from "../core/ids.ts";
import { asLanguage, type Say, sayIn } from "../core/messages.ts";
import panels from "../core/panels.css";
import { isDarkTheme, watchTheme } from "../core/theme.ts";
import style from "./style.css";

interface Speaker {
  source: string;
  name: string; // of the source
  label: string;
  turns: number;
  characters: number;
  first: string;
  case: string | null;
}

interface State {
  speakers: Speaker[];
  cases: string[];
}

class SpeakerTable {
  readonly element: HTMLElement;
  private readonly say: Say;
  private readonly body = el("tbody");
  private readonly documents = el("select", { class: "qk-select" });
  private readonly note = el("span", { class: "qk-quiet", attrs: { role: "status", "aria-live": "polite" } });
  private readonly connection: Connection;
  private state: State = { speakers: [], cases: [] };

  constructor(model: Model) {
    this.say = sayIn(asLanguage(model.get("language")));
    this.documents.setAttribute("aria-label", this.say("document"));
    this.documents.addEventListener("change", () => this.draw());
    const titles = (["speakerLabel", "speakerCase", "speakerTurns", "speakerCharacters", "speakerFirst"] as const).map((key) => el("th", { class: key === "speakerTurns" || key === "speakerCharacters" ? "qk-figure" : "" }, this.say(key)));
    const head = el("div", { class: "qk-speakers-head" }, el("strong", {}, this.say("speakers")), this.documents, el("span", { class: "qk-quiet" }, this.say("speakersHint")), this.note);
    const table = el("table", {}, el("thead", {}, el("tr", {}, ...titles)), this.body);
    this.element = el("div", { class: "qk-panel qk-speakers", attrs: { "data-lm-suppress-shortcuts": "true" } }, head, el("div", { class: "qk-speakers-scroll" }, table));
    for (const name of ["keydown", "keyup", "keypress"]) this.element.addEventListener(name, (event) => event.stopPropagation());
    this.connection = new Connection(model, () => undefined);
  }

  start(): void {
    this.ask("hello", {});
  }

  close(): void {
    this.connection.close();
  }

  private ask(t: string, body: object): void {
    this.connection.ask(t, body, (message) => this.take(message), () => {
      this.note.textContent = this.say("notConnected");
    });
  }

  private take(message: Message): void {
    const isSetting = message.saved === true;
    this.note.textContent = !message.ok ? this.say("notDone", { message: String(message.message ?? "") }) : isSetting ? this.say("saved") : "";
    if (message.state) this.state = message.state as State;
    const names = new Map(this.state.speakers.map((speaker) => [speaker.source, speaker.name]));
    const chosen = this.documents.value;
    const options = [["", this.say("allSources")] as const, ...names].map(([value, text]) => {
      const option = el("option", {}, text);
      option.value = value;
      return option;
    });
    replaceChildren(this.documents, ...options);
    this.documents.value = names.has(chosen) ? chosen : "";
    this.draw();
  }

  private draw(): void {
    const source = this.documents.value;
    const shown = this.state.speakers.filter((speaker) => !source || speaker.source === source);
    const rows: HTMLElement[] = [];
    let last = "";
    for (const speaker of shown) {
      if (!source && speaker.source !== last) rows.push(el("tr", { class: "qk-group" }, el("th", { attrs: { colspan: "5", scope: "rowgroup" } }, speaker.name)));
      last = speaker.source;
      rows.push(this.row(speaker));
    }
    const empty = el("tr", {}, el("td", { class: "qk-empty", attrs: { colspan: "5" } }, this.say("speakersNone")));
    replaceChildren(this.body, ...(rows.length ? rows : [empty]));
  }

  private row(speaker: Speaker): HTMLElement {
    const menu = el("select", { class: "qk-select", attrs: { "aria-label": `${this.say("speakerCase")}: ${speaker.label}` } });
    for (const name of ["", ...this.state.cases]) {
      const option = el("option", {}, name || this.say("speakerNobody"));
      option.value = name;
      menu.append(option);
    }
    menu.value = speaker.case ?? "";
    menu.classList.toggle("qk-missing", !speaker.case);
    menu.addEventListener("change", () => {
      this.note.textContent = this.say("saving");
      this.ask("set", { op_id: newId(), source: speaker.source, label: speaker.label, case: menu.value || null });
    });
    const number = (value: number) => el("td", { class: "qk-figure" }, String(value));
    return el("tr", {}, el("td", { class: "qk-label" }, speaker.label), el("td", {}, menu), number(speaker.turns), number(speaker.characters), el("td", { class: "qk-first" }, speaker.first));
  }
}

function render({ model, el: root }: { model: Model; el: HTMLElement }): () => void {
  const table = new SpeakerTable(model);
  const paint = () => table.element.classList.toggle("qk-dark", isDarkTheme());
  paint();
  root.append(el("style", {}, panels + style), table.element);
  const unwatch = watchTheme(paint);
  table.start();
  return () => {
    unwatch();
    table.close();
  };
}

export default { render };
