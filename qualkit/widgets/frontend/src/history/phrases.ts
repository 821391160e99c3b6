// What was done, in words: the name of an action becomes a phrase; one that is not known shows its name.
import type { HistoryKey, SayHistory } from "./messages.ts";

const PHRASES: Record<string, HistoryKey> = {
  "project.create": "didCreate",
  "project.set_waves": "didSetWaves",
  "codings.add": "didAddCoding",
  "codings.remove": "didRemoveCoding",
  "codings.set_memo": "didCodingMemo",
  "codings.update": "didUpdateCoding",
  "codings.place": "didPlaceCoding",
  "codes.add": "didAddCode",
  "codes.update": "didUpdateCode",
  "codes.remove": "didRemoveCode",
  "codebook.load": "didLoadCodebook",
  "links.add": "didAddLink",
  "links.remove": "didRemoveLink",
  "dictionary.add": "didAddDictionary",
  "dictionary.remove": "didRemoveDictionary",
  "dictionary.load": "didLoadDictionary",
  "memos.add": "didAddMemo",
  "memos.update": "didUpdateMemo",
  "memos.remove": "didRemoveMemo",
  "sources.add": "didAddSource",
  "sources.update": "didUpdateSource",
  "sources.remove": "didRemoveSource",
  "sources.correct": "didCorrectSource",
  "import.file": "didImportFile",
  "observations.add_record": "didAddObservations",
  "observations.add_table": "didAddObservations",
  "responses.add_table": "didAddResponses",
  "scales.add": "didAddScale",
  "surveys.add": "didAddSurvey",
  "surveys.remove": "didRemoveSurvey",
  "cases.add": "didAddCase",
  "cases.update": "didUpdateCase",
  "cases.remove": "didRemoveCase",
  "cases.import_table": "didImportCases",
  "cases.relate": "didRelate",
  "cases.import_relations": "didRelate",
  "cases.set_speaker": "didSetSpeaker",
  "cases.set_attribute_type": "didSetAttribute",
  "consents.set": "didSetConsent",
  "consents.import_table": "didImportConsents",
  "sessions.add": "didAddSession",
  "sessions.import_table": "didImportSessions",
  "sessions.set_attendance": "didSetAttendance",
  "sessions.import_attendance": "didSetAttendance",
  "absences.add": "didAddAbsence",
  "absences.remove": "didRemoveAbsence",
};

/** The phrase of an action; `of` is the action that an undo or redo was about. */
export function phrase(action: string, of: string | null, say: SayHistory): string {
  if (of !== null) return say(action === "undo" ? "didUndo" : "didRedo", { what: phrase(of, null, say) });
  return Object.hasOwn(PHRASES, action) ? say(PHRASES[action]) : action;
}
