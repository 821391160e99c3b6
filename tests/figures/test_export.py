"""Figures as files, drawn by the real browser."""

import asyncio
import re
import struct
import sys
from io import BytesIO

import plotly.graph_objects as go
import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream

from qualkit.errors import FigureError, NoBrowserError, NoFontError, OptionError
from qualkit.figures import (
    choose_fonts,
    export,
    plot_heat_map,
    plot_joint_display,
    plot_slope_change,
    save_figure,
    save_figures,
)
from qualkit.figures.png import size_of

pytestmark = pytest.mark.slow  # images are rendered in a real browser

LABELS = {"type.withdrawal.silence": "沉默少言", "type.withdrawal": "退缩型", "withdrawal": "退缩型<b>", "A2": "A2&lt;"}
WIDTHS = {"single": 945, "double": 1654}


@pytest.fixture
def figures(figure_scores, reliable, matrix, joint):
    return {
        "图4-1": plot_slope_change(figure_scores, before="pre", after="post", reliable=reliable, labels=LABELS),
        "图4-2": plot_heat_map(matrix, labels=LABELS),
        "图4-3": plot_joint_display(joint, labels=LABELS),
        "fig4-4": plot_joint_display(joint, language="en"),
    }


@pytest.fixture
def files(browser, figures, tmp_path):
    return save_figures(figures, folder=tmp_path / "new", widths=("single", "double"))


def test_rendered_figures_have_every_glyph_and_their_true_size(files):
    assert len(files) == 24
    for path in files:
        width = "single" if "8cm" in path.name else "double"
        check = {".pdf": _check_pdf, ".png": _check_png, ".svg": _check_svg}[path.suffix]
        check(path, width)
    assert not [path for path in files[0].parent.iterdir() if path not in files]
    heat_map, slope, joint = (
        _text_of(next(file for file in files if file.match(f"{name}-14cm.pdf"))) for name in ("图4-2", "图4-1", "图4-3")
    )
    assert "沉默少言" in heat_map
    assert "退缩型<b>" in slope
    assert "A2&lt;" in slope
    assert "矛盾" in joint


def _check_pdf(path, width):
    chosen = choose_fonts("前后测")
    assert _missing_glyphs(path) == 0, path.name
    for name, kind, content in _fonts_of(path):
        if kind == "/Type3":
            assert not chosen[0].is_truetype, path.name
            continue
        # A font nobody chose would mean that the browser had to help out.
        family = name.split("+")[-1].replace("-", "").casefold()
        assert any(family.startswith(font.name.replace(" ", "").casefold()) for font in chosen), f"{path.name}: {name}"
        if chosen[0].is_truetype:
            assert kind == "/CIDFontType2", path.name
            assert "glyf" in content
    points = float(re.search(rb"/MediaBox \[0 0 ([\d.]+)", path.read_bytes()).group(1))
    assert points == pytest.approx({"single": 8, "double": 14}[width] / 2.54 * 72, abs=1)


def _check_png(path, width):
    content = path.read_bytes()
    assert size_of(content)[0] == WIDTHS[width], path.name
    assert struct.unpack(">II", content[41:49]) == (11811, 11811)


def _check_svg(path, width):
    svg = path.read_text("utf-8")
    assert f'width="{8 if width == "single" else 14}cm"' in svg[:300]
    assert "<script" not in svg
    assert svg.count("http") == svg.count("http://www.w3.org/")


def test_a_box_for_a_missing_character_would_be_seen(browser, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "choose_fonts", lambda characters: choose_fonts("前后测"))
    figure = go.Figure(go.Scatter(y=[1, 2]), layout={"title": {"text": "\ue123\ue124"}})
    [path] = save_figure(figure, "boxes", folder=tmp_path, formats=("pdf",))
    assert _missing_glyphs(path) + sum(kind == "/Type3" for _, kind, _ in _fonts_of(path)) > 0


def test_it_works_where_an_event_loop_runs_as_in_a_notebook(browser, tmp_path):
    async def cell():
        return save_figure(go.Figure(go.Scatter(y=[1, 2])), "x", folder=tmp_path, formats=("svg",), width="single")

    assert [path.name for path in asyncio.run(cell())] == ["x.svg"]


def test_without_a_font_nothing_is_written(figures, tmp_path, monkeypatch):
    monkeypatch.setattr("qualkit.figures.fonts.find_fonts", lambda families: ())
    with pytest.raises(NoFontError, match="they would be boxes"):
        save_figures(figures, folder=tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_without_a_browser_nothing_is_written(figures, tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    with pytest.raises(NoBrowserError, match="BROWSER_PATH"):
        save_figures({"fig4-4": figures["fig4-4"]}, folder=tmp_path / "new", language="en")
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a program that ends at once")
def test_a_browser_that_does_not_start_is_named(figures, tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/bin/true")
    with pytest.raises(FigureError, match=r"/bin/true could not draw fig4-4.svg"):
        save_figures({"fig4-4": figures["fig4-4"]}, folder=tmp_path, language="en")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a/b", "..", "", "图:1", "a\0"])
def test_a_name_that_is_no_file_name_is_refused(name, tmp_path):
    with pytest.raises(OptionError, match="cannot be a file name"):
        save_figure(go.Figure(), name, folder=tmp_path)


@pytest.mark.parametrize("options", [{"width": "wide"}, {"formats": ("jpg",)}, {"dpi": 5}, {"language": "de"}])
def test_options_are_checked_before_anything_starts(options, tmp_path):
    with pytest.raises(OptionError, match=next(iter(options))):
        save_figure(go.Figure(), "x", folder=tmp_path, **options)


def test_texts_that_are_only_carried_along_need_no_glyph():
    figure = go.Figure(go.Scatter(y=[1], customdata=["𠀀"], hovertext=["𠀁"], text=["前"], name="甲"))
    texts = export.texts_of(figure)
    assert "前" in texts
    assert "甲" in texts
    assert "𠀀" not in texts
    assert "𠀁" not in texts


def _fonts_of(path):
    """Per font of the PDF: base name, kind, and the embedded TrueType file (None when there is none)."""
    found = []
    for page in PdfReader(path).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            if font["/Subtype"] != "/Type0":
                found.append((str(font.get("/BaseFont", "")), str(font["/Subtype"]), None))
                continue
            below = font["/DescendantFonts"][0].get_object()
            file = below["/FontDescriptor"].get_object().get("/FontFile2")
            content = TTFont(BytesIO(file.get_object().get_data())) if file is not None else None
            found.append((str(font["/BaseFont"]).lstrip("/"), str(below["/Subtype"]), content))
    return found


def _missing_glyphs(path):
    """How many drawn glyphs are ``.notdef``, the first of a font."""
    reader = PdfReader(path)
    return sum(_missing_on(page, reader) for page in reader.pages)


def _missing_on(page, reader):
    fonts = {name: font.get_object()["/Subtype"] for name, font in page["/Resources"]["/Font"].items()}
    count, font = 0, ""
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        if operator == b"Tf":
            font = operands[0]
        if operator not in (b"Tj", b"TJ") or fonts[font] != "/Type0":
            continue
        for string in operands[0] if operator == b"TJ" else operands:
            if isinstance(string, bytes | str):
                content = string if isinstance(string, bytes) else string.original_bytes
                count += sum(content[at : at + 2] == b"\0\0" for at in range(0, len(content) - 1, 2))
    return count


def _text_of(path):
    """The words that can be searched and copied."""
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.mark.parametrize("name", [None, 5, "a/b", "..", "x\x01", "x\ud800", "长" * 100])
def test_names_that_no_file_can_have_are_refused_before_the_browser_starts(name, tmp_path):
    with pytest.raises(OptionError, match="name="):
        save_figures({name: go.Figure()}, folder=tmp_path)
