"""Import the texts of a study and the codings on them."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from qualkit.errors import DataError, NotFoundError, ReadError
from qualkit.model import Source, Turn
from qualkit.positions import find_unique
from qualkit.project.codings import add_coding, make_coding
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_case, find_code, find_source, present
from qualkit.project.schema import codings, sources
from qualkit.project.sessions import write_session
from qualkit.project.settings import read_settings
from qualkit.project.sources import About, add_source, remove_source
from qualkit.project.study import Study
from qualkit.project.study_rows import Problems, read_numbered, was_imported
from qualkit.project.texts import read_text, read_turns
from qualkit.project.turns import read_turn_table
from qualkit.project.values import to_iso_date
from qualkit.readers import read_source
from qualkit.readers.cells import read_ordinal

_DATE_NAMES = ("日期", "时间", "访谈时间", "访谈日期", "date", "Date")
_PERSON_NAMES = ("访谈对象", "受访者", "组员编号")


def import_interview(action: Action, path: Path, study: Study) -> str:
    """Add an interview with a member; the folder is the wave, the file's name the case."""
    wave = path.parent.name if path.parent.name in read_settings(action.connection)["waves"] else None
    if wave is None:
        waves = ", ".join(f"interviews/{one}/" for one in study.waves)
        raise ReadError(f"{path.name} lies in {path.parent.name}/, which is no wave. Put it into {waves}.")
    return _import_source(action, path, kind="interview", about=About(case=path.stem, wave=wave))


def import_informant(action: Action, path: Path, study: Study) -> str:
    """Add an interview with a guardian or teacher; outside of a folder of a wave it is of the last one."""
    waves = read_settings(action.connection)["waves"]
    wave = path.parent.name if path.parent.name in waves else study.waves[-1]
    return _import_source(action, path, kind="interview", about=About(case=path.stem, wave=wave))


def import_session_record(action: Action, path: Path, study: Study) -> str:
    """Add the record of a group session; the number in the file's name is the session."""
    session = _session_of(path)
    if not was_imported(action.connection, "sessions"):
        write_session(action, session, {})
    return _import_source(action, path, kind="session_record", about=About(session=session))


def import_codings(action: Action, path: Path, study: Study) -> str:
    """Add the codings of one coder; each quote must stand once in its source, inside one turn."""
    rows = read_numbered(path, required=["source", "quote", "code"])
    known = _known_codings(action.connection, coder=path.stem)
    problems = Problems(path)
    read: dict[str, _Read] = {}
    n_new = 0
    for number, row in rows:
        with problems.at(number):
            made = _place_coding(action, row, _read_once(action.connection, row["source"], read), coder=path.stem)
            place = _place_of(made)
            if place not in known:
                known.add(place)
                add_coding(action, made, memo=row.get("memo"))
                n_new += 1
    problems.refuse()
    return f"{n_new} codings" + (f", {len(rows) - n_new} already there" if n_new < len(rows) else "")


def _session_of(path: Path) -> int:
    number = re.search(r"\d+", path.stem)
    if number is not None:
        return int(number[0])
    name = re.search("第[一二三四五六七八九十]+[节次]", path.stem)
    return read_ordinal(name[0] if name else path.stem, path.name)


def _import_source(action: Action, path: Path, *, kind: str, about: About) -> str:
    connection = action.connection
    name = f"session/{about.session}" if kind == "session_record" else f"{about.wave}/{about.case}"
    source = read_source(path, name=name, kind=kind)
    source = dataclasses.replace(source, meta={**source.meta, "file": path.name})
    if about.case is not None and was_imported(connection, "participants"):
        _require_participant(connection, about.case, path)
    notes = _make_room(action, path, source)
    about, odd = _with_date(about, source)
    source_id = add_source(action, source, about)
    odd += _odd_person(source, about) + _odd_speakers(connection, source_id)
    return "; ".join([f"{name}: {len(source.turns)} turns", *notes, *odd])


def _require_participant(connection: Connection, case: str, path: Path) -> None:
    try:
        find_case(connection, case)
    except NotFoundError as error:
        raise ReadError(
            f"{path.name}: {case!r} is not in participants.csv. Add the person there, or correct the name of the file."
        ) from error


def _make_room(action: Action, path: Path, source: Source) -> list[str]:
    # A text is never changed. When nothing hangs on the earlier one yet, the new one takes its place.
    statement = select(sources).where(sources.c.name == source.name, present(sources))
    row = action.connection.execute(statement).mappings().one_or_none()
    if row is None:
        return []
    if row["meta"].get("file") != path.name:
        origin = row["meta"].get("file", "something else")
        raise ReadError(f"{path.name}: {source.name!r} was made from {origin} already. Rename or remove one of them.")
    remove_source(action, row["source_id"], what=f"{path.name} has changed since it was imported, but the earlier text")
    return ["takes the place of the earlier text"]


def _with_date(about: About, source: Source) -> tuple[About, list[str]]:
    date = next((source.meta[one] for one in _DATE_NAMES if source.meta.get(one)), None)
    try:
        return dataclasses.replace(about, date=to_iso_date(date)), []
    except DataError as error:
        return about, [f"no date: {error}"]


def _odd_person(source: Source, about: About) -> list[str]:
    named = next((source.meta[one] for one in _PERSON_NAMES if source.meta.get(one)), None)
    if named is None or about.case is None or about.case in re.findall(r"[A-Za-z]+\d+|\w+", named):
        return []
    return [f"the text says it is about {named!r}"]


def _odd_speakers(connection: Connection, source_id: str) -> list[str]:
    table = read_turn_table(connection, source_id)
    unmapped = table.loc[table["case"].isna() & table["speaker"].notna(), "speaker"].unique()
    return [f"no case for the speaker {', '.join(unmapped)}"] if len(unmapped) else []


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    # A source whose text and turns were read once for all codings on it.
    row: Row
    text: str
    turns: tuple[Turn, ...]


def _read_once(connection: Connection, name: str, read: dict[str, _Read]) -> _Read:
    if name not in read:
        row = find_source(connection, name)
        text_id = row["text_id"]
        read[name] = _Read(row=row, text=read_text(connection, text_id), turns=read_turns(connection, text_id))
    return read[name]


def _place_coding(action: Action, row: Mapping[str, Any], source: _Read, *, coder: str) -> Row:
    find_code(action.connection, row["code"])
    name, quote = source.row["name"], row["quote"]
    start, end = _find_quote(source.text, quote, name)
    place = bisect_right(source.turns, start, key=lambda turn: turn.start) - 1
    if source.turns and (place < 0 or end > source.turns[place].end):
        raise ReadError(f"the quote {quote[:20]!r} does not lie inside one turn of {name!r}. Shorten it.")
    made = make_coding(action, source.row, start, end, row["code"], coder=coder, text=source.text)
    return {**made, "weight": None, "origin": "import", "status": "accepted"}


def _find_quote(text: str, quote: str, name: str) -> tuple[int, int]:
    start = find_unique(text, quote)
    if start is not None:
        return start, start + len(quote)
    if quote and quote in text:
        raise ReadError(f"the quote {quote[:20]!r} is in {name!r} more than once. Make it longer.")
    raise ReadError(f"the quote {quote[:20]!r} is not in {name!r}. Copy it from the text.")


def _known_codings(connection: Connection, *, coder: str) -> set[tuple[Any, ...]]:
    statement = select(codings).where(codings.c.coder == coder, present(codings))
    return {_place_of(row) for row in connection.execute(statement).mappings()}


def _place_of(row: Mapping[str, Any] | RowMapping) -> tuple[Any, ...]:
    return row["source_id"], row["start"], row["end"], row["code_id"]
