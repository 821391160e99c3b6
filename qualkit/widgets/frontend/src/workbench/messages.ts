// What the shell of the workbench says, in Chinese and English.
import type { Language } from "../core/types.ts";

const en = {
  workbench: "Workbench",
  tabDocuments: "Documents",
  tabCode: "Code",
  tabCodebook: "Codebook",
  tabMemos: "Memos",
  tabHistory: "History",
  who: "Coder: {coder}",
  fullScreen: "Full screen",
};

export type ShellKey = keyof typeof en;

const zh: Record<ShellKey, string> = {
  workbench: "工作台",
  tabDocuments: "资料",
  tabCode: "编码",
  tabCodebook: "编码手册",
  tabMemos: "备忘",
  tabHistory: "历史",
  who: "编码者：{coder}",
  fullScreen: "全屏",
};

export const catalogues: Record<Language, Record<ShellKey, string>> = { en, zh };
