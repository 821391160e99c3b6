"""Argument checks: what they let pass, and what they say."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from qualkit.checks import (
    require_between,
    require_choice,
    require_columns,
    require_count,
    require_filled,
    require_keys,
    require_number,
    require_numbers,
    require_rows,
    require_same_kind,
    require_seed,
    require_table,
)
from qualkit.errors import DataError, OptionError

ODD = [None, "0.5", True, [1], np.nan, np.inf, pd.NA, 1j, object()]


@pytest.mark.parametrize("value", ODD)
def test_what_is_no_number_is_refused(value):
    for check in (lambda: require_number("x", value), lambda: require_between("x", value, 0, 9)):
        with pytest.raises(OptionError, match="x="):
            check()


@pytest.mark.parametrize("value", [*ODD, -1, 1.5, 100_001, 10**30])
def test_what_is_no_count_is_refused(value):
    with pytest.raises(OptionError, match=r"n_resamples=.* is not possible. Give a whole number from 0 to 100,000"):
        require_count("n_resamples", value)


@pytest.mark.parametrize("value", [*ODD, -1, 1.5])
def test_what_gives_another_result_every_time_is_no_seed(value):
    with pytest.raises(OptionError, match="is no seed"):
        require_seed("rng", value)


def test_numbers_of_numpy_are_numbers():
    require_number("x", np.float32(0.5))
    require_between("x", np.float64(0.5), 0, 1)
    require_count("x", np.int64(7))
    require_seed("x", np.uint8(7))
    require_seed("x", np.random.default_rng(1))
    require_choice("x", np.str_("zh"), ("zh", "en"))


@pytest.mark.parametrize("value", [None, [], ["zh"], {"zh": 1}, np.array(["zh", "en"]), 1])
def test_what_is_not_among_the_choices_is_refused_whatever_it_is(value):
    with pytest.raises(OptionError, match=r"language=.* is not known. Choose one of 'zh', 'en'"):
        require_choice("language", value, ("zh", "en"))


@pytest.mark.parametrize("table", [None, {"case": ["A1"]}, [1], "scores.csv", pd.Series([1], name="case")])
def test_what_is_no_table_is_refused(table):
    for check in (require_table, require_rows, lambda table, what: require_columns(table, ["case"], what=what)):
        with pytest.raises(DataError, match=r"scores: a table \(pandas DataFrame\) is needed"):
            check(table, what="scores")


def test_columns_need_a_name_of_their_own():
    with pytest.raises(DataError, match="the column 'case' more than once"):
        require_table(pd.DataFrame([[1, 2]], columns=["case", "case"]), what="scores")
    with pytest.raises(DataError, match=r"index has the name of the column 'case'.*reset_index"):
        require_table(pd.DataFrame({"case": ["A1"]}).set_index("case", drop=False), what="scores")
    with pytest.raises(DataError, match="names of 2 levels"):
        require_table(pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", 1), ("a", 2)])), what="scores")


@pytest.mark.parametrize("name", [None, ["case"], np.nan, {"case"}, "other", 0])
def test_a_column_that_is_not_there_is_named(name):
    with pytest.raises(DataError, match="has no column"):
        require_columns(pd.DataFrame({"case": ["A1"]}), [name], what="scores")


def test_one_column_serves_one_purpose():
    with pytest.raises(OptionError, match="'case' is named for two purposes"):
        require_columns(pd.DataFrame({"case": ["A1"]}), ["case", "case"], what="scores")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([1, "1"], "mixes numbers and text"),
        ([date(2025, 3, 1), "2025-03-01"], "mixes dates and text"),
        ([["A1"], None], "a list, "),
        ([{"a": 1}], "a dict, "),
        ([1j, "a"], "a complex, "),
        (pd.Categorical([1, "1"]), "mixes numbers and text"),
    ],
)
def test_names_are_of_one_kind(cells, message):
    with pytest.raises(DataError, match=f"scores: 'case' .*{message}"):
        require_keys(pd.DataFrame({"case": pd.Series(cells)}), ["case"], what="scores")


def test_kinds_of_names_that_are_fine():
    cells = [["A1", None], [1, 2.0, Decimal(3), None], [True, None], [date(2025, 3, 1), pd.Timestamp(0)], [None], [1.5]]
    for values in cells:
        require_keys(pd.DataFrame({"case": pd.Series(values, dtype=object)}), ["case"], what="scores")


def test_tables_name_things_alike():
    text, numbers = pd.DataFrame({"case": ["1", None]}), pd.DataFrame({"case": [1, 2]})
    with pytest.raises(DataError, match="'case' has text in turns, numbers in cases"):
        require_same_kind({"turns": text, "cases": numbers}, "case")
    require_same_kind({"turns": text, "cases": pd.DataFrame({"case": [None, np.nan]})}, "case")


def test_gaps_are_named_with_the_cases():
    table = pd.DataFrame({"case": ["A1", "A2", "A2"], "subscale": ["mood", None, None]})
    with pytest.raises(DataError, match=r"2 rows have no 'subscale', of the cases A2. Fill it in"):
        require_filled(table, "subscale", what="scores", of="case")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["3", "4"], "'score' is not numbers"),
        ([3 + 0j, 4j], "'score' is not numbers"),
        ([3, np.inf], "case A2 has an infinite 'score'"),
        ([3, -1e308], r"case A2 has -1e\+308 as 'score'"),
    ],
)
def test_scores_are_finite_numbers(cells, message):
    with pytest.raises(DataError, match=message):
        require_numbers(pd.DataFrame({"case": ["A1", "A2"], "score": cells}), "score", what="scores", of="case")
    require_numbers(pd.DataFrame({"score": pd.array([1, None], dtype="Int64")}), "score", what="scores")
