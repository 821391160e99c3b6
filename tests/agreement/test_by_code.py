"""Agreement per code: the same numbers as code by code, with the counts behind them."""

import numpy as np
import pandas as pd
import pytest

from qualkit.agreement import agreement_by_code, cohen_kappa, krippendorff_alpha, percent_agreement, turn_ratings
from qualkit.errors import DataError

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
