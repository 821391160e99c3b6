"""Quotations of a theme: all of them, in order, one typical by rule."""

import pandas as pd
import pytest

from qualkit.displays import quotes_of


def typical(table):
    return table.loc[table["is_typical"], ["theme", "case", "wave", "coding_id"]].values.tolist()


def test_the_typical_quotation_has_the_most_frequent_code_and_the_most_usual_length(codings):
    table = quotes_of(codings[codings["wave"].notna()], codes=["type.withdrawal", "type.aggressive"])
    # A1 before: avoidance is twice as frequent as silence; 12 is nearer to the median 9.5 than 15.
    assert typical(table) == [
        ["type.withdrawal", "A1", "post", "c4"],
        ["type.withdrawal", "A1", "pre", "c2"],
        ["type.aggressive", "B1", "post", "c7"],
        ["type.aggressive", "A2", "pre", "c5"],
    ]


def test_ties_go_to_the_first_code_and_the_earlier_place(codings):
    even = codings[codings["coding_id"].isin(["c2", "c3"])].assign(start=[40, 60], end=[50, 70])
    assert typical(quotes_of(even, codes=["type.withdrawal"]))[0][-1] == "c2"
    assert typical(quotes_of(even.iloc[::-1], codes=["type.withdrawal"]))[0][-1] == "c2"


def test_quotations_stand_in_the_order_of_the_texts(codings):
    table = quotes_of(codings.sample(frac=1, random_state=1), codes=["type"])
    assert table["coding_id"].tolist() == ["c4", "c7", "c1", "c2", "c3", "c5", "c6", "c8"]


def test_a_filter_does_not_change_what_is_typical(codings):
    everything = quotes_of(codings, codes=["type.withdrawal"])
    own = quotes_of(codings, codes=["type.withdrawal"], case="A1", wave="pre")
    assert own["coding_id"].tolist() == ["c1", "c2", "c3"]
    kept = everything[everything["coding_id"].isin(own["coding_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, kept)


def test_each_theme_case_and_wave_has_exactly_one_typical_quotation(codings):
    table = quotes_of(codings, codes=["type.withdrawal", "type.aggressive", "type"])
    assert (table.groupby(["theme", "case", "wave"], dropna=False)["is_typical"].sum() == 1).all()


def test_no_quotation_is_an_empty_table_with_the_columns(codings):
    table = quotes_of(codings, codes=["strategy"])
    assert len(table) == 0
    assert table.columns[-1] == "is_typical"


@pytest.mark.parametrize("row", range(8))
def test_a_quotation_is_the_coding_as_it_stands(codings, row):
    table = quotes_of(codings, codes=["type"]).set_index("coding_id")
    coding = codings.iloc[row]
    for column in ("source", "turn", "start", "end", "text", "code"):
        assert table.loc[coding["coding_id"], column] == coding[column]
