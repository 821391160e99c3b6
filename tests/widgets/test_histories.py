"""The History tab: what was done is told newest first, found by coder, day and kind, and turned back as named."""

import json
import time

import pandas as pd
import pytest

import qualkit as qk
from qualkit.widgets.histories import PAGE


class Tab:
    """The History tab of a workbench, as the page talks with it."""

    def __init__(self, page):
        self.page = page

    def ask(self, t="history", **body):
        (answer,) = self.page.say(t, tab="history", **body)
        json.dumps(answer, allow_nan=False)
        return answer


@pytest.fixture
def tab(project, browser):
    project.codings.add("pre/A3", 20, 24, "type.withdrawal")
    return Tab(browser(project.workbench()))


def actions(answer):
    return [event["action"] for event in answer["events"]]


def test_what_was_done_is_told_newest_first(tab):
    answer = tab.ask()
    first = answer["events"][0]
    assert (first["action"], first["coder"], first["undone"]) == ("codings.add", "Lin", False)
    assert (first["of"], answer["coder"], answer["coders"]) == (None, "Lin", ["Lin"])
    assert answer["n"] == len(answer["events"]) == 8
    assert actions(answer)[-1] == "project.create"


def test_an_action_is_undone_and_done_again_as_the_button_names_it(tab, project):
    named = tab.ask()["undo"]
    assert named["action"] == "codings.add"
    answer = tab.ask("undo", op_id="u1", event=named["id"])
    assert answer["turned"] == named
    assert project.codings.table().empty
    undo, added = answer["events"][:2]
    assert (undo["action"], undo["of"], undo["summary"]) == ("undo", "codings.add", added["summary"])
    assert (undo["undone"], added["undone"]) == (False, True)
    assert answer["redo"] == named
    again = tab.ask("redo", op_id="r1", event=named["id"])
    assert len(project.codings.table()) == 1
    assert [event["undone"] for event in again["events"][:3]] == [False, False, False]
    assert again["redo"] is None


def test_a_question_put_again_takes_nothing_more_back(tab, project):
    named = tab.ask()["undo"]
    for _ in range(2):
        assert tab.ask("undo", op_id="u1", event=named["id"])["turned"] == named
    assert len(project.codes.table()) == 3


def test_what_was_done_since_is_named_before_it_is_taken_back(tab, project):
    named = tab.ask()["undo"]
    project.codings.add("pre/A3", 20, 24, "type.aggressive")
    answer = tab.ask("undo", op_id="u1", event=named["id"])
    assert answer["other"]
    assert answer["undo"]["id"] > named["id"]
    assert len(project.codings.table()) == 2


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("codings", {"codings.add"}),
        ("codebook", {"codes.add", "codes.update"}),
        ("documents", {"sources.add"}),
        ("memos", {"codings.set_memo", "memos.add"}),
        ("people", {"cases.update"}),
    ],
)
def test_the_list_is_narrowed_to_a_kind(tab, project, kind, expected):
    project.codings.set_memo(project.codings.table()["coding_id"].iloc[0], "为什么？")
    project.memos.add(project.sources.get("pre/A3").source_id, "又一条")
    project.cases.update("A3", role="member")
    assert set(actions(tab.ask(kind=kind))) == expected


def test_an_undo_belongs_to_the_kind_of_what_it_took_back(tab, project):
    project.undo()
    assert actions(tab.ask(kind="codings")) == ["undo", "codings.add"]


def test_the_list_is_narrowed_to_a_coder_and_a_day(tab, project):
    with qk.open_project(project.path, coder="Mei") as other:
        other.codings.add("post/A3", 10, 12, "type.aggressive")
    assert tab.ask()["coders"] == ["Lin", "Mei"]
    assert [event["coder"] for event in tab.ask(coder="Mei")["events"]] == ["Mei"]
    at = pd.Timestamp(tab.ask()["events"][0]["at"])
    ends = {"since": (at - pd.Timedelta(hours=1)).isoformat(), "until": (at + pd.Timedelta(hours=1)).isoformat()}
    assert tab.ask(**ends)["n"] == 9
    later = {"since": "2999-01-01T00:00:00.000Z", "until": "2999-01-02T00:00:00.000Z"}
    assert tab.ask(**later)["events"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "nothing"},
        {"kind": "x" * 300},
        {"coder": ["Lin"]},
        {"skip": -1},
        {"since": "Tuesday", "until": "Wednesday"},
        {"since": "2031-01-01", "until": "2031-01-02"},
        {"since": "2031-01-01T00:00:00Z"},
    ],
)
def test_an_odd_question_is_refused(tab, body):
    answer = tab.ask(**body)
    assert (answer["ok"], answer["code"]) == (False, "VALIDATION")


@pytest.mark.parametrize("body", [{}, {"op_id": "u1"}, {"op_id": "u1", "event": "last"}, {"op_id": 3, "event": 1}])
def test_an_undo_that_names_nothing_is_refused(tab, project, body):
    assert not tab.ask("undo", **body)["ok"]
    assert len(project.codings.table()) == 1


def test_of_twenty_thousand_actions_a_page_is_sent_at_once(tab, project, monkeypatch):
    table = project.history.table()
    long = pd.concat([table.iloc[-1:]] * 20_000, ignore_index=True)
    long["event_id"] = range(1, 20_001)
    long.loc[19_999, ["action", "undoes"]] = ["undo", 500]
    monkeypatch.setattr(project.history, "table", lambda: long)
    start = time.perf_counter()
    answer = tab.ask(skip=19_400, kind="codings", since="2000-01-01T00:00:00Z", until="2999-01-01T00:00:00Z")
    assert time.perf_counter() - start < 2
    assert (answer["n"], len(answer["events"])) == (20_000, PAGE)
    assert [event["id"] for event in answer["events"] if event["undone"]] == [500]
