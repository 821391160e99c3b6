"""Cronbach's alpha against its published example and pingouin."""

from pathlib import Path

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qualkit.errors import DataError
from qualkit.scales import Scale, alpha_by_subscale, cronbach_alpha

PUBLISHED = Path(__file__).parents[1] / "data" / "published"


def test_alpha_matches_the_attitude_data():
    row = cronbach_alpha(pd.read_csv(PUBLISHED / "chatterjee_price_1977_attitude.csv", comment="#")).iloc[0]
    assert [row.estimate, row.ci_low, row.ci_high] == pytest.approx([0.843, 0.739, 0.916], abs=0.0005)
    assert (row.n_items, row.n, row.note) == (7, 30, "")


@given(arrays(np.int64, st.tuples(st.integers(3, 12), st.integers(2, 6)), elements=st.integers(1, 5)))
def test_alpha_equals_pingouin(answers):
    assume(np.ptp(answers.sum(axis=1)) > 0)
    expected, _ = pingouin.cronbach_alpha(pd.DataFrame(answers))
    assert cronbach_alpha(pd.DataFrame(answers))["estimate"].item() == pytest.approx(expected)


def test_the_interval_equals_pingouin_at_another_level():
    items = pd.read_csv(PUBLISHED / "chatterjee_price_1977_attitude.csv", comment="#").head(10)
    _, expected = pingouin.cronbach_alpha(items, ci=0.8)
    assert cronbach_alpha(items, ci=0.8)[["ci_low", "ci_high"]].iloc[0].tolist() == pytest.approx(expected, abs=0.0006)


def test_alpha_by_subscale_reverses_items_and_keeps_waves_apart():
    items = pd.read_csv(PUBLISHED / "chatterjee_price_1977_attitude.csv", comment="#")
    turned = items.assign(raises=101 - items["raises"]).set_axis(range(1, 8), axis=1)
    people = [f"A{n}" for n in range(len(items))]
    responses = pd.concat([turned.assign(case=people, wave="pre"), turned.assign(case=people, wave="post").head(10)])
    scale = Scale(id="attitude", low=1, high=100, items=range(1, 8), reverse=[5])
    table = alpha_by_subscale(scale, responses)
    assert table["wave"].tolist() == ["pre", "post"]
    assert table["estimate"].tolist() == pytest.approx(
        [cronbach_alpha(items)["estimate"].item(), cronbach_alpha(items.head(10))["estimate"].item()]
    )


def test_people_with_gaps_are_left_out_and_counted():
    items = pd.DataFrame({"1": [1, 2, 3, 4.0], "2": [2, 2, 4, np.nan]})
    row = cronbach_alpha(items).iloc[0]
    assert (row.n, row.note) == (3, "people with missing answers, left out: 1")


def test_undefined_alpha_says_why():
    assert cronbach_alpha(pd.DataFrame({"1": [1, 2], "2": [2, 1]}))["note"].item() == "undefined: the sum does not vary"
    row = cronbach_alpha(pd.DataFrame({"1": [1, 2, 3]})).iloc[0]
    assert np.isnan(row.estimate)
    assert "at least two items" in row.note


def test_a_negative_alpha_points_to_items_not_reversed():
    items = pd.DataFrame({"1": [1, 2, 3, 4], "2": [4, 3, 2, 2]})
    assert "not reversed" in cronbach_alpha(items)["note"].item()


def test_columns_that_are_not_numbers_are_refused():
    with pytest.raises(DataError, match="items: case are not numbers"):
        cronbach_alpha(pd.DataFrame({"case": ["A1"], "1": [2]}))
