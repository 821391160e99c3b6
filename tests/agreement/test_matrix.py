"""Ratings as a matrix: equal units are one row with a count, however many coders and values."""

import numpy as np
import pandas as pd

from qualkit.agreement.matrix import MISSING, RatingMatrix, rating_matrix, unique_pairs, unique_value_counts


def test_ratings_become_units_by_coders_with_gaps():
    ratings = pd.DataFrame({"unit": list("xxy"), "coder": list("BAA"), "value": ["hi", "lo", "hi"]})
    matrix = rating_matrix(ratings, unit="unit", coder="coder", value="value")
    assert matrix.cells.tolist() == [[1, 0], [0, MISSING]]
    assert (list(matrix.values), matrix.coders) == (["hi", "lo"], ("A", "B"))


def test_value_counts_ignore_who_gave_them():
    cells = np.array([[0, 1, 1], [1, 0, 1], [1, 1, MISSING], [MISSING, MISSING, 0]])
    units = unique_value_counts(RatingMatrix(cells, pd.Index([0, 1]), ("A", "B", "C")))
    assert dict(zip(map(tuple, units.rows.tolist()), units.counts.tolist(), strict=True)) == {(0, 2): 1, (1, 2): 2}
    assert units.n_left_out == 1


def test_rows_too_long_for_one_integer_are_still_counted():
    rng = np.random.default_rng(0)
    kinds = rng.integers(0, 50, (4, 14))
    cells = kinds[[0, 1, 2, 3, 0, 0]]
    units = unique_pairs(RatingMatrix(cells, pd.Index(range(50)), tuple(map(str, range(14)))))
    assert sorted(units.counts.tolist()) == [1, 1, 1, 3]
