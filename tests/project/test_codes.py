import re

import pytest

from qualkit.errors import DataError, OptionError, ProjectError


def test_a_code_comes_under_the_code_its_key_names(project):
    parents = project.codes.table().set_index("code").parent
    assert parents["type.withdrawal.silence"] == "type.withdrawal"
    assert parents.isna()["type"]


def test_labels_are_columns_by_language(project):
    row = project.codes.table().set_index("code").loc["type.withdrawal"]
    assert (row.label_zh, row.label_en) == ("退缩型", "withdrawal")


def test_a_bare_label_belongs_to_the_language_it_is_written_in(project):
    project.codes.add("strength", label="优势")
    project.codes.add("support", label="social support")
    table = project.codes.table().set_index("code")
    assert (table.label_zh["strength"], table.label_en["support"]) == ("优势", "social support")
    assert table.label_zh.isna()["support"]


def test_a_key_is_used_once(project):
    with pytest.raises(ProjectError, match="'cause' exists already"):
        project.codes.add("cause")
    with pytest.raises(ProjectError, match="'cause' exists already"):
        project.codes.update("type", key="cause")


def test_a_removed_key_is_free_again_until_undo_wants_it_back(project):
    project.codes.remove("cause")
    project.undo()
    project.codes.remove("cause")
    project.codes.add("cause")
    assert project.codes.table().code.tolist().count("cause") == 1


@pytest.mark.parametrize("key", ["", "a..b", ".a", None])
def test_a_key_without_words_is_refused(project, key):
    with pytest.raises(DataError, match="no key of a code"):
        project.codes.add(key)


def test_a_loop_of_parents_is_refused(project):
    with pytest.raises(ProjectError, match="which would be a loop"):
        project.codes.update("type", parent="type.withdrawal.silence")
    with pytest.raises(ProjectError, match="which would be a loop"):
        project.codes.update("type", parent="type")
    project.codes.update("type", parent="cause")
    assert project.codes.table().set_index("code").parent["type"] == "cause"


def test_a_language_that_is_not_known_is_refused(project):
    with pytest.raises(OptionError, match=r"label: 'fr' is no language.*'zh'"):
        project.codes.add("x", label={"fr": "retrait"})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"is_assignable": "no"}, "is_assignable='no' is not known. Choose one of True, False"),
        ({"is_assignable": None}, "is_assignable=None"),
        ({"is_assignable": 1}, "is_assignable=1"),
        ({"color": "red"}, "color='red' is no colour. Write it as '#cc6677'"),
        ({"color": 5}, "color=5 is no colour"),
        ({"valence": "good"}, "valence='good' is not known. Choose one of 'positive'"),
        ({"label": 5}, "label=5 is no text"),
        ({"label": ["a"]}, "label=['a'] is no text"),
        ({"definition": {"zh": 5}}, "definition in zh is 5, which is no text"),
        ({"note": b"a"}, "note=b'a' is no text"),
    ],
)
def test_a_value_a_code_cannot_have_is_refused_and_nothing_is_kept(project, values, message):
    before = project.codes.table()
    for change in (lambda: project.codes.add("x", **values), lambda: project.codes.update("cause", **values)):
        with pytest.raises((DataError, OptionError), match=re.escape(message)):
            change()
    assert project.codes.table().equals(before)
    assert project.check().empty


@pytest.mark.parametrize("name", ["position", "codebook_id", "revision", "code_id"])
def test_what_the_project_keeps_itself_is_not_changed_by_hand(project, name):
    with pytest.raises(OptionError, match=f"value to change='{name}' is not known. Choose one of 'key', 'parent'"):
        project.codes.update("cause", **{name: "x"})
    assert "cause" in project.codes.table().code.tolist()


def test_colour_valence_and_assignability_are_changed_and_taken_away(project):
    project.codes.update("cause", color="#CC6677", valence="mixed", is_assignable=False)
    row = project.codes.table().set_index("code").loc["cause"]
    assert (row.color, row.valence, row.is_assignable) == ("#CC6677", "mixed", False)
    project.codes.update("cause", color=None, valence=None)
    assert project.codes.table().set_index("code").loc["cause", ["color", "valence"]].isna().all()


def test_a_code_in_use_is_not_removed(project):
    project.codings.add("pre/A3", 0, 3, "type.withdrawal")
    with pytest.raises(ProjectError, match=r"still in use \(1 in codes, 1 in codings\)"):
        project.codes.remove("type.withdrawal")


def test_undo_of_a_changed_definition_goes_back_to_the_revision_before(project):
    project.codes.update("cause", definition="甲")
    project.undo()
    assert project.codes.table().set_index("code").revision["cause"] == 1
    project.codes.update("cause", definition="乙")
    assert project.codes.table().set_index("code").revision["cause"] == 3
    assert project.codes.revisions("cause").definition.tolist() == [{}, {"zh": "甲"}, {"zh": "乙"}]
    assert project.check().empty


def test_a_codebook_is_loaded_changed_and_loaded_again(project, tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(CODEBOOK, encoding="utf-8")
    assert project.codebook.load(file) == "3 new"
    assert project.codebook.load(file) == "unchanged"
    project.codings.add("pre/A3", 0, 3, "mood.low")
    file.write_text(CODEBOOK.replace("高兴", "快乐").replace("low", "down"), encoding="utf-8")
    assert project.codebook.load(file) == "1 new, 1 changed, 1 kept because codings use them"
    codebook = project.codebook.get()
    assert (codebook.id, codebook.version, codebook.title["zh"]) == ("small", "1.0", "小手册")
    keys = [code.key for code in codebook.codes]
    assert {"mood", "mood.high", "mood.low", "mood.down"} <= set(keys)
    assert {code.key: code.label.get("zh") for code in codebook.codes}["mood.high"] == "快乐"
    project.undo()
    assert {code.key: code.label.get("zh") for code in project.codebook.get().codes}["mood.high"] == "高兴"
    assert project.check().empty


CODEBOOK = """\
schema: qualkit.codebook/1
id: small
version: "1.0"
title: {zh: 小手册, en: small}
codes:
- id: mood
  label: {zh: 情绪, en: mood}
  definition: {zh: 情绪。, en: Mood.}
  assignable: false
- id: mood.high
  parent: mood
  label: {zh: 高兴, en: high}
  definition: {zh: 高兴。, en: High.}
- id: mood.low
  parent: mood
  label: {zh: 低落, en: low}
  definition: {zh: 低落。, en: Low.}
"""
