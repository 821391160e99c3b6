"""What became of codings when their text was corrected, as tables for a person to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.language import count_characters
from qualkit.position_map import PositionMap
from qualkit.positions import find_unique
from qualkit.project.frames import to_frame
from qualkit.project.journal import Row, fetch_rows
from qualkit.project.lookups import present
from qualkit.project.schema import codes, codings, events, texts
from qualkit.project.texts import quote_at, read_marks, read_text
from qualkit.project.versions import Version, carry_codings, read_versions

#: How much of the text around its old place is shown for a coding without a new one.
NEARBY = 60

CARRIED_COLUMNS = {
    **dict.fromkeys(("coding_id", "source_id", "source", "code", "coder", "outcome"), "text"),
    "version": "integer",
    "old_start": "integer",
    "old_end": "integer",
    **dict.fromkeys(("old_text", "old_before", "old_after"), "text"),
    "start": "integer or missing",
    "end": "integer or missing",
    **dict.fromkeys(("text", "before", "after"), "text"),
}
VERSION_COLUMNS = {
    "version": "integer",
    "event_id": "integer",
    "at": "text",
    "coder": "text",
    **dict.fromkeys(("n_characters", "n_moved", "n_changed", "n_unplaced"), "integer"),
}
_PLACE = ("start", "end", "quote", "before", "after")


def preview_table(connection: Connection, source: Row, text: str) -> pd.DataFrame:
    """One row per coding of a source: what would become of it in a new ``text``."""
    rows = []
    maps: dict[str, PositionMap] = {}
    tell = _Teller(connection, source, text, maps)
    for coding, place in carry_codings(connection, source, text, maps):
        if place.start is None or place.end is None:
            rows.append(tell.unplaced(coding))
        else:
            rows.append(tell.carried(coding, quote_at(text, place.start, place.end), outcome=place.outcome))
    return to_frame(rows, CARRIED_COLUMNS)


def review_table(connection: Connection, source: Row, unplaced: Sequence[str]) -> pd.DataFrame:
    """The codings whose words the last correction of a source changed, and those that it left without a place."""
    tell = _Teller(connection, source, read_text(connection, source["text_id"]))
    versions = read_versions(connection, source["text_id"])
    rows = list(_changed_rows(connection, tell, versions[-1:]))
    left = fetch_rows(connection, codings, unplaced)
    rows += [tell.unplaced(left[coding_id]) for coding_id in unplaced]
    return to_frame(rows, CARRIED_COLUMNS)


def changed_table(connection: Connection, wanted: Sequence[Row]) -> pd.DataFrame:
    """One row per coding and correction that changed its words, of some sources, in the order of the versions."""
    rows: list[tuple[Any, ...]] = []
    for source in wanted:
        versions = read_versions(connection, source["text_id"])
        if len(versions) > 1:
            rows += _changed_rows(connection, _Teller(connection, source, ""), versions)
    return to_frame(rows, CARRIED_COLUMNS)


def unplaced_table(connection: Connection, wanted: Sequence[Row]) -> pd.DataFrame:
    """One row per coding, of some sources, that still lies on an earlier version of its text."""
    rows = []
    for source in wanted:
        left = select(codings).where(
            codings.c.source_id == source["source_id"], codings.c.text_id != source["text_id"], present(codings)
        )
        found = connection.execute(left.order_by(codings.c.start, codings.c.end, codings.c.coding_id)).mappings().all()
        if found:
            tell = _Teller(connection, source, read_text(connection, source["text_id"]))
            rows += [tell.unplaced(dict(coding)) for coding in found]
    return to_frame(rows, CARRIED_COLUMNS)


def version_table(connection: Connection, source: Row) -> pd.DataFrame:
    """One row per version of the text of a source, oldest first."""
    rows = []
    before = None
    for version in read_versions(connection, source["text_id"]):
        event = connection.execute(
            select(events.c.at, events.c.coder).where(events.c.event_id == version.event_id)
        ).one()
        marks = read_marks(connection, version.text_id)
        n_characters = count_characters(read_text(connection, version.text_id), marks=marks)
        kept = [old["quote"] == new["quote"] for old, new in _carried_by(connection, version)]
        left = select(codings.c.coding_id).where(
            codings.c.source_id == source["source_id"], codings.c.text_id == before, present(codings)
        )
        n_left = len(connection.execute(left).all())
        counts = (n_characters, sum(kept), len(kept) - sum(kept), n_left)
        rows.append((version.version, version.event_id, event.at, event.coder, *counts))
        before = version.text_id
    return to_frame(rows, VERSION_COLUMNS)


def _changed_rows(connection: Connection, tell: _Teller, versions: Sequence[Version]) -> Iterator[tuple[Any, ...]]:
    for version in versions:
        changed = [(old, new) for old, new in _carried_by(connection, version) if old["quote"] != new["quote"]]
        for old, new in sorted(changed, key=lambda pair: (pair[1]["start"], pair[1]["end"], pair[1]["coding_id"])):
            yield tell.carried(old, new, outcome="changed")


def _carried_by(connection: Connection, version: Version) -> list[tuple[Row, Row]]:
    # The codings that the event took to this version, before and after; the journal keeps both.
    changes = connection.execute(select(events.c.changes).where(events.c.event_id == version.event_id)).scalar() or []
    return [
        (change["before"], change["after"])
        for change in changes
        if change["table"] == codings.name
        and change["before"] is not None
        and change["after"]["text_id"] == version.text_id != change["before"]["text_id"]
    ]


class _Teller:
    # Writes the rows about the codings of one source.
    def __init__(
        self, connection: Connection, source: Row, text: str, maps: Mapping[str, PositionMap] | None = None
    ) -> None:
        self._connection = connection
        self._source = source
        self._text = text
        self._maps: Mapping[str, PositionMap] = {} if maps is None else maps
        self._codes: dict[str, str] = {}
        self._versions: dict[str, int] = {}

    def carried(self, old: Mapping[str, Any], new: Mapping[str, Any], *, outcome: str) -> tuple[Any, ...]:
        return (*self._about(old), outcome, self._version(old["text_id"]), *_place(old), *_place(new))

    def unplaced(self, coding: Mapping[str, Any]) -> tuple[Any, ...]:
        start = find_unique(self._text, coding["quote"])
        if start is not None:
            return self.carried(coding, quote_at(self._text, start, start + len(coding["quote"])), outcome="unplaced")
        place = self._nearest(coding)
        around = (self._text[max(0, place - NEARBY) : place], self._text[place : place + NEARBY])
        nowhere = {"start": None, "end": None, "quote": None, "before": around[0], "after": around[1]}
        return self.carried(coding, nowhere, outcome="unplaced")

    def _nearest(self, coding: Mapping[str, Any]) -> int:
        # By the map to this very text, else along the maps of all corrections since.
        if coding["text_id"] in self._maps:
            return self._maps[coding["text_id"]].nearest(coding["start"])
        place, is_later = coding["start"], False
        for version in read_versions(self._connection, self._source["text_id"]):
            if is_later:
                stored = select(texts.c.position_map).where(texts.c.text_id == version.text_id)
                place = PositionMap.from_json(self._connection.execute(stored).scalar_one()).nearest(place)
            is_later = is_later or version.text_id == coding["text_id"]
        return min(place, len(self._text))

    def _about(self, coding: Mapping[str, Any]) -> tuple[str, ...]:
        code_id = coding["code_id"]
        if code_id not in self._codes:
            code = select(codes.c.code).where(codes.c.code_id == code_id)
            self._codes[code_id] = self._connection.execute(code).scalar_one()
        return (
            coding["coding_id"],
            self._source["source_id"],
            self._source["name"],
            self._codes[code_id],
            coding["coder"],
        )

    def _version(self, text_id: str) -> int:
        if text_id not in self._versions:
            version = select(texts.c.version).where(texts.c.text_id == text_id)
            self._versions[text_id] = self._connection.execute(version).scalar_one()
        return self._versions[text_id]


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _PLACE)
