"""Words are found as places in the text; marks and punctuation are none."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.errors import DataError
from qualkit.language import count_words, find_words, stop_words


def words(text, **options):
    return [text[start:end] for start, end in find_words(text, **options)]


def test_non_verbal_marks_are_no_words():
    assert words("就……自己待着。（低头，约20秒）【笑】xxx") == ["就", "自己", "待", "着"]


def test_an_explanation_in_brackets_stays_words():
    assert "化名" in words("小雨（化名）来了")


def test_english_words_keep_apostrophes_and_hyphens():
    assert words("I don't know, it's my mother-in-law's. 3.5 years!") == [
        "I", "don't", "know", "it's", "my", "mother-in-law's", "3.5", "years"
    ]  # fmt: skip


def test_words_of_the_dictionary_stay_whole():
    assert words("幺孃喊我去赶场", dictionary=["幺孃", "赶场"]) == ["幺孃", "喊", "我", "去", "赶场"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_words_are_in_order_apart_and_without_space(text):
    place = 0
    for start, end in find_words(text):
        assert place <= start < end <= len(text)
        assert text[start:end].strip()
        place = end


TURNS = pd.DataFrame(
    {
        "text": ["我怕老师。（低头）老师凶。", "老师好。", "嗯，我不怕了。"],
        "case": ["A1", "A2", "A1"],
    }
)


def test_words_are_counted_with_the_turns_they_stand_in():
    table = count_words(TURNS, stop_words=stop_words("zh")).set_index("word")
    assert table.loc["老师"].tolist() == [3, 2]
    assert "低头" not in table.index
    assert "我" not in table.index


def test_counts_by_case_add_up_to_the_whole():
    whole = count_words(TURNS).set_index("word")["n"]
    apart = count_words(TURNS, by="case").groupby("word")["n"].sum()
    assert apart.sort_index().to_dict() == whole.sort_index().to_dict()


def test_english_is_counted_without_regard_to_case():
    table = count_words(pd.DataFrame({"text": ["School is far.", "my school"]}), stop_words=stop_words("en"))
    assert table[table["word"] == "school"][["n", "n_turns"]].values.tolist() == [[2, 2]]
    assert "is" not in set(table["word"])


def test_no_turns_give_an_empty_table_with_its_columns():
    assert list(count_words(TURNS.iloc[:0]).columns) == ["word", "n", "n_turns"]
    assert list(count_words(TURNS.iloc[:0], by="case").columns) == ["case", "word", "n", "n_turns"]


def test_a_table_without_text_is_refused():
    with pytest.raises(DataError, match="text"):
        count_words(pd.DataFrame({"words": ["a"]}))
