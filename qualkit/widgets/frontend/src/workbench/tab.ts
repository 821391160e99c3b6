// What a tab of the workbench is, and the model through which it talks with its part of the kernel.
import type { Model } from "../core/connection.ts";

export interface Tab {
  readonly element: HTMLElement;
  /** The tab comes to the front, to show `target` (a document) where one is given. */
  shown(target?: string): void;
  themed(isDark: boolean): void;
  close(): void;
}

/** What a tab may ask of the shell. */
export interface Shell {
  open(tab: string, target?: string): void;
}

export type MakeTab = (model: Model, shell: Shell) => Tab;

type Listener = (content: unknown, buffers: DataView[]) => void;

/** The widget's model as one tab sees it: its messages carry the tab's name, others do not reach it. */
export function tabModel(model: Model, tab: string): Model {
  const wrapped = new Map<Listener, Listener>();
  return {
    get: (name) => model.get(name),
    send: (content, callbacks, buffers) => model.send({ ...content, tab }, callbacks, buffers),
    on: (event, listener) => {
      const own: Listener = (content, buffers) => {
        if ((content as { tab?: string } | null)?.tab === tab) listener(content, buffers);
      };
      wrapped.set(listener, own);
      model.on(event, own);
    },
    off: (event, listener) => {
      const own = wrapped.get(listener);
      if (own) model.off(event, own);
      wrapped.delete(listener);
    },
  };
}
