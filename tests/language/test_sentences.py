"""Sentences end at their stops, with the quotes that close after them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.language import find_sentences


def sentences(text):
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我不去。你去吧！", ["我不去。", "你去吧！"]),
        ("他说：“我不去。”然后走了。", ["他说：“我不去。”", "然后走了。"]),
        ("就……自己待着。", ["就……自己待着。"]),
        ("不知道……\n走了", ["不知道……", "走了"]),
        ("真的吗？！真的。", ["真的吗？！", "真的。"]),
        ("Dr. Li came at 3.15 p.m. today. OK?", ["Dr. Li came at 3.15 p.m. today.", "OK?"]),
        ("He left (at last.) Then?", ["He left (at last.)", "Then?"]),
        ("没有句号", ["没有句号"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_sentences_are_found(text, expected):
    assert sentences(text) == expected


@given(st.text(alphabet="我去。！？…“”.a A\n"))
def test_all_that_is_no_space_lies_in_exactly_one_sentence(text):
    found = "".join(sentences(text))
    assert "".join(found.split()) == "".join(text.split())
