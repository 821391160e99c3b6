"""Consent per person and use, as a list or as a table of ticks."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers.consents import read_consents


def test_a_list_and_a_table_of_ticks_say_the_same(write):
    long = "编号,用途,状态,日期,同意人\nA1,访谈,同意,2031/3/1,监护人\nA1,引用,拒绝,2031/3/1,监护人\n"
    wide = "编号,访谈,录音,引用,日期,同意人\nA1,√,,×,2031年3月1日,监护人\n"
    for text in (long, wide):
        read = read_consents(write("consents.csv", text))
        assert [(one.case, one.use, one.status, one.date, one.by) for one in read] == [
            ("A1", "interview", "given", "2031-03-01", "guardian"),
            ("A1", "quotation", "refused", "2031-03-01", "guardian"),
        ]


def test_withdrawn_and_not_asked_are_words_of_their_own(write):
    read = read_consents(write("c.csv", "case,interview,sharing\nA1,撤回,未询问\nA2,withdrawn,not asked\n"))
    assert [one.status for one in read] == ["withdrawn", "not_asked"] * 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("编号,用途,状态\nA1,访谈,也许\n", "row 2: status is '也许'. Write 同意, 拒绝, 撤回 or 未询问"),
        ("编号,用途,状态\nA1,发表,同意\n", "row 2: use is '发表'"),
        ("编号,用途,状态\n,访谈,同意\n", "row 2: the case is blank"),
        ("编号,用途,状态\nA1,访谈,同意\nA1,访谈,撤回\n", "row 3: A1, interview stands in row 2 already"),
        ("编号,日期\nA1,2031-03-01\n", "consent to what"),
        ("编号,访谈,日期\nA1,√,三月\n", "row 2: row 2, 日期: '三月' is not a day"),
    ],
)
def test_what_is_no_consent_is_refused_with_its_row(write, text, message):
    with pytest.raises(ReadError, match=message):
        read_consents(write("c.csv", text))
