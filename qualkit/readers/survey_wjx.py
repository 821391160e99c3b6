"""Read the export of 问卷星: answers as words or as numbers, with who answered when in the first columns."""

from __future__ import annotations

from collections.abc import Sequence

from qualkit.readers.survey_headings import read_headings
from qualkit.readers.survey_model import Survey
from qualkit.readers.survey_rows import Layout, Wanted, survey_of_rows
from qualkit.readers.table import Rows

_OWN = ("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP")
_FEWEST_OWN = 3
_IDENTIFYING = {"来源详情": "who sent it", "来自IP": "a network address"}
_OTHERS = {"来源": "channel", "总分": "total"}
_WORDS = ("(跳过)", "（跳过）", "(空)", "（空）")


def is_wjx(header: Sequence[str]) -> bool:
    """Whether a table has the first columns of 问卷星.

    >>> is_wjx(["序号", "提交答卷时间", "所用时间", "1、性别"]), is_wjx(["序号", "性别"])
    (True, False)
    """
    return sum(name in _OWN for name in header) >= _FEWEST_OWN


def read_wjx(rows: Rows, wanted: Wanted, *, encoding: str) -> Survey:
    """The survey in an export of 问卷星."""
    places = {name: place for place, name in enumerate(rows.header)}
    layout = Layout(
        format="wjx",
        respondent=places.get("序号"),
        submitted_at=places.get("提交答卷时间"),
        seconds=places.get("所用时间"),
        others={column: places[name] for name, column in _OTHERS.items() if name in places},
        identifying={places[name]: reason for name, reason in _IDENTIFYING.items() if name in places},
        notes=[_manner(rows), encoding],
    )
    return survey_of_rows(rows, read_headings(rows.header), layout, wanted)


def _manner(rows: Rows) -> str:
    # Words or numbers? The signs for what was skipped or left empty tell, else most of the answers.
    cells = [cell for row in rows.rows for cell, name in zip(row.cells, rows.header, strict=True) if name not in _OWN]
    if any(cell in _WORDS for cell in cells):
        return "answers as words"
    n_numbers = sum(cell.lstrip("-").isdigit() for cell in cells)
    return "answers as numbers" if 2 * n_numbers > sum(map(bool, cells)) else "answers as words"
