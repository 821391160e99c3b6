"""Words for columns and values: what is written is understood again."""

import pytest

from qualkit import headings


@pytest.mark.parametrize("column", sorted(headings._COLUMNS))
def test_the_word_a_column_is_headed_with_is_read_as_that_column(column):
    assert headings.find_columns([headings.heading(column, "zh")], [column]) == {column: 0}
    assert headings.find_columns([column.upper()], [column]) == {column: 0}


@pytest.mark.parametrize(("column", "value"), [(c, v) for c, words in headings._VALUES.items() for v in words])
def test_the_word_a_value_is_shown_as_is_read_as_that_value(column, value):
    for language in ("zh", "en"):
        assert headings.find_value(column, headings.value_word(column, value, language)) == value


def test_no_word_stands_for_two_values():
    for words in headings._VALUES.values():
        known = [word for group in words.values() for word in group]
        assert len(known) == len(set(known))
