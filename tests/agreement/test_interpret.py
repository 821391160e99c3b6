"""Words for coefficients: at the borders as their authors drew them."""

import numpy as np
import pytest

from qualkit.agreement import interpret_agreement
from qualkit.errors import OptionError


@pytest.mark.parametrize(
    ("estimate", "word"),
    [
        (-0.1, "poor"),
        (0.0, "slight"),
        (0.2, "slight"),
        (0.21, "fair"),
        (0.6, "moderate"),
        (0.61, "substantial"),
        (1, "almost perfect"),
    ],
)
def test_landis_koch_1977_page_165(estimate, word):
    assert interpret_agreement(estimate, rules="landis1977") == word


@pytest.mark.parametrize(
    ("estimate", "word"), [(0.8, "reliable"), (0.667, "tentative conclusions only"), (0.66, "not reliable")]
)
def test_krippendorff_2019_borders(estimate, word):
    assert interpret_agreement(estimate, rules="krippendorff2019") == word


def test_undefined_has_no_word_and_rules_must_be_known():
    assert interpret_agreement(np.nan, rules="landis1977") is None
    with pytest.raises(OptionError, match="landis1977"):
        interpret_agreement(0.5, rules="cicchetti1994")


@pytest.mark.parametrize("estimate", [None, "0.8", 1.2, np.inf, [0.8]])
def test_what_is_no_coefficient_has_no_word(estimate):
    with pytest.raises(OptionError, match="is no coefficient of agreement"):
        interpret_agreement(estimate, rules="landis1977")
