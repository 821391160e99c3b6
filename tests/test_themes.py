"""Which codings count for a theme."""

import pandas as pd
import pytest

from qualkit.errors import DataError, OptionError
from qualkit.themes import accepted, codings_by_theme, codings_of_one_coder, is_below, theme_keys


def test_a_code_is_below_itself_and_its_ancestors_only():
    code = "type.withdrawal.silence"
    assert [is_below(code, theme) for theme in ("type", "type.withdrawal", code)] == [True] * 3
    assert [is_below(code, theme) for theme in ("type.with", "withdrawal", code + ".a")] == [False] * 3


def test_one_key_a_list_and_a_mapping_are_understood():
    assert theme_keys("type") == theme_keys(["type"]) == {"type": ("type",)}
    assert theme_keys({"contact": "type", "all": ["type", "cause"]}) == {"contact": ("type",), "all": ("type", "cause")}
    for empty in ([], {}):
        with pytest.raises(OptionError, match="codes is empty"):
            theme_keys(empty)


def test_a_coding_counts_once_per_theme_however_many_keys_match():
    codings = pd.DataFrame({"coding_id": ["c1"], "code": ["type.withdrawal.silence"]})
    table = codings_by_theme(codings, {"a": ["type", "type.withdrawal"], "b": ["type"]})
    assert table[["theme", "coding_id"]].values.tolist() == [["a", "c1"], ["b", "c1"]]


def test_suggested_and_rejected_codings_are_not_accepted():
    codings = pd.DataFrame({"code": list("abcd"), "status": ["accepted", "suggested", "rejected", None]})
    assert accepted(codings)["code"].tolist() == ["a", "d"]


def test_coders_who_shared_the_work_can_be_counted_together():
    codings = pd.DataFrame({"source_id": ["s1", "s2"], "coder": ["Lin", "Zhao"]})
    assert len(codings_of_one_coder(codings, None)) == 2
    with pytest.raises(DataError, match="would count passages twice"):
        codings_of_one_coder(codings.assign(source_id="s1"), None)


@pytest.mark.parametrize("codes", [None, 5, [1], [None], {"contact": None}, {"contact": [["a"]]}])
def test_codes_that_are_no_keys_are_refused(codes):
    with pytest.raises(OptionError, match="codes="):
        theme_keys(codes)
