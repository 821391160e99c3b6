"""Agreement per code: the same numbers as code by code, with the counts behind them."""

import numpy as np
import pandas as pd
import pytest

from qualkit.agreement import agreement_by_code, cohen_kappa, krippendorff_alpha, percent_agreement, turn_ratings
from qualkit.errors import DataError, OptionError

TYPES = ["type.withdrawal", "type.cathartic", "type.aggressive"]


def test_every_row_equals_the_coefficients_of_that_code(codings, turns):
    ratings = turn_ratings(codings, turns, codes=TYPES)
    table = agreement_by_code(ratings).set_index("code")
    assert list(table.index) == TYPES
    for code, own in ratings.groupby("code"):
        for method in (percent_agreement, cohen_kappa, krippendorff_alpha):
            single = method(own.drop(columns="code")).iloc[0]
            columns = [method.__name__, f"{method.__name__}_ci_low", f"{method.__name__}_ci_high"]
            assert table.loc[code, columns].tolist() == pytest.approx(
                [single.estimate, single.ci_low, single.ci_high], nan_ok=True
            )


def test_counts_behind_the_coefficients(codings, turns):
    table = agreement_by_code(turn_ratings(codings, turns, codes=TYPES)).set_index("code")
    assert table.loc["type.withdrawal", ["n_units", "n_agreed", "n_disagreed"]].tolist() == [5, 2, 0]
    assert table.loc["type.aggressive", ["n_agreed", "n_disagreed"]].tolist() == [1, 1]
    assert table.loc["type.cathartic", "prevalence"] == pytest.approx(0.1)


def test_a_code_nobody_used_is_undefined_with_the_reason(codings, turns):
    row = agreement_by_code(turn_ratings(codings, turns, codes=["strategy"])).iloc[0]
    assert row.percent_agreement == 1
    assert np.isnan(row.cohen_kappa)
    assert "krippendorff_alpha: undefined: all ratings are the same value" in row.note


def test_kappa_is_left_to_two_coders():
    three = pd.DataFrame({"code": "a", "unit": [1, 2] * 3, "coder": list("AABBCC"), "value": [1, 0, 1, 0, 1, 1]})
    row = agreement_by_code(three).iloc[0]
    assert np.isnan(row.cohen_kappa)
    assert "cohen_kappa: only for two coders" in row.note
    assert row.n_coders == 3


def test_ratings_on_a_scale_are_refused_with_the_remedy():
    ratings = pd.DataFrame({"code": "a", "unit": [1, 1], "coder": ["A", "B"], "value": [3, 4]})
    with pytest.raises(DataError, match="krippendorff_alpha"):
        agreement_by_code(ratings)


def test_categories_and_true_or_false_count_like_numbers(codings, turns):
    ratings = turn_ratings(codings, turns, codes=TYPES)
    expected = agreement_by_code(ratings)
    for given in (ratings["value"].astype("category"), ratings["value"].astype(bool), ratings["value"].astype(object)):
        pd.testing.assert_frame_equal(agreement_by_code(ratings.assign(value=given)), expected)
    categories = ratings.astype({"code": "category", "coder": "category", "unit": "category"})
    pd.testing.assert_frame_equal(agreement_by_code(categories), expected)


def test_rows_without_a_code_are_refused(codings, turns):
    ratings = turn_ratings(codings, turns, codes=TYPES)
    with pytest.raises(DataError, match="1 rows have no 'code'"):
        agreement_by_code(ratings.assign(code=[None, *ratings["code"][1:]]))


@pytest.mark.parametrize("method", [agreement_by_code, cohen_kappa, krippendorff_alpha, percent_agreement])
@pytest.mark.parametrize(
    "options",
    [
        *({"ci": one} for one in (None, "0.95", 95, np.nan)),
        *({"n_resamples": one} for one in (None, "1000", 1.5, 10**6)),
        *({"rng": one} for one in (None, "1", -1)),
        {"unit": "coder"},
    ],
)
def test_options_that_cannot_be_used_are_refused(codings, turns, method, options):
    ratings = turn_ratings(codings, turns, codes=TYPES[:1])
    with pytest.raises(OptionError):
        method(ratings, **options)


@pytest.mark.parametrize("method", [agreement_by_code, cohen_kappa, krippendorff_alpha, percent_agreement])
def test_tables_that_cannot_be_used_are_refused(codings, turns, method):
    ratings = turn_ratings(codings, turns, codes=TYPES[:1])
    lists = ratings.assign(coder=[[name] for name in ratings["coder"]])
    mixed = ratings.assign(unit=[1, *ratings["unit"][1:]])
    for table in (
        None,
        [1],
        lists,
        mixed,
        pd.concat([ratings, ratings], axis=1),
        ratings.set_index("unit", drop=False),
    ):
        with pytest.raises(DataError, match="ratings: "):
            method(table)
