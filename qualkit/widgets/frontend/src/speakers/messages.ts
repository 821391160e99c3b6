// What the table of speakers says, in Chinese and English.
import { catalogues as core, type Key, sayFrom, type SayOf } from "../core/messages.ts";
import type { Language } from "../core/types.ts";
import { catalogues as table, type TableKey } from "../table/messages.ts";

const en = {
  speakers: "Speakers",
  speakersHint: "Whose words are these? Choose the participant for every label.",
  speakerDocument: "Document",
  speakerLabel: "Speaker label",
  speakerTurns: "Turns",
  speakerCharacters: "Characters",
  speakerFirst: "First words",
  speakerRole: "Probable role",
  speakerCase: "Participant",
  speakerNobody: "— nobody —",
  speakersNone: "No speaker was found in this text.",
  allSources: "all documents",
  labelInterviewer: "interviewer",
  labelObserver: "observer",
  labelInformant: "interviewee",
  labelWorker: "social worker",
  labelTeacher: "teacher",
  labelGuardian: "guardian",
  labelSibling: "sibling",
  labelMember: "member",
  labelSeveral: "several people",
};

export type SpeakerKey = keyof typeof en;

const zh: Record<SpeakerKey, string> = {
  speakers: "说话人",
  speakersHint: "这是谁说的话？请为每个说话人标签选定参与者。",
  speakerDocument: "资料",
  speakerLabel: "说话人标签",
  speakerTurns: "话轮",
  speakerCharacters: "字数",
  speakerFirst: "开头的话",
  speakerRole: "可能的身份",
  speakerCase: "参与者",
  speakerNobody: "— 未指定 —",
  speakersNone: "此文本中没有找到说话人。",
  allSources: "所有资料",
  labelInterviewer: "访谈者",
  labelObserver: "观察员",
  labelInformant: "受访者",
  labelWorker: "社工",
  labelTeacher: "教师",
  labelGuardian: "监护人",
  labelSibling: "兄弟姐妹",
  labelMember: "组员",
  labelSeveral: "多人",
};

export const catalogues: Record<Language, Record<SpeakerKey, string>> = { en, zh };

export type SaySpeakers = SayOf<SpeakerKey | TableKey | Key>;

export function sayIn(language: Language): SaySpeakers {
  return sayFrom({ ...core[language], ...table[language], ...catalogues[language] });
}
