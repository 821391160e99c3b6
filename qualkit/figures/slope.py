"""The slope chart: one line per child from before to after, one small panel per subscale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from qualkit.checks import require_choice, require_columns, require_filled, require_keys, require_numbers, require_rows
from qualkit.errors import DataError
from qualkit.figures.label_places import spread
from qualkit.figures.panels import Panel, Room, axis_name, panel_grid
from qualkit.figures.style import (
    GREY,
    INK,
    SIZE_SMALL,
    SIZE_TEXT,
    ThemeLook,
    as_written,
    house_figure,
    label_of,
    text_width,
    theme_look,
    width_px,
)
from qualkit.figures.words import word

_COLUMNS = {"single": 2, "double": 3}
_ROW = SIZE_SMALL + 1
_LEADER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slopes:
    """One panel: a row per case with ``before``, ``after``, ``is_reliable``; the scale's stretch of the axis."""

    key: str
    title: str
    rows: pd.DataFrame
    low: float
    high: float
    look: ThemeLook

    @property
    def both(self) -> pd.DataFrame:
        return self.rows.dropna(subset=["before", "after"])


def plot_slope_change(
    scores: pd.DataFrame,
    *,
    before: str,
    after: str,
    by: str = "subscale",
    case: str = "case",
    wave: str = "wave",
    value: str = "score",
    reliable: pd.DataFrame | None = None,
    labels: Mapping[str, str] | None = None,
    language: str = "zh",
) -> go.Figure:
    """Each child's score before and after, with the mean.

    Parameters
    ----------
    scores : DataFrame
        One row per case, wave and subscale.
    before, after : str
        Two values of the column ``wave``.
    reliable : DataFrame, optional
        Result of ``reliable_change`` (``case``, ``class`` and, if there are several subscales, ``by``). A change
        that is reliable is a strong line with filled markers; the others are thin and dotted.
    labels : mapping, optional
        What to call subscales, waves and cases.

    Returns
    -------
    plotly Figure
        ``customdata`` of a point holds case and subscale.

    Examples
    --------
    >>> scores = pd.DataFrame({"subscale": "contact", "case": "A1", "wave": ["pre", "post"], "score": [9, 5]})
    >>> figure = plot_slope_change(scores, before="pre", after="post", language="en")
    >>> list(figure.data[0].y)
    [9.0, 5.0]
    """
    require_columns(scores, [by, case, wave, value], what="scores")
    require_rows(scores, what="scores")
    require_keys(scores, [by, case, wave], what="scores")
    require_filled(scores, case, what="scores")
    require_filled(scores, by, what="scores", of=case)
    require_numbers(scores, value, what="scores", of=case)
    require_choice("language", language, ("zh", "en"))
    wide = _before_and_after(scores, before, after, [by, case], wave, value)
    wide["is_reliable"] = _is_reliable(wide, reliable, by, case)
    panels = [
        _slopes(str(key), rows, number, labels) for number, (key, rows) in enumerate(wide.groupby(by, sort=False))
    ]
    ends = [
        label_of(name, labels) if labels and name in labels else _wave_word(name, language) for name in (before, after)
    ]
    traces = [trace for number, panel in enumerate(panels) for trace in _lines(panel, number, ends, labels)]
    traces += _legend(reliable is not None, language)
    layouts = {width: _layout(panels, width, ends, labels, language) for width in ("single", "double")}
    return house_figure(traces, layouts)


def _before_and_after(scores, before: str, after: str, keys: list[str], wave: str, value: str) -> pd.DataFrame:
    known = list(scores[wave].unique())
    for name in (before, after):
        if name not in known:
            raise DataError(f"scores: no row has {wave}={name!r}. The table has {', '.join(map(repr, known))}.")
    twice = scores.duplicated([*keys, wave])
    if twice.any():
        row = scores[twice].iloc[0]
        raise DataError(
            f"scores: {', '.join(str(row[key]) for key in keys)} has two rows for {row[wave]!r}. Keep one of them."
        )
    wide = scores[keys].drop_duplicates().reset_index(drop=True)
    for name, column in ((before, "before"), (after, "after")):
        part = scores.loc[scores[wave] == name, [*keys, value]].rename(columns={value: column})
        wide = wide.merge(part, on=keys, how="left")
    return wide.rename(columns={keys[1]: "case"}).astype({"before": float, "after": float})


def _is_reliable(wide: pd.DataFrame, reliable: pd.DataFrame | None, by: str, case: str) -> pd.Series:
    if reliable is None:
        return pd.Series(True, index=wide.index)
    require_columns(reliable, [case, "class"], what="reliable change")
    keys = [by, case] if by in reliable.columns else [case]
    if by not in reliable.columns and wide[by].nunique() > 1:
        raise DataError(
            f"reliable change: the table has no column {by!r}, but the scores have several. "
            f"Compute it for each {by} and keep that column."
        )
    changed = reliable[reliable["class"].isin(["improved", "deteriorated"])]
    known = set(map(tuple, changed[keys].astype(str).to_numpy()))
    rows = wide.rename(columns={"case": case})[keys].astype(str).to_numpy()
    return pd.Series([tuple(row) in known for row in rows], index=wide.index)


def _slopes(key: str, rows: pd.DataFrame, number: int, labels) -> _Slopes:
    values = pd.concat([rows["before"], rows["after"]]).dropna()
    low, high = (values.min(), values.max()) if len(values) else (0.0, 1.0)
    margin = 0.06 * ((high - low) or 1)
    slopes = rows.assign(case=rows["case"].astype(str))
    title = label_of(key, labels)
    return _Slopes(key=key, title=title, rows=slopes, low=low - margin, high=high + margin, look=theme_look(number))


def _wave_word(wave: str, language: str) -> str:
    return word(wave, language) if wave in ("pre", "post") else str(wave)


def _lines(panel: _Slopes, number: int, ends: Sequence[str], labels) -> list[go.Scatter]:
    axes = {"xaxis": axis_name("x", number), "yaxis": axis_name("y", number), "showlegend": False}
    traces = []
    for row in panel.rows.sort_values("is_reliable", kind="stable").to_dict("records"):
        hover = [
            f"{as_written(label_of(row['case'], labels))} · {as_written(panel.title)}<br>{as_written(end)} {score:g}"
            for end, score in zip(ends, (row["before"], row["after"]), strict=True)
        ]
        look = _reliable_line(panel.look) if row["is_reliable"] else _other_line(panel.look)
        customdata = [[row["case"], panel.key]] * 2
        traces.append(
            go.Scatter(
                x=[0, 1],
                y=[row["before"], row["after"]],
                text=hover,
                hoverinfo="text",
                customdata=customdata,
                **look,
                **axes,
            )
        )
    mean = panel.both[["before", "after"]].mean()
    traces.append(go.Scatter(x=[0, 1], y=list(mean), hoverinfo="y", **_MEAN_LINE, **axes))
    return traces


def _reliable_line(look: ThemeLook) -> dict:
    marker = {"size": 5, "color": look.color, "symbol": look.symbol}
    return {"mode": "lines+markers", "line": {"color": look.color, "width": 1.5}, "marker": marker, "cliponaxis": False}


def _other_line(look: ThemeLook) -> dict:
    marker = {"size": 5, "color": "white", "symbol": look.symbol, "line": {"color": GREY, "width": 1}}
    line = {"color": GREY, "width": 1, "dash": "2px,2px"}
    return {"mode": "lines+markers", "line": line, "marker": marker, "cliponaxis": False}


_MEAN_LINE: dict = {"mode": "lines", "line": {"color": "black", "width": 3}, "opacity": 0.85}


def _legend(has_classes: bool, language: str) -> list[go.Scatter]:
    ink = ThemeLook(color=INK, symbol="circle", dash="solid")
    looks = [("reliable", _reliable_line(ink)), ("not_reliable", _other_line(ink))]
    entries = [*(looks if has_classes else [("one_child", _reliable_line(ink))]), ("mean", _MEAN_LINE)]
    return [go.Scatter(x=[None], y=[None], name=word(key, language), showlegend=True, **look) for key, look in entries]


def _layout(panels: Sequence[_Slopes], width: str, ends: Sequence[str], labels, language: str) -> dict:
    note = _incomplete(panels, labels, language)
    most = max(len(panel.rows) for panel in panels)
    columns = min(_COLUMNS[width], len(panels))
    room = Room(
        left=30,
        right=4,
        top=24,
        bottom=22,
        above=38 if width == "single" and language == "en" else 22,
        below=16 if note else 0,
    )
    height = max(150, (_ROW + 1) * (most + 1))
    places = panel_grid(len(panels), columns, width=width_px(width), height=height, room=room)
    layout: dict = {"height": round(places[0].total_height), "annotations": []}
    for number, (panel, place) in enumerate(zip(panels, places, strict=True)):
        layout[axis_name("xaxis", number)] = _x_axis(panel, place, ends, number, labels)
        layout[axis_name("yaxis", number)] = {
            "domain": place.y_domain,
            "anchor": axis_name("x", number),
            "range": [panel.low, panel.high],
            "nticks": 6,
        }
        layout["annotations"] += [_title(panel, place, language), *_case_labels(panel, number, height, labels)]
    layout["legend"] = {"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "top"}
    if note:
        layout["annotations"].append(_note(note))
    return layout


def _x_axis(panel: _Slopes, place: Panel, ends: Sequence[str], number: int, labels) -> dict:
    # The labels stand to the right of the last point: as much room as the longest needs.
    longest = max(text_width(label_of(name, labels), SIZE_SMALL) for name in panel.rows["case"])
    right, left = longest + _LEADER + 3, 10
    unit = max(place.width - right - left, 20)
    return {
        "domain": place.x_domain,
        "anchor": axis_name("y", number),
        "range": [-left / unit, 1 + right / unit],
        "tickvals": [0, 1],
        "ticktext": [as_written(end) for end in ends],
        "fixedrange": True,
    }


def _case_labels(panel: _Slopes, number: int, height: float, labels) -> list[dict]:
    rows = panel.rows.dropna(subset=["after"])
    per_pixel = (panel.high - panel.low) / height
    half = _ROW / 2 * per_pixel
    places = spread(list(rows["after"]), gap=_ROW * per_pixel, low=panel.low + half, high=panel.high - half)
    return [
        {
            "text": as_written(label_of(row["case"], labels)),
            "x": 1,
            "y": row["after"],
            "xref": axis_name("x", number),
            "yref": axis_name("y", number),
            "ax": _LEADER,
            "ay": -(place - row["after"]) / per_pixel,
            "xanchor": "left",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 0.5,
            "arrowcolor": GREY,
            "standoff": 4,
            "borderpad": 0,
            "font": {"size": SIZE_SMALL, "color": INK},
        }
        for row, place in zip(rows.to_dict("records"), places, strict=True)
    ]


def _title(panel: _Slopes, place: Panel, language: str) -> dict:
    return {
        "text": f"{as_written(panel.title)}（n = {len(panel.both)}）"
        if language == "zh"
        else f"{as_written(panel.title)} (n = {len(panel.both)})",
        "font": {"size": SIZE_TEXT, "color": INK},
        "x": place.x_domain[0],
        "y": place.y_domain[1],
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 3,
        "showarrow": False,
    }


def _incomplete(panels: Sequence[_Slopes], labels, language: str) -> str:
    once = [panel.rows[panel.rows[["before", "after"]].isna().any(axis=1)] for panel in panels]
    missing = [name for rows in once for name in rows["case"]]
    names = (as_written(label_of(name, labels)) for name in dict.fromkeys(missing))
    return word("incomplete", language) + ("、" if language == "zh" else ", ").join(names) if missing else ""


def _note(text: str) -> dict:
    place = {"x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {"text": text, "showarrow": False, "font": {"size": SIZE_SMALL, "color": INK}, **place}
