"""Cohen's kappa against published tables, two independent implementations, and its own laws."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from qualkit.agreement import cohen_kappa
from qualkit.errors import DataError, OptionError

labels = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=40)


def from_table(counts):
    counts = np.asarray(counts)
    pairs = [(a, b) for a, row in enumerate(counts) for b, n in enumerate(row) for _ in range(n)]
    return from_pairs(pairs)


def from_pairs(pairs):
    units = range(len(pairs))
    first = pd.DataFrame({"unit": units, "coder": "Lin", "value": [a for a, _ in pairs]})
    return pd.concat([first, first.assign(coder="Zhao", value=[b for _, b in pairs])], ignore_index=True)


def test_kappa_matches_cohen_1960_page_45():
    result = cohen_kappa(from_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))
    assert result["estimate"].item() == pytest.approx(0.492, abs=0.0005)


def test_kappa_of_1000_characters_with_50_coded_by_both_is_0_314():
    row = cohen_kappa(from_table([[800, 75], [75, 50]])).iloc[0]
    assert row.estimate == pytest.approx(0.314, abs=0.0005)
    assert (row.n_units, row.n_coders) == (1000, 2)
    assert row.ci_low < row.estimate < row.ci_high


def test_kappa_of_the_prevalence_paradox():
    assert cohen_kappa(from_table([[80, 7], [8, 5]]))["estimate"].item() == pytest.approx(0.314, abs=0.0005)


@given(labels)
def test_kappa_equals_scikit_learn(pairs):
    first, second = zip(*pairs, strict=True)
    assume(len({*first, *second}) > 1)
    estimate = cohen_kappa(from_pairs(pairs), n_resamples=0)["estimate"].item()
    assert estimate == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)


def test_the_bootstrap_interval_is_close_to_the_large_sample_interval():
    table = [[60, 12], [9, 40]]
    exact = cohens_kappa(np.array(table))
    row = cohen_kappa(from_table(table), n_resamples=4000).iloc[0]
    assert [row.estimate, row.ci_low, row.ci_high] == pytest.approx(
        [exact.kappa, exact.kappa_low, exact.kappa_upp], abs=0.02
    )


@given(labels)
def test_kappa_does_not_change_when_the_coders_are_swapped(pairs):
    swapped = [(b, a) for a, b in pairs]
    first = cohen_kappa(from_pairs(pairs), n_resamples=0)["estimate"].item()
    assert first == pytest.approx(cohen_kappa(from_pairs(swapped), n_resamples=0)["estimate"].item(), nan_ok=True)


def test_kappa_is_undefined_when_both_use_one_category():
    row = cohen_kappa(from_table([[9, 0], [0, 0]])).iloc[0]
    assert np.isnan(row.estimate)
    assert row.note == "undefined: both coders gave every unit the same value"


def test_kappa_is_zero_when_only_one_coder_is_constant():
    assert cohen_kappa(from_table([[5, 4]]))["estimate"].item() == 0


def test_units_judged_by_one_coder_are_left_out_and_counted():
    ratings = from_pairs([(1, 1), (0, 1), (0, 0)])
    ratings.loc[ratings["coder"].eq("Zhao") & ratings["unit"].eq(1), "value"] = np.nan
    row = cohen_kappa(ratings).iloc[0]
    assert row.n_units == 2
    assert row.estimate == 1
    assert "units not judged by both coders, left out: 1" in row.note


def test_three_coders_are_refused_with_the_remedy():
    ratings = from_pairs([(1, 1), (0, 1)])
    third = ratings[ratings["coder"] == "Lin"].assign(coder="Wang")
    with pytest.raises(DataError, match=r"have 3 \(Lin, Wang, Zhao\). Use krippendorff_alpha"):
        cohen_kappa(pd.concat([ratings, third]))


def test_the_same_unit_rated_twice_is_refused():
    ratings = from_pairs([(1, 1), (0, 1)])
    with pytest.raises(DataError, match="coder 'Lin' rated unit '0' more than once"):
        cohen_kappa(pd.concat([ratings, ratings.iloc[:1]]))


def test_a_table_with_several_codes_points_to_agreement_by_code():
    ratings = from_pairs([(1, 1), (0, 1)])
    several = pd.concat([ratings.assign(code="a"), ratings.assign(code="b")])
    with pytest.raises(DataError, match="use agreement_by_code"):
        cohen_kappa(several)


def test_a_single_coder_is_refused():
    ratings = from_pairs([(1, 1), (0, 1)])
    with pytest.raises(DataError, match=r"by one coder \(Lin\)"):
        cohen_kappa(ratings[ratings["coder"] == "Lin"])


def test_missing_columns_empty_tables_and_unnamed_units_are_refused():
    ratings = from_pairs([(1, 1), (0, 1)])
    with pytest.raises(DataError, match="no column 'unit'"):
        cohen_kappa(ratings.rename(columns={"unit": "segment"}))
    with pytest.raises(DataError, match="no rows"):
        cohen_kappa(ratings.iloc[:0])
    with pytest.raises(DataError, match="row 1 has no 'unit'"):
        cohen_kappa(ratings.assign(unit=[0, None, 0, 1]))


def test_numbers_and_text_are_not_mixed():
    ratings = from_pairs([(1, 1), (0, 1)]).astype({"value": object})
    ratings.loc[0, "value"] = "1"
    with pytest.raises(DataError, match="mixes numbers and text"):
        cohen_kappa(ratings)


def test_wrong_options_are_refused():
    with pytest.raises(OptionError, match="ci=95 is out of range"):
        cohen_kappa(from_pairs([(1, 1), (0, 1)]), ci=95)
    with pytest.raises(OptionError, match="n_resamples=-1"):
        cohen_kappa(from_pairs([(1, 1), (0, 1)]), n_resamples=-1)


def test_columns_can_have_other_names_and_values_can_be_words():
    ratings = from_pairs([(1, 1), (0, 1), (0, 0)]).rename(columns={"unit": "turn", "coder": "who", "value": "code"})
    ratings["code"] = ratings["code"].map({0: "none", 1: "silence"})
    result = cohen_kappa(ratings, unit="turn", coder="who", value="code")
    assert result["estimate"].item() == pytest.approx(0.4)
