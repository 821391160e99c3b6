"""Cells of hand-made tables: numbers, days, yes and no, sessions."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers.cells import read_day, read_number, read_ordinal, read_yes_no


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("３", 3), ("-2.5", -2.5), (" 4 ", 4), ("3.0", 3)])
def test_numbers_are_read(text, value):
    assert read_number(text, "x") == value


@pytest.mark.parametrize("text", ["三", "3分", "nan", "inf", "1e9", "3,5", "0x1", "１２３abc", "9" * 400])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ReadError, match=r"a\.csv, row 2: .* is not a number"):
        read_number(text, "a.csv, row 2")


@pytest.mark.parametrize("text", ["√", "✓", "1", "是", "出席", "TRUE", "Yes"])
def test_yes_has_many_forms(text):
    assert read_yes_no(text, "x") is True


@pytest.mark.parametrize("text", ["×", "✗", "0", "否", "请假", "FALSE", "x", "Ｘ"])
def test_no_has_many_forms(text):
    assert read_yes_no(text, "x") is False


def test_perhaps_is_refused():
    with pytest.raises(ReadError, match="neither yes nor no"):
        read_yes_no("也许", "x")


@pytest.mark.parametrize("text", ["2031-04-05", "2031/4/5", "2031年4月5日", "2031.4.5", "2031-04-05 10:00:00"])
def test_days_are_read(text):
    assert read_day(text, "x") == "2031-04-05"


@pytest.mark.parametrize("text", ["2031-02-30", "4月5日", "someday", "2031-13-01"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ReadError, match="is not a day"):
        read_day(text, "x")


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), ("第3节", 3), ("第三节", 3), ("十", 10), ("第十二次", 12), ("二十一", 21)]
)
def test_sessions_are_read(text, number):
    assert read_ordinal(text, "x") == number


@pytest.mark.parametrize("text", ["", "第节", "末节", "1.5", "-1"])
def test_what_is_no_session_is_refused(text):
    with pytest.raises(ReadError, match="is not the number of a session"):
        read_ordinal(text, "x")
