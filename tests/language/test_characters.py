"""Characters are counted without space and without marks."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from qualkit.language import count_between, count_characters, find_marks
from qualkit.model import Mark


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


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3))
def test_counts_between_places_are_those_of_each_stretch(text, spans):
    places = sorted((min(span), max(span)) for span in spans if max(span) <= len(text))
    marks = [Mark(start=start, end=end) for start, end in places]
    counts = count_between(text, places)
    for start in range(0, len(text) + 1, 3):
        assert counts[-1] - counts[start] == count_characters(text, marks=marks, start=start)


def test_every_space_of_python_is_a_space():
    text = "".join(map(chr, range(sys.maxunicode + 1)))
    counts = count_between(text, [])
    assert counts[-1] == sum(not character.isspace() for character in text)
