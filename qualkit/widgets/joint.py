"""The joint display in the notebook: the figure beside the quotations; a click or a box chooses the cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ipywidgets
import pandas as pd
import plotly.graph_objects as go

from qualkit.checks import require_columns
from qualkit.figures import plot_joint_display
from qualkit.widgets.quotes import QuotePanel

# Panels share no axes, so zooming would tear the rows apart.
_TOOLBAR = {"displaylogo": False, "modeBarButtons": [["select2d", "lasso2d", "resetScale2d"]]}
_TOOLBAR_HEIGHT = 30

_WAVES = {"zh": ("前测", "后测"), "en": ("before", "after")}


class JointDisplayWidget(ipywidgets.HBox):
    """Show a joint display whose points lead to the quotations behind them.

    Click a point, draw a box around several, or choose a case in the menu of the quotations.

    Parameters
    ----------
    table : DataFrame
        Result of ``displays.joint_display``.
    quotes : DataFrame
        Result of ``displays.quotes_of``; with a column ``citation`` (``reports.cite``) each quotation
        shows it, else the name of its source.
    labels : mapping, optional
        What to call cases, themes, codes and waves.
    before, after : str
        The two waves, as in ``joint_display``.
    language : {"zh", "en"}
    """

    def __init__(
        self,
        table: pd.DataFrame,
        quotes: pd.DataFrame,
        *,
        labels: Mapping[str, str] | None = None,
        before: str = "pre",
        after: str = "post",
        language: str = "zh",
    ) -> None:
        cases = [str(case) for case in dict.fromkeys(table["case"])]
        self.figure = go.FigureWidget(plot_joint_display(table, labels=labels, language=language))
        self.figure.update_layout(dragmode="select", hovermode="closest")
        _make_room_for_toolbar(self.figure)
        waves = dict(zip((before, after), _WAVES[language], strict=True))
        self.quotes = QuotePanel(
            _in_order_of_waves(quotes, before, after),
            cases=cases,
            labels={**waves, **(labels or {})},
            language=language,
            on_choose=self._mark,
        )
        self._box: tuple[Any, ...] = ()
        self._listen()
        height = f"{max(300, int(self.figure.layout.height or 0))}px"
        self.quotes.layout = ipywidgets.Layout(flex="1 1 280px", min_width="280px", width="auto", height=height)
        chart = ipywidgets.Box([self.figure], layout=ipywidgets.Layout(flex="0 0 auto", overflow="hidden"))
        layout = ipywidgets.Layout(flex_flow="row wrap", align_items="stretch", grid_gap="12px", width="100%")
        super().__init__([chart, self.quotes], layout=layout)

    @property
    def chosen(self) -> list[str]:
        """Whose quotations are shown."""
        return self.quotes.chosen

    def choose(self, cases: Iterable[str]) -> None:
        """Show the quotations of these cases and mark their points."""
        self.quotes.choose(cases)
        self._mark(self.chosen)

    def _listen(self) -> None:
        for trace in self.figure.data:
            if trace.customdata is not None:
                trace.on_click(self._on_points)
                trace.on_selection(self._on_points)

    def _on_points(self, trace: Any, points: Any, selector: Any) -> None:
        # Plotly asks every trace; a box that covers several traces is told one after the other.
        cases = [str(trace.customdata[place][0]) for place in points.point_inds]
        if not cases:
            return
        box = tuple(getattr(selector, name, None) for name in ("xrange", "yrange", "xs", "ys"))
        if any(side is not None for side in box) and box == self._box:
            cases += self.chosen
        self._box = box
        self.choose(cases)

    def _mark(self, cases: list[str]) -> None:
        wanted = set(cases)
        with self.figure.batch_update():
            for trace in self.figure.data:
                if trace.customdata is not None:
                    places = [place for place, data in enumerate(trace.customdata) if str(data[0]) in wanted]
                    trace.selectedpoints = places or None


def _make_room_for_toolbar(figure: go.FigureWidget) -> None:
    # The toolbar lies over the upper edge; without a strip of its own it would cover the legend.
    figure._config = {**figure._config, **_TOOLBAR}
    layouts = dict((figure.layout.meta or {}).get("layouts", {}))
    # A saved figure has no toolbar, so what it is laid out to takes the strip away again.
    meta = {"layouts": {width: {**layout, "margin": {"t": 0}} for width, layout in layouts.items()}}
    figure.update_layout(height=figure.layout.height + _TOOLBAR_HEIGHT, margin={"t": _TOOLBAR_HEIGHT}, meta=meta)


def _in_order_of_waves(quotes: pd.DataFrame, before: str, after: str) -> pd.DataFrame:
    # Within case and theme what was said before comes first, whatever the texts are called.
    require_columns(quotes, ("theme", "wave"), what="quotes")
    themes = pd.Series(pd.factorize(quotes["theme"])[0], index=quotes.index)
    places = pd.DataFrame({"theme": themes, "wave": quotes["wave"].map({before: 0, after: 1}).fillna(2)})
    return quotes.loc[places.sort_values(["theme", "wave"], kind="stable").index]
