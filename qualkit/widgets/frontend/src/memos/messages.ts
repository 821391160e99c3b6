// What the Memos tab says, in Chinese and English.
import { type Key, type SayOf, catalogues as core, sayFrom } from "../core/messages.ts";
import type { Language } from "../core/types.ts";

const en = {
  memosLabel: "Memos, newest first",
  memosSilent: "The kernel does not answer. Run this cell again; what is shown as saved is safe.",
  memosNone: "There are no memos yet. Write the first one above, or at a coding in the Code tab.",
  memosNoneFit: "No memo fits these filters.",
  memosCount: "{n} of {all} memos",
  memosMore: "Show more ({n} left)",
  memosFind: "Words in memos",
  memoKind: "Kind of memo",
  memoAnyKind: "All kinds",
  memoAnyCoder: "All coders",
  memoCoder: "Coder of the memo",
  memoAnalytic: "Analytic",
  memoMethod: "Method",
  memoTheory: "Theory",
  memoReflexive: "Reflexive",
  memoSafeguarding: "Safeguarding",
  memoNeverExported: "never exported",
  memoOnSource: "Document",
  memoOnCode: "Code",
  memoOnCase: "Case",
  memoOnCoding: "Coding",
  memoOnGone: "no longer there",
  memoOnOther: "elsewhere",
  memoNew: "New memo",
  memoAbout: "A memo on a",
  memoWhich: "On which one",
  memoChoose: "choose …",
  memoText: "Text of the memo",
  memoKeys: "Ctrl+Enter saves, Esc cancels",
  memoSave: "Save",
  memoCancel: "Cancel",
  memoNeeds: "Choose what the memo is on and write some words.",
  memoTextOf: "Memo on {on}",
  memoRemove: "Remove the memo on {on}",
  memoRemoved: "The memo was removed.",
  memoNotLast: "Something else was done since. The History tab says what can be taken back.",
  memoOthers: "only to be read",
};

export type MemoKey = keyof typeof en;

const zh: Record<MemoKey, string> = {
  memosLabel: "备忘，最近的在前",
  memosSilent: "内核没有回应。请重新运行此单元格；显示“已保存”的内容不会丢失。",
  memosNone: "还没有备忘。可在上方写第一条，或在“编码”页为一条编码写备忘。",
  memosNoneFit: "没有符合筛选条件的备忘。",
  memosCount: "{n} / {all} 条备忘",
  memosMore: "显示更多（还有 {n} 条）",
  memosFind: "备忘中的词",
  memoKind: "备忘的类别",
  memoAnyKind: "所有类别",
  memoAnyCoder: "所有编码者",
  memoCoder: "写备忘的人",
  memoAnalytic: "分析",
  memoMethod: "方法",
  memoTheory: "理论",
  memoReflexive: "反思",
  memoSafeguarding: "保护",
  memoNeverExported: "不导出",
  memoOnSource: "资料",
  memoOnCode: "编码条目",
  memoOnCase: "个案",
  memoOnCoding: "编码",
  memoOnGone: "已不在",
  memoOnOther: "其他",
  memoNew: "新备忘",
  memoAbout: "写在什么上",
  memoWhich: "写在哪一个上",
  memoChoose: "请选择……",
  memoText: "备忘的内容",
  memoKeys: "Ctrl+Enter 保存，Esc 取消",
  memoSave: "保存",
  memoCancel: "取消",
  memoNeeds: "请选择备忘写在什么上，并写下内容。",
  memoTextOf: "“{on}”的备忘",
  memoRemove: "移除“{on}”的备忘",
  memoRemoved: "备忘已移除。",
  memoNotLast: "此后又有别的操作。可在“历史”页查看能撤销什么。",
  memoOthers: "只能查看",
};

export const catalogues: Record<Language, Record<MemoKey, string>> = { en, zh };

export type SayMemos = SayOf<MemoKey | Key>;

export function sayIn(language: Language): SayMemos {
  return sayFrom({ ...core[language], ...catalogues[language] });
}
