"""Paired change against published data, scipy, statsmodels and pingouin, and its own laws."""

from itertools import product
from math import gamma
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from qualkit.change import paired_change
from qualkit.errors import DataError, OptionError

PUBLISHED = Path(__file__).parents[1] / "data" / "published"

COLUMNS = [
    "subscale", "n", "mean_before", "sd_before", "mean_after", "sd_after", "difference", "ci_low", "ci_high", "t", "df",
    "p_value", "wilcoxon_p_exact", "permutation_p", "cohen_dz", "hedges_gz", "rank_biserial", "p_holm", "note",
]  # fmt: skip

scores_of_8 = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=8)


def published(name):
    wide = pd.read_csv(PUBLISHED / name, comment="#", dtype={"case": str})
    return wide.melt("case", var_name="wave", value_name="score").assign(subscale="total")


def scores_from(pairs, subscale="withdrawal"):
    cases = [f"A{n + 1}" for n in range(len(pairs))]
    before = pd.DataFrame({"subscale": subscale, "case": cases, "wave": "pre", "score": [a for a, _ in pairs]})
    return pd.concat([before, before.assign(wave="post", score=[b for _, b in pairs])], ignore_index=True)


def change_of(pairs, **options):
    return paired_change(scores_from(pairs), before="pre", after="post", **options).iloc[0]


def test_the_known_answers_of_ten_members():
    row = paired_change(published("invented_prepost_total.csv"), before="pre", after="post").iloc[0]
    assert [row.mean_before, row.mean_after] == pytest.approx([79.60, 88.40])
    assert [row.sd_before, row.sd_after] == pytest.approx([5.76, 5.10], abs=0.005)
    assert [row.t, row.df, row.p_value] == pytest.approx([5.142, 9, 0.00061], abs=0.0005)
    assert [row.difference, row.ci_low, row.ci_high] == pytest.approx([8.80, 4.93, 12.67], abs=0.005)
    assert row.wilcoxon_p_exact == pytest.approx(0.0059, abs=0.00005)
    assert [row.cohen_dz, row.hedges_gz, row.rank_biserial] == pytest.approx([1.626, 1.487, 0.945], abs=0.0006)


def test_students_sleep_data_1908():
    row = paired_change(published("student_1908_sleep.csv"), before="first", after="second").iloc[0]
    assert [row.t, row.p_value, row.difference] == pytest.approx([4.062, 0.00283, 1.58], abs=0.0005)
    assert [row.ci_low, row.ci_high] == pytest.approx([0.70, 2.46], abs=0.005)
    # All nine nonzero differences rise, with ties; 2 of 512 sign patterns are as extreme.
    assert row.wilcoxon_p_exact == pytest.approx(2 / 512)
    assert row.permutation_p == pytest.approx(2 / 512)
    assert [row.cohen_dz, row.hedges_gz, row.rank_biserial] == pytest.approx([1.285, 1.174, 1.0], abs=0.0005)
    assert "no change, left out of the exact tests: 1" in row.note


def test_hollander_wolfe_1973_depression_data():
    row = paired_change(published("hollander_wolfe_1973_depression.csv"), before="first", after="second").iloc[0]
    assert row.wilcoxon_p_exact == pytest.approx(0.0391, abs=0.00005)
    # V = 40 of 45 fell.
    assert row.rank_biserial == pytest.approx((5 - 40) / 45)


def test_the_columns_are_those_promised():
    assert list(paired_change(scores_from([(1, 2), (3, 5)]), before="pre", after="post").columns) == COLUMNS


@given(scores_of_8)
def test_wilcoxon_equals_the_enumeration_of_all_signs(pairs):
    differences = np.array([b - a for a, b in pairs if a != b], dtype=float)
    assume(len(differences))
    ranks = stats.rankdata(np.abs(differences))
    observed = ranks[differences > 0].sum()
    sums = np.array([np.dot(ranks, signs) for signs in product([0, 1], repeat=len(ranks))])
    expected = min(1, 2 * min((sums <= observed).mean(), (sums >= observed).mean()))
    assert change_of(pairs).wilcoxon_p_exact == pytest.approx(expected)


@given(st.lists(st.integers(-40, 40).filter(bool), min_size=3, max_size=15, unique_by=abs))
def test_wilcoxon_without_ties_equals_scipy(differences):
    expected = stats.wilcoxon(differences, method="exact").pvalue
    assert change_of([(50, 50 + d) for d in differences]).wilcoxon_p_exact == pytest.approx(expected)


@given(scores_of_8)
def test_sign_flips_equal_scipy_permutation_test(pairs):
    differences = np.array([b - a for a, b in pairs], dtype=float)
    assume(differences.any())
    expected = stats.permutation_test(
        (differences,), np.mean, permutation_type="samples", n_resamples=np.inf, alternative="two-sided"
    ).pvalue
    assert change_of(pairs).permutation_p == pytest.approx(expected)


@given(scores_of_8)
def test_t_and_interval_equal_scipy(pairs):
    before, after = np.array(pairs, dtype=float).T
    assume(np.ptp(after - before) > 0)
    expected = stats.ttest_rel(after, before)
    row = change_of(pairs, ci=0.9)
    assert [row.t, row.p_value] == pytest.approx([expected.statistic, expected.pvalue])
    assert [row.ci_low, row.ci_high] == pytest.approx(list(expected.confidence_interval(0.9)))


@given(scores_of_8)
def test_rank_biserial_equals_pingouin(pairs):
    before, after = np.array(pairs, dtype=float).T
    assume((before != after).sum() > 1)
    expected = float(pingouin.wilcoxon(after, before)["RBC"].iloc[0])
    assert change_of(pairs).rank_biserial == pytest.approx(expected)


def test_hedges_gz_shrinks_dz_close_to_the_exact_factor():
    row = change_of([(n, n + n % 3) for n in range(10)])
    exact = gamma(9 / 2) / gamma(8 / 2) / np.sqrt(9 / 2)
    assert row.hedges_gz / row.cohen_dz == pytest.approx(1 - 3 / 35)
    assert row.hedges_gz / row.cohen_dz == pytest.approx(exact, abs=0.001)


@given(scores_of_8)
def test_swapping_the_waves_mirrors_everything(pairs):
    forth = paired_change(scores_from(pairs), before="pre", after="post").iloc[0]
    back = paired_change(scores_from(pairs), before="post", after="pre").iloc[0]
    for column in ("difference", "t", "cohen_dz", "hedges_gz", "rank_biserial"):
        assert forth[column] == pytest.approx(-back[column], nan_ok=True)
    for column in ("p_value", "wilcoxon_p_exact", "permutation_p"):
        assert forth[column] == pytest.approx(back[column], nan_ok=True)


def test_holm_runs_over_the_rows_and_leaves_out_undefined_ones():
    tables = [
        scores_from([(1, 3), (2, 3), (4, 8), (5, 6)], "a"),
        scores_from([(1, 1), (2, 5), (4, 4), (5, 6)], "b"),
        scores_from([(1, 2), (2, 3), (4, 5), (5, 6)], "constant"),
        scores_from([(3, 1), (2, 3), (4, 0), (5, 6)], "c"),
    ]
    table = paired_change(pd.concat(tables), before="pre", after="post")
    defined = table["p_value"].notna()
    expected = multipletests(table.loc[defined, "p_value"], method="holm")[1]
    assert table.loc[defined, "p_holm"].tolist() == pytest.approx(expected)
    assert table["subscale"].tolist() == ["a", "b", "constant", "c"]
    assert table["p_holm"].isna().tolist() == [False, False, True, False]


def test_cases_without_both_scores_are_left_out_by_name():
    scores = scores_from([(1, 3), (2, np.nan), (4, 8), (5, 6)])
    row = paired_change(scores.iloc[1:], before="pre", after="post").iloc[0]
    assert row.n == 2
    assert "left out, no value at pre: A1; no value at post: A2" in row.note


def test_equal_differences_leave_t_and_d_undefined_but_not_the_exact_tests():
    row = change_of([(1.1, 1.4), (2.2, 2.5), (3.3, 3.6), (0.1, 0.4), (5, 5.3), (6, 6.3)])
    assert np.isnan([row.t, row.p_value, row.ci_low, row.cohen_dz, row.hedges_gz]).all()
    assert "undefined: all differences are equal" in row.note
    assert [row.difference, row.wilcoxon_p_exact, row.permutation_p] == pytest.approx([0.3, 2 / 64, 2 / 64])


def test_no_change_at_all_leaves_every_test_undefined():
    row = change_of([(1, 1), (2, 2), (3, 3)])
    assert np.isnan([row.t, row.wilcoxon_p_exact, row.permutation_p, row.rank_biserial]).all()
    assert row.difference == 0
    assert "no change, left out of the exact tests: 3" in row.note


def test_fewer_than_six_changes_cannot_reach_5_percent_and_the_note_says_so():
    assert (
        "p < .05 cannot be reached with 5 changes (smallest: 2/2^5 = 0.0625)" in change_of([(0, 1)] * 4 + [(0, 2)]).note
    )
    assert "cannot be reached" not in change_of([(0, 1)] * 5 + [(0, 2)]).note


def test_one_pair_is_described_and_not_tested():
    row = change_of([(4, 7)])
    assert (row.n, row.mean_before, row.difference) == (1, 4, 3)
    assert np.isnan([row.sd_before, row.t, row.df, row.p_value]).all()
    assert "at least two complete pairs" in row.note


def test_a_subscale_without_any_pair_is_listed_with_the_reason():
    scores = pd.concat([scores_from([(1, 3), (2, 3), (4, 8)]), scores_from([(np.nan, 3), (2, np.nan)], "empty")])
    row = paired_change(scores, before="pre", after="post").set_index("subscale").loc["empty"]
    assert row.n == 0
    assert np.isnan(row.difference)
    assert "no value at pre: A1; no value at post: A2" in row.note


def test_more_than_twenty_changes_are_drawn_reproducibly_and_agree_with_the_t_test():
    rng = np.random.default_rng(3)
    pairs = list(zip(rng.normal(0, 1, 40), rng.normal(0.4, 1, 40), strict=True))
    row = change_of(pairs)
    assert row.permutation_p == pytest.approx(row.p_value, abs=0.02)
    assert "permutation_p from 20000 random sign patterns" in row.note
    assert change_of(pairs).permutation_p == row.permutation_p


def test_floating_point_does_not_hide_ties():
    # 0.3 - 0.1 and 0.2 - 0 differ in the last digit; as ties they share a rank.
    row = change_of([(0.1, 0.3), (0, 0.2), (0.7, 0.5), (0.2, 0.9), (0, 0.5)])
    tied = change_of([(1, 3), (0, 2), (7, 5), (2, 9), (0, 5)])
    assert row.wilcoxon_p_exact == tied.wilcoxon_p_exact


def test_a_table_without_subscales_is_one_group():
    scores = scores_from([(1, 3), (2, 3), (4, 8)]).drop(columns="subscale")
    assert paired_change(scores, before="pre", after="post")["subscale"].tolist() == ["all"]
    with pytest.raises(DataError, match="no column 'theme'"):
        paired_change(scores, before="pre", after="post", by="theme")


def test_other_column_names_and_waves_between_are_fine():
    scores = scores_from([(1, 3), (2, 3), (4, 8)]).assign(wave=lambda t: t["wave"].map({"pre": "T1", "post": "T3"}))
    between = scores.assign(wave="T2", score=99).drop_duplicates(["case", "wave"])
    renamed = pd.concat([scores, between]).rename(
        columns={"case": "id", "wave": "time", "score": "y", "subscale": "part"}
    )
    options = {"case": "id", "wave": "time", "value": "y", "by": "part"}
    table = paired_change(renamed, before="T1", after="T3", **options)
    assert table["difference"].item() == pytest.approx(7 / 3)
    assert table.columns[0] == "part"


def test_wrong_tables_and_waves_are_refused_with_the_remedy():
    scores = scores_from([(1, 3), (2, 3)])
    with pytest.raises(DataError, match=r"no row has wave='T2' \(after\). The waves are: pre, post"):
        paired_change(scores, before="pre", after="T2")
    with pytest.raises(OptionError, match="both 'pre'"):
        paired_change(scores, before="pre", after="pre")
    with pytest.raises(DataError, match="case A1 has more than one score at pre in subscale 'withdrawal'"):
        paired_change(pd.concat([scores, scores.iloc[:1]]), before="pre", after="post")
    with pytest.raises(DataError, match="'score' is not numbers"):
        paired_change(scores.astype({"score": str}), before="pre", after="post")
    with pytest.raises(DataError, match="1 rows have no 'case'"):
        paired_change(scores.assign(case=["A1", None, "A1", "A2"]), before="pre", after="post")
    with pytest.raises(DataError, match="infinite"):
        paired_change(scores.assign(score=[1, np.inf, 2, 3.0]), before="pre", after="post")


@pytest.mark.parametrize("subscale", [["withdrawal", None, "withdrawal", None], [None] * 4, np.nan])
def test_scores_without_a_subscale_are_refused_with_their_cases(subscale):
    scores = scores_from([(1, 3), (2, 3)]).assign(subscale=subscale)
    with pytest.raises(DataError, match=r"rows have no 'subscale', of the cases (A1, )?A2\. Fill it in"):
        paired_change(scores, before="pre", after="post")


def test_the_input_is_left_as_it_was():
    scores = scores_from([(1, 3), (2, 3), (4, 8)])
    copy = scores.copy()
    paired_change(scores, before="pre", after="post")
    pd.testing.assert_frame_equal(scores, copy)


@pytest.mark.parametrize(
    "options",
    [
        *({"ci": one} for one in (None, "0.95", 95, np.nan)),
        *({"n_resamples": one} for one in (None, "1000", 1.5, 0, 10**6)),
        *({"rng": one} for one in (None, "1", -1)),
        *({"before": one} for one in (None, ["pre"], np.nan)),
        {"case": "wave"},
        {"by": "n"},
    ],
)
def test_options_that_cannot_be_used_are_refused(options):
    scores = scores_from([(1, 3), (2, 3)]).assign(n=1)
    with pytest.raises(OptionError):
        paired_change(scores, **({"before": "pre", "after": "post"} | options))


def test_tables_that_cannot_be_used_are_refused():
    scores = scores_from([(1, 3), (2, 3)])
    tables = [
        None,
        scores.assign(case=[["A1"], ["A2"], ["A1"], ["A2"]]),
        scores.assign(case=[1, "2", 1, "2"]),
        scores.assign(score=[1j, 2, 3, 4]),
        scores.assign(score=[1e308, -1e308, 3, 4]),
        pd.concat([scores, scores], axis=1),
        scores.set_index("case", drop=False),
    ]
    for table in tables:
        with pytest.raises(DataError, match="scores: "):
            paired_change(table, before="pre", after="post")


def test_subscales_and_waves_can_be_categories():
    scores = scores_from([(1, 3), (2, 3), (4, 8)])
    categories = scores.astype(dict.fromkeys(["subscale", "case", "wave"], "category"))
    expected = paired_change(scores, before="pre", after="post")
    pd.testing.assert_frame_equal(paired_change(categories, before="pre", after="post"), expected)


def test_differences_too_small_to_be_squared_count_as_none():
    row = change_of([(0, 1e-200), (0, 3e-200), (0, 1e-310)])
    assert np.isnan(row.p_value)
    assert "all differences are equal" in row.note


def test_thousands_of_changes_are_tested_by_the_normal_curve_and_the_note_says_so():
    rng = np.random.default_rng(5)
    before, after = rng.integers(0, 30, 12_000), rng.integers(0, 30, 12_000)
    row = change_of(list(zip(before, after, strict=True)))
    expected = stats.wilcoxon(before, after, method="asymptotic", correction=False)
    assert row.wilcoxon_p_exact == pytest.approx(expected.pvalue)
    assert row.permutation_p == pytest.approx(row.p_value, abs=0.001)
    assert "permutation_p by the normal curve" in row.note
    assert "wilcoxon_p_exact by the normal curve: more than 500 changes" in row.note


def test_the_normal_curve_continues_the_exact_count():
    rng = np.random.default_rng(6)
    pairs = [(0, value) for value in rng.normal(0.1, 1, 501)]
    approximate, exact = change_of(pairs), change_of(pairs[:500])
    assert "wilcoxon_p_exact" not in exact.note
    counted = stats.wilcoxon([value for _, value in pairs], method="exact").pvalue
    assert approximate.wilcoxon_p_exact == pytest.approx(counted, abs=0.001)


def test_a_score_without_a_wave_is_refused_with_its_case():
    scores = pd.DataFrame({"case": ["A1", "A1", "A2"], "wave": ["pre", "post", None], "score": [1.0, 2.0, 3.0]})
    with pytest.raises(DataError, match="A2"):
        paired_change(scores, before="pre", after="post")
