"""Tables that people open in Excel and that come back as they were."""

import datetime as dt
import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.errors import DataError, OptionError
from qualkit.readers.named_table import read_named
from qualkit.readers.table import read_table
from qualkit.spreadsheets import write_table

# A sheet cannot hold control signs or a text that looks like its own way of writing them.
_LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("=+-@'\"\n,;\t！，")
TEXTS = (
    st.text(_LETTERS, max_size=12)
    .map(lambda text: text.replace("\t", " ").replace("\u2028", "").replace("_x", "x").strip())
    .filter(lambda text: "\ufeff" not in text)
)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_text_comes_back_as_it_was_written(tmp_path_factory, suffix, rows):
    rows = [(f"A{number}", *row) for number, row in enumerate(rows)]
    table = pd.DataFrame(rows, columns=["case", "reason", "宿舍"], dtype="object").replace("", None)
    path = write_table(table, tmp_path_factory.mktemp("out") / f"table{suffix}")
    read = read_named(path, ["case", "reason"])
    assert [(one.values["case"], one.values["reason"], one.others["宿舍"]) for one in read.rows] == rows


def test_text_that_looks_like_a_formula_is_never_one(tmp_path):
    table = pd.DataFrame({"case": ["A1", "A2"], "note": ["=HYPERLINK(1)", "+86"], "score": [-3, 2]})
    text = write_table(table, tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'+86" in text
    assert ",-3" in text
    with zipfile.ZipFile(write_table(table, tmp_path / "a.xlsx")) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>-3</v>" in sheet


def test_a_csv_opens_in_excel_with_its_chinese(tmp_path):
    path = write_table(pd.DataFrame({"case": ["A1"]}), tmp_path / "a.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().endswith(b"\r\n")


def test_headers_and_values_are_in_the_language_of_the_reader(tmp_path):
    table = pd.DataFrame({"case": ["A1"], "use": "interview", "status": "given", "grade_post": "五年级"})
    assert read_table(write_table(table, tmp_path / "zh.csv")).to_dict("records") == [
        {"编号": "A1", "用途": "访谈", "状态": "同意", "年级_post": "五年级"}
    ]
    english = read_table(write_table(table, tmp_path / "en.csv", language="en"))
    assert english.to_dict("records") == table.to_dict("records")


def test_two_columns_never_share_a_header(tmp_path):
    table = pd.DataFrame({"sex": ["女"], "性别": ["f"]})
    assert list(read_table(write_table(table, tmp_path / "a.xlsx")).columns) == ["sex", "性别"]


def test_numbers_dates_yes_and_no_and_gaps_have_one_form(tmp_path):
    table = pd.DataFrame(
        {
            "n": pd.array([1, None], dtype="Int64"),
            "score": [0.1 + 0.2, np.nan],
            "attended": pd.array([True, None], dtype="boolean"),
            "date": [dt.date(2031, 4, 5), None],
            "at": pd.to_datetime(["2031-04-05 10:20", None]),
        }
    )
    for suffix in ("csv", "xlsx"):
        read = read_table(write_table(table, tmp_path / f"a.{suffix}", language="en"))
        assert read.iloc[0].tolist() == ["1", "0.30000000000000004", "yes", "2031-04-05", "2031-04-05 10:20:00"]
        assert len(read) == 1


def test_the_header_of_a_sheet_stays_in_sight(tmp_path):
    with zipfile.ZipFile(write_table(pd.DataFrame({"case": ["A1"]}), tmp_path / "a.xlsx")) as archive:
        assert 'state="frozen"' in archive.read("xl/worksheets/sheet1.xml").decode()


def test_what_cannot_be_written_is_refused_and_the_old_file_stays(tmp_path):
    path = write_table(pd.DataFrame({"case": ["A1"]}), tmp_path / "a.xlsx")
    before = path.read_bytes()
    with pytest.raises(DataError, match=r"row 1, 备注: 40,000 characters are more than a cell"):
        write_table(pd.DataFrame({"note": ["话" * 40_000]}), path)
    assert path.read_bytes() == before
    with pytest.raises(OptionError, match=r"end in .csv or .xlsx"):
        write_table(pd.DataFrame({"case": ["A1"]}), tmp_path / "a.doc")
