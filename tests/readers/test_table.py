"""Tables: every cell is trimmed text, and what is odd is named with row and column."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_table
from qualkit.readers.table import column_letter


def records(path):
    return read_table(path).to_dict("records")


def test_the_sample_with_bom_and_crlf_is_read(samples):
    table = read_table(samples / "observation_long.csv")
    assert list(table.columns)[:4] == ["节次", "日期", "组员编号", "出席"]
    assert table.shape == (10, 10)
    assert table.loc[5, "参与度(1-5)"] == ""
    assert table.loc[8, "关键事件"] == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding(write, encoding):
    path = write("a.csv", "编号,性别\nA3,女\nA5,男\n".encode(encoding))
    assert records(path) == [{"编号": "A3", "性别": "女"}, {"编号": "A5", "性别": "男"}]


@pytest.mark.parametrize("text", ["a,b\n1,2", "a;b\n1;2", "a\tb\n1\t2", "sep=|\na|b\n1|2", '"a;x",b\n1,2'])
def test_the_separator_is_found(write, text):
    assert list(read_table(write("a.csv", text)).iloc[0]) == ["1", "2"]


def test_quoted_cells_may_hold_separators_quotes_and_line_ends(write):
    path = write("a.csv", 'a,b\n"一,二","他说""去""\n走了"\n')
    assert records(path) == [{"a": "一,二", "b": '他说"去"\n走了'}]


def test_cells_are_trimmed_blank_rows_left_out_and_short_rows_filled(write):
    path = write("a.csv", "a , b\n\n x\u3000,\n,\ny\n")
    assert records(path) == [{"a": "x", "b": ""}, {"a": "y", "b": ""}]


def test_what_looks_like_a_formula_or_a_number_stays_text(write):
    path = write("a.csv", "a,b\n=1+1,007\n")
    assert records(path) == [{"a": "=1+1", "b": "007"}]


def test_a_table_without_rows_keeps_its_columns(write):
    table = read_table(write("a.csv", "a,b\n"))
    assert list(table.columns) == ["a", "b"]
    assert len(table) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,a\n1,2", r"a\.csv, row 1: the header 'a' stands in columns A and B"),
        ("a,,c\n1,2,3", r"a\.csv, row 1, column B: the header is blank"),
        ("a,b\n1,2,3", r"a\.csv, row 2, column C: '3' has no column"),
        ("第三节记录\na,b", r"Remove '第三节记录' if it is a title"),
        ('a,b\n"1,2\n3,4', r"a\.csv, row 2: not a CSV row"),
        ('a,b\n"x\ny",1\n1,2,3', r"a\.csv, row 4, column C"),
        ("\n\n", r"a\.csv has no rows"),
        ("a\n" + "x" * 200_000, r"a\.csv, row 2: not a CSV row"),
    ],
)
def test_a_faulty_table_is_refused_with_the_place(write, text, message):
    with pytest.raises(ReadError, match=message):
        read_table(write("a.csv", text))


def test_an_unknown_kind_of_table_is_refused(write):
    with pytest.raises(ReadError, match=r"a\.ods: a table of the kind \.ods cannot be read"):
        read_table(write("a.ods", "x"))


@pytest.mark.parametrize(("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_in_a_spreadsheet(place, letter):
    assert column_letter(place) == letter
