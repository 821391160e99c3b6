"""Save figures as SVG, PDF and PNG through the browser of this machine, at the widths a thesis uses."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from qualkit.atomic import write_atomically
from qualkit.checks import require_between, require_choice
from qualkit.errors import FigureError, OptionError
from qualkit.figures.browser import find_browser
from qualkit.figures.fonts import choose_fonts, font_stack
from qualkit.figures.png import with_dpi
from qualkit.figures.style import WIDTHS_CM, fit_width

FORMATS = ("svg", "pdf", "png")

# Signs some system refuses in file names, control characters and halves of characters among them.
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff]')

# Bytes; systems take 255, and the width, the suffix and the name of the unfinished file want room.
_LONGEST_NAME = 210

# Drawn by plotly itself, so no text of the figure has it: the minus of axis numbers.
_ALWAYS_NEEDED = "0123456789.−"

# Not drawn in an image: what a point carries along, and what the pointer shows.
_UNSEEN = {"customdata", "meta", "hovertext", "hovertemplate", "ids", "uid", "template", "font", "family", "colorscale"}

# A port nobody listens on: the browser draws a local page and has nothing to ask of any network.
_NO_NETWORK = "127.0.0.1:9"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Image:
    """One file to be drawn."""

    figure: go.Figure
    path: Path
    format: str
    scale: float
    width_cm: float


def save_figure(
    figure: go.Figure,
    name: str,
    *,
    folder: str | os.PathLike[str] = ".",
    width: str = "double",
    formats: Sequence[str] = FORMATS,
    dpi: int = 300,
    language: str = "zh",
) -> list[Path]:
    """Save one figure; see ``save_figures``, which is faster for several.

    Returns
    -------
    list of Path
        One file per format, ``folder/name.svg`` and so on.
    """
    return save_figures({name: figure}, folder=folder, widths=(width,), formats=formats, dpi=dpi, language=language)


def save_figures(
    figures: Mapping[str, go.Figure],
    *,
    folder: str | os.PathLike[str] = ".",
    widths: Sequence[str] = ("double",),
    formats: Sequence[str] = FORMATS,
    dpi: int = 300,
    language: str = "zh",
) -> list[Path]:
    """Save figures with one start of the browser.

    Parameters
    ----------
    figures : mapping of str to plotly Figure
        By file name without suffix (``"图4-2"``).
    folder : path
        Made when it is missing. A file of the same name is replaced, whole or not at all.
    widths : sequence of {"single", "double"}
        8 or 14 cm. With more than one the file names end in ``-8cm`` and ``-14cm``.
    formats : sequence of {"svg", "pdf", "png"}
    dpi : int
        Of the PNG, which is exactly ``width / 2.54 * dpi`` pixels wide.
    language : {"zh", "en"}
        ``"zh"`` makes sure of a font with Chinese characters even where the figure shows none.

    Returns
    -------
    list of Path
        The files, in the order of ``figures``, ``widths``, ``formats``.

    Raises
    ------
    NoBrowserError
        When there is no Chrome, Edge or Chromium.
    NoFontError
        When a character would be drawn as a box. Nothing is written then.
    """
    _check_options(figures, widths, formats, dpi, language)
    images = [
        image
        for name, figure in figures.items()
        for width in widths
        for image in _images_of(figure, Path(folder) / _file_name(name, width, widths), width, formats, dpi, language)
    ]
    browser = find_browser()
    Path(folder).mkdir(parents=True, exist_ok=True)
    for image, content in zip(images, _draw(images, browser), strict=True):
        write_atomically(image.path, _finish(image, content, dpi))
    return [image.path for image in images]


def texts_of(figure: go.Figure) -> str:
    """Every text an image of ``figure`` may show, one after the other."""
    return "\n".join(_strings(figure.to_plotly_json()))


def _check_options(figures, widths, formats, dpi, language) -> None:
    for width in widths:
        require_choice("width", width, tuple(WIDTHS_CM))
    for kind in formats:
        require_choice("formats", kind, FORMATS)
    require_choice("language", language, ("zh", "en"))
    require_between("dpi", dpi, 30, 2401)
    for name in figures:
        if not isinstance(name, str) or not name.strip() or name in (".", "..") or _NOT_IN_NAMES.search(name):
            raise OptionError(
                f'name={name!r} cannot be a file name. Leave out / \\ : * ? " < > | and give folder= apart.'
            )
        if len(name.encode()) > _LONGEST_NAME:
            raise OptionError(
                f"name={name[:20]!r}… is too long for a file. Use at most {_LONGEST_NAME // 3} characters."
            )


def _file_name(name: str, width: str, widths: Sequence[str]) -> str:
    return name if len(widths) == 1 else f"{name}-{WIDTHS_CM[width]:.0f}cm"


def _images_of(figure, stem: Path, width: str, formats: Sequence[str], dpi: int, language: str) -> Iterator[_Image]:
    fitted = fit_width(figure, width)
    characters = set(texts_of(fitted)) | set(_ALWAYS_NEEDED) | set("中文" if language == "zh" else "")
    fitted.update_layout(font={"family": font_stack(choose_fonts(characters))})
    width_cm = WIDTHS_CM[width]
    # kaleido cuts broken pixels off, so a quarter pixel more gives exactly the number asked for.
    png_pixels = round(width_cm / 2.54 * dpi) + 0.25
    exact = width_cm / 2.54 * 96 / fitted.layout.width
    for kind in formats:
        scale = png_pixels / fitted.layout.width if kind == "png" else exact
        yield _Image(
            figure=fitted, path=stem.with_name(f"{stem.name}.{kind}"), format=kind, scale=scale, width_cm=width_cm
        )


def _draw(images: Sequence[_Image], browser: Path) -> list[bytes]:
    # In a thread of its own: a notebook's thread has a running event loop already.
    result: list[list[bytes] | BaseException] = []

    def run() -> None:
        try:
            result.append(asyncio.run(_draw_all(images, browser)))
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
            result.append(error)

    thread = threading.Thread(target=run, name="qualkit-figures")
    thread.start()
    thread.join()
    if isinstance(result[0], BaseException):
        raise FigureError(
            f"{browser} could not draw {images[0].path.name}: {_reason(result[0])} "
            "Close other programs and try again, or let BROWSER_PATH name another browser."
        ) from result[0]
    return result[0]


def _reason(error: BaseException) -> str:
    # The first sentence of choreographer's errors tells what happened; the others advise to download a browser.
    return str(error.args[0] if error.args else type(error).__name__)


async def _draw_all(images: Sequence[_Image], browser: Path) -> list[bytes]:
    import kaleido

    # Without MathJax, which kaleido would fetch from a server; the title is that of the PDF.
    page = kaleido.PageGenerator(mathjax=False)
    page.header = page.header.replace("Kaleido-fier", "qualkit")
    async with kaleido.Kaleido(n=1, page_generator=page, path=str(browser), proxy_server=_NO_NETWORK) as drawer:
        return [await drawer.calc_fig(image.figure, opts=_options(image)) for image in images]


def _options(image: _Image) -> Any:
    layout = image.figure.layout
    return {"format": image.format, "width": layout.width, "height": layout.height, "scale": image.scale}


def _finish(image: _Image, content: bytes, dpi: int) -> bytes:
    if image.format == "png":
        return with_dpi(content, dpi)
    if image.format == "svg":
        return _svg_in_centimetres(content.decode(), image).encode()
    return content


def _svg_in_centimetres(svg: str, image: _Image) -> str:
    height_cm = image.width_cm * image.figure.layout.height / image.figure.layout.width
    return re.sub(
        r'(<svg\b[^>]*?) width="[^"]*" height="[^"]*"',
        rf'\1 width="{image.width_cm:g}cm" height="{height_cm:.3f}cm"',
        svg,
        count=1,
    )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in _UNSEEN:
                yield from _strings(inner)
    elif not isinstance(value, bytes) and hasattr(value, "__iter__"):
        for inner in value:
            yield from _strings(inner)
