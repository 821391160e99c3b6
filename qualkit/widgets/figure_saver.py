"""Save a figure as SVG and PNG through the notebook's own browser, where no other browser is found."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs
from plotly.utils import PlotlyJSONEncoder

from qualkit.atomic import write_atomically
from qualkit.checks import require_between, require_choice
from qualkit.errors import OptionError
from qualkit.figures.png import with_dpi
from qualkit.figures.style import WIDTHS_CM, fit_width
from qualkit.widgets.channel import PROTOCOL, Answer, ChannelWidget, Message, MessageError, browser_side

FORMATS = ("svg", "png")
LARGEST = 200_000_000

_TOLD = {
    "zh": ("已保存：{files}", "正在用此浏览器绘图……"),
    "en": ("Saved: {files}", "Drawing in this browser …"),
}


class FigureSaver(ChannelWidget):
    """Show this widget to save a figure; it says which files it wrote.

    ``figures.save_figure`` needs a Chrome, Edge or Chromium of its own and makes PDF too. This one needs
    only the page the notebook is open in.

    Parameters
    ----------
    figure : plotly Figure
    name : str
        File name without suffix.
    folder : path
    width : {"single", "double"}
        8 or 14 cm.
    formats : sequence of {"svg", "png"}
    dpi : int
        Of the PNG.
    """

    _esm = browser_side("figure_saver")

    def __init__(
        self,
        figure: go.Figure,
        name: str,
        *,
        folder: str | os.PathLike[str] = ".",
        width: str = "double",
        formats: Sequence[str] = FORMATS,
        dpi: int = 300,
        language: str = "zh",
    ) -> None:
        require_choice("width", width, tuple(WIDTHS_CM))
        for kind in formats:
            require_choice("formats", kind, FORMATS)
        require_between("dpi", dpi, 30, 2401)
        if not name.strip() or Path(name).name != name or set(name) & set('\\:*?"<>|\0'):
            raise OptionError(
                f'name={name!r} cannot be a file name. Leave out / \\ : * ? " < > | and give folder= apart.'
            )
        self._figure = fit_width(go.Figure(figure), width)
        self._folder = Path(folder)
        self._dpi = dpi
        self._scales = {"svg": 1.0, "png": WIDTHS_CM[width] / 2.54 * dpi / self._figure.layout.width}
        self._waiting = {f"{name}.{kind}": kind for kind in formats}
        self._written: list[Path] = []
        super().__init__(language=language)
        self._handlers = {"hello": self._hello, "image": self._write}

    @property
    def files(self) -> list[Path]:
        """What has been written so far."""
        return list(self._written)

    def _hello(self, _message: Message) -> Answer:
        if not self._waiting:
            return {"ok": True, "told": self._told()}, []
        layout = self._figure.layout
        images = [
            {"name": name, "format": kind, "width": layout.width, "height": layout.height, "scale": self._scales[kind]}
            for name, kind in self._waiting.items()
        ]
        order = {"figure": self._figure.to_plotly_json(), "images": images}
        return {"ok": True, "order": _plain(order)}, [get_plotlyjs().encode()]

    def _write(self, message: Message) -> Answer:
        name, buffers = str(message.get("name")), message["buffers"]
        kind = self._waiting.get(name)
        if kind is None or len(buffers) != 1 or not 0 < len(buffers[0]) <= LARGEST:
            raise MessageError("VALIDATION", "This image was not asked for.")
        content = bytes(buffers[0])
        if kind == "png":
            content = with_dpi(content, self._dpi)
        write_atomically(self._folder / name, content)
        del self._waiting[name]
        self._written.append(self._folder / name)
        self.send({"v": PROTOCOL, "told": self._told()})
        return {}, []

    def _told(self) -> str:
        saved, drawing = _TOLD[self.language]
        return saved.format(files=", ".join(map(str, self._written))) if self._written else drawing


def _plain(value: Any) -> Any:
    # Arrays, dates and NaN of the figure as what JSON holds.
    return json.loads(json.dumps(value, cls=PlotlyJSONEncoder))
