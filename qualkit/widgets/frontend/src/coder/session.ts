// One view's conversation with the kernel: opening documents, sending actions, taking in what was done.
import { Connection, type Message, type Model } from "../core/connection.ts";
import { newId } from "../core/ids.ts";
import { DeferredKeeper, openKeeper } from "../core/keeper.ts";
import { type Operation, temporaryId } from "../core/operations.ts";
import { Outbox } from "../core/outbox.ts";
import { quoteCheck } from "../core/positions.ts";
import { type Changes, CodingStore, type WireCoding } from "../core/store.ts";
import type { Code, Coding, SourceEntry } from "../core/types.ts";
import { type OpenDocument, readDocument, type Welcome, type WireDocument } from "../core/wire.ts";

type Body<K extends Operation["kind"]> = Omit<Extract<Operation, { kind: K }>, "op_id" | "order" | "source" | "kind">;

/** What became of an action: ours or another view's. */
export interface Outcome {
  kind: Operation["kind"];
  isOurs: boolean;
  isNothing: boolean; // undo or redo found nothing
  summary: string;
  changes: Changes;
  refusal: string | null;
  refused: Operation | null; // what was refused, so that it can be done all the same
}

export interface SessionEvents {
  welcomed(welcome: Welcome): void;
  opened(document: OpenDocument): void;
  listed(sources: SourceEntry[]): void;
  failed(message: string): void;
  silent(): void;
  changed(): void; // codings or the save state
  recoded(codes: Code[]): void; // the codebook
  renamed(from: string, to: string): void;
  outcome(outcome: Outcome): void;
  recovered(n: number): void;
}

const NO_CHANGES: Changes = { added: [], removed: [], changed: [] };

export class Session {
  private readonly connection: Connection;
  private welcome: Welcome | null = null;
  private document: OpenDocument | null = null;
  private store: CodingStore | null = null;
  private clock = 0;
  private timer = 0;
  private ticks = 0;
  private isFollowing = false;
  outbox: Outbox | null = null;

  constructor(model: Model, private readonly events: SessionEvents) {
    this.connection = new Connection(model, (message) => this.onNews(message));
  }

  start(source?: string): void {
    this.greet(source);
    this.timer = window.setInterval(() => this.tick(), 1_000);
  }

  /** Asks for everything anew, with the document that is open or with another one. */
  greet(source = this.document?.id): void {
    this.connection.ask("hello", source ? { source } : {}, (message, buffers) => this.onWelcome(message, buffers), () => this.events.silent());
  }

  /** Asks which documents there are by now; what is open is loaded anew only where its text is another one. */
  look(): void {
    this.connection.ask("sources", { source: this.document?.id ?? null }, (message) => {
      if (!message.ok || message.stale === true || !this.document) this.greet(message.gone === true ? "" : undefined);
      else this.events.listed(message.sources as SourceEntry[]);
    }, () => this.events.silent());
  }

  close(): void {
    clearInterval(this.timer);
    this.connection.close();
  }

  open(source: string): void {
    this.connection.ask("document", { source }, (message, buffers) => this.onDocument(message, buffers), () => this.events.silent());
  }

  codings(): Coding[] {
    return this.store && this.outbox ? this.store.current(this.outbox.pending) : [];
  }

  add(start: number, end: number, code: string): void {
    this.act("coding.add", { ...this.place(start, end), code });
  }

  move(coding: Coding, start: number, end: number): void {
    this.act("coding.move", { coding: coding.id, ...this.place(start, end) });
  }

  private place(start: number, end: number) {
    const { places, text } = this.document!;
    return { start: places.toCodePoint(start), end: places.toCodePoint(end), ...quoteCheck(text.slice(start, end)) };
  }

  addCode(code: string, parent: string | null, label: string): void {
    this.act("code.add", { code, parent, label });
  }

  remove(coding: Coding): void {
    this.act("coding.remove", { coding: coding.id });
  }

  /** Refused when somebody has written something else there than what is known here. */
  setMemo(coding: Coding, memo: string, before = coding.memo): void {
    this.act("memo.set", { coding: coding.id, memo, before });
  }

  undo(): void {
    this.act("undo", {});
  }

  redo(): void {
    this.act("redo", {});
  }

  private act<K extends Operation["kind"]>(kind: K, body: Body<K>): void {
    if (!this.document || !this.outbox) return;
    this.clock = Math.max(this.clock + 1, Date.now() * 1000);
    this.outbox.add({ op_id: newId(), order: this.clock, source: this.document.id, kind, ...body } as unknown as Operation);
    this.events.changed();
  }

  private onWelcome(message: Message, buffers: DataView[]): void {
    if (!message.ok) return this.events.failed(String(message.message ?? ""));
    const welcome = message.welcome as Welcome;
    this.welcome = welcome;
    const box = `${welcome.project}|${welcome.coder}`;
    this.outbox ??= new Outbox(new DeferredKeeper(openKeeper(box)), (ops, again) => this.connection.tell("ops", { ops, again }));
    this.events.welcomed(welcome);
    if (message.document) this.take(message.document as WireDocument, buffers[0]);
    // From its second message on, JupyterLab lets this widget speak while a cell computes: let that not be the user's.
    this.connection.tell("ping", {});
    void this.outbox.recover().then((n) => {
      if (n > 0) this.events.recovered(n);
      this.events.changed();
    });
  }

  private onDocument(message: Message, buffers: DataView[]): void {
    this.outbox?.heard();
    if (message.ok) this.take(message.document as WireDocument, buffers[0]);
    else this.events.failed(String(message.message ?? ""));
  }

  private take(wire: WireDocument, buffer: DataView): void {
    this.document = readDocument(wire, buffer);
    this.store = new CodingStore(wire.id, this.welcome!.coder, this.document.places);
    this.store.load(this.document.codings);
    this.events.opened(this.document);
  }

  private onNews(message: Message): void {
    this.outbox?.heard();
    if (message.t === "codes") return this.events.recoded(message.codes as Code[]);
    if (message.t !== "done" || !this.outbox) return;
    const opId = String(message.op_id);
    const op = this.outbox.settle({ ok: message.ok === true, op_id: opId, code: message.code as string, message: message.message as string });
    const isOurs = op !== null;
    if (message.ok) this.takeOver(message, opId, isOurs);
    this.events.changed();
    if (op && !message.ok) this.events.outcome({ kind: op.kind, isOurs, isNothing: false, summary: "", changes: NO_CHANGES, refusal: String(message.message), refused: op });
  }

  private takeOver(message: Message, opId: string, isOurs: boolean): void {
    const made = message.made as string | undefined; // the final id of a coding that was added
    if (made) {
      this.outbox!.rename(temporaryId(opId), made);
      this.events.renamed(temporaryId(opId), made);
    }
    const isHere = message.source === this.document?.id;
    if (isHere && message.stale === true) this.greet(); // the text was corrected: it is opened anew
    const changes = isHere ? this.store!.apply((message.upserts as WireCoding[]) ?? [], (message.removed as string[]) ?? []) : NO_CHANGES;
    this.events.outcome({
      kind: message.kind as Operation["kind"],
      isOurs,
      isNothing: message.nothing === true,
      summary: String(message.summary ?? ""),
      changes,
      refusal: null,
      refused: null,
    });
  }

  /** What others did meanwhile comes as news; a view that is not on screen does not ask. */
  private follow(): void {
    if (this.isFollowing || document.hidden || !this.document) return;
    this.isFollowing = true;
    this.connection.ask("follow", {}, () => {
      this.isFollowing = false;
      this.outbox?.heard();
    }, () => undefined);
  }

  private tick(): void {
    this.ticks += 1;
    if (this.ticks % 2 === 0) this.follow();
    if (!this.outbox || this.outbox.state === "saved") return;
    this.outbox.tick();
    this.events.changed();
  }
}
