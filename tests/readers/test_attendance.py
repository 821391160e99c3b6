"""Attendance as it is kept on paper: long lists and tables of √ and ×."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers.attendance import read_attendance


def entries(path):
    return [(one.session, one.case, one.attended, one.note) for one in read_attendance(path).entries]


LONG = "节次,编号,出席,备注\n1,A1,√,\n1,A2,×,生病\n第2节,A1,迟到,\n2,A2,,\n"
BY_MEMBER = "组员,第1节,第2节,出席次数\nA1,√,迟到,2\nA2,×（生病）,,0\n"
BY_SESSION = "节次,A1,A2\n1,√,×（生病）\n2,迟到,\n"


@pytest.mark.parametrize("text", [LONG, BY_MEMBER, BY_SESSION])
def test_each_way_of_keeping_attendance_says_the_same(write, text):
    assert sorted(entries(write("attendance.csv", text))) == [
        (1, "A1", True, None),
        (1, "A2", False, "生病"),
        (2, "A1", True, "迟到"),
    ]


def test_leave_is_absence_with_a_reason(write):
    assert entries(write("a.csv", "编号,1,2,3\nA1,请假,病假（发烧）,×\n")) == [
        (1, "A1", False, "请假"),
        (2, "A1", False, "病假（发烧）"),
        (3, "A1", False, None),
    ]


def test_columns_that_are_no_session_are_named(write):
    assert read_attendance(write("a.csv", BY_MEMBER)).notes == ["not used: 出席次数"]


def test_all_cells_that_say_neither_are_named(write):
    with pytest.raises(ReadError) as caught:
        read_attendance(write("a.csv", "编号,1,2\nA1,maybe,√\nA2,√,？\n"))
    assert "row 2: attended is 'maybe' (row 2, 1)" in str(caught.value)
    assert "row 3: attended is '？'" in str(caught.value)


def test_entries_that_contradict_each_other_are_named(write):
    with pytest.raises(ReadError, match="row 3: A1 in session 1 stands in row 2 already, otherwise"):
        read_attendance(write("a.csv", "节次,编号,出席\n1,A1,√\n第一节,A1,×\n"))


def test_a_table_that_does_not_say_who_or_when_is_refused(write):
    with pytest.raises(ReadError, match="not clear who was there when"):
        read_attendance(write("a.csv", "编号,出席\nA1,√\n"))
