import pytest

from qualkit.errors import DataError, NotFoundError, OptionError, ProjectError
from qualkit.tables import CASES


def test_attributes_are_columns_and_those_of_a_wave_carry_its_name(project):
    project.cases.add("B1", role="guardian", about="A3", age=66)
    project.cases.update("A3", wave="post", guardian="奶奶")
    project.cases.update("A3", site="M2", age=11)
    table = project.cases.table()
    assert set(CASES.columns) <= set(table.columns)
    assert table.set_index("case")[["role", "site", "about", "sex", "age", "guardian_post"]].fillna(
        ""
    ).values.tolist() == [
        ["member", "M2", "", "男", "11", "奶奶"],
        ["guardian", "", "A3", "", "66", ""],
    ]


def test_an_attribute_keeps_its_name_when_a_wave_of_that_name_comes_later(project):
    project.cases.add("Z1", score_follow="3")
    project.set_waves(["pre", "post", "follow"])
    project.cases.update("Z1", score_follow="4")
    table = project.cases.table().set_index("case")
    assert (table.at["Z1", "score_follow"], table.columns.is_unique) == ("4", True)


def test_a_case_exists_once(project):
    with pytest.raises(ProjectError, match="'A3' exists already"):
        project.cases.add("A3")
    with pytest.raises(DataError, match="is empty"):
        project.cases.add(" ")


def test_an_unknown_case_is_refused(project):
    with pytest.raises(NotFoundError, match=r"no case 'A4'.*Known are A3"):
        project.cases.update("A4", site="M1")
    with pytest.raises(NotFoundError, match="no case 'Z'"):
        project.cases.set_speaker(None, "访谈者", "Z")
    with pytest.raises(OptionError, match="wave='T7'"):
        project.cases.update("A3", wave="T7", sex="女")


def test_a_case_in_use_is_not_removed(project):
    with pytest.raises(ProjectError, match=r"case 'A3' is still in use \(1 in sources\)"):
        project.cases.remove("A3")
    project.cases.add("A4", sex="女")
    project.cases.remove("A4")
    assert project.cases.table().case.tolist() == ["A3"]
    project.undo()
    assert project.cases.table().sex.tolist() == ["男", "女"]


def test_relations_are_kept_once(project):
    project.cases.add("B1")
    first = project.cases.relate("B1", "奶奶", "A3", wave="pre")
    assert project.cases.relate("B1", "奶奶", "A3", wave="pre") == first
    assert project.cases.relations().values.tolist() == [["B1", "奶奶", "A3", "pre"]]
