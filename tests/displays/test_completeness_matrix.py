"""Completeness at a glance."""

import pandas as pd
import pytest

from qualkit.displays import completeness_matrix
from qualkit.errors import DataError

ROWS = [
    ("A1", "member", "pre", None, "interview", "present"),
    ("A1", "member", "post", None, "interview", "missing"),
    ("A1", "member", None, 1, "attendance", "present"),
    ("A1", "member", None, 2, "attendance", "excused"),
    ("A1", "member", None, None, "consent", "present"),
    ("B1", "guardian", "pre", None, "interview", "not_expected"),
    ("B1", "guardian", "post", None, "interview", "excused"),
    ("B1", "guardian", None, 1, "attendance", "not_expected"),
    ("B1", "guardian", None, 2, "attendance", "not_expected"),
    ("B1", "guardian", None, None, "consent", "missing"),
]


@pytest.fixture
def table():
    return pd.DataFrame(ROWS, columns=["case", "role", "wave", "session", "kind", "status"])


def test_each_case_is_a_row_and_each_wave_of_a_material_a_column(table):
    assert completeness_matrix(table).values.tolist() == [
        ["A1", "组员", "●", "○", "1/2", "●"],
        ["B1", "监护人", "–", "△", "–", "○"],
    ]
    assert list(completeness_matrix(table)) == ["编号", "角色", "访谈 前测", "访谈 后测", "出席", "知情同意"]
    english = completeness_matrix(table, language="en")
    assert list(english) == ["case", "role", "interview pre", "interview post", "attendance", "consent"]


def test_a_status_nobody_knows_is_refused(table):
    with pytest.raises(DataError, match="status 'lost' is not one of present"):
        completeness_matrix(table.assign(status="lost"))
