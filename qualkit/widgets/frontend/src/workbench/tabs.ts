// The tabs of the workbench, in order; one line here and one in workbench.py make a tab.
import { codebookTab } from "../codebook/tab.ts";
import { codeTab } from "../coder/tab.ts";
import { documentsTab } from "../documents/tab.ts";
import { historyTab } from "../history/tab.ts";
import { memosTab } from "../memos/tab.ts";
import type { ShellKey } from "./messages.ts";
import type { MakeTab } from "./tab.ts";

export const TABS: readonly (readonly [id: string, title: ShellKey, make: MakeTab])[] = [
  ["documents", "tabDocuments", documentsTab],
  ["code", "tabCode", codeTab],
  ["codebook", "tabCodebook", codebookTab],
  ["memos", "tabMemos", memosTab],
  ["history", "tabHistory", historyTab],
];
