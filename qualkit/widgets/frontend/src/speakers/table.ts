// The speakers of one document or of all: label, first words, probable role, and a menu that says who it is.
import { el, option, replaceChildren } from "../core/dom.ts";
import { menuCell, MenuEntries, type Save } from "../table/cells.ts";
import { type Column, PagedTable } from "../table/paged_table.ts";
import type { SaySpeakers, SpeakerKey } from "./messages.ts";

export interface Speaker {
  source: string;
  name: string; // of the source
  label: string;
  turns: number;
  characters: number;
  first: string;
  role: string | null; // what the label itself says: nothing about who it is
  case: string | null;
}

const ROLES: Record<string, SpeakerKey> = {
  interviewer: "labelInterviewer",
  observer: "labelObserver",
  informant: "labelInformant",
  worker: "labelWorker",
  teacher: "labelTeacher",
  guardian: "labelGuardian",
  sibling: "labelSibling",
  member: "labelMember",
  several: "labelSeveral",
};

export class SpeakerTable {
  readonly element: HTMLElement;
  readonly documents = el("select", { class: "qk-select" });
  private readonly table: PagedTable<Speaker>;
  private speakers: Speaker[] = [];
  private menu = new MenuEntries([]);

  constructor(private readonly say: SaySpeakers, private readonly onSet: (speaker: Speaker, name: string | null, menu: HTMLSelectElement) => void) {
    this.documents.setAttribute("aria-label", say("speakerDocument"));
    this.documents.addEventListener("change", () => this.arrange());
    this.table = new PagedTable<Speaker>({
      say,
      label: say("speakers"),
      columns: this.columns(),
      key: (speaker) => `${speaker.source} ${speaker.label}`,
      words: (speaker) => [speaker.name, speaker.label, speaker.case ?? "", speaker.first].join(" "),
      empty: say("speakersNone"),
    });
    this.element = this.table.element;
    this.element.classList.add("qk-speakers-table");
  }

  show(speakers: Speaker[], cases: readonly string[]): void {
    this.speakers = speakers;
    this.menu = new MenuEntries([["", this.say("speakerNobody")], ...cases.map((name) => [name, name] as const)]);
    const names = new Map(speakers.map((speaker) => [speaker.source, speaker.name]));
    const chosen = this.documents.value;
    const options = [["", this.say("allSources")] as const, ...names].map(([value, text]) => option(value, text));
    replaceChildren(this.documents, ...options);
    this.documents.value = names.has(chosen) ? chosen : "";
    this.arrange();
  }

  /** Shows the speakers of one document alone. */
  choose(source: string): void {
    this.documents.value = source;
    if (this.documents.value !== source) this.documents.value = "";
    this.arrange();
  }

  filter(query: string): void {
    this.table.filter(query);
  }

  private arrange(): void {
    const source = this.documents.value;
    this.table.element.classList.toggle("qk-one-source", source !== "");
    this.table.setRows(source ? this.speakers.filter((speaker) => speaker.source === source) : this.speakers);
  }

  private columns(): Column<Speaker>[] {
    const { say } = this;
    return [
      { key: "name", title: say("speakerDocument"), order: (row) => row.name, cell: (row) => row.name, className: "qk-of-source" },
      { key: "label", title: say("speakerLabel"), order: (row) => row.label, cell: (row) => row.label, className: "qk-label" },
      { key: "case", title: say("speakerCase"), order: (row) => row.case, cell: (row) => this.caseMenu(row) },
      { key: "role", title: say("speakerRole"), order: (row) => row.role, cell: (row) => this.role(row.role), className: "qk-role" },
      { key: "turns", title: say("speakerTurns"), figure: true, order: (row) => row.turns, cell: (row) => String(row.turns) },
      { key: "characters", title: say("speakerCharacters"), figure: true, order: (row) => row.characters, cell: (row) => String(row.characters) },
      { key: "first", title: say("speakerFirst"), cell: (row) => row.first, className: "qk-first" },
    ];
  }

  private role(role: string | null): string {
    if (!role) return "";
    return role in ROLES ? this.say(ROLES[role]) : role;
  }

  private caseMenu(speaker: Speaker): HTMLSelectElement {
    const save: Save = (value, field) => {
      speaker.case = value || null;
      menu.classList.toggle("qk-missing", !value);
      this.onSet(speaker, speaker.case, field as HTMLSelectElement);
    };
    const menu = menuCell(this.menu, speaker.case ?? "", `${this.say("speakerCase")}: ${speaker.label}`, save);
    menu.className = "qk-select qk-case-menu";
    menu.classList.toggle("qk-missing", !speaker.case);
    return menu;
  }
}
