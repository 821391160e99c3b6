"""The heat map of codes by cases, each number printed in its cell."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from qualkit.checks import require_choice, require_columns, require_filled, require_keys, require_numbers, require_rows
from qualkit.errors import DataError
from qualkit.figures.style import (
    GREY,
    INK,
    SIZE_SMALL,
    as_written,
    house_figure,
    label_of,
    text_width,
    width_px,
    wrap,
)
from qualkit.figures.words import word

# White to Tol's indigo (#332288): evenly darker, so it reads the same in grey.
_DARKEST = (0x33, 0x22, 0x88)
_NOT_ASKED = "not asked"
_ROW = 20
_ABOVE, _BELOW = 20, 20


def plot_heat_map(
    matrix: pd.DataFrame,
    *,
    value: str = "rate_per_1000",
    code: str = "code",
    case: str = "case",
    labels: Mapping[str, str] | None = None,
    language: str = "zh",
) -> go.Figure:
    """How much each case shows of each code; "not asked" is hatched and is not a zero.

    Parameters
    ----------
    matrix : DataFrame
        Result of ``code_by_case`` (or ``code_by_wave`` with ``case="wave"``): one row per code and case, with
        ``status``. Codes and cases stand in the order of the table.
    value : {"rate_per_1000", "n_segments"}
        Which number colours the cell and is printed in it.
    labels : mapping, optional
        What to call codes and cases.

    Returns
    -------
    plotly Figure
        ``customdata`` of a cell holds case and code.

    Examples
    --------
    >>> status = ["asked", "not asked"]
    >>> matrix = pd.DataFrame({"code": ["a", "b"], "case": "A1", "n_segments": [3, 0], "status": status})
    >>> plot_heat_map(matrix, value="n_segments", language="en").data[0].z.tolist()
    [[3.0], [nan]]
    """
    require_choice("value", value, ("rate_per_1000", "n_segments"))
    require_choice("language", language, ("zh", "en"))
    require_columns(matrix, [code, case, value, "status"], what="matrix")
    require_rows(matrix, what="matrix")
    for name in (code, case):
        require_keys(matrix, [name], what="matrix")
        require_filled(matrix, name, what="matrix")
    require_numbers(matrix, value, what="matrix", of=case)
    if (matrix[value] < 0).any():
        raise DataError(f"matrix: {value!r} is below 0 for {matrix.loc[matrix[value] < 0, case].iloc[0]}. Correct it.")
    if matrix.duplicated([code, case]).any():
        row = matrix[matrix.duplicated([code, case])].iloc[0]
        raise DataError(f"matrix: {row[code]} and {row[case]} have more than one row. Give one row per code and case.")
    codes, cases = list(dict.fromkeys(matrix[code])), list(dict.fromkeys(matrix[case]))
    values = _grid(matrix[value], matrix, code, case, codes, cases).to_numpy(dtype=float, na_value=np.nan)
    is_asked = _grid(matrix["status"] != _NOT_ASKED, matrix, code, case, codes, cases).eq(True).to_numpy()
    values = np.where(is_asked, values, np.nan)
    trace = _cells(values, is_asked, codes, cases, value, labels, language)
    layouts = {
        width: _layout(values, is_asked, codes, cases, width, value, labels, language) for width in ("single", "double")
    }
    return house_figure([trace], layouts)


def _grid(values: pd.Series, matrix: pd.DataFrame, code: str, case: str, codes: list, cases: list) -> pd.DataFrame:
    cells = matrix.assign(cell=values).pivot(index=code, columns=case, values="cell")
    return cells.reindex(index=codes, columns=cases)


def _cells(
    values: np.ndarray, is_asked: np.ndarray, codes: list, cases: list, value: str, labels, language: str
) -> go.Heatmap:
    hover = [
        [
            _hover(code, case, _shown(values[row, column], is_asked[row, column], language), value, labels, language)
            for column, case in enumerate(cases)
        ]
        for row, code in enumerate(codes)
    ]
    return go.Heatmap(
        z=values,
        x=list(range(len(cases))),
        y=list(range(len(codes))),
        customdata=[[[str(case), str(code)] for case in cases] for code in codes],
        text=hover,
        hoverinfo="text",
        hoverongaps=True,
        # plotly paints a heat map as a picture of dots; the cells are drawn as shapes to stay sharp in print,
        # and the trace lies unseen above them for pointer and click.
        opacity=0,
        showscale=False,
    )


def _highest(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(known.max()) if known.size and known.max() > 0 else 1.0


def _shown(number: float, is_asked: bool, language: str) -> str:
    if np.isnan(number):
        return word("nothing_spoken" if is_asked else "not_asked", language)
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _hover(code: object, case: object, shown: str, value: str, labels, language: str) -> str:
    what = f"{as_written(label_of(case, labels))} · {as_written(label_of(code, labels))}"
    return f"{what}<br>{word(value, language)}{word('colon', language)}{shown}"


def _layout(values, is_asked, codes: list, cases: list, width: str, value: str, labels, language: str) -> dict:
    pixels = width_px(width)
    names = [label_of(code, labels) for code in codes]
    left = min(max(text_width(name, SIZE_SMALL) for name in names) + 10, pixels * 0.38)
    wrapped = [wrap(name, left - 8, SIZE_SMALL) for name in names]
    lines = max(name.count("<br>") + 1 for name in wrapped)
    row = max(_ROW, lines * (SIZE_SMALL + 2) + 2)
    height = _ABOVE + row * len(codes) + _BELOW
    column = (pixels - left - 2) / len(cases)
    axis = {"showline": False, "ticks": "", "fixedrange": True}
    return {
        "height": height,
        "xaxis": {
            **axis,
            "domain": [left / pixels, 1 - 2 / pixels],
            "side": "top",
            "range": [-0.5, len(cases) - 0.5],
            "tickvals": list(range(len(cases))),
            "ticktext": [as_written(label_of(case, labels)) for case in cases],
            "tickangle": -90 if max(text_width(label_of(case, labels), SIZE_SMALL) for case in cases) > column else 0,
        },
        "yaxis": {
            **axis,
            "domain": [_BELOW / height, 1 - _ABOVE / height],
            "range": [len(codes) - 0.5, -0.5],
            "tickvals": list(range(len(codes))),
            "ticktext": wrapped,
        },
        "annotations": [*_numbers(values, is_asked, column), *_notes(values, is_asked, value, language)],
        "shapes": [*_squares(values), *_hatching(is_asked), _frame(values)],
    }


def _numbers(values: np.ndarray, is_asked: np.ndarray, column: float) -> list[dict]:
    # Three digits at most, and letters no larger than the cell bears.
    size = max(6, min(SIZE_SMALL, column / 1.75))
    limit = _highest(values) * 0.62
    return [
        {
            "x": place[1],
            "y": place[0],
            "text": _short(number, bool(is_asked[place])),
            "showarrow": False,
            "font": {"size": size, "color": "white" if number > limit else INK},
        }
        for place, number in np.ndenumerate(values)
    ]


def _short(number: float, is_asked: bool) -> str:
    if np.isnan(number):
        return "/" if is_asked else "—"
    if number == int(number) or number >= 9.95:
        return f"{number:.0f}"
    return f"{number:.1f}"


def _squares(values: np.ndarray) -> list[dict]:
    highest = _highest(values)
    return [
        _rectangle(column - 0.5, column + 0.5, row - 0.5, row + 0.5, fillcolor=_shade(number / highest))
        for (row, column), number in np.ndenumerate(values)
        if not np.isnan(number)
    ]


def _shade(share: float) -> str:
    return "#" + "".join(f"{round(255 + (dark - 255) * share):02x}" for dark in _DARKEST)


def _hatching(is_asked: np.ndarray) -> list[dict]:
    lines = []
    for row, column in zip(*np.nonzero(~is_asked), strict=True):
        lines.append(_rectangle(column - 0.5, column + 0.5, row - 0.5, row + 0.5, fillcolor="#F4F4F4"))
        for start in (0.35, 0.7, 1.05, 1.4, 1.75):
            # Parallel lines from the left or lower side to the upper or right one.
            x0, y0 = (0.0, start) if start <= 1 else (start - 1, 1.0)
            x1, y1 = (start, 0.0) if start <= 1 else (1.0, start - 1)
            lines.append(_line(column - 0.5 + x0, row - 0.5 + y0, column - 0.5 + x1, row - 0.5 + y1))
    return lines


def _rectangle(x0, x1, y0, y1, **more) -> dict:
    return {
        "type": "rect",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "line": {"color": "white", "width": 1},
        "layer": "below",
        **more,
    }


def _line(x0, y0, x1, y1) -> dict:
    line = {"color": "#BBBBBB", "width": 0.7}
    return {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": line, "layer": "below"}


def _frame(values: np.ndarray) -> dict:
    rows, columns = values.shape
    frame = _rectangle(-0.5, columns - 0.5, -0.5, rows - 0.5)
    return {**frame, "line": {"color": GREY, "width": 0.7}, "layer": "above"}


def _notes(values: np.ndarray, is_asked: np.ndarray, value: str, language: str) -> list[dict]:
    parts = [word(value, language)]
    if not is_asked.all():
        parts.append(word("not_asked", language))
    if np.isnan(values[is_asked]).any():
        parts.append(word("nothing_spoken", language))
    text = ("；" if language == "zh" else "; ").join(parts)
    place = {"x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return [{"text": text, "showarrow": False, "font": {"size": SIZE_SMALL, "color": INK}, **place}]
