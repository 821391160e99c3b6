"""A table with one row per respondent becomes a survey, whichever program wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from qualkit.errors import ReadError
from qualkit.readers.survey_build import People, build_survey, unique_names
from qualkit.readers.survey_cells import Cells, read_cells
from qualkit.readers.survey_columns import Asked, make_columns
from qualkit.readers.survey_headings import Heading
from qualkit.readers.survey_leads import find_case_column, read_moment, read_seconds
from qualkit.readers.survey_model import Survey
from qualkit.readers.table import Rows, column_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the caller of ``read_survey`` asked for."""

    name: str
    kinds: Mapping[str, str] | None = None
    case: str | None = None
    keep_identifying: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a program lays out its table: which columns are no questions, by their place."""

    format: str
    respondent: int | None = None
    submitted_at: int | None = None
    seconds: int | None = None
    others: Mapping[str, int] = field(default_factory=dict)
    identifying: Mapping[int, str] = field(default_factory=dict)
    notes: Sequence[str] = ()

    @property
    def beside(self) -> set[int]:
        """The places of all columns that are no questions."""
        own = {one for one in (self.respondent, self.submitted_at, self.seconds) if one is not None}
        return own | set(self.others.values()) | set(self.identifying)


def survey_of_rows(rows: Rows, headings: Sequence[Heading], layout: Layout, wanted: Wanted) -> Survey:
    """The survey in a table; ``headings`` has what each column's heading says."""
    if not rows.rows:
        raise ReadError(f"{rows.name} has no respondents: there is no row below the header. Export it again.")
    texts = list(zip(*(row.cells for row in rows.rows), strict=True))
    questions = [place for place in range(len(rows.header)) if place not in layout.beside]
    found = find_case_column([headings[place] for place in questions], wanted.case, rows.name)
    case_place = None if found is None else questions[found]
    asked = [
        Asked(heading=headings[place], place=column_letter(place), cells=_cells(texts[place], layout))
        for place in questions
        if place != case_place
    ]
    if not asked:
        raise ReadError(f"{rows.name} has no questions, only columns about who answered. Export the answers as well.")
    others = dict(layout.others)
    dropped = [(rows.header[place], reason) for place, reason in layout.identifying.items()]
    if wanted.keep_identifying:
        others |= {rows.header[place]: place for place in layout.identifying}
        dropped = []
    return build_survey(
        name=wanted.name,
        kind=layout.format,
        columns=make_columns(asked, wanted.kinds),
        people=_people(rows, texts, layout, case_place, others),
        dropped=dropped,
        notes=layout.notes,
        keep_identifying=wanted.keep_identifying,
    )


def _cells(texts: Sequence[str], layout: Layout) -> Cells:
    return read_cells(texts, is_wjx=layout.format == "wjx")


def _people(
    rows: Rows, texts: Sequence[Sequence[str]], layout: Layout, case_place: int | None, others: Mapping[str, int]
) -> People:
    numbers = [row.number for row in rows.rows]
    blank = [""] * len(numbers)

    def column(place: int | None) -> Sequence[str]:
        return blank if place is None else texts[place]

    cases = _cells(column(case_place), layout)
    given = cases.words().tolist() if case_place is not None else [None] * len(numbers)
    names = texts[layout.respondent] if layout.respondent is not None else [str(one + 1) for one in range(len(numbers))]
    return People(
        respondents=unique_names(names, numbers),
        rows=numbers,
        cases=given,
        submitted_at=[read_moment(text) for text in column(layout.submitted_at)],
        seconds=np.array([read_seconds(text) for text in column(layout.seconds)], dtype=float),
        case_column="" if case_place is None else rows.header[case_place],
        others={name: [text or None for text in texts[place]] for name, place in others.items()},
    )
