"""The codings of the documents a coding widget has open: what was told to the browser, and what differs since."""

from __future__ import annotations

from typing import Any

import pandas as pd

Coding = dict[str, Any]
FIELDS = {"id": "coding_id", "start": "start", "end": "end", "code": "code", "coder": "coder", "memo": "memo"}


def to_codings(table: pd.DataFrame) -> dict[str, Coding]:
    """The accepted codings of a table, as the browser needs them, by id."""
    accepted = table[table["status"] == "accepted"]
    columns = [accepted[column].fillna("").tolist() for column in FIELDS.values()]
    return {values[0]: dict(zip(FIELDS, values, strict=True)) for values in zip(*columns, strict=True)}


class KnownCodings:
    """What the browser was last told about one document."""

    def __init__(self, codings: dict[str, Coding]) -> None:
        self.codings = codings

    def put(self, coding: Coding) -> dict[str, Any]:
        """One coding is new or changed."""
        self.codings[coding["id"]] = coding
        return {"upserts": [coding], "removed": []}

    def drop(self, coding_id: str) -> dict[str, Any]:
        """One coding is gone."""
        self.codings.pop(coding_id, None)
        return {"upserts": [], "removed": [coding_id]}

    def replace(self, codings: dict[str, Coding]) -> dict[str, Any]:
        """Another state of the whole document; only what differs is told."""
        upserts = [coding for coding_id, coding in codings.items() if self.codings.get(coding_id) != coding]
        removed = [coding_id for coding_id in self.codings if coding_id not in codings]
        self.codings = codings
        return {"upserts": upserts, "removed": removed}
