import base64
import hashlib
import re

import pandas as pd
import pytest
from lxml import html

from qualkit.errors import DataError, NoBrowserError
from qualkit.figures import find_browser, plot_joint_display
from qualkit.reports import html_joint_display

TITLE = "图4-3 联合展示 <script>alert(0)</script>"


@pytest.fixture
def page(joint_table):
    return html_joint_display(
        joint_table, TITLE, labels={"type.withdrawal": "<i>退缩型</i>"}, note="数据状态：<DEV>\n第二行"
    )


def test_everything_a_person_wrote_is_text(page):
    tree = html.fromstring(page)
    assert tree.xpath("//script | //img | //main//b | //main//i") == []
    assert "<b>笑</b>" in tree.get_element_by_id("case-1").text_content()
    assert tree.findtext(".//h1") == TITLE
    assert [note.text for note in tree.xpath("//p[@class='note']")] == ["数据状态：<DEV>", "第二行"]


def test_a_case_leads_to_its_quotations_without_a_script(page):
    tree = html.fromstring(page)
    links = tree.xpath("//td[@class='case']/a")
    assert [link.text for link in links] == ["A1", "A2", "A7", "A9", "A10", "A1", "A9"]
    section = tree.get_element_by_id(links[3].get("href")[1:])
    assert [quote.findtext("p") for quote in section.findall("blockquote")] == [
        "我叫她们别理她。",
        "还是我说谁坐哪儿。",
        "我就给她起外号。",
        "我跟她说对不起了。",
    ]
    assert "没有编码片段。" in tree.get_element_by_id("case-5").text_content()


def test_all_quotations_given_are_shown_with_their_source(joint_table):
    quotes = pd.DataFrame(
        {"case": "A1", "wave": "pre", "code": "type.withdrawal.silence", "text": ["一", "二"], "citation": "（A1）"}
    )
    labels = {"type.withdrawal.silence": "沉默少言", "pre": "前测"}
    tree = html.fromstring(html_joint_display(joint_table, "x", quotations=quotes, labels=labels))
    section = tree.get_element_by_id("case-1")
    assert [quote.findtext("p") for quote in section.findall("blockquote")] == ["一", "二"]
    assert section.findtext("blockquote/footer") == "前测 · 沉默少言 （A1）"


@pytest.mark.parametrize(("language", "tongue", "word"), [("zh", "zh-CN", "矛盾"), ("en", "en", "divergent")])
def test_the_page_says_which_language_it_is_in(joint_table, language, tongue, word):
    tree = html.fromstring(html_joint_display(joint_table, "x", language=language))
    assert tree.get("lang") == tongue
    assert tree.xpath("//tr[@class='divergent']/td[@class='fit']")[0].text == word


def test_the_page_is_made_for_print_and_for_dark_screens(page):
    assert "@media print" in page
    assert "prefers-color-scheme: dark" in page


def test_with_a_figure_it_asks_no_network_and_stays_small(joint_table, tmp_path):
    path = tmp_path / "new" / "joint.html"
    page = html_joint_display(joint_table, TITLE, figure=plot_joint_display(joint_table), path=path)
    assert path.read_text("utf-8") == page
    assert path.stat().st_size < 6_000_000
    tree = html.fromstring(page)
    assert tree.xpath("//@src | //link") == []
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    assert len(scripts) == 2
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy


def test_a_table_without_fit_is_refused(joint_table):
    with pytest.raises(DataError, match="no column 'fit'"):
        html_joint_display(joint_table.drop(columns="fit"), "x")


@pytest.mark.browser
def test_a_click_on_a_point_shows_the_quotations_and_runs_nothing_else(joint_table, tmp_path):
    try:
        program = find_browser()
    except NoBrowserError as missing:
        pytest.skip(str(missing))
    from playwright.sync_api import sync_playwright

    path = tmp_path / "joint.html"
    html_joint_display(joint_table, TITLE, figure=plot_joint_display(joint_table), path=path)
    seen = []
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(program), args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1000, "height": 900})
        for event in ("console", "pageerror", "dialog", "request"):
            page.on(event, lambda what, event=event: seen.append((event, getattr(what, "url", what))))
        page.goto(path.as_uri())
        points = page.locator("#figure .scatterlayer .point")
        points.first.wait_for(state="attached")
        box = points.nth(3).bounding_box()
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.move(middle[0] - 9, middle[1])
        page.mouse.move(*middle)
        page.wait_for_selector("#figure .hoverlayer .hovertext", state="attached")
        page.mouse.click(*middle)
        page.wait_for_function("location.hash === '#case-4'")
        assert page.locator("section:target").inner_text().startswith("A9")
        chromium.close()
    assert seen == [("request", path.as_uri())]


def test_halves_of_characters_do_not_keep_the_page_from_being_written(tmp_path):
    row = {"case": "A\ud800", "theme": "<script>", "before": float("inf"), "after": 2.0, "change": 1.0, "class": None}
    table = pd.DataFrame([row | {"n_before": 1, "n_after": 2, "fit": "silent"}])
    page = html_joint_display(table, "T\udfff", path=tmp_path / "page.html")
    assert "A\ufffd" in page
    assert "∞" in page
    assert "<script>" not in page


def test_quotations_without_their_columns_are_refused():
    row = {"case": "A1", "theme": "a", "before": 1, "after": 2, "change": 1, "class": None}
    table = pd.DataFrame([row | {"n_before": 1, "n_after": 2, "fit": "silent"}])
    with pytest.raises(DataError, match="quotations: the table has no column 'case'"):
        html_joint_display(table, "T", quotations=pd.DataFrame({"x": [1]}))
