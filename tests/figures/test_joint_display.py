import pytest

from qualkit.errors import DataError
from qualkit.figures import plot_joint_display


def _changes(figure, axis):
    return next(trace for trace in figure.data if trace.customdata is not None and trace.xaxis == axis)


def test_changes_stand_beside_the_evidence(joint):
    figure = plot_joint_display(joint)
    assert list(_changes(figure, "x").x)[:2] == [-11, 0]
    assert list(_changes(figure, "x2").x)[:2] == [4.5, 4.5]


def test_a_point_leads_to_case_theme_and_codings(joint):
    point = _changes(plot_joint_display(joint), "x3").customdata[1]
    assert list(point) == ["A2", "type.cathartic", "DEV-2a DEV-2b DEV-2c"]


def test_a_reliable_change_is_a_filled_marker(joint):
    marker = _changes(plot_joint_display(joint), "x").marker
    assert list(marker.color) == ["#332288", "white", "#332288", "#332288", "white"]


def test_a_change_that_was_not_measured_is_called_neither_reliable_nor_not(joint):
    rows = joint.assign(change=[None, *joint["change"][1:]], **{"class": [None, *joint["class"][1:]]})
    first, second = _changes(plot_joint_display(rows, language="zh"), "x").text[:2]
    assert "量表变化：—<br>" in first
    assert "(未达可信变化)" in second


def test_contradiction_is_marked_without_colour(joint):
    notes = [note for note in plot_joint_display(joint, language="zh").layout.annotations if note.bgcolor]
    assert [(note.text, note.y) for note in notes] == [("矛盾", 2)] * 3


def test_cases_keep_the_order_of_the_table(joint):
    figure = plot_joint_display(joint.iloc[::-1])
    assert figure.layout.yaxis.ticktext == ("A5", "A4", "A3", "A2", "A1")


def test_unit_and_short_forms_are_explained_below(joint):
    assert plot_joint_display(joint, language="zh").layout.annotations[-1].text == "质性证据：每千字编码数"
    note = plot_joint_display(joint, language="en").layout.annotations[-1].text
    assert note.endswith("conv. = convergent, compl. = complementary, div. = divergent")


def test_a_name_is_shown_as_written(joint):
    figure = plot_joint_display(joint.replace({"case": {"A1": "<img src=x>"}}))
    assert figure.layout.yaxis.ticktext[0] == "&lt;img src=x&gt;"
    assert all("<img" not in text for trace in figure.data for text in trace.text or ())


def test_the_missing_column_is_named(joint):
    with pytest.raises(DataError, match="joint display: the table has no column 'fit'"):
        plot_joint_display(joint.drop(columns="fit"))
