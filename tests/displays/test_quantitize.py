"""Rates per case and wave: what counts, what is zero and what was not asked."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.displays import theme_rates
from qualkit.errors import DataError, OptionError

TYPES = ["type.withdrawal", "type.aggressive"]


def cell(table, code, case, wave):
    return table.set_index(["code", "case", "wave"]).loc[(code, case, wave)]


def test_segments_characters_and_rate_of_a_case_at_a_wave(codings, cases, turns):
    row = cell(theme_rates(codings, cases, turns, codes=TYPES), "type.withdrawal", "A1", "pre")
    assert (row.n_segments, row.n_spoken, row.n_characters) == (3, 3, 500)
    assert row.rate_per_1000 == 6
    assert row.coding_ids == ("c1", "c2", "c3")


def test_a_case_that_was_interviewed_and_did_not_say_it_is_zero(codings, cases, turns):
    row = cell(theme_rates(codings, cases, turns, codes=TYPES), "type.aggressive", "A2", "post")
    assert (row.n_segments, row.rate_per_1000, row.status, row.coding_ids) == (0, 0, "asked", ())


def test_a_case_without_material_is_not_asked_and_has_no_numbers(codings, cases, turns):
    row = cell(theme_rates(codings, cases, turns, codes=TYPES), "type.aggressive", "A3", "post")
    assert row.status == "not asked"
    assert row[["n_segments", "n_characters", "rate_per_1000"]].isna().all()


def test_a_question_left_out_is_not_asked_unless_the_theme_came_up_by_itself(codings, cases, turns):
    asked = pd.DataFrame(
        {"case": ["A2", "A1"], "wave": ["post", "pre"], "code": ["type.aggressive", "type.withdrawal"]}
    )
    table = theme_rates(codings, cases, turns, codes=TYPES, asked=asked.assign(asked=False))
    assert cell(table, "type.aggressive", "A2", "post").status == "not asked"
    assert cell(table, "type.withdrawal", "A1", "pre").status == "asked"
    told = theme_rates(codings, cases, turns, codes=TYPES, asked=asked.assign(asked=True))
    assert cell(told, "type.aggressive", "A2", "post").status == "asked"


def test_only_the_cases_given_are_shown_in_their_order(codings, cases, turns):
    table = theme_rates(codings, cases.iloc[[1, 0]], turns, codes=TYPES)
    assert list(dict.fromkeys(table["case"])) == ["A2", "A1"]
    assert "B1" not in set(table["case"])


def test_waves_stand_in_the_order_asked_for(codings, cases, turns):
    table = theme_rates(codings, cases, turns, codes=TYPES, waves=["post", "pre"])
    assert table["wave"].tolist() == ["post", "pre"] * 6
    with pytest.raises(OptionError, match=r"waves: T3 has no turns\. Choose from pre, post"):
        theme_rates(codings, cases, turns, codes=TYPES, waves=["T3"])


def test_a_silent_child_was_asked_but_has_no_rate(codings, cases, turns):
    silent = turns.assign(n_characters=turns["n_characters"].where(turns["case"] != "A3", 0))
    row = cell(theme_rates(codings, cases, silent, codes=TYPES), "type.withdrawal", "A3", "pre")
    assert (row.status, row.n_segments, row.n_characters) == ("asked", 0, 0)
    assert np.isnan(row.rate_per_1000)


def test_an_observation_about_a_case_is_a_segment_but_not_in_its_rate(codings, cases, turns):
    seen = codings.assign(wave=codings["wave"].where(codings["coding_id"] != "c8", "pre"))
    row = cell(theme_rates(seen, cases, turns, codes=TYPES), "type.withdrawal", "A2", "pre")
    assert (row.n_segments, row.n_spoken, row.rate_per_1000) == (1, 0, 0)


def test_rejected_codings_and_those_of_other_coders_do_not_count(codings, cases, turns):
    rejected = codings.assign(status=codings["status"].where(codings["coding_id"] != "c1", "rejected"))
    assert cell(theme_rates(rejected, cases, turns, codes=TYPES), "type.withdrawal", "A1", "pre").n_segments == 2
    second = pd.concat([codings, codings.iloc[:2].assign(coder="Zhao", coding_id=["z1", "z2"])])
    assert (
        cell(theme_rates(second, cases, turns, codes=TYPES, coder="Zhao"), *("type.withdrawal", "A1", "pre")).n_segments
        == 2
    )


def test_two_coders_on_one_source_must_be_told_apart(codings, cases, turns):
    second = pd.concat([codings, codings.iloc[:1].assign(coder="Zhao", coding_id="z1")])
    with pytest.raises(DataError, match=r"1 sources were coded by more than one coder \(Lin, Zhao\).*coder='Lin'"):
        theme_rates(second, cases, turns, codes=TYPES)
    with pytest.raises(OptionError, match="coder='Wang' has no codings"):
        theme_rates(second, cases, turns, codes=TYPES, coder="Wang")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.lists(st.sampled_from(["c1", "c2", "c3", "c4", "c5", "c6"]), unique=True))
def test_every_coding_of_the_cases_is_in_exactly_one_cell(kept, codings, cases, turns):
    table = theme_rates(codings[codings["coding_id"].isin(kept)], cases, turns, codes=TYPES)
    assert sorted(one for ids in table["coding_ids"] for one in ids) == sorted(kept)
    assert table["n_segments"].sum() == len(kept)


def test_wrong_tables_are_refused(codings, cases, turns):
    with pytest.raises(DataError, match="A1 is listed more than once"):
        theme_rates(codings, pd.concat([cases, cases.iloc[:1]]), turns, codes=TYPES)
    with pytest.raises(DataError, match="turns: the table has no column 'n_characters'"):
        theme_rates(codings, cases, turns.drop(columns="n_characters"), codes=TYPES)
    with pytest.raises(OptionError, match="codes is empty"):
        theme_rates(codings, cases, turns, codes=[])
    asked = pd.DataFrame({"case": "A1", "wave": "pre", "code": "type.withdrawal", "asked": [True, False]})
    with pytest.raises(DataError, match="asked: 'no' is neither true nor false"):
        theme_rates(codings, cases, turns, codes=TYPES, asked=asked.iloc[:1].assign(asked="no"))
    with pytest.raises(DataError, match="asked: A1 at pre is listed twice"):
        theme_rates(codings, cases, turns, codes=TYPES, asked=asked)


def test_tables_that_cannot_be_counted_together_are_refused(codings, cases, turns):
    for wrong in (None, codings.assign(code=[["a"]] * len(codings)), codings.assign(case=range(len(codings)))):
        with pytest.raises(DataError):
            theme_rates(wrong, cases, turns, codes=TYPES)
    for wrong in (turns.assign(n_characters="many"), turns.assign(n_characters=np.inf), turns.to_dict()):
        with pytest.raises(DataError, match="turns"):
            theme_rates(codings, cases, wrong, codes=TYPES)


def test_what_was_observed_of_a_case_is_no_speech_of_it(codings, cases, turns):
    before = theme_rates(codings, cases, turns, codes=TYPES)
    interviews = turns.assign(kind="interview")
    seen = interviews.assign(source_id="o1", kind="observation", case="A3", wave="post", n_characters=400).iloc[:1]
    with_observation = pd.concat([interviews, seen], ignore_index=True)
    pd.testing.assert_frame_equal(theme_rates(codings, cases, with_observation, codes=TYPES), before)
    coded = codings.iloc[:1].assign(coding_id="c9", source_id="o1", case="A3", wave="post")
    table = theme_rates(pd.concat([codings, coded]), cases, with_observation, codes=["type"])
    row = cell(table, "type", "A3", "post")
    assert (row.n_segments, row.n_spoken, row.n_characters, row.status) == (1, 0, 0, "asked")
    assert np.isnan(row.rate_per_1000)
