"""Read an observation record: the ratings of each member in each session, and the words beside them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import pandas as pd

from qualkit.errors import ReadError
from qualkit.model import Source
from qualkit.readers.content import Content
from qualkit.readers.files import read_bytes
from qualkit.readers.grid import Grid
from qualkit.readers.grids import grids_of
from qualkit.readers.observation_blocks import About, Block, about_name, find_blocks
from qualkit.readers.observation_columns import ROLES, role_of
from qualkit.readers.observation_items import Item, find_items, rate
from qualkit.readers.observation_rows import Entry, Line, read_blocks
from qualkit.readers.observation_text import language_of, write_source
from qualkit.readers.problems import Problems
from qualkit.readers.process_record import part_of
from qualkit.remarks import Remark

COLUMNS = ["session", "date", "case", "attended", "observer", "item", "value", "key_event"]

_MOST_CELLS = 400_000
_MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """What the worker or observer wrote about a session as a whole; ``name`` is that of its part, if any."""

    session: int
    text: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRecord:
    """A file of observations: ratings, one text per session, attendance, reflections.

    ``ratings`` is as ``read_observations`` gives it and may be empty; ``attendance`` has one row per session
    and case: ``session``, ``case``, ``attended``, ``note``. ``notes`` say how the file was understood.
    """

    file: str
    format: str
    ratings: pd.DataFrame
    sources: tuple[Source, ...]
    attendance: pd.DataFrame
    reflections: tuple[Reflection, ...]
    notes: tuple[str, ...]


def read_observations(path: str | Path) -> pd.DataFrame:
    """Read observation ratings from a ``.csv``, ``.xlsx``, ``.docx`` or ``.odt`` file, one row each.

    Columns are found by their Chinese or English names (节次, 日期, 组员编号, 出席, 观察员, 关键事件), also
    below titles and in headers of merged rows. Ratings are the columns whose header names a range, such as
    参与度(1-5), and those that hold numbers or √ and × alone. Members, sessions or observers may stand side by
    side instead of one below the other. Without a column 节次 the title, sheet or file must name it (第3节).

    Returns
    -------
    DataFrame
        One row is one rating: ``session`` (number), ``date``, ``case``, ``attended``,
        ``observer``, ``item`` (the header without the range), ``value`` (NaN when absent or not
        rated; a tick is 1), ``key_event``. Other columns of words are left out: they are in the texts
        that ``read_observation_record`` gives.

    Raises
    ------
    ReadError
        Naming all cells with a rating outside its range or for an absent member, and rows that stand there twice.
    """
    record = read_observation_record(path)
    if not record.sources:
        raise ReadError(f"{Path(path).name} has no rating: no row stands below its header. Check that it is saved.")
    if record.ratings.empty:
        raise ReadError(
            f"{Path(path).name} has no rating. Give the range in the header of each rating, such as 参与度(1-5)."
        )
    return record.ratings


def read_observation_source(path: str | Path, *, session: int | None = None) -> Source:
    """Read the words of an observation record as a text to code: one line and one turn per row.

    Parameters
    ----------
    path : str or Path
        As for ``read_observations``.
    session : int, optional
        Which session, where the file holds several.

    Returns
    -------
    Source
        Of the kind ``observation``. The speaker of a turn is the member the row is about, so that codings on
        it belong to that case; notes and reflections have none. ``meta`` names session, date, observers, columns.
    """
    sources = {int(source.meta["session"]): source for source in read_observation_record(path).sources}
    chosen = next(iter(sources), None) if session is None and len(sources) == 1 else session
    if chosen is None or chosen not in sources:
        known = ", ".join(map(str, sources))
        raise ReadError(f"{Path(path).name} holds the sessions {known}. Choose one of them with session=….")
    return sources[chosen]


def read_observation_record(path: str | Path) -> ObservationRecord:
    """Read all that an observation record holds; raises as ``read_observations`` does."""
    path = Path(path)
    content = Content(read_bytes(path), path.name)
    return make_record(grids_of(content), content)


def holds_record(path: str | Path) -> bool:
    """Whether a file has a table of members; a record in running text has none and is read as a source."""
    path = Path(path)
    content = Content(read_bytes(path), path.name)
    try:
        grids = grids_of(content)
        _require_few_cells(grids, path.name)
    except ReadError:
        return False
    try:
        return bool(find_blocks(grids, About()))
    except ReadError:
        # It has one, in which something is wrong.
        return True


def make_record(grids: Sequence[Grid], content: Content) -> ObservationRecord:
    """The record in the tables of a file."""
    stem = PurePath(content.name).stem
    _require_few_cells(grids, content.name)
    blocks = find_blocks(grids, about_name(stem, About()))
    if not blocks:
        raise _no_table(grids, content.name)
    problems, notes = Problems(content.name), _describe(grids, blocks)
    parts = read_blocks(blocks, problems, notes)
    entries = [part for part in parts if isinstance(part, Entry)]
    items = find_items(entries, notes)
    rated = [rate(entry, items, problems) for entry in entries]
    attended = _attended(entries, rated, has_ratings=bool(items), problems=problems)
    problems.refuse()
    return ObservationRecord(
        file=content.name,
        format=_format(content),
        ratings=_tabulate(entries, rated, attended),
        sources=tuple(_sources(content, stem, parts, attended, items, blocks, notes)),
        attendance=_attendance(entries, attended, notes),
        reflections=tuple(_reflections(parts)),
        notes=tuple(notes),
    )


def _require_few_cells(grids: Sequence[Grid], name: str) -> None:
    n_cells = sum(len(grid.rows) * grid.width for grid in grids)
    n_rows = sum(len(grid.rows) for grid in grids)
    if n_rows > _MOST_ROWS:
        raise ReadError(f"{name} has {n_rows:,} rows; records up to {_MOST_ROWS:,} are read. Split it by session.")
    if n_cells > _MOST_CELLS:
        raise ReadError(f"{name} has {n_cells:,} cells; records up to {_MOST_CELLS:,} are read. Split it by session.")


_Row = tuple[str, int, str]


def _row(entry: Entry) -> _Row:
    return entry.row, entry.session, entry.case


def _reflections(parts: Sequence[Entry | Line]) -> list[Reflection]:
    # A heading takes the lines below it with it.
    found: list[Reflection] = []
    is_open = False
    for part in parts:
        if isinstance(part, Entry) or part.is_title:
            is_open = False
            continue
        heading = part_of(part.text)
        if is_open and heading is None and found[-1].session == part.session:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{part.text}".strip())
            continue
        name, text = heading or ("", part.text)
        found.append(Reflection(session=part.session, text=text, name=name))
        is_open = heading is not None
    return found


def _attended(
    entries: Sequence[Entry], rated: Sequence[Mapping[str, float]], *, has_ratings: bool, problems: Problems
) -> dict[_Row, bool]:
    # By mark; without one, whoever was rated was there, and where nothing is rated, whoever is written about.
    is_rated: dict[_Row, bool] = {}
    for entry, values in zip(entries, rated, strict=True):
        any_value = any(not math.isnan(value) for value in values.values())
        is_rated[_row(entry)] = is_rated.get(_row(entry), False) or any_value
    attended: dict[_Row, bool] = {}
    for entry in entries:
        row = _row(entry)
        if entry.mark is False and is_rated[row]:
            message = "the member is marked absent and yet rated. Blank the ratings or correct the attendance."
            if f"{entry.row}: {message}" not in problems.lines:
                problems.lines.append(f"{entry.row}: {message}")
        has_words = bool(entry.remarks or any(one.text for one in entry.items)) and not entry.is_excused
        there = (is_rated[row] if has_ratings else has_words) if entry.mark is None else entry.mark
        attended[row] = attended.get(row, False) or there
    return attended


def _attendance(entries: Sequence[Entry], attended: Mapping[_Row, bool], notes: list[str]) -> pd.DataFrame:
    # One row per session and case: there, when any observer says so.
    found: dict[tuple[int, str], tuple[bool, str]] = {}
    for entry in entries:
        there = attended[_row(entry)]
        reason = entry.reason or ("" if there else entry.key_event)
        known = found.get((entry.session, entry.case))
        if known is not None and known[0] != there:
            notes.append(
                Remark(
                    f"session {entry.session}: observers differ on whether {entry.case} was there; taken as there",
                    f"第{entry.session}节：观察员对 {entry.case} 是否出席记录不一致，按出席处理",
                )
            )
        before = known or (False, "")
        found[entry.session, entry.case] = (there or before[0], reason or before[1])
    rows = [(session, case, there, note) for (session, case), (there, note) in found.items()]
    table = pd.DataFrame(rows, columns=["session", "case", "attended", "note"])
    return table.astype({"session": "int64", "case": "str", "attended": "bool", "note": "str"})


def _format(content: Content) -> str:
    return content.suffix.removeprefix(".") or "csv"


def _sources(
    content: Content,
    stem: str,
    parts: Sequence[Entry | Line],
    attended: Mapping[_Row, bool],
    items: Mapping[str, Item],
    blocks: Sequence[Block],
    notes: Sequence[str],
) -> list[Source]:
    sessions = list(dict.fromkeys(part.session for part in parts if isinstance(part, Entry)))
    headers = list(dict.fromkeys(one.header for block in blocks for one in block.layout.columns if one.header))
    sha256 = hashlib.sha256(content.data).hexdigest()
    sources = []
    for session in sessions:
        own = [part for part in parts if part.session == session]
        entries = [part for part in own if isinstance(part, Entry)]
        meta = {
            "session": str(session),
            "date": next((entry.date for entry in entries if entry.date), ""),
            "observers": ", ".join(dict.fromkeys(entry.observer for entry in entries if entry.observer)),
            "columns": ", ".join(headers),
            "format": _format(content),
            "recognised": "; ".join(notes) or "each column by its header",
        }
        sources.append(
            write_source(
                own,
                attended,
                items,
                name=stem if len(sessions) == 1 else f"{stem}/{session}",
                language=language_of(headers),
                meta={key: value for key, value in meta.items() if value},
                sha256=sha256,
            )
        )
    return sources


def _tabulate(
    entries: Sequence[Entry], rated: Sequence[Mapping[str, float]], attended: Mapping[_Row, bool]
) -> pd.DataFrame:
    rows = [
        (entry.session, entry.date, entry.case, attended[_row(entry)], entry.observer, item, value, entry.key_event)
        for entry, values in zip(entries, rated, strict=True)
        for item, value in values.items()
    ]
    types = {"session": "int64", "attended": "bool", "value": "float64"}
    return pd.DataFrame(rows, columns=COLUMNS).astype({name: types.get(name, "str") for name in COLUMNS})


def _describe(grids: Sequence[Grid], blocks: Sequence[Block]) -> list[str]:
    notes = []
    used = {id(one) for block in blocks for one in (block.layout.grid,)}
    for grid in grids:
        is_used = id(grid) in used or any(b.layout.grid.label == grid.label and b.layout.turned_rows for b in blocks)
        if grid.name and grid.rows and not is_used:
            columns = " / ".join(ROLES["case"][:2])
            notes.append(
                Remark(f"{grid.title}: no column {columns}, left out", f"{grid.title}：没有“{columns}”列，未读入")
            )
    for block in blocks:
        layout = block.layout
        if layout.turned_rows:
            notes.append(
                Remark(f"{layout.grid.title}: the members stand side by side", f"{layout.grid.title}：组员横向排列")
            )
        notes += (
            Remark(
                f"{layout.grid.title}: the column {one} says who somebody is: left out",
                f"{layout.grid.title}：“{one}”列会暴露身份，未读入",
            )
            for one in layout.left_out
        )
    return list(dict.fromkeys(notes))


def _no_table(grids: Sequence[Grid], name: str) -> ReadError:
    rows = [grid for grid in grids if grid.rows]
    if not rows:
        return ReadError(f"{name} has no table. Put the record into a table with the columns 节次 and 组员编号.")
    header = ", ".join(text for _, text in rows[0].filled(0))
    if any(role_of(text) == "session" for _, text in rows[0].filled(0)):
        names = " / ".join(ROLES["case"][:4])
        return ReadError(
            f"{name}: no column {names}. The header row has {header[:200]}; name the column {ROLES['case'][0]}."
        )
    return ReadError(
        f"{name}: no table with the column {' / '.join(ROLES['case'][:4])}. Its first row has {header[:200]}. "
        f"Name the column with the members {ROLES['case'][0]}."
    )
