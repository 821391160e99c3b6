"""The turns of all sources as one table, with the case who speaks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, case, func, select

from qualkit.project.frames import to_frame
from qualkit.project.lookups import find_source, present
from qualkit.project.schema import cases, sources, speakers, texts, turns
from qualkit.project.section import Section
from qualkit.project.withdrawn import without_withdrawn
from qualkit.readers.roles import guess_role

_COLUMNS = {
    "source_id": "text",
    "turn": "integer",
    "speaker": "text",
    "case": "text",
    "wave": "text",
    "kind": "text",
    "start": "integer",
    "end": "integer",
    "time_ms": "integer or missing",
    "n_characters": "integer",
}

_N_FIRST_WORDS = 30


class Turns(Section):
    """The turns of a project: ``project.turns``."""

    def table(self, source: str | None = None, *, include_withdrawn: bool = False) -> pd.DataFrame:
        """One row per turn, in the order of the sources and of the text; of one source or of all.

        People who withdrew are left out (see ``project.consents``).
        """
        with self._database.read() as connection:
            source_id = None if source is None else find_source(connection, source)["source_id"]
            table = read_turn_table(connection, source_id)
            if not include_withdrawn:
                table = without_withdrawn(connection, table)
            words: dict[str, str] = dict(connection.execute(_texts(source_id)).all())
        spans = zip(table["source_id"], table["start"], table["end"], strict=True)
        return table.assign(
            text=pd.Series(
                [words[source_id][start:end] for source_id, start, end in spans], dtype=table["speaker"].dtype
            )
        )

    def speakers(self) -> pd.DataFrame:
        """One row per source and label, in the order in which they first speak.

        ``n_turns`` and ``n_characters`` say how much, ``first_words`` what was said first, ``case`` which
        case that is, and ``role`` what the words of the label say of it (see ``guess_role``), or nothing.
        """
        with self._database.read() as connection:
            table = read_turn_table(connection, None)
            names = dict(connection.execute(select(sources.c.source_id, sources.c.name)).all())
            first_words = {
                (source_id, speaker): text for source_id, speaker, text in connection.execute(_first_words())
            }
        keys = ["source_id", "speaker", "case"]
        counted = table.groupby(keys, sort=False, dropna=False).agg(
            n_turns=("turn", "size"), n_characters=("n_characters", "sum")
        )
        counted = counted.reset_index()
        words = table["speaker"].dtype
        counted.insert(1, "source", counted["source_id"].map(names).astype(words))
        said_by = zip(counted["source_id"], counted["speaker"], strict=True)
        said = [_shorten(first_words.get((one, None if pd.isna(who) else who), "")) for one, who in said_by]
        roles = ["" if pd.isna(speaker) else guess_role(speaker) for speaker in counted["speaker"]]
        return counted.assign(first_words=pd.Series(said, dtype=words), role=pd.Series(roles, dtype=words))


def read_turn_table(connection: Connection, source_id: str | None) -> pd.DataFrame:
    """The turns without their words."""
    return to_frame(connection.execute(_turns_with_case(source_id)), _COLUMNS)


def find_turn_rows(table: pd.DataFrame, source_ids: pd.Series, starts: pd.Series, ends: pd.Series) -> np.ndarray:
    """Which row of the turn table each stretch ``[start, end)`` begins in; -1 outside of turns.

    A stretch that begins in the label before a turn counts to that turn. ``table`` has its turns in
    the order of the text; all stretches are placed at once by one binary search.
    """
    if table.empty or source_ids.empty:
        return np.full(len(source_ids), -1)
    numbers = pd.factorize(pd.concat([table["source_id"], source_ids]))[0]
    own, wanted = numbers[: len(table)], numbers[len(table) :]
    # One number line for all texts: each gets a stretch longer than the longest text.
    length = int(max(table["end"].max(), ends.max())) + 1
    order = np.argsort(own * length + table["start"].to_numpy(), kind="stable")
    line_ends = own[order] * length + table["end"].to_numpy()[order]
    place = np.searchsorted(line_ends, wanted * length + starts.to_numpy(), side="right")
    rows = order[np.minimum(place, len(table) - 1)]
    inside = (place < len(table)) & (own[rows] == wanted) & (table["start"].to_numpy()[rows] < ends.to_numpy())
    return np.where(inside, rows, -1)


def _turns_with_case(source_id: str | None) -> Select[Any]:
    here, everywhere, named, about = speakers.alias(), speakers.alias(), cases.alias(), cases.alias()
    # What is said of this source goes first, then what is said of all, then a label that is a case's code.
    speaking = case(
        (here.c.speaker_id.is_not(None), here.c.case_id),
        (everywhere.c.speaker_id.is_not(None), everywhere.c.case_id),
        (turns.c.speaker.is_(None), sources.c.case_id),
        else_=named.c.case_id,
    )
    statement = (
        select(
            sources.c.source_id, turns.c.turn, turns.c.speaker, about.c.case, sources.c.wave, sources.c.kind,
            turns.c.start, turns.c.end, turns.c.time_ms, turns.c.n_characters,
        )
        .select_from(sources)
        .join(turns, turns.c.text_id == sources.c.text_id)
        .outerjoin(
            here,
            (here.c.source_id == sources.c.source_id) & (here.c.speaker == turns.c.speaker) & present(here),
        )
        .outerjoin(
            everywhere,
            everywhere.c.source_id.is_(None) & (everywhere.c.speaker == turns.c.speaker) & present(everywhere),
        )
        .outerjoin(named, (named.c.case == turns.c.speaker) & present(named))
        .outerjoin(about, about.c.case_id == speaking)
        .where(present(sources))
        .order_by(sources.c.source_id, turns.c.turn)
    )  # fmt: skip
    return statement if source_id is None else statement.where(sources.c.source_id == source_id)


def _texts(source_id: str | None) -> Select[Any]:
    statement = select(sources.c.source_id, texts.c.text).join(texts, texts.c.text_id == sources.c.text_id)
    return statement.where(present(sources) if source_id is None else sources.c.source_id == source_id)


def _first_words() -> Select[Any]:
    # What each label says first, in turns that are not empty.
    first = (
        select(turns.c.text_id, func.min(turns.c.turn).label("turn"))
        .where(turns.c.end > turns.c.start)
        .group_by(turns.c.text_id, turns.c.speaker)
        .subquery()
    )
    long_enough = case(
        (turns.c.end - turns.c.start > _N_FIRST_WORDS + 1, _N_FIRST_WORDS + 1), else_=turns.c.end - turns.c.start
    )
    return (
        select(sources.c.source_id, turns.c.speaker, func.substr(texts.c.text, turns.c.start + 1, long_enough))
        .select_from(sources)
        .join(texts, texts.c.text_id == sources.c.text_id)
        .join(first, first.c.text_id == sources.c.text_id)
        .join(turns, (turns.c.text_id == first.c.text_id) & (turns.c.turn == first.c.turn))
        .where(present(sources))
    )


def _shorten(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _N_FIRST_WORDS else f"{flat[:_N_FIRST_WORDS]}…"
