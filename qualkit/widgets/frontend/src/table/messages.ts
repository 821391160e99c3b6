// What tables of many rows say, in Chinese and English.
import type { Language } from "../core/types.ts";

const en = {
  rows: "{first}–{last} of {n}",
  rowsNone: "none",
  previousPage: "Previous page",
  nextPage: "Next page",
  sortBy: "Sort by {column}",
  nothingFits: "Nothing fits “{query}”.",
};

export type TableKey = keyof typeof en;

const zh: Record<TableKey, string> = {
  rows: "第 {first}–{last} 条，共 {n} 条",
  rowsNone: "没有内容",
  previousPage: "上一页",
  nextPage: "下一页",
  sortBy: "按{column}排序",
  nothingFits: "没有符合“{query}”的内容。",
};

export const catalogues: Record<Language, Record<TableKey, string>> = { en, zh };
