"""Read the answers to a scale: a wide table of cases and items becomes one row per answer."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pandas as pd

from qualkit.errors import DataError, ReadError
from qualkit.readers.cells import read_number
from qualkit.readers.survey import SPSS_SUFFIXES, SURVEY_SUFFIXES, read_survey
from qualkit.readers.survey_responses import Items, survey_responses
from qualkit.readers.survey_wjx import is_wjx
from qualkit.readers.table import Row, Rows, read_rows

_CASE = ("编号", "组员编号", "case", "id")
_WAVE = ("波次", "测次", "时点", "wave")
_ITEM = re.compile(r"(?:item|题|q|第)?[ _-]?([0-9]{1,4})题?", re.IGNORECASE)


def read_responses(
    path: str | Path,
    wave: str | None = None,
    *,
    scale: str | None = None,
    items: Items | None = None,
    n_items: int | None = None,
) -> pd.DataFrame:
    """Read answers from a file with one row per case: a table, an export of 问卷星 or an SPSS file.

    Parameters
    ----------
    path : str or Path
        Columns: 编号 (or ``case``), perhaps 波次 (or ``wave``), and one per item, headed 1, 2, 3 …
        or ``item_1``. A blank cell is an item not answered. Of exports of 问卷星 and SPSS files (``.sav``)
        the matrix or the numbered variables that are the scale.
    wave : str, optional
        The wave of all rows, when the table has no such column.
    scale : str, optional
        The id of the scale, for a first column ``scale``.
    items, n_items : optional
        Which questions of a questionnaire are the scale, or how many items it has; see ``survey_responses``.

    Returns
    -------
    DataFrame
        One row is one answer: ``case``, ``wave`` (blank when unknown), ``item`` (number),
        ``value`` (NaN when not answered), in the order of the file.

    Raises
    ------
    ReadError
        Naming the cell: an answer that is no number, a case twice in one wave, an unknown column.
    """
    if _is_survey(Path(path)):
        return _of_survey(path, wave, scale=scale, items=items, n_items=n_items)
    rows = read_rows(path)
    case_column, wave_column, item_columns = _find_columns(rows, wave)
    seen: dict[tuple[str, str], int] = {}
    records = []
    for row in rows.rows:
        case = row.cells[case_column]
        when = wave or (row.cells[wave_column] if wave_column is not None else "")
        _check_person(rows, row, case_column, when, seen)
        for column, item in item_columns.items():
            value = read_number(row.cells[column], rows.cell(row, column))
            records.append((case, when, item, value))
    table = pd.DataFrame(records, columns=["case", "wave", "item", "value"])
    table = table.astype({"case": "str", "wave": "str", "item": "int64", "value": "float64"})
    if scale is not None:
        table.insert(0, "scale", pd.Series(scale, index=table.index, dtype="str"))
    return table


def _is_survey(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in SPSS_SUFFIXES or (suffix in SURVEY_SUFFIXES and is_wjx(read_rows(path).header))


def _of_survey(
    path: str | Path, wave: str | None, *, scale: str | None, items: Items | None, n_items: int | None
) -> pd.DataFrame:
    survey = read_survey(path)
    try:
        return survey_responses(survey, items=items, wave=wave, scale=scale, n_items=n_items)
    except DataError as error:
        raise ReadError(f"{Path(path).name}: {str(error).removeprefix(f'{survey.name}: ')}") from error


def _find_columns(rows: Rows, wave: str | None) -> tuple[int, int | None, dict[int, int]]:
    case_column = wave_column = None
    items: dict[int, int] = {}
    for column, header in enumerate(rows.header):
        plain = unicodedata.normalize("NFKC", header).strip().lower()
        match = _ITEM.fullmatch(plain)
        if match and int(match[1]) in items.values():
            raise ReadError(f"{rows.name}: item {int(match[1])} has two columns. Remove one of them.")
        if match:
            items[column] = int(match[1])
        elif plain in _CASE and case_column is None:
            case_column = column
        elif plain in _WAVE and wave_column is None:
            wave_column = column
        else:
            raise ReadError(
                f"{rows.name}, column {header!r} is neither the case (编号), the wave (波次) "
                f"nor an item (1, 2 … or item_1). Remove or rename it."
            )
    if case_column is None:
        raise ReadError(f"{rows.name} has no column 编号 (or case). Add it, so that answers belong to somebody.")
    if not items:
        raise ReadError(f"{rows.name} has no items. Head their columns 1, 2, 3 … or item_1.")
    if wave is not None and wave_column is not None:
        raise ReadError(f"{rows.name} has a column {rows.header[wave_column]!r} already; leave out wave={wave!r}.")
    return case_column, wave_column, items


def _check_person(rows: Rows, row: Row, column: int, wave: str, seen: dict[tuple[str, str], int]) -> None:
    case = row.cells[column]
    if not case:
        raise ReadError(f"{rows.cell(row, column)}: blank. Enter the case's code, or remove the row.")
    if (case, wave) in seen:
        raise ReadError(
            f"{rows.cell(row, column)}: {case!r} stands in row {seen[case, wave]} already. "
            f"Remove one of the rows, or add a column 波次 when they are two waves."
        )
    seen[case, wave] = row.number
