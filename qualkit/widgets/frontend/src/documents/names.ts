// What kinds of material, waves and actions are called on the screen; what has no word is shown as it is.
import type { DocumentsKey, SayDocuments } from "./messages.ts";

const KINDS: Record<string, DocumentsKey> = {
  interview: "kindInterview",
  informant: "kindInformant",
  focus_group: "kindFocusGroup",
  observation: "kindObservation",
  observations: "kindObservation",
  session_record: "kindSessionRecord",
  worker_log: "kindWorkerLog",
  open_answers: "kindOpenAnswers",
  other: "kindOther",
  text: "kindOther",
  participants: "kindParticipants",
  relations: "kindRelations",
  sessions: "kindSessions",
  attendance: "kindAttendance",
  consent: "kindConsents",
  consents: "kindConsents",
  logic_chain: "kindChain",
  survey: "kindSurvey",
  responses: "kindResponses",
  codings: "kindCodings",
  study: "kindStudy",
  codebook: "kindCodebook",
  dictionary: "kindDictionary",
  scale: "kindScale",
  unknown: "kindUnknown",
};

const NAMED: readonly (readonly [start: string, words: DocumentsKey])[] = [["scale/", "kindScaleNamed"], ["survey/", "kindSurveyNamed"]];

const WAVES: Record<string, DocumentsKey> = { pre: "wavePre", mid: "waveMid", post: "wavePost", follow_up: "waveFollow" };

const ACTIONS: Record<string, DocumentsKey> = {
  "import.file": "didImport",
  "sources.remove": "didRemoval",
  "cases.set_speaker": "didSpeaker",
};
const SECTIONS: Record<string, DocumentsKey> = { import: "didImport", sources: "didSource", cases: "didCase", absences: "didAbsence" };

const CASE_ROLES: Record<string, DocumentsKey> = { member: "roleMember", comparison: "roleComparison", guardian: "roleGuardian", teacher: "roleTeacher", worker: "roleWorker" };
const REASONS: Record<string, DocumentsKey> = { absent: "absent", "not asked": "notAsked", "consent withdrawn": "consentWithdrawn", "consent refused": "consentRefused" };

export const KNOWN_ROLES = Object.keys(CASE_ROLES);

export function roleName(role: string, say: SayDocuments): string {
  return role in CASE_ROLES ? say(CASE_ROLES[role]) : role;
}

/** Why something is missing, as somebody wrote it or as the project knows it. */
export function reasonName(reason: string | null, say: SayDocuments): string {
  if (reason === null || reason === "not recorded") return "";
  return reason in REASONS ? say(REASONS[reason]) : reason;
}

export function kindName(kind: string, say: SayDocuments): string {
  for (const [start, words] of NAMED) if (kind.startsWith(start)) return say(words, { name: kind.slice(start.length) });
  const key = KINDS[kind.replaceAll(" ", "_")];
  return key ? say(key) : kind;
}

export function waveName(wave: string | null, say: SayDocuments): string {
  if (wave === null) return say("waveNone");
  return wave in WAVES ? say(WAVES[wave]) : wave;
}

export function actionName(action: string, what: string, say: SayDocuments): string {
  const key = ACTIONS[action] ?? SECTIONS[action.split(".")[0]];
  return key ? say(key, { what }) : `${action} ${what}`;
}
