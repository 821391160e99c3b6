"""The Codebook tab: codes with their counts, edited where they stand, every change one action of the project."""

import pytest

from qualkit.widgets.workbench import Workbench


@pytest.fixture
def tab(project, browser):
    page = browser(Workbench(project))
    return lambda t, **body: page.say(t, tab="codebook", **body)[-1]


def code_of(answer, key):
    return next(code for code in answer["codes"] if code["key"] == key)


def setting(word, value, before="", **more):
    return {"code": "type.withdrawal", "word": word, "lang": "zh", "value": value, "before": before} | more


def test_the_tree_has_words_revision_and_counts(tab, project):
    project.codings.add("pre/A3", 0, 2, "type.withdrawal")
    code = code_of(tab("codebook"), "type.withdrawal")
    assert (code["parent"], code["codings"], code["revision"]) == ("type", 1, 1)
    assert code["definition"] == {"zh": "回避"}
    assert code_of(tab("codebook"), "type")["assignable"] is False


def test_a_changed_definition_is_a_revision_and_keeps_the_other_language(tab, project):
    answer = tab("code.set", op_id="o1", **setting("label", "退缩", before="退缩型"))
    assert code_of(answer, "type.withdrawal")["label"] == {"zh": "退缩", "en": "withdrawal"}
    assert code_of(answer, "type.withdrawal")["revision"] == 2
    assert project.codes.revisions("type.withdrawal")["revision"].tolist() == [1, 2]


def test_each_language_is_written_for_itself(tab, project):
    tab("code.set", op_id="o1", **setting("definition", "回避同伴", before="回避"))
    answer = tab("code.set", op_id="o2", **setting("definition", "avoids", lang="en"))
    assert code_of(answer, "type.withdrawal")["definition"] == {"zh": "回避同伴", "en": "avoids"}


def test_words_changed_elsewhere_are_not_written_over(tab, project):
    project.codes.update("type.withdrawal", definition={"zh": "别人写的"})
    answer = tab("code.set", op_id="o1", **setting("definition", "我写的", before="回避"))
    assert (answer["ok"], answer["code"]) == (False, "CONFLICT")
    assert answer["current"] == "别人写的"
    assert "刚在别处改过" in answer["message"]
    assert project.codes.table().set_index("code").at["type.withdrawal", "definition_zh"] == "别人写的"


def test_an_action_that_comes_again_is_done_once_whatever_was_written_since(tab, project):
    tab("code.set", op_id="o1", **setting("definition", "我写的", before="回避"))
    project.codes.update("type.withdrawal", definition={"zh": "别人写的"})
    assert tab("code.set", op_id="o1", **setting("definition", "我写的", before="回避"))["ok"]
    assert project.codes.table().set_index("code").at["type.withdrawal", "definition_zh"] == "别人写的"


def test_codes_are_added_removed_and_brought_back(tab, project):
    answer = tab("code.add", op_id="o1", code="type.像蚊子", label="像蚊子", parent="type")
    assert code_of(answer, "type.像蚊子")["label"]["zh"] == "像蚊子"
    answer = tab("code.remove", op_id="o2", code="type.像蚊子")
    assert "type.像蚊子" not in [code["key"] for code in answer["codes"]]
    assert code_of(tab("undo", op_id="o3"), "type.像蚊子")
    assert "type.像蚊子" not in [code["key"] for code in tab("redo", op_id="o4")["codes"]]


def test_an_undo_here_takes_back_no_coding(tab, project):
    project.codings.add("pre/A3", 0, 2, "type.withdrawal")
    assert tab("undo", op_id="o1")["nothing"]
    assert len(project.codings.table()) == 1


def test_a_code_in_use_is_not_removed_and_a_heading_can_be_made_of_it(tab, project):
    project.codings.add("pre/A3", 0, 2, "type.withdrawal")
    answer = tab("code.remove", op_id="o1", code="type.withdrawal")
    assert answer["ok"] is False
    assert code_of(tab("code.assignable", op_id="o2", code="type.withdrawal", value=False), "type.withdrawal")
    assert not project.codes.table().set_index("code").at["type.withdrawal", "is_assignable"]


@pytest.mark.parametrize(
    ("t", "body"),
    [
        ("code.set", setting("color", "#ff0000")),
        ("code.set", setting("label", "x", lang="fr")),
        ("code.set", setting("label", "x" * 30_000)),
        ("code.set", setting("label", "x", code="没有")),
        ("code.add", {"code": "a..b", "label": "x"}),
        ("code.add", {"code": "a", "label": " "}),
        ("code.remove", {"code": "没有"}),
        ("code.assignable", {"code": "type", "value": "yes"}),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(tab, project, t, body):
    before = project.codes.table()
    answer = tab(t, op_id="o1", **body)
    assert answer["ok"] is False
    assert len(answer["message"]) > 10
    assert project.codes.table().equals(before)
