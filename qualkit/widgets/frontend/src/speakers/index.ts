// The speakers of a study as a widget of their own.
import { Connection, type Message, type Model } from "../core/connection.ts";
import { el, keepFromNotebook } from "../core/dom.ts";
import { newId } from "../core/ids.ts";
import { asLanguage } from "../core/messages.ts";
import panels from "../core/panels.css";
import { isDarkTheme, watchTheme } from "../core/theme.ts";
import tables from "../table/style.css";
import { type SaySpeakers, sayIn } from "./messages.ts";
import style from "./style.css";
import { type Speaker, SpeakerTable } from "./table.ts";

class SpeakersView {
  readonly element: HTMLElement;
  private readonly say: SaySpeakers;
  private readonly table: SpeakerTable;
  private readonly note = el("span", { class: "qk-quiet", attrs: { role: "status", "aria-live": "polite" } });
  private readonly connection: Connection;

  constructor(model: Model) {
    const say = sayIn(asLanguage(model.get("language")));
    this.say = say;
    this.table = new SpeakerTable(say, (speaker, name) => {
      this.note.textContent = say("saving");
      this.ask("set", { op_id: newId(), source: speaker.source, label: speaker.label, case: name });
    });
    const head = el("div", { class: "qk-speakers-head" }, el("strong", {}, say("speakers")), this.table.documents, el("span", { class: "qk-quiet qk-speakers-hint" }, say("speakersHint")), this.note);
    this.element = el("div", { class: "qk-panel qk-speakers", attrs: { "data-lm-suppress-shortcuts": "true" } }, head, this.table.element);
    keepFromNotebook(this.element);
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
    if (message.speakers) this.table.show(message.speakers as Speaker[], message.cases as string[]);
    else if (!message.ok) this.ask("hello", {}); // what was not taken must not stand there as if it were
  }
}

function render({ model, el: root }: { model: Model; el: HTMLElement }): () => void {
  const view = new SpeakersView(model);
  const paint = () => view.element.classList.toggle("qk-dark", isDarkTheme());
  paint();
  root.append(el("style", {}, panels + tables + style), view.element);
  const unwatch = watchTheme(paint);
  view.start();
  return () => {
    unwatch();
    view.close();
  };
}

export default { render };
