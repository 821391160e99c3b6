"""Which wave a word stands for."""

import pytest

from qualkit.readers.waves import find_wave, split_header


@pytest.mark.parametrize(
    ("word", "waves", "wave"),
    [
        ("后测", ["pre", "post"], "post"),
        ("追踪", ["pre", "post", "follow_up"], "follow_up"),
        ("前测", ["T1", "T2", "T3"], "T1"),
        ("PRE", ["pre", "post"], "pre"),
        ("第一次", ["第一次", "第二次"], "第一次"),
        ("前测", ["第一次", "第二次"], None),
    ],
)
def test_usual_words_stand_for_the_waves_of_the_study(word, waves, wave):
    assert find_wave(word, waves) == wave


def test_a_wave_whose_name_has_a_sign_in_it_is_found_in_a_header():
    assert split_header("年级_follow_up", ["pre", "follow_up"]) == ("年级", "follow_up")
    assert split_header("T1_score", ["T1", "T2"]) == ("score", "T1")
    assert split_header("working_hours", ["pre", "post"]) == ("working_hours", None)
