"""Read a questionnaire from a plain table with one row per person, headed in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from qualkit.readers.survey_cells import read_cells
from qualkit.readers.survey_headings import Heading, plain_question, read_headings
from qualkit.readers.survey_model import Survey
from qualkit.readers.survey_rows import Layout, Wanted, survey_of_rows
from qualkit.readers.table import Rows

_RESPONDENT = re.compile("序号|答卷编号|行号|no|nr|row|respondent(?:[ _]?id)?|response[ _]?id")
_SUBMITTED = re.compile(
    "提交(?:答卷)?时间|填写时间|完成时间|时间戳记?|timestamp|submitted(?:[ _]at)?|submit(?:ted)?[ _]?(?:date|time)"
    "|end[ _]?(?:date|time)|completed(?:[ _]at)?|recorded[ _]?date"
)
_SECONDS = re.compile(
    r"(?:所用时间|用时|答题时长|答题时间|作答时长|时长)(?:\(?秒\)?)?"
    r"|seconds|total ?seconds|time taken|duration(?: ?\(?in seconds\)?)?"
)
_ITEM = re.compile(r"(?:item|题|q|第)?[ _-]?([0-9]{1,4})题?")
_FEWEST_ITEMS = 3
_HIGHEST_ANSWER = 10
_ITEMS = "items"


def read_survey_table(rows: Rows, wanted: Wanted, *, encoding: str) -> Survey:
    """The survey in a plain table."""
    plain = [plain_question(unicodedata.normalize("NFKC", name)) for name in rows.header]

    def find(pattern: re.Pattern[str]) -> int | None:
        return next((place for place, name in enumerate(plain) if pattern.fullmatch(name)), None)

    layout = Layout(
        format="table",
        respondent=find(_RESPONDENT),
        submitted_at=find(_SUBMITTED),
        seconds=find(_SECONDS),
        notes=[encoding],
    )
    headings = read_headings(rows.header)
    has_items = find(_ITEM) is not None
    return survey_of_rows(rows, _with_items(rows, headings, plain) if has_items else headings, layout, wanted)


def _with_items(rows: Rows, headings: Sequence[Heading], plain: Sequence[str]) -> list[Heading]:
    # Columns headed 1, 2 … with answers in a common range are the items of one scale.
    numbers = {place: int(match[1]) for place, name in enumerate(plain) if (match := _ITEM.fullmatch(name))}
    highest = [_highest(rows, place) for place in numbers]
    is_scale = len(numbers) >= _FEWEST_ITEMS and all(one is not None and one <= _HIGHEST_ANSWER for one in highest)
    hint = "scale_item" if is_scale and len(set(numbers.values())) == len(numbers) else None
    return [
        one
        if place not in numbers
        else Heading(header=one.header, text=_ITEMS, part=str(numbers[place]), hint=hint)
        if hint
        else replace(one, number=numbers[place], text=one.header)
        for place, one in enumerate(headings)
    ]


def _highest(rows: Rows, place: int) -> float | None:
    cells = read_cells([row.cells[place] for row in rows.rows], is_wjx=False)
    values = cells.numbers()
    if values is None:
        return None if cells.answered else 0.0
    given = values[values == values]
    return float(given.max()) if (given >= 0).all() else None
