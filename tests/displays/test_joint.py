"""The joint display: every case and theme, words and numbers from the same tables."""

import pandas as pd
import pytest

from qualkit.change import reliable_change
from qualkit.displays import joint_display
from qualkit.errors import DataError, OptionError

LINKS = {"withdrawal": "type.withdrawal", "aggressive": "type.aggressive"}


@pytest.fixture
def table(codings, turns, scores, change):
    return joint_display(codings, scores, change, turns, links=LINKS).set_index(["case", "theme"])


def test_each_case_and_theme_has_one_row_in_order(table):
    assert list(table.index) == [(case, theme) for case in ("A1", "A2", "A3") for theme in LINKS.values()]


def test_numbers_and_words_of_a_child_stand_side_by_side(table):
    row = table.loc[("A1", "type.withdrawal")]
    assert row[["before", "after", "change", "rci", "class"]].tolist() == [25, 14, -11, -5.5, "improved"]
    assert row[["n_before", "n_after", "rate_before", "rate_after", "evidence"]].tolist() == [3, 1, 6, 1, "less"]
    assert row[["fit", "fit_reason"]].tolist() == [
        "convergent",
        "reliable improvement, and the interviews show the same",
    ]
    assert (row.coding_ids_before, row.coding_ids_after) == (("c1", "c2", "c3"), ("c4",))


def test_quotations_lead_back_to_their_place(table):
    row = table.loc[("A1", "type.withdrawal")]
    assert row.quote_before == "他们玩他们的，我不过去。"
    place = ["coding_id", "source_id", "source", "turn", "start", "end"]
    assert row[[f"quote_before_{name}" for name in place]].tolist() == ["c2", "s1", "pre/A1", 2, 40, 52]
    assert row[[f"quote_after_{name}" for name in place]].tolist() == ["c4", "s2", "post/A1", 1, 5, 12]
    assert pd.isna(table.loc[("A2", "type.aggressive"), "quote_after"])


def test_the_course_of_the_evidence_and_the_fit_of_each_row(table):
    assert table[["evidence", "fit"]].values.tolist() == [
        ["less", "convergent"],
        ["none", "silent"],
        ["none", "silent"],
        ["too few", "silent"],
        ["not asked", "silent"],
        ["not asked", "silent"],
    ]
    assert pd.isna(table.loc[("A3", "type.withdrawal"), "n_after"])
    assert table.loc[("A3", "type.aggressive"), "class"] is None


def test_rates_within_a_quarter_of_the_larger_are_the_same(codings, turns, scores, change):
    close = turns.assign(n_characters=turns["n_characters"].where(turns["source_id"] != "s2", 200))
    options = {"links": {"withdrawal": "type.withdrawal"}, "at_least": 0}
    # Before 3 in 500, after 1 in 200: 6 and 5 per 1,000.
    row = joint_display(codings, scores, change, close, **options).iloc[0]
    assert (row.evidence, row.fit) == ("same", "divergent")
    strict = joint_display(codings, scores, change, close, **options, same_within=0.1).iloc[0]
    assert (strict.evidence, strict.fit) == ("less", "convergent")


def test_one_segment_more_or_less_is_no_change(codings, turns, scores, change):
    options = {"links": {"aggressive": "type.aggressive"}, "cases": pd.DataFrame({"case": ["A2"]})}
    # Before 2 in 2,000, after none in 1,000: at the earlier rate one would be expected.
    assert joint_display(codings, scores, change, turns, **options).iloc[0].evidence == "too few"
    assert joint_display(codings, scores, change, turns, **options, at_least=1).iloc[0].evidence == "less"
    longer = turns.assign(n_characters=turns["n_characters"].where(turns["source_id"] != "s4", 2000))
    assert joint_display(codings, scores, change, longer, **options).iloc[0].evidence == "less"
    more_often = pd.concat([codings, codings[codings["coding_id"] == "c5"].assign(source_id="s4", wave="post")])
    row = joint_display(more_often, scores, change, longer, **options).iloc[0]
    assert (row.n_before, row.n_after, row.evidence, row.fit) == (2, 1, "same", "divergent")


def test_reasons_can_be_chinese(codings, turns, scores, change):
    table = joint_display(codings, scores, change, turns, links=LINKS, language="zh")
    assert table["fit_reason"].iloc[0] == "量表可信改善，访谈中的证据也好转"


def test_it_takes_the_table_of_reliable_change_as_it_is(codings, turns, scores):
    change = reliable_change(scores, before="pre", after="post", sd=4, reliability=0.85, improvement="decrease")
    table = joint_display(codings, scores, change, turns, links=LINKS)
    assert table["class"].tolist() == ["improved", "unchanged", "unchanged", "improved", "improved", None]


def test_cases_can_be_chosen_and_those_without_scores_are_shown_as_silent(codings, turns, scores, change):
    chosen = pd.DataFrame({"case": ["A2", "A7"]})
    table = joint_display(codings, scores, change, turns, links=LINKS, cases=chosen)
    assert table["case"].tolist() == ["A2", "A2", "A7", "A7"]
    assert table.loc[2, ["fit", "evidence"]].tolist() == ["silent", "not asked"]


def test_a_strength_improves_by_more_evidence(codings, turns, scores, change):
    table = joint_display(codings, scores, change, turns, links=LINKS, improvement="increase")
    assert table["fit"].iloc[0] == "divergent"
    with pytest.raises(OptionError, match=r"says nothing of 'type\.aggressive'"):
        joint_display(codings, scores, change, turns, links=LINKS, improvement={"type.withdrawal": "decrease"})


def test_no_codings_at_all_leave_the_words_silent(codings, turns, scores, change):
    table = joint_display(codings.iloc[:0], scores, change, turns, links=LINKS)
    assert set(table["fit"]) == {"silent"}
    assert table["quote_before"].isna().all()


def test_wrong_links_and_double_rows_are_refused(codings, turns, scores, change):
    with pytest.raises(
        DataError, match="links: 'shyness' is no subscale of scores, which has 'withdrawal', 'aggressive'"
    ):
        joint_display(codings, scores, change, turns, links={"shyness": "type.withdrawal"})
    with pytest.raises(OptionError, match="links is empty"):
        joint_display(codings, scores, change, turns, links={})
    with pytest.raises(DataError, match="change: A1 has more than one row in 'withdrawal'"):
        joint_display(codings, scores, pd.concat([change, change.iloc[:1]]), turns, links=LINKS)
    with pytest.raises(DataError, match="scores: A1 has more than one 'withdrawal' at pre"):
        joint_display(codings, pd.concat([scores, scores.iloc[:1]]), change, turns, links=LINKS)
    with pytest.raises(OptionError, match="same_within=25"):
        joint_display(codings, scores, change, turns, links=LINKS, same_within=25)


@pytest.mark.parametrize("option", [{"links": None}, {"links": ["a"]}, {"at_least": None}, {"same_within": "0.2"}])
def test_options_that_cannot_be_used_are_refused(codings, turns, scores, change, option):
    with pytest.raises(OptionError):
        joint_display(codings, scores, change, turns, **({"links": LINKS} | option))


def test_scores_that_are_no_finite_numbers_are_refused(codings, turns, scores, change):
    with pytest.raises(DataError, match="infinite 'score'"):
        joint_display(codings, scores.assign(score=float("inf")), change, turns, links=LINKS)
