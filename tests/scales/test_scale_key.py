"""The key of a scale: the published one holds, and every contradiction is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import DataError
from qualkit.scales import Scale, read_scale
from qualkit.scales.key import item_name, key_problems

KEY = {
    "individual": [2, 4, 8, 11, 13, 14, 15, 18, 20, 21, 25],
    "relational": [5, 6, 7, 12, 17, 24, 26],
    "contextual": [1, 3, 9, 10, 16, 19, 22, 23, 27, 28],
}


def scale(**changes):
    fields = {"id": "mood", "low": 1, "high": 5, "items": range(1, 5), "subscales": {"joy": [1, 2], "calm": [3, 4]}}
    return Scale(**(fields | changes))


def test_the_cyrm_28_key_holds_each_item_once():
    cyrm = read_scale("cyrm-28")
    assert cyrm.subscales == {name: tuple(map(str, items)) for name, items in KEY.items()}
    assert sorted(int(item) for items in cyrm.subscales.values() for item in items) == list(range(1, 29))


def test_the_cyrm_28_key_with_an_item_in_two_parts_is_refused():
    with pytest.raises(DataError, match="item 7 is in two subscales: 'individual' and 'relational'"):
        Scale(id="cyrm", low=1, high=5, items=range(1, 29), subscales=KEY | {"individual": [*KEY["individual"], 7]})


@given(st.permutations([str(n) for n in range(1, 10)]), st.integers(1, 8))
def test_any_split_of_the_items_is_a_sound_key_and_any_double_item_is_not(items, cut):
    parts = {"a": items[:cut], "b": items[cut:]}
    assert list(key_problems(items, parts, [])) == []
    assert len(list(key_problems(items, parts | {"b": [*items[cut:], items[0]]}, []))) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"subscales": {"joy": [1, 2], "calm": [3]}},
            "item 4 is in no subscale; the scale has 4 items, its subscales 3",
        ),
        ({"items": range(1, 7)}, "items 5, 6 are in no subscale"),
        ({"subscales": {"joy": [1, 2], "calm": [3, 4, 9]}}, r"item 9 of 'calm' is not an item of the scale \(1 to 4\)"),
        ({"subscales": {"joy": [1, 2, 2], "calm": [3, 4]}}, "item 2 is listed twice in 'joy'"),
        ({"subscales": {"joy": [1, 2, 3, 4], "calm": []}}, "subscale 'calm' has no items"),
        ({"reverse": [3, 12]}, "reverse item 12 is not an item of the scale"),
        ({"reverse": [3, 3]}, "reverse item 3 is listed twice"),
        ({"items": [1, 2, 3, 4, 4]}, "item 4 is listed twice"),
        ({"items": [], "subscales": {}}, "the scale has no items"),
        ({"low": 5, "high": 1}, "the range 5 to 1 is empty"),
        ({"method": "median"}, "method is 'median'. Choose one of: sum, mean"),
        ({"missing_rule": "guess"}, "missing.rule is 'guess'"),
        ({"max_missing": -1}, "max_missing is -1"),
        ({"direction": "up"}, "direction is 'up'. Choose one of: lower is better, higher is better"),
    ],
)
def test_a_scale_that_contradicts_itself_is_refused_with_the_place_and_the_remedy(changes, message):
    with pytest.raises(DataError, match=message):
        scale(**changes)


def test_all_problems_are_told_at_once():
    with pytest.raises(DataError, match="3 problems") as refused:
        scale(subscales={"joy": [1, 2, 3], "calm": [3, 4]}, reverse=[9], method="median")
    assert str(refused.value).count("\n- ") == 3


@pytest.mark.parametrize("written", [7, 7.0, "7", " 07 ", "item_7", "Item7", "Q7"])
def test_an_item_has_one_name_however_it_is_written(written):
    assert item_name(written) == "7"
