"""Excel files: values as Excel shows them, and nothing that explodes."""

import datetime as dt

import pytest
import xlsxwriter

from qualkit.errors import ReadError
from qualkit.readers import read_table


@pytest.fixture
def workbook(tmp_path):
    def write(rows):
        path = tmp_path / "a.xlsx"
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
        book.close()
        return path

    return write


def test_numbers_dates_and_booleans_become_text(workbook):
    path = workbook([["n", "x", "day", "yes", "text", "blank"], [3, 2.5, dt.date(2031, 4, 19), True, " 女 ", None]])
    assert list(read_table(path).iloc[0]) == ["3", "2.5", "2031-04-19", "TRUE", "女", ""]


def test_a_formula_gives_its_stored_value(make_xlsx, write):
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
    )
    assert list(read_table(write("a.xlsx", make_xlsx(rows)))["a"]) == ["2"]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ('<c r="B2"><f>1+1</f></c>', r"the formula in B2 has no stored value\. Open the file in Excel"),
        ('<c r="B2"><f>1+1</f><v></v></c>', r"the formula in B2 has no stored value"),
        ('<c r="B2"><f>1+1</f><v/></c>', r"the formula in B2 has no stored value"),
        ("<c><f>1+1</f></c>", r"the formula in cell 2 of row 2 has no stored value"),
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', r"an error stands in B2 \(#DIV/0!\)\. Correct it in Excel"),
        ("<c t='e' r='B2'><v>#N/A</v></c>", r"an error stands in B2 \(#N/A\)"),
    ],
)
def test_a_cell_without_a_value_to_read_is_named_and_not_taken_for_blank(make_xlsx, write, cell, message):
    head = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    with pytest.raises(ReadError, match=rf"a\.xlsx: {message}"):
        read_table(write("a.xlsx", make_xlsx(f'{head}<row r="2"><c r="A2"><v>3</v></c>{cell}</row>')))


def test_of_many_cells_without_a_value_the_first_are_named(make_xlsx, write):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>1</f></c></row>' for n in range(1, 9))
    with pytest.raises(ReadError, match=r"the formula in A1, A2, A3, A4, A5 and 3 more has"):
        read_table(write("a.xlsx", make_xlsx(rows)))


def test_a_formula_that_gives_no_text_is_blank(make_xlsx, write):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>7</v></c></row>'
    blank = '<row r="3"><c r="A3" t="str"><f>IF(A2=7,"","x")</f><v></v></c></row>'
    assert list(read_table(write("a.xlsx", make_xlsx(rows + blank)))["1"]) == ["7"]


def test_an_error_on_a_sheet_that_is_not_read_does_not_matter(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    book.add_worksheet("first").write_column(0, 0, ["a", "1"])
    book.add_worksheet("second").write_formula(0, 0, "=1/0", value="#DIV/0!")
    book.close()
    assert list(read_table(tmp_path / "a.xlsx")["a"]) == ["1"]


def test_text_that_begins_like_a_formula_stays_text(make_xlsx, write):
    cells = ["<is><t>a</t></is>", "<is><t>=HYPERLINK(1)</t></is>"]
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr">{cell}</c></row>' for n, cell in enumerate(cells, start=1))
    assert list(read_table(write("a.xlsx", make_xlsx(rows)))["a"]) == ["=HYPERLINK(1)"]


def test_rows_are_numbered_as_in_the_sheet(workbook):
    with pytest.raises(ReadError, match=r"a\.xlsx, row 4, column B: 'x' has no column"):
        read_table(workbook([[None], ["a"], ["1"], ["2", "x"]]))


def test_a_title_above_the_header_is_pointed_out(samples):
    with pytest.raises(ReadError, match=r"Remove .* if it is a title"):
        read_table(samples / "observation_merged_header.xlsx")


def test_a_cell_far_away_is_refused(make_xlsx, write):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(ReadError, match=r"the sheet reaches to row 1,048,576 and column 16,384"):
        read_table(write("a.xlsx", make_xlsx(rows)))


@pytest.mark.parametrize("place", ["xfd1048576", "C999999999", "C99999999999", "ZZZZZZ2"])
def test_a_cell_in_a_place_excel_does_not_have_is_refused(make_xlsx, write, place):
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c t="n"r="{place}"><v>1</v></c></row>'
    with pytest.raises(ReadError, match=r"a\.xlsx, part .* the sheet reaches to row"):
        read_table(write("a.xlsx", make_xlsx(rows)))


def test_one_long_text_repeated_without_end_is_refused(make_xlsx, write):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 30_000))
    data = make_xlsx(rows, strings="<si><t>" + "哈" * 30_000 + "</t></si>")
    with pytest.raises(ReadError, match=r"repeat a text of .* bytes 29,999 times|zip bomb"):
        read_table(write("a.xlsx", data))


def test_an_entity_bomb_is_refused(make_xlsx, write):
    data = make_xlsx("", head='<!DOCTYPE d [<!ENTITY a "哈">]>')
    with pytest.raises(ReadError, match=r"part 'xl/worksheets/sheet1.xml': declares a document type"):
        read_table(write("a.xlsx", data))


@pytest.mark.parametrize("content", [b"a,b\n1,2", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + bytes(100)])
def test_what_is_no_excel_file_is_refused(write, content):
    with pytest.raises(ReadError, match=r"a\.xlsx"):
        read_table(write("a.xlsx", content))


def test_a_word_file_named_xlsx_is_refused(samples, write):
    data = (samples / "interview_bold_speaker.docx").read_bytes()
    with pytest.raises(ReadError, match=r"a\.xlsx has no part 'xl/workbook.xml'"):
        read_table(write("a.xlsx", data))


def test_an_empty_sheet_has_no_rows(make_xlsx, write):
    with pytest.raises(ReadError, match=r"a\.xlsx has no rows"):
        read_table(write("a.xlsx", make_xlsx("")))
