"""A remark is its English text everywhere, and says its Chinese to those who ask."""

import copy
import json
import pickle

from qualkit.errors import ReadError
from qualkit.remarks import Remark, join_remarks, say

TURNS = Remark("8 turns", "8 个话轮")


def test_a_remark_is_a_text_for_all_who_do_not_know_it():
    assert TURNS == "8 turns"
    assert json.dumps(TURNS) == '"8 turns"'
    assert f"{TURNS}." == "8 turns."


def test_a_copy_knows_its_chinese():
    for made in (copy.deepcopy(TURNS), pickle.loads(pickle.dumps(TURNS))):  # noqa: S301 - its own
        assert (made, made.zh) == (TURNS, TURNS.zh)


def test_an_error_is_shown_in_the_language_asked_for():
    error = ReadError(Remark("A3.txt is empty.", "A3.txt 是空文件。"))
    assert str(error) == "A3.txt is empty."
    assert say(error, "zh") == "A3.txt 是空文件。"
    assert say(ReadError("no Chinese"), "zh") == "no Chinese"


def test_joined_remarks_leave_out_blanks():
    joined = join_remarks([TURNS, "", "A3"])
    assert (joined, joined.zh) == ("8 turns; A3", "8 个话轮；A3")
