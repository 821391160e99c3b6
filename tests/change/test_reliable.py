"""Reliable change: the published case, the border, and both directions of improvement."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.change import reliable_change
from qualkit.errors import DataError, OptionError


def scores(*pairs, subscale="withdrawal"):
    rows = [
        (subscale, f"A{n + 1}", wave, score)
        for n, pair in enumerate(pairs)
        for wave, score in zip(("pre", "post"), pair, strict=True)
    ]
    return pd.DataFrame(rows, columns=["subscale", "case", "wave", "score"])


def change(table, **options):
    return reliable_change(table, **({"before": "pre", "after": "post", "sd": 10, "reliability": 0.8} | options))


def test_jacobson_truax_1991_page_14():
    row = change(scores((32.5, 47.5)), sd=7.5).iloc[0]
    assert row.change / row.rci == pytest.approx(4.74, abs=0.005)
    assert row.rci == pytest.approx(3.16, abs=0.005)
    assert row["class"] == "improved"


def test_with_sd_10_and_reliability_0_80_a_change_above_12_40_is_reliable():
    table = change(scores((0, 12.39), (0, 12.40), (0, -12.39), (0, -12.40)))
    assert (table["change"] / table["rci"]).tolist() == pytest.approx([6.325] * 4, abs=0.0005)
    assert table["critical_change"].tolist() == pytest.approx([12.396] * 4, abs=0.0005)
    assert table["class"].tolist() == ["unchanged", "improved", "unchanged", "deteriorated"]


@given(st.lists(st.tuples(st.floats(0, 50), st.floats(0, 50)), min_size=1, max_size=6))
def test_turning_the_direction_swaps_improved_and_deteriorated(pairs):
    up, down = change(scores(*pairs)), change(scores(*pairs), improvement="decrease")
    swap = {"improved": "deteriorated", "deteriorated": "improved", "unchanged": "unchanged"}
    assert up["class"].map(swap).tolist() == down["class"].tolist()
    assert up["rci"].tolist() == down["rci"].tolist()


def test_values_by_subscale():
    table = change(
        pd.concat([scores((20, 10)), scores((20, 10), subscale="belonging")]),
        sd={"withdrawal": 3.8, "belonging": 10},
        reliability={"withdrawal": 0.86, "belonging": 0.8},
        improvement={"withdrawal": "decrease", "belonging": "increase"},
    )
    assert table[["subscale", "case", "class"]].values.tolist() == [
        ["withdrawal", "A1", "improved"],
        ["belonging", "A1", "unchanged"],
    ]
    assert table["rci"].tolist() == pytest.approx([-10 / (3.8 * np.sqrt(0.28)), -10 / np.sqrt(40)])


def test_every_case_is_listed_and_one_without_both_scores_has_no_class():
    table = change(scores((20, 40), (20, np.nan), (np.nan, np.nan)))
    assert table["case"].tolist() == ["A1", "A2", "A3"]
    assert table["class"].isna().tolist() == [False, True, True]
    assert table["note"].tolist() == ["", "no score at post", "no score at pre and no score at post"]


def test_a_table_without_subscales_is_one_group():
    table = change(scores((20, 40)).drop(columns="subscale"))
    assert table[["case", "change", "class"]].values.tolist() == [["A1", 20, "improved"]]


def test_scores_without_a_subscale_are_refused_with_their_cases():
    table = scores((20, 40), (20, 30)).assign(subscale=["withdrawal", "withdrawal", None, "withdrawal"])
    with pytest.raises(DataError, match="1 rows have no 'subscale', of the cases A2"):
        change(table)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"sd": 0}, OptionError, "sd=0 for 'withdrawal'"),
        *(({"sd": one}, OptionError, f"sd={one!r} ") for one in (np.nan, np.inf, -3, None, "3", 1e-320)),
        *(({"reliability": one}, OptionError, f"reliability={one!r} ") for one in (np.nan, -0.1, 0, 1.01, None, "0.8")),
        ({"by": "change"}, OptionError, "by='change' is the name of a column of the result"),
        ({"reliability": 1}, OptionError, "reliability=1"),
        ({"reliability": 80}, OptionError, "between 0 and 1"),
        ({"improvement": "up"}, OptionError, "'increase', 'decrease'"),
        ({"sd": {"other": 3}}, DataError, "sd has no value for 'withdrawal', only for 'other'"),
        ({"after": "T3"}, DataError, "The waves are: pre, post"),
    ],
)
def test_impossible_options_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        change(scores((20, 40)), **options)
