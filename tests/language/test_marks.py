"""Marks are found where something was heard or seen instead of said, and only there."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.language.marks import find_marks, is_nonverbal


def marked(text):
    return [text[mark.start : mark.end] for mark in find_marks(text)]


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "（笑）",
            "【笑】",
            "（沉默）",
            "（低头，约20秒不说话）",
            "[停顿]",
            "……",
            "【听不清】",
            "xxx",
            "（齐声）",
            "【众人笑】",
        ),
        *(
            "（挠头）",
            "（叹气）",
            "(笑)",
            "〔哽咽〕",
            "（把手缩到袖子里）",
            "（转笔）",
            "（看窗外，很久没有回答）",
            "【很小声】",
        ),
        *(
            "（合上本子）",
            "（接过去，没有打开）",
            "（5秒）",
            "(0.5)",
            "(laughs)",
            "[inaudible]",
            "(long pause)",
            "（数手指）",
        ),
    ],
)
def test_a_nonverbal_mark_is_found_between_words(mark):
    assert marked(f"我不知道{mark}就是那样") == [mark]


@pytest.mark.parametrize(
    "remark",
    [
        *(
            "（化名：小雨）",
            "（他姐姐）",
            "（指班主任）",
            "（五年级）",
            "【虚构】",
            "（就是我同桌）",
            "[1]",
            "（2031年）",
            "（看病的时候）",
        ),
        *("（因为他笑我）", "(see above)", "（你说好笑吗？）", "()", "（）"),
    ],
)
def test_an_explanation_in_brackets_is_no_mark(remark):
    assert marked(f"那个人{remark}来了") == []


def test_a_bracket_that_is_never_closed_is_no_mark():
    assert marked("（低头\n他走了）") == []


def test_xxx_inside_a_latin_word_is_no_mark():
    assert marked("maxxxx") == []


def test_a_long_text_of_open_brackets_takes_no_time():
    assert find_marks("（" * 200_000) == []


@given(st.text(alphabet="（）【】[]…笑我低头x. \n"))
def test_marks_are_in_order_and_do_not_overlap(text):
    marks = find_marks(text)
    assert all(mark.start < mark.end for mark in marks)
    assert all(before.end <= after.start for before, after in pairwise(marks))


def test_words_of_speech_are_not_nonverbal():
    assert not is_nonverbal("我笑了")
