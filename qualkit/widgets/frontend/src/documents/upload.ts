// Files to the kernel in pieces of at most 1 MiB, each acknowledged; many small files travel in one message.
import type { Connection } from "../core/connection.ts";
import { newId } from "../core/ids.ts";
import type { Found } from "./files.ts";

export const LARGEST_PIECE = 2 ** 20;
export const MOST_FILES = 10_000;
export const LARGEST_FILE = 100_000_000;
export const MOST_BYTES = 2 ** 31;
const MOST_PIECES = 500;
const UNDERWAY = 3; // messages that may wait for their answer

export interface Piece {
  file: number;
  offset: number;
  length: number;
}

/** Which pieces go together in a message, for files of these sizes. */
export function* packPieces(sizes: readonly number[]): Generator<Piece[]> {
  let pack: Piece[] = [];
  let room = LARGEST_PIECE;
  for (const [file, size] of sizes.entries()) {
    for (let offset = 0; offset < size; ) {
      const length = Math.min(room, size - offset);
      pack.push({ file, offset, length });
      offset += length;
      room -= length;
      if (room === 0 || pack.length === MOST_PIECES) {
        yield pack;
        pack = [];
        room = LARGEST_PIECE;
      }
    }
  }
  if (pack.length) yield pack;
}

export class Upload {
  readonly id = newId();
  readonly total: number;
  private isCancelled = false;

  constructor(private readonly connection: Connection, private readonly files: readonly Found[], private readonly onProgress: (done: number) => void) {
    this.total = files.reduce((sum, { file }) => sum + file.size, 0);
  }

  cancel(): void {
    this.isCancelled = true;
    this.connection.tell("upload.cancel", { upload: this.id });
  }

  /** Resolves to false when it was cancelled; a refusal rejects with its reason. */
  async run(): Promise<boolean> {
    await this.ask("upload.begin", { files: this.files.map(({ name, file }) => ({ name, size: file.size })) });
    const underway = new Set<Promise<void>>();
    let done = 0;
    for (const pieces of packPieces(this.files.map(({ file }) => file.size))) {
      if (this.isCancelled) return false;
      const bytes = await this.read(pieces);
      const sent = this.ask("upload.pieces", { pieces }, bytes).then(() => {
        done += bytes.byteLength;
        this.onProgress(done);
        underway.delete(sent);
      });
      underway.add(sent);
      if (underway.size >= UNDERWAY) await Promise.race(underway);
    }
    await Promise.all(underway);
    return !this.isCancelled;
  }

  private async read(pieces: readonly Piece[]): Promise<ArrayBuffer> {
    const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const { file, offset, length } of pieces) {
      bytes.set(new Uint8Array(await this.files[file].file.slice(offset, offset + length).arrayBuffer()), at);
      at += length;
    }
    return bytes.buffer;
  }

  private ask(t: string, body: object, bytes?: ArrayBuffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAnswer = (message: { ok?: boolean; message?: unknown }) => (message.ok || this.isCancelled ? resolve() : reject(new Error(String(message.message))));
      this.connection.ask(t, { upload: this.id, ...body }, onAnswer, () => undefined, { buffers: bytes && [bytes], patience: 20_000 });
    });
  }
}
