"""The Memos tab: each memo with what it is on; one's own are changed, removed and brought back, new ones written."""

import json
from uuid import uuid4

import pytest

import qualkit as qk
from qualkit.widgets.coding import LONGEST_MEMO


class Tab:
    """The Memos tab of a workbench, as the page talks with it."""

    def __init__(self, page):
        self.page = page

    def ask(self, t, **body):
        (answer,) = self.page.say(t, tab="memos", **body)
        json.dumps(answer, allow_nan=False)
        return answer

    def edit(self, t, **body):
        return self.ask(t, **{"op_id": uuid4().hex, **body})


@pytest.fixture
def tab(project, browser):
    return Tab(browser(project.workbench()))


@pytest.fixture
def source(project):
    return project.sources.get("pre/A3").source_id


def test_each_memo_says_what_it_is_on(tab, project, source):
    coding = project.codings.add("pre/A3", 20, 24, "type.withdrawal", memo="为什么")
    quote = project.codings.table()["text"].iloc[0]
    code = project.codes.table().set_index("code").at["type.withdrawal", "code_id"]
    case = project.cases.table()["case_id"].iloc[0]
    for target, kind in ((source, "method"), (code, "theory"), (case, "safeguarding")):
        project.memos.add(target, "词", kind=kind)
    answer = tab.ask("memos")
    told = [(memo["target"], memo["on"], memo["kind"]) for memo in answer["memos"]]
    label = {"key": "type.withdrawal", "zh": "退缩型", "en": "withdrawal"}
    assert told == [
        ("cases", "A3", "safeguarding"),
        ("codes", label, "theory"),
        ("sources", "pre/A3", "method"),
        ("codings", quote, "analytic"),
    ]
    assert coding
    assert answer["coder"] == answer["memos"][0]["coder"] == "Lin"
    assert answer["kinds"] == ["analytic", "method", "theory", "reflexive", "safeguarding"]


def test_a_memo_on_what_is_gone_stays_in_the_list(tab, project):
    coding = project.codings.add("pre/A3", 20, 24, "type.withdrawal", memo="为什么")
    project.codings.remove(coding)
    for memo in tab.ask("memos")["memos"]:
        assert memo["on"] is None


@pytest.mark.parametrize("target", ["sources", "codes", "cases"])
def test_a_memo_is_written_on_a_document_a_code_or_a_case(tab, project, target):
    on = tab.ask("targets")["targets"][target][-1]["id"]
    answer = tab.edit("memo.add", target=target, on=on, kind="reflexive", text="想一想")
    assert answer["saved"]
    (memo,) = answer["memos"]
    assert (memo["id"], memo["target"], memo["kind"], memo["text"]) == (answer["added"], target, "reflexive", "想一想")
    assert project.memos.table()["target_id"].tolist() == [on]


def test_a_memo_is_changed_removed_and_brought_back(tab, project, source):
    memo = project.memos.add(source, "一")
    assert tab.edit("memo.set", memo=memo, text="二", before="一")["text"] == "二"
    assert project.memos.table()["text"].tolist() == ["二"]
    assert tab.edit("memo.remove", memo=memo)["memos"] == []
    assert project.memos.table().empty
    assert tab.edit("undo")["memos"][0]["text"] == "二"


def test_asked_again_nothing_happens_twice(tab, project, source):
    for _ in range(2):
        added = tab.edit("memo.add", op_id="a", target="sources", on=source, kind="method", text="一")["added"]
    assert len(project.memos.table()) == 1
    for _ in range(2):
        assert tab.edit("memo.remove", op_id="b", memo=added)["ok"]


def test_an_undo_takes_back_the_removal_and_no_edit_that_came_after_it(tab, project, source):
    first, second = project.memos.add(source, "一"), project.memos.add(source, "二")
    tab.edit("memo.remove", memo=first)
    tab.edit("memo.set", memo=second, text="三", before="二")
    assert tab.edit("undo")["nothing"]
    assert project.memos.table()["text"].tolist() == ["三"]


def test_an_undo_here_takes_back_no_coding(tab, project):
    project.codings.add("pre/A3", 20, 24, "type.withdrawal")
    assert tab.edit("undo")["nothing"]
    assert len(project.codings.table()) == 1


@pytest.mark.parametrize(("t", "more"), [("memo.set", {"text": "我的", "before": "梅的"}), ("memo.remove", {})])
def test_the_memo_of_somebody_else_stays_as_it_is(tab, project, source, t, more):
    with qk.open_project(project.path, coder="Mei") as other:
        memo = other.memos.add(source, "梅的")
    answer = tab.edit(t, memo=memo, **more)
    assert (answer["ok"], answer["code"]) == (False, "READONLY")
    assert project.memos.table()["text"].tolist() == ["梅的"]


@pytest.mark.parametrize(
    ("t", "body", "code"),
    [
        ("memo.set", {"memo": "nothing", "text": "一", "before": ""}, "UNKNOWN_ID"),
        ("memo.remove", {"memo": "nothing"}, "UNKNOWN_ID"),
        ("memo.set", {"memo": 3, "text": "一", "before": ""}, "VALIDATION"),
        ("memo.set", {"memo": "nothing", "text": "长" * (LONGEST_MEMO + 1), "before": ""}, "VALIDATION"),
        (
            "memo.add",
            {"target": "sources", "on": "nothing", "kind": "method", "text": "一", "before": ""},
            "UNKNOWN_ID",
        ),
        ("memo.add", {"target": "memos", "on": "nothing", "kind": "method", "text": "一", "before": ""}, "VALIDATION"),
        ("memo.add", {"target": "sources", "on": "nothing", "kind": "poem", "text": "一", "before": ""}, "VALIDATION"),
        (
            "memo.add",
            {"target": "sources", "on": "x", "kind": "method", "text": "长" * (LONGEST_MEMO + 1), "before": ""},
            "VALIDATION",
        ),
        ("memo.add", {"target": "sources", "on": "x", "kind": "method"}, "VALIDATION"),
    ],
)
def test_an_unknown_id_or_a_text_that_is_too_long_is_refused(tab, project, t, body, code):
    answer = tab.edit(t, **body)
    assert (answer["ok"], answer["code"]) == (False, code)
    assert project.memos.table().empty


def test_a_memo_changed_elsewhere_is_not_written_over(tab, project, source):
    memo = project.memos.add(source, "一")
    project.memos.update(memo, "另一本笔记里写的")
    answer = tab.edit("memo.set", memo=memo, text="我的", before="一")
    assert (answer["code"], answer["current"]) == ("CONFLICT", "另一本笔记里写的")
    assert "刚在别处改过" in answer["message"]
    assert tab.edit("memo.set", memo=memo, text="我的", before=answer["current"])["ok"]
    assert project.memos.table()["text"].tolist() == ["我的"]


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_memo_without_words_is_refused(tab, project, source, text):
    memo = project.memos.add(source, "一")
    assert not tab.edit("memo.set", memo=memo, text=text, before="一")["ok"]
    assert not tab.edit("memo.add", target="sources", on=source, kind="method", text=text)["ok"]
    assert project.memos.table()["text"].tolist() == ["一"]
