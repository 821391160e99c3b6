"""The joint display as a figure: for each case and theme the scale's change beside the coded evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from qualkit.checks import require_choice, require_columns, require_rows
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
from qualkit.model import FITS

_COLUMNS = ("case", "theme", "change", "class", "rate_before", "rate_after", "fit")
_ROW = 17
_HEAD, _FOOT = 34, 20
_BAND = "#F5F5F5"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Theme:
    """One panel: the rows of a theme, one per case, at the heights ``y``."""

    key: str
    title: str
    rows: pd.DataFrame
    number: int
    look: ThemeLook


def plot_joint_display(
    table: pd.DataFrame, *, labels: Mapping[str, str] | None = None, language: str = "zh"
) -> go.Figure:
    """Change on the scale, evidence before and after, and how the two fit, case by case.

    Parameters
    ----------
    table : DataFrame
        Result of ``joint_display``: one row per case and theme. Cases stand in the order of the table.
    labels : mapping, optional
        What to call cases and themes.

    Returns
    -------
    plotly Figure
        ``customdata`` of a point holds case, theme and the ids of the codings behind it, joined by blanks.
    """
    require_columns(table, _COLUMNS, what="joint display")
    require_rows(table, what="joint display")
    require_choice("language", language, ("zh", "en"))
    cases = [str(case) for case in dict.fromkeys(table["case"])]
    themes = [
        _theme(key, rows, number, cases, labels)
        for number, (key, rows) in enumerate(table.groupby("theme", sort=False))
    ]
    traces = [
        trace for theme in themes for trace in (*_changes(theme, labels, language), *_evidence(theme, labels, language))
    ]
    layouts = {width: _layout(themes, cases, width, labels, language) for width in ("single", "double")}
    return house_figure([*traces, *_legend(language)], layouts)


def _theme(key: object, rows: pd.DataFrame, number: int, cases: Sequence[str], labels) -> _Theme:
    places = {case: place for place, case in enumerate(cases)}
    rows = rows.assign(case=rows["case"].astype(str))
    rows = rows.assign(y=rows["case"].map(places), is_reliable=rows["class"].isin(["improved", "deteriorated"]))
    return _Theme(key=str(key), title=label_of(key, labels), rows=rows, number=number, look=theme_look(number))


def _points(theme: _Theme, labels, language: str) -> dict:
    """What every trace of a theme shares: where it is drawn and what a point tells when pointed at or clicked."""
    rows = theme.rows.to_dict("records")
    return {
        "customdata": [[row["case"], theme.key, _ids(row)] for row in rows],
        "text": [_hover(row, theme, labels, language) for row in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
        "yaxis": axis_name("y", theme.number),
        "showlegend": False,
    }


def _ids(row: Mapping) -> str:
    ids: list[str] = []
    for column in ("coding_ids_before", "coding_ids_after"):
        value = row.get(column)
        ids += value.split() if isinstance(value, str) else map(str, value) if isinstance(value, list | tuple) else []
    return " ".join(dict.fromkeys(ids))


def _hover(row: Mapping, theme: _Theme, labels, language: str) -> str:
    colon = word("colon", language)
    reliable = word("reliable" if row["is_reliable"] else "not_reliable", language)
    # Without both scores there is nothing to call reliable or not.
    change = "—" if pd.isna(row["change"]) else f"{row['change']:+g} ({reliable})"
    evidence = " → ".join("—" if pd.isna(row[name]) else f"{row[name]:.1f}" for name in ("rate_before", "rate_after"))
    return (
        f"{as_written(label_of(row['case'], labels))} · {as_written(theme.title)}<br>"
        f"{word('change', language)}{colon}{change}<br>"
        f"{word('evidence', language)}{colon}{evidence}<br>{_fit_word(row['fit'], language)}"
    )


def _fit_word(fit: object, language: str, *, is_short: bool = False) -> str:
    return word(f"{fit}_short" if is_short else str(fit), language) if fit in FITS else "—"


def _changes(theme: _Theme, labels, language: str) -> list[go.Scatter]:
    axis = axis_name("x", 2 * theme.number)
    rows, shared = theme.rows, _points(theme, labels, language)
    fill = [theme.look.color if is_reliable else "white" for is_reliable in rows["is_reliable"]]
    edge = [theme.look.color if is_reliable else GREY for is_reliable in rows["is_reliable"]]
    marker = {"symbol": theme.look.symbol, "size": 7, "color": fill, "line": {"color": edge, "width": 1}}
    stems = _segments(zip([0.0] * len(rows), rows["change"], rows["y"], strict=True))
    return [
        go.Scatter(**stems, **_STEM, xaxis=axis, yaxis=shared["yaxis"]),
        go.Scatter(x=list(rows["change"]), y=list(rows["y"]), mode="markers", marker=marker, xaxis=axis, **shared),
    ]


def _evidence(theme: _Theme, labels, language: str) -> list[go.Scatter]:
    axis = axis_name("x", 2 * theme.number + 1)
    rows, shared = theme.rows, _points(theme, labels, language)
    stems = _segments(zip(rows["rate_before"], rows["rate_after"], rows["y"], strict=True))
    traces = [go.Scatter(**stems, **_STEM, xaxis=axis, yaxis=shared["yaxis"])]
    for column, look in (("rate_before", _BEFORE), ("rate_after", _AFTER)):
        traces.append(
            go.Scatter(x=list(rows[column]), y=list(rows["y"]), mode="markers", marker=look, xaxis=axis, **shared)
        )
    return traces


_STEM: dict = {"mode": "lines", "line": {"color": GREY, "width": 1}, "hoverinfo": "skip", "showlegend": False}
_BEFORE: dict = {"symbol": "line-ns", "size": 8, "line": {"color": INK, "width": 1.5}}
_AFTER: dict = {"symbol": "diamond", "size": 7, "color": INK}


def _segments(triples) -> dict[str, list]:
    # One trace for all stems: a gap after each keeps them apart.
    x: list[float | None] = []
    y: list[float | None] = []
    for start, end, place in triples:
        x += [start, end, None]
        y += [place, place, None]
    return {"x": x, "y": y}


def _legend(language: str) -> list[go.Scatter]:
    strong = {"symbol": "circle", "size": 7, "color": INK}
    weak = {"symbol": "circle", "size": 7, "color": "white", "line": {"color": GREY, "width": 1}}
    names = [word("reliable", language), word("not_reliable", language)]
    names += [
        f"{word('evidence_short', language)}{word('colon', language)}{word(key, language)}"
        for key in ("before", "after")
    ]
    looks = zip(names, (strong, weak, _BEFORE, _AFTER), strict=True)
    return [
        go.Scatter(x=[None], y=[None], mode="markers", marker=look, name=name, showlegend=True) for name, look in looks
    ]


def _layout(themes: Sequence[_Theme], cases: Sequence[str], width: str, labels, language: str) -> dict:
    names = max(text_width(label_of(case, labels), SIZE_SMALL) for case in cases) + 12
    # Side by side the cases are named once, at the left; below each other once per panel.
    is_wide = width == "double" and len(themes) <= 3
    shown = {_fit_word(fit, language, is_short=is_wide) for theme in themes for fit in theme.rows["fit"]}
    fits = max(text_width(fit, SIZE_SMALL) for fit in shown) + 12
    note = word("evidence_unit", language) + (word("short_forms", language) if is_wide else "")
    columns, margin = (len(themes), names) if is_wide else (1, 0)
    above, below = (40 if width == "single" else 22), 16
    room = Room(left=4 if is_wide else names, right=fits, top=_HEAD, bottom=_FOOT, above=above, below=below)
    pixels = width_px(width) - margin
    panels = panel_grid(len(themes), columns, width=pixels, height=_ROW * len(cases), room=room)
    layout: dict = {"height": round(panels[0].total_height), "annotations": [], "shapes": []}
    for theme, panel in zip(themes, panels, strict=True):
        _add_panel(layout, theme, _moved(panel, margin), cases, labels, language, is_wide=is_wide)
    layout["legend"] = {"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "top"}
    place = {"x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    layout["annotations"].append({"text": note, "showarrow": False, "font": _SMALL, **place})
    return layout


def _moved(panel: Panel, margin: float) -> Panel:
    return Panel(
        left=panel.left + margin,
        right=panel.right + margin,
        top=panel.top,
        bottom=panel.bottom,
        total_width=panel.total_width + margin,
        total_height=panel.total_height,
    )


def _add_panel(layout: dict, theme: _Theme, panel: Panel, cases, labels, language: str, *, is_wide: bool) -> None:
    has_names = not is_wide or theme.number == 0
    left, right = panel.x_domain
    middle = left + (right - left) * 0.52
    gap = 8 / panel.total_width
    first, second = 2 * theme.number, 2 * theme.number + 1
    y = axis_name("y", theme.number)
    layout[axis_name("xaxis", first)] = {
        **_x_axis(theme, y, "change", panel.width * 0.5),
        "domain": [left, middle - gap],
    }
    layout[axis_name("xaxis", second)] = {
        **_x_axis(theme, y, "evidence", panel.width * 0.4),
        "domain": [middle + gap, right],
    }
    layout[axis_name("yaxis", theme.number)] = {
        "domain": panel.y_domain,
        "anchor": axis_name("x", first),
        "range": [len(cases) - 0.5, -0.5],
        "tickvals": list(range(len(cases))),
        "ticktext": [as_written(label_of(case, labels)) for case in cases],
        "showticklabels": has_names,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
    }
    layout["annotations"] += [
        *_heads(theme, panel, left, middle, right, gap, language),
        *_fits(theme, right, y, language, is_short=is_wide),
    ]
    layout["annotations"] += _not_asked(theme, second, y)
    layout["shapes"] += [_zero_line(first, y), *_bands(theme, panel, cases, has_names=has_names)]


def _x_axis(theme: _Theme, y: str, part: str, pixels: float) -> dict:
    rows = theme.rows
    if part == "change":
        low, high = min(0, rows["change"].min()), max(0, rows["change"].max())
    else:
        low, high = 0, rows[["rate_before", "rate_after"]].max().max()
    low, high = (0 if pd.isna(low) else low), (1 if pd.isna(high) else high)
    # Seven pixels at each end, the half of a marker and a little air.
    margin = 7 * ((high - low) or 1) / max(pixels - 14, 14)
    return {"anchor": y, "range": [low - margin, high + margin], "nticks": 3 if pixels < 80 else 5, "tickangle": 0}


def _heads(theme: _Theme, panel: Panel, left, middle, right, gap, language: str) -> list[dict]:
    top = {"y": panel.y_domain[1], "xref": "paper", "yref": "paper", "yanchor": "bottom", "showarrow": False}
    title = {**top, "x": left, "xanchor": "left", "yshift": 15, "text": as_written(theme.title)}
    parts = [
        ((left + middle - gap) / 2, word("change", language)),
        ((middle + gap + right) / 2, word("evidence_short", language)),
    ]
    heads = [
        {**top, "x": x, "xanchor": "center", "yshift": 1, "height": 14, "text": text, "font": _SMALL}
        for x, text in parts
    ]
    return [{**title, "font": {"size": SIZE_TEXT, "color": theme.look.color}}, *heads]


_SMALL: dict = {"size": SIZE_SMALL, "color": INK}


def _fits(theme: _Theme, right: float, y: str, language: str, *, is_short: bool) -> list[dict]:
    notes = []
    for row in theme.rows.to_dict("records"):
        note: dict[str, object] = {
            "x": right,
            "y": row["y"],
            "xref": "paper",
            "yref": y,
            "xanchor": "left",
            "showarrow": False,
            "xshift": 4,
        }
        color = GREY if row["fit"] == "silent" else INK
        note |= {
            "text": _fit_word(row["fit"], language, is_short=is_short),
            "font": {"size": SIZE_SMALL, "color": color},
            "borderpad": 1,
        }
        if row["fit"] == "divergent":
            # The cases to look at: white on black, seen in grey as well.
            note |= {"bgcolor": INK, "font": {"size": SIZE_SMALL, "color": "white"}}
        notes.append(note)
    return notes


def _not_asked(theme: _Theme, x_axis: int, y: str) -> list[dict]:
    rows = theme.rows[theme.rows[["rate_before", "rate_after"]].isna().all(axis=1)]
    place = {"xref": axis_name("x", x_axis), "yref": y, "xanchor": "left", "showarrow": False, "font": _SMALL}
    return [{**place, "x": 0, "y": place_of_case, "text": "—"} for place_of_case in rows["y"]]


def _zero_line(x_axis: int, y: str) -> dict:
    line = {"color": INK, "width": 0.7}
    return {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "xref": axis_name("x", x_axis),
        "y0": 0,
        "y1": 1,
        "yref": f"{y} domain",
        "line": line,
    }


def _bands(theme: _Theme, panel: Panel, cases: Sequence[str], *, has_names: bool) -> list[dict]:
    # Every second case lies on a grey band, so that the eye keeps the row.
    start = 0.0 if has_names else panel.x_domain[0] - 4 / panel.total_width
    end = panel.x_domain[1] + (panel.total_width - panel.right) / panel.total_width
    sides = {"x0": start, "x1": min(end, 1.0), "xref": "paper", "yref": axis_name("y", theme.number)}
    band = {"type": "rect", "fillcolor": _BAND, "line": {"width": 0}, "layer": "below", **sides}
    return [{**band, "y0": place - 0.5, "y1": place + 0.5} for place in range(1, len(cases), 2)]
