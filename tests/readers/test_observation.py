"""Observation ratings: one row per rating, blanks are absences, ranges are kept."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_observations

HEAD = "节次,日期,组员编号,出席,观察员,参与度(1-5),退缩表现（0—4）,关键事件\n"


def test_the_sample_becomes_one_row_per_rating(samples):
    ratings = read_observations(samples / "observation_long.csv")
    assert list(ratings.columns) == ["session", "date", "case", "attended", "observer", "item", "value", "key_event"]
    assert ratings.groupby("item", sort=False).size().to_dict() == {"参与度": 10, "主动发言次数": 10}
    ratings = ratings[ratings.item == "参与度"]
    absent = ratings[(ratings.session == 3) & (ratings.case == "A8")]
    assert not absent.attended.any()
    assert absent.value.isna().all()
    both = ratings[(ratings.session == 3) & (ratings.case == "A3")].set_index("observer").value
    assert both.to_dict() == {"O1": 3.0, "O2": 4.0}


def test_each_column_with_a_range_is_an_item(write):
    ratings = read_observations(write("a.csv", HEAD + "第一节,2031/4/5,A3,√,O1,5,0,举手\n"))
    assert ratings.set_index("item").value.to_dict() == {"参与度": 5.0, "退缩表现": 0.0}
    assert set(ratings.date) == {"2031-04-05"}
    assert set(ratings.session) == {1}
    assert set(ratings.key_event) == {"举手"}


def test_a_blank_row_is_an_absence_and_not_zero(write):
    ratings = read_observations(write("a.csv", HEAD + "1,2031-04-05,A3,,O1,,,\n1,2031-04-05,A5,,O1,3,1,\n"))
    assert ratings.groupby("case").attended.all().to_dict() == {"A3": False, "A5": True}
    assert ratings[ratings.case == "A3"].value.isna().all()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1,2031-04-05,A3,1,O1,6,1,", r"a\.csv, row 2, column F \(参与度\(1-5\)\): 6 is outside 1 to 5"),
        ("1,2031-04-05,A3,1,O1,3,-1,", r"row 2, column G .*: -1 is outside 0 to 4"),
        ("1,2031-04-05,A3,1,O1,好,1,", r"row 2, column F .*'好' is not a number"),
        ("1,2031-04-05,A3,0,O1,3,1,", r"row 2: the member is marked absent and yet rated"),
        ("1,2031-04-05,A3,1,O1,3,1,\n1,2031-04-05,A3,1,O1,3,1,", r"row 3: session 1, A3, observer O1 stands in row 2"),
        ("1,2031-04-05,,1,O1,3,1,", r"row 2, column C \(组员编号\): blank"),
        ("1,2031-02-30,A3,1,O1,3,1,", r"row 2, column B \(日期\): '2031-02-30' is not a day"),
        ("1,2031-04-05,A3,半天,O1,3,1,", r"'半天' \(a\.csv, row 2, column D \(出席\)\)\. Write √ or ×"),
        (",2031-04-05,A3,1,O1,3,1,", r"row 2, column A \(节次\): '' is not the number of a session"),
    ],
)
def test_a_faulty_cell_is_named(write, rows, message):
    with pytest.raises(ReadError, match=message):
        read_observations(write("a.csv", HEAD + rows + "\n"))


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("日期,组员编号,参与度(1-5)", "no column 节次"),
        ("节次,日期,参与度(1-5)", "no column 组员编号"),
        ("节次,组员编号,参与度", "has no rating"),
        ("节次,组员编号,参与度(5-1)", "runs backwards"),
        ("节次,组员编号,参与度(1-5),参与度(0-4)", "two columns rate '参与度'"),
    ],
)
def test_a_faulty_header_is_named(write, head, message):
    with pytest.raises(ReadError, match=message):
        read_observations(write("a.csv", head + "\n"))
