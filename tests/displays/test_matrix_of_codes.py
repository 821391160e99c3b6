"""Codes by cases and waves: sums of counts, never of percentages."""

import numpy as np
import pandas as pd
import pytest

from qualkit.displays import code_by_case, code_by_wave, theme_rates

TYPES = ["type.withdrawal", "type.aggressive"]


def test_code_by_case_adds_up_all_material(codings, cases, turns):
    table = code_by_case(codings, cases, turns, codes=TYPES).set_index(["code", "case"])
    row = table.loc[("type.withdrawal", "A1")]
    assert (row.n_segments, row.n_characters, row.n_cases) == (4, 1500, 1)
    assert row.rate_per_1000 == pytest.approx(4 / 1.5)
    assert row.coding_ids == ("c1", "c2", "c3", "c4")
    assert table.loc[("type.aggressive", "A3"), ["n_segments", "n_cases", "status"]].tolist() == [0, 0, "asked"]


def test_code_by_case_holds_material_without_a_wave(codings, cases, turns):
    row = code_by_case(codings, cases, turns, codes=TYPES).set_index(["code", "case"]).loc[("type.withdrawal", "A2")]
    assert (row.n_segments, row.n_spoken, row.coding_ids) == (1, 0, ("c8",))


def test_code_by_wave_counts_people_and_pools_characters(codings, cases, turns):
    table = code_by_wave(codings, cases, turns, codes=TYPES).set_index(["code", "wave"])
    before = table.loc[("type.aggressive", "pre")]
    assert (before.n_cases, before.n_cases_asked, before.n_segments, before.n_characters) == (1, 3, 2, 2900)
    assert before.rate_per_1000 == pytest.approx(2 / 2.9)
    after = table.loc[("type.withdrawal", "post")]
    assert (after.n_cases, after.n_cases_asked, after.n_characters) == (1, 2, 2000)
    assert list(table.index) == [(code, wave) for code in TYPES for wave in ("pre", "post")]


def test_the_rate_of_a_wave_is_not_the_mean_of_rates(codings, cases, turns):
    pooled = code_by_wave(codings, cases, turns, codes=["type.withdrawal"])["rate_per_1000"].iloc[0]
    single = theme_rates(codings, cases, turns, codes=["type.withdrawal"]).query("wave == 'pre'")["rate_per_1000"]
    assert pooled == pytest.approx(3 / 2.9)
    assert single.mean() == pytest.approx(2)


def test_counts_add_up_the_same_by_case_and_by_wave(codings, cases, turns):
    with_wave = codings[codings["wave"].notna()]
    by_case, by_wave = (f(with_wave, cases, turns, codes=TYPES) for f in (code_by_case, code_by_wave))
    for code in TYPES:
        totals = [
            table.loc[table["code"] == code, ["n_segments", "n_characters"]].sum().tolist()
            for table in (by_case, by_wave)
        ]
        assert totals[0] == totals[1]


def test_a_case_without_any_material_is_not_asked(codings, cases, turns):
    more = pd.concat([cases, pd.DataFrame({"case": ["A9"]})], ignore_index=True)
    row = code_by_case(codings, more, turns, codes=TYPES).iloc[3]
    assert (row.case, row.status) == ("A9", "not asked")
    assert row[["n_cases", "n_segments", "rate_per_1000"]].isna().all()


def test_a_wave_in_which_nobody_was_asked_has_no_numbers(codings, cases, turns):
    asked = cases[["case"]].assign(wave="post", code="type.aggressive", asked=False)
    table = code_by_wave(codings, cases, turns, codes=TYPES, asked=asked).set_index(["code", "wave"])
    row = table.loc[("type.aggressive", "post")]
    assert (row.n_cases_asked, row.status, row.coding_ids) == (0, "not asked", ())
    assert np.isnan(row.rate_per_1000)
    assert pd.isna(row.n_cases)


def test_the_inputs_are_left_as_they_were(codings, cases, turns):
    copies = [table.copy() for table in (codings, cases, turns)]
    code_by_case(codings, cases, turns, codes=TYPES)
    code_by_wave(codings, cases, turns, codes=TYPES)
    for table, copy in zip((codings, cases, turns), copies, strict=True):
        pd.testing.assert_frame_equal(table, copy)
