"""The joint display, the speakers and the figure saver in a real JupyterLab and a real Chromium."""

import pytest

import qualkit as qk

pytestmark = pytest.mark.browser

JOINT = """import pandas as pd
import qualkit as qk
row = {"theme": "type.withdrawal", "change": -4.0, "class": "improved", "rate_before": 3.0, "rate_after": 1.0,
       "fit": "convergent", "coding_ids_before": "c1", "coding_ids_after": "c2"}
table = pd.DataFrame([{"case": case, **row, "change": change} for case, change in (("A1", -4.0), ("A2", 2.0))])
quotes = pd.DataFrame({"case": ["A1", "A2"], "wave": "pre", "theme": "type.withdrawal", "code": "type.withdrawal",
                       "text": ["<b>我不过去</b>", "不想说"], "source": "pre/A1", "is_typical": True})
qk.widgets.JointDisplayWidget(table, quotes, language="en")"""


def test_a_click_in_the_joint_display_brings_the_quotations(lab, page):
    lab.write_notebook("joint.ipynb", JOINT)
    notebook = lab.open(page, "joint.ipynb")
    notebook.run_all()
    page.wait_for_selector(".qk-quotes .qk-empty", timeout=60_000)
    page.wait_for_selector(".js-plotly-plot .scatterlayer .point")
    for point in page.locator(".js-plotly-plot .scatterlayer .point").all():
        box = point.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if page.locator(".qk-quotes blockquote").count():
            break
        page.wait_for_timeout(300)
    page.wait_for_selector(".qk-quotes blockquote")
    assert page.locator(".qk-quotes blockquote").all_inner_texts() in (["<b>我不过去</b>"], ["不想说"])

    # The toolbar stands above the legend.
    toolbar = page.locator(".js-plotly-plot .modebar-group").bounding_box()
    legend = page.locator(".js-plotly-plot .legend").bounding_box()
    assert toolbar["y"] + toolbar["height"] <= legend["y"]
    assert page.locator(".js-plotly-plot .modebar-btn").count() == 3

    # Without a mouse: the menu.
    page.select_option(".qk-quotes select", "A1")
    page.wait_for_selector(".qk-quotes blockquote:has-text('我不过去')")
    assert page.locator(".qk-quotes blockquote").all_inner_texts() == ["<b>我不过去</b>"]
    assert page.locator(".qk-quotes blockquote b").count() == 0


def test_a_speaker_is_corrected_in_the_table(lab, page):
    path = lab.folder / "speakers.qualkit"
    with qk.create_project(path, title="x", prefix="DEV") as project:
        project.sources.add_text("pre/A3", "社工：好吗？\nA3：好。\n", kind="interview", case="A3", wave="pre")
        project.cases.add("W1", role="worker")
    cell = f"import qualkit as qk\nqk.widgets.SpeakersWidget(qk.open_project({str(path)!r}), language='en')"
    lab.write_notebook("speakers.ipynb", cell)
    notebook = lab.open(page, "speakers.ipynb")
    notebook.run_all()
    page.wait_for_selector(".qk-speakers td.qk-label", timeout=60_000)
    assert page.locator(".qk-speakers td.qk-label").all_inner_texts() == ["社工", "A3"]
    page.select_option(".qk-speakers tbody select >> nth=0", "W1")
    page.wait_for_selector(".qk-speakers-head >> text=Saved")
    with qk.open_project(path) as project:
        assert project.turns.table()["case"].tolist() == ["W1", "A3"]


def test_the_notebooks_own_browser_saves_a_figure(lab, page):
    cell = (
        "import plotly.graph_objects as go\nimport qualkit as qk\n"
        "figure = go.Figure(go.Bar(x=['退缩型'], y=[3]), layout={'width': 529, 'height': 300})\n"
        "qk.widgets.FigureSaver(figure, '图', folder='saved', width='single', dpi=300, language='en')"
    )
    lab.write_notebook("saver.ipynb", cell)
    notebook = lab.open(page, "saver.ipynb")
    notebook.run_all()
    page.wait_for_selector("text=图.png", timeout=90_000)
    svg = (lab.folder / "saved" / "图.svg").read_text(encoding="utf-8")
    png = (lab.folder / "saved" / "图.png").read_bytes()
    assert "退缩型" in svg
    assert png.startswith(b"\x89PNG")
    assert abs(int.from_bytes(png[16:20]) - 8 / 2.54 * 300) <= 2
