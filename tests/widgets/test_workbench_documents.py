"""The lists of the Documents tab: what they tell, and that every edit is one durable action that can be undone."""

import json
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


class Tab:
    """The Documents tab of a workbench, as the page talks with it."""

    def __init__(self, page):
        self.page = page
        self.n = 0

    def ask(self, t, **body):
        (answer,) = self.page.say(t, tab="documents", **body)
        json.dumps(answer, allow_nan=False)
        return answer

    def edit(self, t, **body):
        self.n += 1
        return self.ask(t, op_id=f"op-{self.n}", **body)


@pytest.fixture
def tab(project, browser):
    return Tab(browser(project.workbench()))


def ids(project):
    return dict(zip(project.sources.table()["name"], project.sources.table()["source_id"], strict=True))


def test_the_tab_opens_with_the_study_and_its_documents(tab, project):
    project.codings.add("pre/A3", 20, 24, "type.withdrawal")
    answer = tab.ask("hello")
    assert answer["study"]["waves"] == ["pre", "post"]
    assert answer["study"]["cases"] == ["A3"]
    assert answer["study"]["formats"]["docx"]["zh"] == "Word 文档"
    first, second = answer["documents"]
    expected = {"name": "pre/A3", "kind": "interview", "case": "A3", "wave": "pre", "session": None, "date": None}
    assert {name: first[name] for name in expected} == expected
    assert (first["turns"], first["codings"], second["codings"]) == (2, 1, 0)
    assert (answer["running"], answer["report"]) == (None, None)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "A3 第一次访谈", "A3 第一次访谈"),
        ("kind", "observation", "observation"),
        ("case", "B1", "B1"),
        ("wave", "post", "post"),
        ("wave", None, None),
        ("date", "2031年4月5日", "2031-04-05"),
    ],
)
def test_what_is_said_of_a_document_is_changed_and_undone(tab, project, field, value, told):
    source = ids(project)["pre/A3"]
    before = tab.ask("documents")["documents"][0]
    answer = tab.edit("source.set", source=source, field=field, value=value)
    assert answer["saved"]
    assert answer["document"][field] == told
    assert tab.ask("documents")["documents"][0][field] == told
    turned = tab.edit("undo")
    assert turned["action"] == "sources.update"
    assert turned["documents"][0] == before
    assert tab.edit("redo")["documents"][0][field] == told


def test_a_document_is_removed_and_brought_back(tab, project):
    source = ids(project)["post/A3"]
    assert tab.edit("source.remove", source=source)["removed"] == source
    assert [row["name"] for row in tab.ask("documents")["documents"]] == ["pre/A3"]
    assert tab.edit("undo")["summary"] == "post/A3"
    assert len(tab.ask("documents")["documents"]) == 2


def test_a_document_with_codings_stays_and_the_reason_is_told(tab, project):
    project.codings.add("pre/A3", 20, 24, "type.withdrawal")
    answer = tab.edit("source.remove", source=ids(project)["pre/A3"])
    assert (answer["ok"], len(tab.ask("documents")["documents"])) == (False, 2)
    assert "1 in codings" in answer["message"]


def test_undo_here_never_takes_back_a_coding(tab, project):
    tab.edit("source.set", source=ids(project)["pre/A3"], field="wave", value="post")
    project.codings.add("pre/A3", 20, 24, "type.withdrawal")
    assert tab.edit("undo")["nothing"]
    assert len(project.codings.table()) == 1


def test_an_action_that_comes_twice_is_done_once(tab, project):
    for _ in range(2):
        tab.ask("case.add", case="A9", op_id="the-same")
    assert project.cases.table()["case"].tolist() == ["A3", "A9"]
    first = tab.ask("undo", op_id="undo-once")
    assert tab.ask("undo", op_id="undo-once")["summary"] == first["summary"]
    assert project.cases.table()["case"].tolist() == ["A3"]


def test_a_speaker_is_named_and_undone(tab, project):
    project.cases.add("W1", role="worker")
    source = ids(project)["pre/A3"]
    labels = [(row["name"], row["label"], row["case"]) for row in tab.ask("speakers")["speakers"]]
    assert labels[:2] == [("pre/A3", "社工", None), ("pre/A3", "A3", "A3")]
    assert tab.edit("set", source=source, label="社工", case="W1")["saved"]
    assert tab.ask("speakers")["speakers"][0]["case"] == "W1"
    assert tab.edit("undo")["action"] == "cases.set_speaker"
    assert tab.ask("speakers")["speakers"][0]["case"] is None


def test_participants_are_added_and_filled_in_as_their_types_ask(tab, project):
    project.cases.update("A3", age="11", consent="yes")
    project.cases.set_attribute_type("age", "integer")
    project.cases.set_attribute_type("consent", "yes_no")
    project.cases.set_attribute_type("sex", "category", levels=["男", "女"], label={"zh": "性别", "en": "sex"})
    tab.edit("case.add", case=" A4 ")
    told = tab.ask("participants")["participants"]
    columns = {column["name"]: column for column in told["columns"]}
    assert (columns["age"]["type"], columns["consent"]["type"]) == ("integer", "yes_no")
    assert [row[0] for row in told["rows"]] == ["A3", "A4"]
    assert tab.edit("case.set", case="A4", column="age", value="12")["value"] == 12
    assert tab.edit("case.set", case="A4", column="consent", value="false")["value"] is False
    refused = tab.edit("case.set", case="A4", column="age", value="twelve")
    assert (refused["ok"], "twelve" in refused["message"]) == (False, True)
    assert tab.edit("case.set", case="A4", column="role", value="member")["value"] == "member"
    assert tab.edit("undo")["action"] == "cases.update"


def test_who_withdrew_is_seen_by_the_author_and_marked(tab, project):
    project.consents.set("A3", "interview", "withdrawn")
    assert project.sources.table().empty
    assert [row["case"] for row in tab.ask("hello")["documents"]] == ["A3", "A3"]
    told = tab.ask("participants")["participants"]
    assert ([row[0] for row in told["rows"]], told["withdrawn"]) == (["A3"], ["A3"])
    source = tab.ask("documents")["documents"][0]["id"]
    assert tab.edit("source.set", source=source, field="date", value="2031-04-05")["document"]["date"] == "2031-04-05"


def test_an_attribute_of_a_wave_is_changed_at_that_wave(tab, project):
    project.cases.update("A3", wave="pre", guardian="奶奶")
    column = next(one for one in tab.ask("participants")["participants"]["columns"] if one["name"] == "guardian_pre")
    assert (column["attribute"], column["wave"]) == ("guardian", "pre")
    assert tab.edit("case.set", case="A3", column="guardian_pre", value="外婆")["value"] == "外婆"
    assert project.cases.table()["guardian_pre"].tolist() == ["外婆"]


def test_the_reason_for_what_is_missing_is_entered_changed_and_taken_away(tab, project):
    project.cases.add("A4", role="member")
    project.cases.update("A3", role="member")

    def cell(cells):
        (found,) = [each for each in cells if (each["case"], each["kind"], each["wave"]) == ("A4", "interview", "post")]
        return found["status"], found["reason"]

    assert cell(tab.ask("completeness")["cells"])[0] == "missing"
    where = {"case": "A4", "kind": "interview", "wave": "post", "session": None}
    assert cell(tab.edit("absence.set", **where, reason="请假")["cells"]) == ("excused", "请假")
    assert cell(tab.edit("absence.set", **where, reason="转学")["cells"]) == ("excused", "转学")
    assert cell(tab.edit("absence.set", **where, reason="")["cells"])[0] == "missing"
    assert tab.edit("undo")["action"] == "absences.remove"
    assert cell(tab.ask("completeness")["cells"]) == ("excused", "转学")


scraps = st.none() | st.booleans() | st.integers(-5, 2**40) | st.text(max_size=6) | st.lists(st.integers(), max_size=2)
names = st.sampled_from(
    ["source", "field", "value", "case", "column", "label", "kind", "wave", "reason", "row", "path"]
)
messages = st.sampled_from(
    [
        "source.set",
        "source.remove",
        "set",
        "case.add",
        "case.set",
        "absence.set",
        "undo",
        "import.accept",
        "import.look",
    ]
)


@given(messages, st.dictionaries(names, scraps))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_message_raises_and_every_one_is_answered(project, browser, t, body):
    page = browser(project.workbench())
    (answer,) = page.say(t, tab="documents", **{"op_id": uuid4().hex, "source": "pre/A3", "case": "A3", **body})
    json.dumps(answer, allow_nan=False)
    assert answer.get("code") != "INTERNAL", answer
