"""What is left to settle: exactly the units on which coders differ, with what they coded."""

from qualkit.agreement import disagreements, turn_ratings

TYPES = ["type.withdrawal", "type.cathartic", "type.aggressive"]


def test_each_disagreement_is_listed_with_both_sides(codings, turns):
    table = disagreements(turn_ratings(codings, turns, codes=TYPES), codings, turns)
    assert table[["code", "unit", "coded_by", "not_coded_by"]].values.tolist() == [
        ["type.cathartic", "s1#5", ("Lin",), ("Zhao",)],
        ["type.aggressive", "s1#5", ("Zhao",), ("Lin",)],
    ]
    assert table["given"].unique().tolist() == ["Lin: type.cathartic.displacement; Zhao: type.aggressive.physical"]
    assert table["coding_ids"].tolist() == [("c5",), ("c6",)]
    assert table["text"].tolist() == ["我踢了门。"] * 2


def test_a_coder_without_codes_on_the_turn_is_shown_with_a_dash(codings, turns):
    fewer = codings[codings["coding_id"] != "c2"]
    table = disagreements(turn_ratings(fewer, turns, codes=["type.withdrawal"]), fewer, turns)
    assert table["given"].tolist() == ["Lin: type.withdrawal.silence; Zhao: –"]


def test_full_agreement_gives_an_empty_table_with_the_columns(codings, turns):
    table = disagreements(turn_ratings(codings, turns, codes=["type.withdrawal"]), codings, turns)
    assert len(table) == 0
    assert "given" in table.columns
