"""The fit label: every pair of results, and the laws between them."""

import pytest

from qualkit.displays import fit_label
from qualkit.errors import OptionError

TABLE = {
    ("improved", "less"): "convergent",
    ("improved", "same"): "divergent",
    ("improved", "more"): "divergent",
    ("unchanged", "less"): "complementary",
    ("unchanged", "same"): "convergent",
    ("unchanged", "more"): "complementary",
    ("deteriorated", "less"): "divergent",
    ("deteriorated", "same"): "divergent",
    ("deteriorated", "more"): "convergent",
}


@pytest.mark.parametrize(("pair", "label"), TABLE.items())
def test_each_pair_of_results_has_its_label(pair, label):
    assert fit_label(*pair)[0] == label


@pytest.mark.parametrize("class_", ["improved", "unchanged", "deteriorated", None, float("nan")])
@pytest.mark.parametrize("evidence", ["none", "not asked"])
def test_words_that_say_nothing_are_silent_whatever_the_scale_says(class_, evidence):
    assert fit_label(class_, evidence)[0] == "silent"


@pytest.mark.parametrize("evidence", ["less", "same", "more"])
def test_without_scores_the_numbers_are_silent(evidence):
    assert fit_label(None, evidence) == ("silent", "a score is missing before or after")


@pytest.mark.parametrize(("pair", "label"), TABLE.items())
def test_a_strength_is_judged_the_other_way_round(pair, label):
    mirrored = {"less": "more", "more": "less", "same": "same"}[pair[1]]
    assert fit_label(pair[0], mirrored, improvement="increase")[0] == label


def test_every_label_has_a_reason_in_both_languages():
    for class_, evidence in [*TABLE, (None, "less"), ("improved", "none"), ("improved", "not asked")]:
        chinese, english = (fit_label(class_, evidence, language=language)[1] for language in ("zh", "en"))
        assert chinese != english
        assert english.isascii()


def test_unknown_words_are_refused():
    with pytest.raises(OptionError, match="evidence='fewer'"):
        fit_label("improved", "fewer")
    with pytest.raises(OptionError, match="class='recovered'"):
        fit_label("recovered", "less")
