"""Types of attributes: inferred by a stated rule, set by the author, kept to from then on."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import DataError, OptionError
from qualkit.project.attribute_types import TYPES, infer_type, to_value, typed_column


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["是", "否"], "yes_no"),
        (["√", "×"], "yes_no"),
        (["0", "1"], "integer"),
        (["-3", "12"], "integer"),
        (["3.5", "4"], "number"),
        (["2031-04-05", "2031年4月6日"], "date"),
        (["2031-13-05", "2031-04-05"], "text"),
        (["007", "012"], "text"),
        (["男", "女", "男", "女"], "category"),
        (["奶奶", "外婆", "姨妈"], "text"),
        ([], "text"),
    ],
)
def test_the_type_is_the_first_that_all_values_fit(values, kind):
    assert infer_type(values).type == kind


@given(st.lists(st.text(min_size=1, max_size=6), max_size=12))
def test_whatever_type_is_inferred_no_value_is_lost_by_it(values):
    found = infer_type(values)
    for value in values:
        to_value(value, found.type, levels=found.levels)
    assert typed_column(values, found.type).notna().all()


@given(
    st.lists(st.one_of(st.none(), st.text(min_size=1, max_size=6).filter(str.strip)), max_size=8),
    st.sampled_from(TYPES),
)
def test_a_column_is_text_rather_than_losing_a_value(values, kind):
    assert typed_column(values, kind).isna().tolist() == [value is None for value in values]


def test_columns_have_the_types_that_are_promised():
    assert {
        kind: str(typed_column([text, None], kind).dtype)
        for kind, text in (("integer", "3"), ("number", "3.5"), ("yes_no", "是"))
    } == {"integer": "Int64", "number": "float64", "yes_no": "boolean"}
    assert typed_column(["2031/4/5"], "date").tolist() == ["2031-04-05"]


def test_a_type_is_set_when_all_values_fit_and_kept_to_afterwards(project):
    project.cases.update("A3", age=11)
    project.cases.set_attribute_type("age", "integer", label={"zh": "年龄", "en": "age"})
    assert project.cases.table()["age"].tolist() == [11]
    with pytest.raises(DataError, match=r"age: '十一' is not a whole number\. It is of the type integer"):
        project.cases.update("A3", age="十一")
    with pytest.raises(DataError, match="sex is not of the type number for A3 '男'"):
        project.cases.set_attribute_type("sex", "number")
    with pytest.raises(OptionError, match="type='money'"):
        project.cases.set_attribute_type("age", "money")


def test_levels_keep_the_order_they_are_given(project):
    project.cases.update("A3", 参与="中")
    project.cases.set_attribute_type("参与", "category", levels=["低", "中", "高"])
    row = project.cases.attribute_types().iloc[0]
    assert (row["attribute"], row["type"], row["levels"]) == ("参与", "category", ("低", "中", "高"))
    with pytest.raises(DataError, match="'很高' is not one of 低, 中, 高"):
        project.cases.update("A3", 参与="很高")


def test_setting_a_type_can_be_taken_back(project):
    project.cases.update("A3", age=11)
    project.cases.set_attribute_type("age", "integer")
    project.undo()
    assert project.cases.table()["age"].tolist() == ["11"]
    assert project.cases.attribute_types().empty


def test_an_attribute_named_with_its_wave_is_of_that_wave(project):
    project.cases.update("A3", grade_post="六年级")
    project.cases.update("A3", wave="post", grade="五年级")
    assert project.cases.table()["grade_post"].tolist() == ["五年级"]
    with pytest.raises(DataError, match="names the wave 'post' itself"):
        project.cases.update("A3", wave="pre", grade_post="六年级")
    with pytest.raises(DataError, match="cannot be named 'case'"):
        project.cases.set_attribute_type("case", "text")


def test_columns_of_the_same_type_join_and_count_as_numbers(project):
    project.cases.add("A4", age=12)
    project.cases.update("A3", age=11)
    project.cases.set_attribute_type("age", "integer")
    table = project.cases.table()
    assert table["age"].mean() == 11.5
    assert isinstance(table["age"].dtype, pd.Int64Dtype)
