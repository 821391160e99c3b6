"""Characters are counted without space and without marks."""

from hypothesis import given
from hypothesis import strategies as st

from qualkit.language import count_characters, find_marks


def test_marks_and_space_are_left_out():
    text = "就……自己\u3000待着。（低头）\n"
    assert count_characters(text, marks=find_marks(text)) == len("就自己待着。")


def test_a_mark_over_the_border_of_the_stretch_counts_on_neither_side():
    text = "我（低头）不去"
    marks = find_marks(text)
    assert count_characters(text, marks=marks, start=0, end=3) == 1
    assert count_characters(text, marks=marks, start=3, end=len(text)) == 2


@given(st.text(), st.integers(0, 50))
def test_two_stretches_add_up_to_the_whole(text, place):
    place = min(place, len(text))
    marks = find_marks(text)
    halves = count_characters(text, marks=marks, end=place) + count_characters(text, marks=marks, start=place)
    assert halves == count_characters(text, marks=marks)


@given(st.text())
def test_without_marks_the_non_space_characters_are_counted(text):
    assert count_characters(text) == sum(not character.isspace() for character in text)
