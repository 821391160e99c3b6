// How files come in: dropped, chosen or named by a path; on their way; asked about; imported; reported.
import type { Connection, Message } from "../core/connection.ts";
import { button, el, isComposing } from "../core/dom.ts";
import { newId } from "../core/ids.ts";
import type { Language } from "../core/types.ts";
import type { Context } from "./context.ts";
import { filesOfDrop, filesOfInput, type Found } from "./files.ts";
import { ImportForm, type PlannedFile } from "./form.ts";
import { type Report, ReportPanel } from "./report.ts";
import { LARGEST_FILE, MOST_BYTES, MOST_FILES, Upload } from "./upload.ts";

export interface Running {
  done: number;
  n: number;
  file: string;
}

interface Plan {
  is_study: boolean;
  files: PlannedFile[];
}

export interface ImportEvents {
  imported(): void; // documents, people, everything may be others now
  problem(message: string): void;
  asking(isAsking: boolean): void; // the form wants the room of the lists
}

const MEGABYTE = 1_000_000;

export class ImportPanel {
  readonly element: HTMLElement;
  private readonly strip: HTMLElement;
  private readonly bar = el("progress", { class: "qk-progress" });
  private readonly told = el("span", { class: "qk-progress-text", attrs: { role: "status", "aria-live": "polite" } });
  private readonly progress: HTMLElement;
  private readonly path: HTMLInputElement;
  private readonly form: ImportForm;
  private readonly report: ReportPanel;
  private upload: Upload | null = null;

  constructor(private readonly context: Context, private readonly connection: Connection, language: Language, private readonly events: ImportEvents) {
    const { say } = context;
    const files = this.chooser(false);
    const folder = this.chooser(true);
    this.path = el("input", {
      class: "qk-field qk-path",
      attrs: { type: "text", placeholder: say("pathHint"), "aria-label": say("pathHint"), spellcheck: "false", autocomplete: "off" },
      on: {
        keydown: (event) => {
          if (isComposing(event) || event.key !== "Enter") return;
          event.preventDefault();
          this.openPath();
        },
      },
    });
    this.strip = el("div", { class: "qk-strip" },
      el("span", { class: "qk-drop-hint" }, say("dropHint")),
      files, button(say("chooseFiles"), say("chooseFiles"), () => files.click()),
      folder, button(say("chooseFolder"), say("chooseFolder"), () => folder.click()),
      el("span", { class: "qk-by-path" }, this.path, button(say("pathOpen"), say("pathOpen"), () => this.openPath())));
    this.progress = el("div", { class: "qk-progress-line qk-hidden" }, this.bar, this.told, button(say("stop"), say("stop"), () => this.stop()));
    this.form = new ImportForm(context, (planned) => this.start(planned), () => this.ask("import.close", {}, () => undefined), events.asking);
    this.report = new ReportPanel(context, language, () => this.ask("import.close", {}, () => this.report.show(null)), () => events.imported());
    this.element = el("div", { class: "qk-imports" }, this.strip, this.progress, this.form.element, this.report.element);
  }

  /** Anything dropped on `host` comes in. */
  listen(host: HTMLElement): void {
    let depth = 0; // entering a child comes before leaving its parent
    const light = (isOver: boolean) => host.classList.toggle("qk-drops", isOver);
    const hasFiles = (event: DragEvent) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    host.addEventListener("dragenter", (event) => {
      if (!hasFiles(event)) return;
      depth += 1;
      light(true);
    });
    host.addEventListener("dragleave", () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) light(false);
    });
    host.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    host.addEventListener("drop", (event) => {
      depth = 0;
      light(false);
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation(); // JupyterLab would take the files as its own
      filesOfDrop(event.dataTransfer).then((found) => this.take(found), (error: unknown) => this.events.problem(String(error)));
    });
  }

  /** The state of the kernel when the view opens. */
  show(running: Running | null, report: Report | null): void {
    this.showRunning(running);
    this.report.show(report);
  }

  onNews(message: Message): void {
    if (message.t === "progress") this.showRunning(message.running as Running);
    if (message.t !== "imported") return;
    this.showRunning(null);
    this.report.show(message.report as Report);
    this.events.imported();
  }

  private chooser(isFolder: boolean): HTMLInputElement {
    const input = el("input", { class: "qk-hidden", attrs: { type: "file", tabindex: "-1", "aria-hidden": "true", ...(isFolder ? { webkitdirectory: "" } : { multiple: "" }) } });
    input.addEventListener("change", () => {
      void this.take(filesOfInput(input));
      input.value = ""; // the same files can be chosen again
    });
    return input;
  }

  private async take(found: Found[]): Promise<void> {
    const { say } = this.context;
    const large = found.find(({ file }) => file.size > LARGEST_FILE);
    const total = found.reduce((sum, { file }) => sum + file.size, 0);
    if (found.length === 0) return this.events.problem(say("dropEmpty"));
    if (found.length > MOST_FILES) return this.events.problem(say("tooMany", { n: MOST_FILES.toLocaleString("en") }));
    if (large) return this.events.problem(say("tooLarge", { file: large.name }));
    if (total > MOST_BYTES) return this.events.problem(say("tooLargeAll"));
    const upload = new Upload(this.connection, found, (done) => this.showUpload(done, total));
    this.upload = upload;
    this.report.show(null);
    this.showUpload(0, total);
    try {
      const isComplete = await upload.run();
      if (isComplete) this.ask("import.look", { upload: upload.id }, (message) => this.onPlan(message.plan as Plan));
    } catch (error) {
      upload.cancel();
      this.events.problem(say("notDone", { message: error instanceof Error ? error.message : String(error) }));
    } finally {
      if (this.upload === upload) this.upload = null;
      this.showRunning(null);
    }
  }

  private openPath(): void {
    const path = this.path.value.trim();
    if (!path) return this.path.focus();
    this.ask("import.look", { path }, (message) => {
      this.path.value = "";
      this.report.show(null);
      this.onPlan(message.plan as Plan);
    });
  }

  private onPlan({ is_study: isStudy, files }: Plan): void {
    if (isStudy || !files.some((file) => file.is_transcript)) this.start(files);
    else this.form.show(files);
  }

  private start(files: PlannedFile[]): void {
    const choices = files.filter((file) => file.is_transcript).map(({ file, kind, case: name, wave }) => ({ file, kind, case: name, wave }));
    this.showRunning({ done: 0, n: files.length, file: "" });
    this.ask("import.start", { op_id: newId(), files: choices }, () => undefined);
  }

  private stop(): void {
    if (this.upload) this.upload.cancel();
    else this.ask("import.stop", {}, () => undefined);
  }

  private ask(t: string, body: object, done: (message: Message) => void): void {
    this.context.ask(t, body, (message) => {
      if (message.ok) return done(message);
      this.showRunning(null);
      this.events.problem(this.context.say("notDone", { message: String(message.message ?? "") }));
    });
  }

  private showUpload(done: number, total: number): void {
    const [shown, all] = [done, total].map((bytes) => (bytes / MEGABYTE).toFixed(1));
    this.showBar(done, total, this.context.say("uploading", { done: shown, n: all }));
  }

  private showRunning(running: Running | null): void {
    if (!running) return this.showBar(0, 0, null);
    this.showBar(running.done, running.n, this.context.say("importing", { done: Math.min(running.done + 1, running.n), n: running.n, file: running.file }));
  }

  private showBar(done: number, total: number, text: string | null): void {
    this.progress.classList.toggle("qk-hidden", text === null);
    this.strip.classList.toggle("qk-is-busy", text !== null);
    for (const control of this.strip.querySelectorAll<HTMLButtonElement | HTMLInputElement>("button, input")) control.disabled = text !== null;
    this.bar.max = Math.max(total, 1);
    this.bar.value = done;
    this.told.textContent = text ?? "";
  }
}
