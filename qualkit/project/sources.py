"""The sources of a project: immutable texts and what they are about."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, bindparam, select

from qualkit.checks import require_choice
from qualkit.errors import ProjectError
from qualkit.language import count_characters
from qualkit.model import MOST_CHARACTERS, SOURCE_KINDS, Mark, Source, Turn
from qualkit.position_map import PositionMap
from qualkit.project.cases import add_case
from qualkit.project.corrected_turns import correct_turns
from qualkit.project.frames import to_frame
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_session_id, find_source, present
from qualkit.project.memos import write_notes
from qualkit.project.references import require_unused
from qualkit.project.schema import cases, imports, sessions, sources, speakers, texts
from qualkit.project.section import Section
from qualkit.project.settings import read_settings, require_wave
from qualkit.project.texts import read_marks, read_text, read_turns, require_text, write_text
from qualkit.project.values import to_iso_date, to_text
from qualkit.project.version_tables import CARRIED_COLUMNS, preview_table, review_table, version_table
from qualkit.project.versions import find_version, replace_text, require_seen
from qualkit.readers.speakers import find_turns

_COLUMNS = {
    **dict.fromkeys(("source_id", "name", "kind", "case", "wave"), "text"),
    "session": "integer or missing",
    **dict.fromkeys(("date", "language"), "text"),
    "n_characters": "integer",
    "n_turns": "integer",
    "sha256": "text",
}

_CHANGEABLE = ("name", "kind", "case", "wave", "session", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom a source is about, when and where it was recorded."""

    case: str | None = None
    wave: str | None = None
    session: str | int | None = None
    date: Any = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource(Source):
    """A source as the project holds it."""

    source_id: str
    text_id: str
    version: int = 1
    case: str | None = None
    wave: str | None = None
    session: int | None = None
    date: str | None = None
    language: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)


class Sources(Section):
    """The sources of a project: ``project.sources``."""

    def add_text(
        self,
        name: str,
        text: str,
        *,
        kind: str,
        case: str | None = None,
        wave: str | None = None,
        session: str | int | None = None,
        date: Any = None,
        language: str | None = None,
        turns: Sequence[Turn] | None = None,
        marks: Sequence[Mark] = (),
        meta: Mapping[str, str] | None = None,
        sha256: str | None = None,
        op_id: str | None = None,
    ) -> str:
        """Add a text; its id.

        The text is kept exactly as given. Without ``turns``, speakers, turns and marks are looked for
        in it. A ``case`` that is not there yet is made.
        """
        if turns is None:
            is_readable = isinstance(text, str) and len(text) <= MOST_CHARACTERS
            turns, found = find_turns(text) if is_readable else ((), ())
            marks = marks or found
        source = Source(
            name=name,
            text=text,
            kind=kind,
            turns=tuple(turns),
            marks=tuple(marks),
            meta=meta or {},
            sha256=sha256 or "",
        )
        return self.add(source, case=case, wave=wave, session=session, date=date, language=language, op_id=op_id)

    def add(
        self,
        source: Source,
        *,
        case: str | None = None,
        wave: str | None = None,
        session: str | int | None = None,
        date: Any = None,
        language: str | None = None,
        op_id: str | None = None,
    ) -> str:
        """Add a source read by ``qk.read_sources``; its id."""
        about = About(case=case, wave=wave, session=session, date=date, language=language)

        def work(action: Action) -> str:
            action.summary = source.name
            require_free(action.connection, source.name)
            return add_source(action, source, about)

        return self._journal.run("sources.add", work, op_id=op_id)

    def get(self, source: str, *, version: int | None = None) -> StoredSource:
        """A source with its text, turns and marks, by id or name; the text as it is, or an earlier version of it."""
        with self._database.read() as connection:
            row = find_source(connection, source)
            if version is not None:
                row = {**row, "text_id": find_version(connection, row, version).text_id}
            return read_source(connection, row)

    def text_id(self, source: str) -> str:
        """Id of the text that a source has now; another one after each correction."""
        with self._database.read() as connection:
            return find_source(connection, source)["text_id"]

    def correct(self, source: str, text: str, *, text_id: str | None = None, op_id: str | None = None) -> pd.DataFrame:
        """Put a corrected text in the place of the earlier one; codings move with their words.

        The earlier version is kept, and undo brings it back. Turns and marks are looked for again; speakers
        keep their cases. The same text changes nothing.

        Parameters
        ----------
        source : str
            Id or name.
        text : str
            The whole corrected text.
        text_id : str, optional
            The text one has seen (``project.sources.get(source).text_id``): the correction is refused when
            somebody else has corrected it since, so that nobody's work is overwritten.

        Returns
        -------
        DataFrame
            The codings a person should look at: ``changed`` ones moved to words that are not quite the earlier
            ones, ``unplaced`` ones found no certain place and wait in ``project.codings.unplaced()``.
            Columns as in ``preview``.
        """

        def work(action: Action) -> list[str] | None:
            row = find_source(action.connection, source)
            require_seen(row, text_id)
            require_text(text, row["name"])
            old = read_source(action.connection, row)
            action.summary = row["name"]
            if text == old.text:
                return None
            turns, marks = correct_turns(old, text, PositionMap.between(old.text, text))
            corrected = replace(old, text=text, turns=tuple(turns), marks=tuple(marks))
            return list(replace_text(action, row, corrected).unplaced)

        unplaced = self._journal.run("sources.correct", work, op_id=op_id)
        with self._database.read() as connection:
            row = find_source(connection, source)
            return to_frame([], CARRIED_COLUMNS) if unplaced is None else review_table(connection, row, unplaced)

    def preview(self, source: str, text: str) -> pd.DataFrame:
        """One row per coding: what would become of it if the text were corrected to ``text``; nothing is changed.

        Returns
        -------
        DataFrame
            ``outcome`` is ``moved`` (the same words), ``changed`` (the words were corrected) or ``unplaced``.
            ``version``, ``old_start``, ``old_end``, ``old_text``, ``old_before`` and ``old_after`` tell the place
            the coding has; ``start``, ``end``, ``text``, ``before`` and ``after`` the new one. For an
            ``unplaced`` coding they are where its very words stand once in the new text, as a proposal; else
            ``before`` and ``after`` are what stands around the place now.
        """
        with self._database.read() as connection:
            row = find_source(connection, source)
            require_text(text, row["name"])
            return preview_table(connection, row, text)

    def versions(self, source: str) -> pd.DataFrame:
        """One row per version of a text, oldest first: who made it when, and what became of the codings.

        ``n_moved`` and ``n_changed`` codings came to the version with it; ``n_unplaced`` still lie on the
        version before.
        """
        with self._database.read() as connection:
            return version_table(connection, find_source(connection, source))

    def remove(self, source: str, *, op_id: str | None = None) -> None:
        """Mark a source as removed; refused while codings hang on it."""

        def work(action: Action) -> None:
            row = find_source(action.connection, source)
            action.summary = row["name"]
            remove_source(action, row["source_id"], what=f"The source {row['name']!r}")

        self._journal.run("sources.remove", work, op_id=op_id)

    def update(self, source: str, *, op_id: str | None = None, **values: Any) -> None:
        """Change what is said of a source: ``name``, ``kind``, ``case``, ``wave``, ``session`` or ``date``.

        ``None`` takes a value away. The text and its codings stay as they are; a ``case`` that is not
        there yet is made.
        """

        def work(action: Action) -> None:
            row = find_source(action.connection, source)
            action.summary = f"{row['name']}: {', '.join(values)}"
            update_source(action, row, values)

        self._journal.run("sources.update", work, op_id=op_id)

    def table(self, *, include_withdrawn: bool = False) -> pd.DataFrame:
        """One row per source, in the order they were added; those about people who withdrew are left out."""
        columns = [_NAMES[name] if name in _NAMES else sources.c[name] for name in _COLUMNS]
        statement = (
            select(*columns)
            .select_from(sources)
            .outerjoin(cases, sources.c.case_id == cases.c.case_id)
            .outerjoin(sessions, sources.c.session_id == sessions.c.session_id)
            .where(present(sources))
            .order_by(sources.c.source_id)
        )
        return self._outward(statement, _COLUMNS, include_withdrawn)


_NAMES = {"case": cases.c.case, "session": sessions.c.session}


# Made once: an import asks for every file.
_NAMED = select(sources.c.source_id).where(sources.c.name == bindparam("name"), present(sources))
_CASE = select(cases.c.case_id).where(
    (cases.c.case == bindparam("case")) | (cases.c.case_id == bindparam("case")), present(cases)
)


def add_source(action: Action, source: Source, about: About) -> str:
    """Store a source with its text, under a name that is free; its id."""
    require_choice("kind", source.kind, SOURCE_KINDS)
    connection = action.connection
    name = to_text(source.name)
    if name is None:
        raise ProjectError("A source needs a name, such as 'pre/A3'.")
    require_wave(connection, about.wave)
    text_id = write_text(action, source.text, turn_list=source.turns, mark_list=source.marks, name=name)
    row: Row = {
        "source_id": action.new_id(),
        "name": name,
        "kind": source.kind,
        "case_id": None if about.case is None else _case_id(action, about.case),
        "wave": about.wave,
        "session_id": find_session_id(connection, about.session),
        "date": to_iso_date(about.date),
        "language": about.language or read_settings(connection)["language"],
        "text_id": text_id,
        "n_characters": count_characters(source.text, marks=source.marks),
        "n_turns": len(source.turns),
        "sha256": source.sha256 or hashlib.sha256(source.text.encode()).hexdigest(),
        "meta": {str(key): str(value) for key, value in source.meta.items()},
    }
    action.insert(sources, [row])
    write_notes(action, row["source_id"], source)
    return row["source_id"]


def update_source(action: Action, row: Row, values: Mapping[str, Any]) -> None:
    """Change what is said of a source, but not its text."""
    for name in values:
        require_choice("name of a value", name, _CHANGEABLE)
    connection = action.connection
    changed: Row = {name: values[name] for name in ("kind", "wave") if name in values}
    if "kind" in values:
        require_choice("kind", values["kind"], SOURCE_KINDS)
    if "wave" in values:
        require_wave(connection, values["wave"])
    if "name" in values:
        changed["name"] = to_text(values["name"])
        if changed["name"] is None:
            raise ProjectError(f"{row['name']!r}: the new name is empty. Give one, such as 'pre/A3'.")
        if changed["name"] != row["name"]:
            require_free(connection, changed["name"])
    if "case" in values:
        case = to_text(values["case"])
        changed["case_id"] = None if case is None else _case_id(action, case)
    if "session" in values:
        changed["session_id"] = find_session_id(connection, values["session"])
    if "date" in values:
        changed["date"] = to_iso_date(values["date"])
    action.update(sources, row["source_id"], **changed)


def remove_source(action: Action, source_id: str, *, what: str) -> None:
    """Mark a source and what is said of its speakers as removed, unless codings hang on it.

    That its file was imported is forgotten too, so that importing it again brings it back.
    """
    own = select(speakers.c.speaker_id).where(speakers.c.source_id == source_id, present(speakers))
    action.remove(speakers, action.connection.execute(own).scalars().all())
    require_unused(action.connection, sources, source_id, what=what)
    files = (
        select(imports.c.import_id)
        .join_from(imports, sources, imports.c.sha256 == sources.c.sha256)
        .where(sources.c.source_id == source_id, present(imports))
    )
    action.remove(imports, action.connection.execute(files).scalars().all())
    action.remove(sources, [source_id])


def read_source(connection: Connection, row: Mapping[str, Any]) -> StoredSource:
    """The whole source of a row of ``sources``."""
    case = connection.execute(select(cases.c.case).where(cases.c.case_id == row["case_id"])).scalar()
    session = connection.execute(select(sessions.c.session).where(sessions.c.session_id == row["session_id"])).scalar()
    return StoredSource(
        **{name: row[name] for name in ("source_id", "text_id", "name", "kind", "wave", "date", "language")},
        case=case,
        session=session,
        version=connection.execute(select(texts.c.version).where(texts.c.text_id == row["text_id"])).scalar() or 1,
        text=read_text(connection, row["text_id"]),
        turns=read_turns(connection, row["text_id"]),
        marks=read_marks(connection, row["text_id"]),
        meta=row["meta"],
        sha256=row["sha256"],
    )


def require_free(connection: Connection, name: str) -> None:
    """Raise ``ProjectError`` when a source has this name."""
    if connection.execute(_NAMED, {"name": name}).first():
        raise ProjectError(
            f"A source named {name!r} exists already and its text is not changed. "
            "Choose another name, or remove that one with project.sources.remove."
        )


def _case_id(action: Action, case: str) -> str:
    return action.connection.execute(_CASE, {"case": case}).scalar() or add_case(action, case, {})
