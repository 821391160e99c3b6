"""The house style: sizes, colours that stay apart in grey, one plotly template, layouts for 8 and 14 cm."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import plotly.graph_objects as go

from qualkit.checks import require_choice
from qualkit.figures.fonts import house_stack

WIDTHS_CM = {"single": 8.0, "double": 14.0}

# Chinese point sizes in CSS pixels (96 to the inch): 五号 10.5 pt, 小五 9 pt, 六号 7.5 pt.
SIZE_TITLE, SIZE_TEXT, SIZE_SMALL = 14, 12, 10

INK, GREY, PALE = "#222222", "#777777", "#DDDDDD"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLook:
    """How a theme is drawn: the colour is never the only difference."""

    color: str
    symbol: str
    dash: str


# Paul Tol's "muted" scheme; chosen so that neighbours differ in lightness too.
_LOOKS = (
    ThemeLook(color="#332288", symbol="circle", dash="solid"),
    ThemeLook(color="#CC6677", symbol="square", dash="dash"),
    ThemeLook(color="#117733", symbol="triangle-up", dash="dot"),
    ThemeLook(color="#882255", symbol="diamond", dash="dashdot"),
    ThemeLook(color="#44AA99", symbol="triangle-down", dash="longdash"),
    ThemeLook(color="#999933", symbol="pentagon", dash="longdashdot"),
    ThemeLook(color="#AA4499", symbol="hexagon", dash="5px,2px"),
    ThemeLook(color="#88CCEE", symbol="star", dash="2px,2px"),
)


def theme_look(position: int) -> ThemeLook:
    """The look of the theme at ``position`` of the figure; it repeats after eight.

    >>> theme_look(0).color, theme_look(1).symbol
    ('#332288', 'square')
    """
    return _LOOKS[position % len(_LOOKS)]


def as_written(text: object) -> str:
    """``text`` so that plotly shows it as it is: no ``<b>``, no link, no entity, no formula.

    >>> as_written("<b>A&B</b> $x$")
    '&lt;b&gt;A&amp;B&lt;/b&gt; &#36;x&#36;'
    """
    shown = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace("$", "&#36;").replace("\n", " ")


def text_width(text: str, size: float) -> float:
    """About how many pixels wide ``text`` is in letters of ``size`` pixels.

    >>> text_width("退缩", 10), round(text_width("A1", 10))
    (20.0, 11)
    """
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return size * (wide + 0.56 * (len(text) - wide))


def wrap(text: str, width: float, size: float) -> str:
    """``text`` as written, broken by ``<br>`` so that no line is wider than ``width`` pixels where it can be.

    >>> wrap("avoiding peers", 60, 10)
    'avoiding<br>peers'
    """
    pieces = text.split(" ") if " " in text.strip() else list(text)
    joint = " " if " " in text.strip() else ""
    lines = [""]
    for piece in pieces:
        longer = f"{lines[-1]}{joint}{piece}" if lines[-1] else piece
        if lines[-1] and text_width(longer, size) > width:
            lines.append(piece)
        else:
            lines[-1] = longer
    return "<br>".join(map(as_written, lines))


def label_of(key: object, labels: Mapping[str, str] | None) -> str:
    """What to call ``key`` in a figure: the label given for it, else its own name after the last dot.

    >>> label_of("type.withdrawal", {"type.withdrawal": "退缩型"}), label_of("type.withdrawal", None)
    ('退缩型', 'withdrawal')
    """
    if labels and str(key) in labels:
        return str(labels[str(key)])
    return str(key).rsplit(".", 1)[-1]


def width_px(width: str) -> int:
    """A named width in CSS pixels.

    >>> width_px("single"), width_px("double")
    (302, 529)
    """
    require_choice("width", width, tuple(WIDTHS_CM))
    return round(WIDTHS_CM[width] / 2.54 * 96)


def house_figure(traces: Iterable[go.Scatter | go.Heatmap], layouts: Mapping[str, Mapping[str, object]]) -> go.Figure:
    """A figure with the house template that knows how to be laid out at each width.

    ``layouts`` has one layout per name in ``WIDTHS_CM``. On a screen the figure shows the double one and
    fills the place it is given; ``fit_width`` applies another.
    """
    figure = go.Figure(data=list(traces), layout={"template": house_template(), **layouts["double"]})
    figure.update_layout(meta={"layouts": {name: dict(layout) for name, layout in layouts.items()}})
    return figure


def fit_width(figure: go.Figure, width: str) -> go.Figure:
    """A copy of ``figure`` laid out for ``"single"`` (8 cm) or ``"double"`` (14 cm)."""
    pixels = width_px(width)
    copy = go.Figure(figure)
    layouts = (copy.layout.meta or {}).get("layouts") if isinstance(copy.layout.meta, Mapping) else None
    if layouts:
        copy.update_layout({**layouts[width], "meta": None}, overwrite=True)
    elif copy.layout.height is None:
        copy.update_layout(height=round(pixels * 0.68))
    return copy.update_layout(width=pixels, autosize=False)


@lru_cache(maxsize=1)
def house_template() -> go.layout.Template:
    """White paper, thin black axes without grid, Chinese fonts, small letters."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": INK,
        "linewidth": 1,
        "ticks": "outside",
        "ticklen": 3,
        "tickcolor": INK,
        "tickfont": {"size": SIZE_SMALL},
        "title": {"font": {"size": SIZE_SMALL}},
    }
    return go.layout.Template(
        layout={
            "font": {"family": house_stack(), "size": SIZE_TEXT, "color": INK},
            "title": {"font": {"size": SIZE_TITLE}},
            "paper_bgcolor": "white",
            "plot_bgcolor": "white",
            "colorway": [look.color for look in _LOOKS],
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": axis,
            "yaxis": axis,
            "legend": {"font": {"size": SIZE_SMALL}, "bgcolor": "rgba(0,0,0,0)", "tracegroupgap": 0},
            "hoverlabel": {"align": "left", "bgcolor": "white", "font": {"color": INK}},
            "annotationdefaults": {"font": {"size": SIZE_SMALL}, "showarrow": False},
        }
    )
