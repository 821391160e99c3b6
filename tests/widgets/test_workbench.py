"""The shell: each tab talks with its part alone, and nothing of the study stands in the widget."""

import json

import pytest

import qualkit as qk
from qualkit.errors import OptionError
from qualkit.widgets import Workbench
from qualkit.widgets.workbench import TABS


@pytest.fixture
def page(project, browser):
    return browser(Workbench(project))


def test_a_project_opens_its_workbench_in_the_language_of_the_study(project):
    assert isinstance(project.workbench(), Workbench)
    assert project.workbench().language == "zh"
    assert project.workbench(language="en").language == "en"


def test_the_shell_says_which_study_and_which_tabs(page):
    (answer,) = page.say("hello")
    assert (answer["title"], answer["coder"]) == ("交往偏差", "Lin")
    assert answer["tabs"] == list(TABS) == ["documents", "code", "codebook", "memos", "history"]


def test_an_answer_carries_the_name_of_its_tab(page):
    (answer,) = page.say("hello", tab="documents")
    assert (answer["ok"], answer["tab"], answer["re"]) == (True, "documents", "m1")
    (answer,) = page.say("hello", tab="code")
    assert answer["tab"] == "code"
    assert answer["document"]["name"] == "pre/A3"


def test_coding_in_the_workbench_is_the_coding_widgets_and_its_news_go_to_its_tab(page, project):
    source = project.sources.get("pre/A3")
    start = source.text.index("他们玩什么")
    place = {"start": start, "end": start + 5, "n": 5, "head": "他们玩什么", "tail": "他们玩什么"}
    operation = {"op_id": "op-1", "kind": "coding.add", "source": source.source_id, "code": "type.withdrawal", **place}
    (done,) = page.say("ops", tab="code", ops=[operation])
    assert (done["t"], done["ok"], done["tab"]) == ("done", True, "code")
    assert project.codings.table()["text"].tolist() == ["他们玩什么"]


def test_a_document_chosen_elsewhere_is_opened_for_coding(page, project):
    post = project.sources.get("post/A3").source_id
    (answer,) = page.say("hello", tab="code", source=post)
    assert answer["document"]["id"] == post
    (answer,) = page.say("hello", tab="code")
    assert answer["document"]["id"] == post


def test_the_code_tab_hears_whether_its_document_is_still_the_same(page, project):
    source = project.sources.get("pre/A3")
    page.say("hello", tab="code", source=source.source_id)
    (answer,) = page.say("sources", tab="code", source=source.source_id)
    assert (answer["stale"], answer.get("gone")) == (False, None)
    project.sources.correct(source.source_id, source.text.replace("下课", "放学"))
    (answer,) = page.say("sources", tab="code", source=source.source_id)
    assert answer["stale"]
    project.sources.remove("post/A3")
    project.sources.remove("pre/A3")
    (answer,) = page.say("sources", tab="code", source=source.source_id)
    assert (answer["gone"], answer["sources"]) == (True, [])


def test_a_coding_on_a_text_that_was_corrected_meanwhile_is_refused(page, project):
    source = project.sources.get("pre/A3")
    page.say("hello", tab="code", source=source.source_id)
    start = source.text.index("他们玩什么")
    place = {"start": start, "end": start + 5, "n": 5, "head": "他们玩什么", "tail": "他们玩什么"}
    operation = {"op_id": "op-1", "kind": "coding.add", "source": source.source_id, "code": "type.withdrawal", **place}
    project.sources.correct(source.source_id, "补：" + source.text)
    (done,) = page.say("ops", tab="code", ops=[operation])
    assert not done["ok"]
    assert "changed since" in done["message"]
    assert project.codings.table().empty


@pytest.mark.parametrize("tab", ["nothing", 3, ["code"], ""])
def test_a_tab_that_is_not_there_is_refused(page, tab):
    (answer,) = page.say("hello", tab=tab)
    assert (answer["ok"], answer["code"]) == (False, "PROTO")


def test_nothing_of_the_study_stands_in_the_traits(project):
    state = json.dumps({name: str(value) for name, value in project.workbench().get_state().items() if name != "_esm"})
    for secret in ("交往偏差", "A3", "Lin", "退缩型"):
        assert secret not in state


def test_an_odd_height_or_language_is_refused(project):
    with pytest.raises(OptionError, match="height"):
        Workbench(project, height=10)
    with pytest.raises(OptionError, match="language"):
        project.workbench(language="de")


def test_an_empty_study_opens_too_and_codes_what_comes_in_later(tmp_path, browser):
    with qk.create_project(tmp_path / "e.qualkit", title="空", prefix="E") as empty:
        page = browser(empty.workbench())
        assert "document" not in page.say("hello", tab="code")[0]
        empty.sources.add_text("pre/A1", "A1：好。", kind="interview")
        assert page.say("hello", tab="code")[0]["document"]["name"] == "pre/A1"
