// Before loose files come in: what kind each is, which case and wave it is about; guessed from its name, to be corrected.
import { button, el, replaceChildren } from "../core/dom.ts";
import { newId } from "../core/ids.ts";
import { menuCell, type MenuEntries, settle, textCell } from "../table/cells.ts";
import { type Column, PagedTable } from "../table/paged_table.ts";
import { type Context, fileKindMenu, waveMenu } from "./context.ts";

export interface PlannedFile {
  file: string;
  is_transcript: boolean;
  kind: string | null;
  case: string | null;
  wave: string | null;
}

type Chosen = "kind" | "case" | "wave";

export class ImportForm {
  readonly element = el("section", { class: "qk-form qk-hidden" });
  private files: PlannedFile[] = [];

  constructor(private readonly context: Context, private readonly onImport: (files: PlannedFile[]) => void, private readonly onCancel: () => void, private readonly onAsking: (isAsking: boolean) => void) {}

  show(files: PlannedFile[]): void {
    const { say, study } = this.context;
    this.files = files;
    const menus = { kind: fileKindMenu(this.context), wave: waveMenu(this.context) };
    const list = el("datalist", { attrs: { id: `qk-cases-${newId()}` } }, ...study.cases.map((name) => {
      const option = el("option");
      option.value = name;
      return option;
    }));
    const table = new PagedTable<PlannedFile>({ say, label: say("formTitle", { n: files.length }), columns: this.columns(menus, list.id), key: (row) => row.file, words: (row) => row.file, empty: "" });
    table.setRows(files);
    const all = (name: "kind" | "wave") => menuCell(menus[name], "", `${say("formAll")} ${say(name === "kind" ? "formKind" : "formWave")}`, (value, field) => {
      for (const file of this.files) if (file.is_transcript) file[name] = value || null;
      settle(field, value);
      table.draw();
    });
    const head = el("div", { class: "qk-form-head" }, el("strong", {}, say("formTitle", { n: files.length })), el("span", { class: "qk-quiet" }, say("formHint")));
    const forAll = el("div", { class: "qk-form-all" }, say("formAll"), all("kind"), all("wave"));
    for (const menu of forAll.querySelectorAll("select")) menu.className = "qk-select";
    const start = button(say("formImport", { n: files.length }), say("formImport", { n: files.length }), () => this.finish(() => this.onImport(this.files)), "qk-button qk-primary");
    const cancel = button(say("cancel"), say("cancel"), () => this.finish(this.onCancel));
    this.element.setAttribute("aria-label", say("formTitle", { n: files.length }));
    replaceChildren(this.element, head, list, table.element, el("div", { class: "qk-form-foot" }, forAll, cancel, start));
    this.element.classList.remove("qk-hidden");
    this.onAsking(true);
    start.focus({ preventScroll: true });
  }

  private finish(then: () => void): void {
    this.element.classList.add("qk-hidden");
    this.onAsking(false);
    replaceChildren(this.element);
    then();
  }

  private columns(menus: { kind: MenuEntries; wave: MenuEntries }, list: string): Column<PlannedFile>[] {
    const { say } = this.context;
    const set = (row: PlannedFile, name: Chosen) => (value: string, field: HTMLInputElement | HTMLSelectElement) => {
      row[name] = value || null;
      settle(field, value);
    };
    const label = (row: PlannedFile, key: "formKind" | "formCase" | "formWave") => `${say(key)}: ${row.file}`;
    return [
      { key: "file", title: say("formFile"), order: (row) => row.file, cell: (row) => row.file, className: "qk-report-file" },
      { key: "kind", title: say("formKind"), cell: (row) => (row.is_transcript ? menuCell(menus.kind, row.kind ?? "", label(row, "formKind"), set(row, "kind")) : el("span", { class: "qk-quiet" }, say("formTable"))) },
      { key: "case", title: say("formCase"), cell: (row) => (row.is_transcript ? textCell(row.case ?? "", label(row, "formCase"), set(row, "case"), { list, placeholder: say("none") }) : ""), className: "qk-form-case" },
      { key: "wave", title: say("formWave"), cell: (row) => (row.is_transcript ? menuCell(menus.wave, row.wave ?? "", label(row, "formWave"), set(row, "wave")) : "") },
    ];
  }
}
