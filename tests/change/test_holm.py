"""Holm's correction against its textbook case and statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from qualkit.change import holm
from qualkit.errors import DataError


def test_the_textbook_case():
    assert holm([0.01, 0.02, 0.03, 0.04, 0.05]).tolist() == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_it_equals_statsmodels(p_values):
    assert holm(p_values).tolist() == pytest.approx(multipletests(p_values, method="holm")[1].tolist())


def test_undefined_p_values_stay_undefined_and_do_not_count():
    assert holm([np.nan, 0.02, 0.03]).tolist() == pytest.approx([np.nan, 0.04, 0.04], nan_ok=True)
    assert holm([]).size == 0


@pytest.mark.parametrize("p_values", ["0.05", ["a"], None, [[0.1, 0.2]], 0.05, [1.2], [-0.1], [0.1j], {0.1}])
def test_what_is_no_list_of_p_values_is_refused(p_values):
    with pytest.raises(DataError, match="Give one list of numbers from 0 to 1"):
        holm(p_values)
