from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.figures.label_places import spread

wishes = st.lists(st.floats(0, 100), max_size=40)


@given(wishes)
def test_labels_never_overlap_and_stay_inside(wanted):
    places = spread(wanted, gap=2, low=0, high=100)
    assert all(-1e-9 <= place <= 100 + 1e-9 for place in places)
    assert all(second - first >= 2 - 1e-9 for first, second in pairwise(sorted(places)))


@given(wishes)
def test_labels_keep_the_order_of_their_points(wanted):
    places = spread(wanted, gap=2, low=0, high=100)
    by_wish = [place for _, place in sorted(zip(wanted, places, strict=True))]
    assert by_wish == sorted(by_wish)


def test_labels_far_enough_apart_are_not_moved():
    assert spread([30, 10, 50], gap=5, low=0, high=100) == [30, 10, 50]


def test_tied_labels_are_spread_around_their_point():
    assert spread([50, 50, 50], gap=4, low=0, high=100) == [46, 50, 54]


def test_too_many_labels_share_the_room_evenly():
    assert spread([0, 0, 0], gap=90, low=0, high=10) == pytest.approx([0, 5, 10])


def test_no_label_has_no_place():
    assert spread([], gap=1, low=0, high=1) == []
