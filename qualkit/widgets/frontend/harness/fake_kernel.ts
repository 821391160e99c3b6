// A kernel in memory, with delay and loss, so that the widget can be worked on without Jupyter.
import type { Message, Model } from "../src/core/connection.ts";
import type { Operation } from "../src/core/operations.ts";
import type { WireCoding } from "../src/core/store.ts";
import type { Code } from "../src/core/types.ts";

export interface FakeStudy {
  texts: { id: string; name: string; text: string; turns: [number, number, string | null, number | null][]; codings: WireCoding[] }[];
  codes: Code[];
}

type Listener = (content: unknown, buffers: DataView[]) => void;

export class FakeModel implements Model {
  delay = 60;
  isDead = false;
  private listeners = new Set<Listener>();
  private done = new Map<string, Message>();
  private undone: (() => Message)[] = [];
  private redo: (() => Message)[] = [];
  private next = 1;

  constructor(private readonly study: FakeStudy, private readonly traits: Record<string, unknown>) {}

  get(name: string): unknown {
    return this.traits[name];
  }

  on(_event: "msg:custom", listener: Listener): void {
    this.listeners.add(listener);
  }

  off(_event: "msg:custom", listener: Listener): void {
    this.listeners.delete(listener);
  }

  send(content: object): void {
    if (this.isDead) return;
    setTimeout(() => this.handle(content as Message), this.delay);
  }

  private emit(message: Message, ...buffers: DataView[]): void {
    for (const listener of this.listeners) listener(message, buffers);
  }

  private handle(message: Message): void {
    if (message.t === "hello") {
      const sources = this.study.texts.map(({ id, name, codings }) => ({ id, name, case: null, wave: null, characters: 0, codings: codings.length }));
      const welcome = { project: "demo", session: "1", coder: "Lin", show: "own", read_only: false, sources, codes: this.study.codes, quick: [] };
      this.emit({ v: 1, re: message.id as string, ok: true, welcome, document: this.document(this.study.texts[0].id) }, this.text(this.study.texts[0].id));
    } else if (message.t === "document") {
      const id = message.source as string;
      this.emit({ v: 1, re: message.id as string, ok: true, document: this.document(id) }, this.text(id));
    } else if (message.t === "follow") {
      this.emit({ v: 1, re: message.id as string, ok: true });
    } else if (message.t === "ops") {
      for (const op of message.ops as Operation[]) this.emit({ v: 1, t: "done", ok: true, op_id: op.op_id, kind: op.kind, source: op.source, ...this.carryOut(op) });
    }
  }

  private find(id: string) {
    return this.study.texts.find((text) => text.id === id)!;
  }

  private document(id: string) {
    const { name, turns, codings } = this.find(id);
    return { id, name, language: "zh", turns, codings: codings.map((c) => [c.id, c.start, c.end, c.code, c.coder, c.memo]) };
  }

  private text(id: string): DataView {
    return new DataView(new TextEncoder().encode(this.find(id).text).buffer);
  }

  private carryOut(op: Operation): object {
    const stored = this.done.get(op.op_id);
    if (stored) return stored;
    const answer = this.work(op);
    this.done.set(op.op_id, answer as Message);
    return answer;
  }

  private work(op: Operation): object {
    const codings = this.find(op.source).codings;
    if (op.kind === "undo" || op.kind === "redo") {
      const [from, to] = op.kind === "undo" ? [this.undone, this.redo] : [this.redo, this.undone];
      const back = from.pop();
      if (!back) return { nothing: true };
      to.push(back);
      return back();
    }
    if (op.kind === "coding.add") {
      const coding = { id: `DEV-${this.next++}`, start: op.start, end: op.end, code: op.code, coder: "Lin", memo: op.memo ?? "" };
      const flip = this.flip(codings, coding);
      this.undone.push(flip);
      return { made: coding.id, ...flip() };
    }
    if (op.kind === "code.add") {
      this.study.codes.push({ key: op.code, parent: op.parent, label: { zh: op.label }, definition: {}, include: {}, exclude: {}, example: {}, color: null, assignable: true });
      this.emit({ v: 1, t: "codes", codes: this.study.codes });
      return {};
    }
    const coding = codings.find((each) => each.id === op.coding)!;
    if (op.kind === "coding.remove") {
      const flip = this.flip(codings, coding);
      this.undone.push(flip);
      return flip();
    }
    if (op.kind === "coding.move") Object.assign(coding, { start: op.start, end: op.end });
    else coding.memo = op.memo;
    return { upserts: [{ ...coding }] };
  }

  /** Puts the coding in or takes it out, whichever it is not. */
  private flip(codings: WireCoding[], coding: WireCoding): () => Message {
    return () => {
      const at = codings.indexOf(coding);
      if (at < 0) codings.push(coding);
      else codings.splice(at, 1);
      return { v: 1, upserts: at < 0 ? [{ ...coding }] : [], removed: at < 0 ? [] : [coding.id] };
    };
  }
}
