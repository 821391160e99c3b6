import json

import plotly.graph_objects as go
import pytest

from qualkit.errors import OptionError
from qualkit.widgets import FigureSaver

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def test_the_browser_is_asked_for_the_images_and_the_files_are_written(tmp_path, browser):
    saver = FigureSaver(
        go.Figure(go.Scatter(x=[1, 2], y=[3, 4])), "图4-2", folder=tmp_path, width="single", language="en"
    )
    page = browser(saver)
    (order,) = page.say("hello")
    assert [image["name"] for image in order["order"]["images"]] == ["图4-2.svg", "图4-2.png"]
    assert page.heard[0][1][0].startswith(b"/**\n* plotly.js") or b"plotly" in page.heard[0][1][0][:400]
    json.dumps(order, allow_nan=False)
    page.say("image", name="图4-2.svg", buffers=[b"<svg/>"])
    (told,) = page.say("image", name="图4-2.png", buffers=[PNG])
    assert (tmp_path / "图4-2.svg").read_bytes() == b"<svg/>"
    assert (tmp_path / "图4-2.png").read_bytes().startswith(b"\x89PNG")
    assert str(tmp_path / "图4-2.png") in told["told"]
    assert saver.files == [tmp_path / "图4-2.svg", tmp_path / "图4-2.png"]
    assert "Saved" in page.say("hello")[0]["told"]


def test_an_image_nobody_asked_for_is_not_written(tmp_path, browser):
    page = browser(FigureSaver(go.Figure(), "a", folder=tmp_path, formats=("svg",)))
    for name in ("b.svg", "../a.svg", "a.png"):
        assert page.say("image", name=name, buffers=[b"x"])[0]["ok"] is False
    assert page.say("image", name="a.svg", buffers=[])[0]["ok"] is False
    assert list(tmp_path.iterdir()) == []


def test_options_out_of_range_are_refused():
    with pytest.raises(OptionError, match="'svg', 'png'"):
        FigureSaver(go.Figure(), "a", formats=("pdf",))
    with pytest.raises(OptionError, match="cannot be a file name"):
        FigureSaver(go.Figure(), "../a")
