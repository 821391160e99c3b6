// Where waiting actions survive a reload: IndexedDB, or memory where the browser has none.
import type { Operation } from "./operations.ts";

export interface Keeper {
  readonly isDurable: boolean;
  put(op: Operation): Promise<void>;
  remove(opId: string): Promise<void>;
  all(): Promise<Operation[]>;
}

export class MemoryKeeper implements Keeper {
  readonly isDurable = false;
  private held = new Map<string, Operation>();

  async put(op: Operation): Promise<void> {
    this.held.set(op.op_id, op);
  }

  async remove(opId: string): Promise<void> {
    this.held.delete(opId);
  }

  async all(): Promise<Operation[]> {
    return [...this.held.values()].sort((a, b) => a.order - b.order);
  }
}

interface Kept {
  op_id: string;
  box: string;
  op: Operation;
}

/** The actions of one coder on one project; `box` names both. */
export class BrowserKeeper implements Keeper {
  readonly isDurable = true;

  private constructor(private readonly database: IDBDatabase, private readonly box: string) {}

  static open(box: string): Promise<BrowserKeeper> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open("qualkit-outbox", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("actions", { keyPath: "op_id" }).createIndex("box", "box");
      request.onsuccess = () => resolve(new BrowserKeeper(request.result, box));
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("IndexedDB is blocked"));
    });
  }

  async put(op: Operation): Promise<void> {
    const kept: Kept = { op_id: op.op_id, box: this.box, op };
    await this.run("readwrite", (store) => store.put(kept));
  }

  async remove(opId: string): Promise<void> {
    await this.run("readwrite", (store) => store.delete(opId));
  }

  async all(): Promise<Operation[]> {
    const kept = await this.run<Kept[]>("readonly", (store) => store.index("box").getAll(this.box));
    return kept.map((each) => each.op).sort((a, b) => a.order - b.order);
  }

  private run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    return new Promise((resolve, reject) => {
      const request = work(this.database.transaction("actions", mode).objectStore("actions"));
      request.onsuccess = () => resolve(request.result as T);
      request.onerror = () => reject(request.error);
    });
  }
}

/** The best keeper this browser offers. */
export async function openKeeper(box: string): Promise<Keeper> {
  try {
    return await BrowserKeeper.open(box);
  } catch {
    return new MemoryKeeper();
  }
}

/** A keeper that is still being opened; actions wait for it without holding up the screen. */
export class DeferredKeeper implements Keeper {
  private opened: Keeper | null = null;

  constructor(private readonly opening: Promise<Keeper>) {
    void opening.then((keeper) => {
      this.opened = keeper;
    });
  }

  get isDurable(): boolean {
    return this.opened?.isDurable ?? true;
  }

  async put(op: Operation): Promise<void> {
    await (await this.opening).put(op);
  }

  async remove(opId: string): Promise<void> {
    await (await this.opening).remove(opId);
  }

  async all(): Promise<Operation[]> {
    return (await this.opening).all();
  }
}
