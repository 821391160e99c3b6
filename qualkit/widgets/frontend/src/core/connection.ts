// Talking with the kernel through anywidget's custom messages: questions with answers, and news for all views.
import { newId } from "./ids.ts";

/** The part of anywidget's model that is used; nothing of a study ever goes into its traits. */
export interface Model {
  get(name: string): unknown;
  send(content: object, callbacks?: object, buffers?: ArrayBuffer[]): void;
  on(event: "msg:custom", listener: (content: unknown, buffers: DataView[]) => void): void;
  off(event: "msg:custom", listener: (content: unknown, buffers: DataView[]) => void): void;
}

export interface Message {
  v: number;
  t?: string;
  re?: string;
  ok?: boolean;
  [name: string]: unknown;
}

type Listener = (message: Message, buffers: DataView[]) => void;

interface Asking {
  patience?: number; // milliseconds until the question is put again
  buffers?: ArrayBuffer[];
}

export class Connection {
  readonly cid = newId(); // this view
  private asked = new Map<string, Listener>();
  private readonly receive = (content: unknown, buffers: DataView[]) => this.dispatch(content, buffers);

  constructor(private readonly model: Model, private readonly onNews: Listener) {
    model.on("msg:custom", this.receive);
  }

  close(): void {
    this.model.off("msg:custom", this.receive);
    this.asked.clear();
  }

  /** Sends without waiting; the answer comes as news. */
  tell(t: string, body: object): void {
    this.model.send({ v: 1, t, id: newId(), cid: this.cid, ...body });
  }

  /** Asks until there is an answer; a kernel that is busy or just starting may need a while. */
  ask(t: string, body: object, onAnswer: Listener, onSilence: () => void, { patience = 8_000, buffers }: Asking = {}): void {
    const id = newId();
    let tries = 0;
    const send = () => {
      if (tries > 0 && !this.asked.has(id)) return;
      tries += 1;
      this.asked.set(id, (message, received) => {
        this.asked.delete(id);
        onAnswer(message, received);
      });
      try {
        this.model.send({ v: 1, t, id, cid: this.cid, ...body }, undefined, buffers);
      } catch {
        onSilence();
      }
      setTimeout(() => {
        if (!this.asked.has(id)) return;
        onSilence();
        send();
      }, patience);
    };
    send();
  }

  private dispatch(content: unknown, buffers: DataView[]): void {
    if (typeof content !== "object" || content === null) return;
    const message = content as Message;
    const listener = message.re === undefined ? undefined : this.asked.get(message.re);
    if (listener) listener(message, buffers);
    else this.onNews(message, buffers);
  }
}
