// The codebook in the browser: labels, paths, tree order, and finding a code by a few letters.
import { pick } from "./messages.ts";
import type { Code, Language } from "./types.ts";

export interface TreeCode {
  code: Code;
  depth: number;
}

export class Codes {
  readonly tree: TreeCode[] = [];
  private readonly byKey: Map<string, Code>;

  constructor(readonly all: readonly Code[], private readonly language: Language) {
    this.byKey = new Map(all.map((code) => [code.key, code]));
    const children = new Map<string | null, Code[]>();
    for (const code of all) {
      const parent = code.parent !== null && this.byKey.has(code.parent) ? code.parent : null;
      children.set(parent, [...(children.get(parent) ?? []), code]);
    }
    const add = (parent: string | null, depth: number) => {
      for (const code of children.get(parent) ?? []) {
        this.tree.push({ code, depth });
        add(code.key, depth + 1);
      }
    };
    add(null, 0);
  }

  get(key: string): Code | undefined {
    return this.byKey.get(key);
  }

  label(key: string): string {
    const code = this.byKey.get(key);
    return (code && pick(code.label, this.language)) || key;
  }

  /** Labels of the codes above, for telling equal names apart. */
  path(key: string): string {
    const labels: string[] = [];
    let code = this.byKey.get(this.byKey.get(key)?.parent ?? "");
    while (code && labels.length < 20) {
      labels.unshift(this.label(code.key));
      code = this.byKey.get(code.parent ?? "");
    }
    return labels.join(" / ");
  }

  /** The key of a new code of this name: dots divide keys, so the name may have none. */
  newKey(label: string, parent: string | null): string {
    const name = label.normalize("NFC").trim().replace(/[.\s]+/g, "_").slice(0, 60);
    const key = parent === null ? name : `${parent}.${name}`;
    for (let n = 1; ; n += 1) {
      const candidate = n === 1 ? key : `${key}_${n}`;
      if (!this.byKey.has(candidate)) return candidate;
    }
  }

  /** Codes that fit what was typed: every word must be found in label, path or key; beginnings come first. */
  find(query: string): Code[] {
    const words = fold(query).split(/\s+/).filter(Boolean);
    const all = this.tree.map((each) => each.code);
    if (words.length === 0) return all;
    const ranked = all.map((code, order) => ({ code, order, rank: this.rank(code, words) }));
    return ranked.filter((each) => each.rank < 9).sort((a, b) => a.rank - b.rank || a.order - b.order).map((each) => each.code);
  }

  private rank(code: Code, words: readonly string[]): number {
    const names = Object.values(code.label).map((label) => fold(label ?? ""));
    const key = code.key.toLowerCase();
    const everything = [...names, key, fold(this.path(code.key))].join(" ");
    if (!words.every((word) => everything.includes(word))) return 9;
    const first = words[0];
    if (names.some((name) => name.startsWith(first))) return 0;
    if (names.some((name) => name.includes(first))) return 1;
    return key.split(".").some((part) => part.startsWith(first)) ? 2 : 3;
  }
}

const fold = (text: string): string => text.normalize("NFKC").toLowerCase();
