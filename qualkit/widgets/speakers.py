"""The speakers of a study in a table: which label belongs to which case, corrected with a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualkit.widgets.channel import Answer, ChannelWidget, Message, MessageError, browser_side, text_in
from qualkit.widgets.document_tables import speaker_rows

if TYPE_CHECKING:
    from qualkit.project import Project


class SpeakersWidget(ChannelWidget):
    """Show every speaker's label with its turns, characters and first words, and let the user say who it is.

    Parameters
    ----------
    project : Project
    language : {"zh", "en"}
    """

    _esm = browser_side("speakers")

    def __init__(self, project: Project, *, language: str = "zh") -> None:
        self._speakers = Speakers(project)
        super().__init__(language=language)
        self._handlers = {"hello": self._speakers.tell, "set": self._speakers.set}


class Speakers:
    """Answers who speaks in the documents, and who that is; alone in a widget or in the workbench."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def tell(self, _message: Message) -> Answer:
        """All labels of all documents, and the cases they may belong to."""
        return {"ok": True, **self._state()}, []

    def set(self, message: Message) -> Answer:
        """Say who speaks under a label of a document."""
        source, label, op_id = (text_in(message, name) for name in ("source", "label", "op_id"))
        case = message.get("case")
        if case is not None and not isinstance(case, str):
            raise MessageError("VALIDATION", "case should be the code of a case or nothing.")
        self._project.cases.set_speaker(source, label, case, op_id=op_id)
        return {"ok": True, "saved": True}, []

    def _state(self) -> dict[str, Any]:
        speakers = speaker_rows(self._project.turns.speakers())
        return {"speakers": speakers, "cases": self._project.cases.table(include_withdrawn=True)["case"].tolist()}
