// What the Codebook tab says, in Chinese and English.
import { type Key, type SayOf, catalogues as core, sayFrom } from "../core/messages.ts";
import type { Language } from "../core/types.ts";

const en = {
  codebookLabel: "Codes",
  codebookNone: "There is no code yet. Write the name of the first one above.",
  codebookSilent: "The kernel does not answer. Run this cell again.",
  codeNew: "New code",
  codeNewName: "Name of the new code",
  codeUnder: "Under which code",
  codeTop: "(top level)",
  codeChoose: "Choose a code on the left.",
  codeRevision: "Revision {n} · {codings} codings",
  codeAssignable: "may be put on text",
  codeRemove: "Remove this code",
  codeRemoved: "“{code}” was removed.",
  codeUndo: "Undo",
  codeRedo: "Redo",
  codeUndone: "Taken back: {what}",
  codeRedone: "Done again: {what}",
  codeNothing: "Your last action was not one on the codebook; see History.",
  wordLabel: "Name",
  wordDefinition: "Definition",
  wordInclude: "Include",
  wordExclude: "Exclude",
  wordExample: "Example",
  wordNote: "Note",
  inZh: "Chinese",
  inEn: "English",
  wordKeys: "Leaving the field or Ctrl+Enter saves, Esc takes back what was typed.",
  wordRefused: "Not saved: {message} You wrote: “{mine}”",
};

export type CodebookKey = keyof typeof en;

const zh: Record<CodebookKey, string> = {
  codebookLabel: "编码",
  codebookNone: "还没有编码。请在上面写下第一个编码的名称。",
  codebookSilent: "内核没有回应。请重新运行此单元格。",
  codeNew: "新建编码",
  codeNewName: "新编码的名称",
  codeUnder: "归在哪个编码之下",
  codeTop: "（最上层）",
  codeChoose: "请在左边选一个编码。",
  codeRevision: "第 {n} 次修订 · {codings} 条编码",
  codeAssignable: "可用来编码",
  codeRemove: "移除此编码",
  codeRemoved: "已移除“{code}”。",
  codeUndo: "撤销",
  codeRedo: "重做",
  codeUndone: "已撤销：{what}",
  codeRedone: "已重做：{what}",
  codeNothing: "您的上一项操作不在编码手册中，请看“历史”。",
  wordLabel: "名称",
  wordDefinition: "定义",
  wordInclude: "包括",
  wordExclude: "不包括",
  wordExample: "例",
  wordNote: "说明",
  inZh: "中文",
  inEn: "英文",
  wordKeys: "离开此框或按 Ctrl+Enter 保存，按 Esc 取消。",
  wordRefused: "未能保存：{message} 您写的是：“{mine}”",
};

export const catalogues: Record<Language, Record<CodebookKey, string>> = { en, zh };

export type SayCodebook = SayOf<CodebookKey | Key>;

export function sayIn(language: Language): SayCodebook {
  return sayFrom({ ...core[language], ...catalogues[language] });
}
