"""Turn ratings: which turns are units and what counts as having the theme."""

import pandas as pd
import pytest

from qualkit.agreement import turn_ratings
from qualkit.errors import DataError, OptionError

TYPES = ["type.withdrawal", "type.cathartic", "type.aggressive"]


def given(ratings, code, coder):
    own = ratings[(ratings["code"] == code) & (ratings["coder"] == coder)]
    return dict(zip(own["unit"], own["value"], strict=True))


def test_units_are_turns_of_coded_speakers_in_sources_both_coded(codings, turns):
    ratings = turn_ratings(codings, turns, codes=TYPES)
    assert list(ratings["unit"].unique()) == ["s1#2", "s1#4", "s1#5", "s2#1", "s2#2"]
    assert len(ratings) == 5 * 3 * 2


def test_a_theme_counts_with_its_own_code_and_those_below(codings, turns):
    ratings = turn_ratings(codings, turns, codes=TYPES)
    assert given(ratings, "type.withdrawal", "Zhao") == {"s1#2": 1, "s1#4": 1, "s1#5": 0, "s2#1": 0, "s2#2": 0}
    assert given(ratings, "type.cathartic", "Zhao") == dict.fromkeys(["s1#2", "s1#4", "s1#5", "s2#1", "s2#2"], 0)
    assert given(ratings, "type.aggressive", "Zhao") == {"s1#2": 0, "s1#4": 0, "s1#5": 1, "s2#1": 1, "s2#2": 0}


def test_every_1_names_its_codings_and_every_0_none(codings, turns):
    ratings = turn_ratings(codings, turns, codes=TYPES)
    assert set(ratings.loc[ratings["value"] == 0, "coding_ids"]) == {()}
    ones = ratings[ratings["value"] == 1]
    assert sorted(one for ids in ones["coding_ids"] for one in ids) == ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"]


def test_a_coding_over_two_turns_counts_in_both(codings, turns):
    longer = codings.assign(end=codings["end"].where(codings["coding_id"] != "c1", 50))
    assert given(turn_ratings(longer, turns, codes=TYPES), "type.withdrawal", "Lin")["s1#4"] == 1
    ratings = turn_ratings(longer[longer["coding_id"] != "c3"], turns, codes=TYPES)
    assert given(ratings, "type.withdrawal", "Lin")["s1#4"] == 1


def test_a_coding_that_ends_where_a_turn_begins_does_not_touch_it(codings, turns):
    touching = codings.assign(end=codings["end"].where(codings["coding_id"] != "c3", 62))
    assert given(turn_ratings(touching, turns, codes=TYPES), "type.withdrawal", "Lin")["s1#5"] == 0


def test_rejected_codings_do_not_count(codings, turns):
    rejected = codings.assign(status=["rejected", *codings["status"][1:]])
    assert given(turn_ratings(rejected, turns, codes=TYPES), "type.withdrawal", "Lin")["s1#2"] == 0


def test_themes_can_gather_branches(codings, turns):
    ratings = turn_ratings(codings, turns, codes={"acting out": ["type.cathartic", "type.aggressive"]})
    assert given(ratings, "acting out", "Lin") == given(ratings, "acting out", "Zhao")


def test_a_source_coded_by_one_is_no_unit_even_when_named_coders_are_fewer(codings, turns):
    third = codings[codings["source_id"] == "s2"].iloc[:1].assign(coder="Wang", coding_id="c99")
    ratings = turn_ratings(pd.concat([codings, third]), turns, codes=TYPES)
    assert set(ratings["source_id"]) == {"s2"}
    two = turn_ratings(pd.concat([codings, third]), turns, codes=TYPES, coders=["Lin", "Zhao"])
    assert set(two["source_id"]) == {"s1", "s2"}


def test_one_coder_or_no_shared_source_is_refused(codings, turns):
    with pytest.raises(DataError, match="only Lin coded"):
        turn_ratings(codings[codings["coder"] == "Lin"], turns, codes=TYPES)
    apart = codings[(codings["coder"] == "Lin") ^ (codings["source_id"] == "s1")]
    with pytest.raises(DataError, match="no source was coded by all of Lin, Zhao"):
        turn_ratings(apart, turns, codes=TYPES)
    with pytest.raises(OptionError, match="Wang coded nothing here"):
        turn_ratings(codings, turns, codes=TYPES, coders=["Lin", "Wang"])
    with pytest.raises(OptionError, match="codes is empty"):
        turn_ratings(codings, turns, codes=[])
