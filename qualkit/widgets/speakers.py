"""The speakers of a study in a table: which label belongs to which case, corrected with a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from qualkit.widgets.channel import Answer, ChannelWidget, Message, MessageError, browser_side, text_in

if TYPE_CHECKING:
    from qualkit.project import Project

FIRST_WORDS = 60


class SpeakersWidget(ChannelWidget):
    """Show every speaker's label with its turns, characters and first words, and let the user say who it is.

    Parameters
    ----------
    project : Project
    language : {"zh", "en"}
    """

    _esm = browser_side("speakers")

    def __init__(self, project: Project, *, language: str = "zh") -> None:
        self._project = project
        super().__init__(language=language)
        self._handlers = {"hello": self._hello, "set": self._set}

    def _hello(self, _message: Message) -> Answer:
        return {"ok": True, "state": self._state()}, []

    def _set(self, message: Message) -> Answer:
        source, label, op_id = (text_in(message, name) for name in ("source", "label", "op_id"))
        case = message.get("case")
        if case is not None and not isinstance(case, str):
            raise MessageError("VALIDATION", "case should be the code of a case or nothing.")
        self._project.cases.set_speaker(source, label, case, op_id=op_id)
        return {"ok": True, "saved": True, "state": self._state()}, []

    def _state(self) -> dict[str, Any]:
        names = self._project.sources.table().set_index("source_id")["name"]
        speakers = [
            {**row, "name": names[row["source"]], "case": None if pd.isna(row["case"]) else row["case"]}
            for row in speaker_table(self._project.turns.table()).to_dict("records")
        ]
        return {"speakers": speakers, "cases": self._project.cases.table()["case"].tolist()}


def speaker_table(turns: pd.DataFrame) -> pd.DataFrame:
    """One row per source and label: ``source, label, case, turns, characters, first``.

    >>> turns = pd.DataFrame({"source_id": "s1", "speaker": ["社工", "A3", "社工"], "case": [None, "A3", None],
    ...     "n_characters": [3, 4, 2], "text": ["下课呢？", "自己待着。", "嗯。"]})
    >>> speaker_table(turns)[["label", "turns", "characters", "first"]]
      label  turns  characters  first
    0    社工      2           5   下课呢？
    1    A3      1           4  自己待着。
    """
    labelled = turns[turns["speaker"].notna()]
    table = labelled.groupby(["source_id", "speaker"], sort=False).agg(
        case=("case", "first"),
        turns=("text", "size"),
        characters=("n_characters", "sum"),
        first=("text", lambda texts: texts.iloc[0][:FIRST_WORDS]),
    )
    return table.reset_index().rename(columns={"source_id": "source", "speaker": "label"})
