"""Grids: every sheet and table of a file as rows of text that know their place and their merged cells."""

import docx
import pytest
import xlsxwriter
from odf.opendocument import OpenDocumentText
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import H, P

from qualkit.errors import ReadError
from qualkit.readers.grid import Merge, make_grid
from qualkit.readers.grids import read_grids
from qualkit.readers.observation import read_observation_record


def rows_of(grid):
    return [[grid.text(row, column) for column in range(grid.width)] for row in range(len(grid.rows))]


def test_a_merged_cell_shows_its_text_in_every_part_and_is_filled_once():
    grid = make_grid(
        [["组员", "参与度", ""], ["", "O1", "O2"]], file="a.xlsx", merges=[Merge(0, 0, 1, 0), Merge(0, 1, 0, 2)]
    )
    assert rows_of(grid) == [["组员", "参与度", "参与度"], ["组员", "O1", "O2"]]
    assert grid.filled(0) == [(0, "组员"), (1, "参与度")]


def test_merged_cells_that_overlap_are_refused():
    with pytest.raises(ReadError, match=r"a\.xlsx: merged cells overlap"):
        make_grid([["a", "b"], ["c", "d"]], file="a.xlsx", merges=[Merge(0, 0, 1, 0), Merge(0, 0, 0, 1)])


def test_a_turned_grid_still_names_the_places_of_the_file():
    grid = make_grid([["标题", ""], ["项目", "A3"], ["参与度", "3"]], file="a.xlsx").turn([1, 2])
    assert rows_of(grid) == [["项目", "参与度"], ["A3", "3"]]
    assert grid.place(1, 1, "参与度") == "a.xlsx, row 3, column B (参与度)"


def test_an_excel_file_gives_its_sheets_with_merged_cells(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    for name in ("第1节", "第2节"):
        book.add_worksheet(name).merge_range(0, 0, 0, 1, name)
    book.add_worksheet("隐藏").hide()
    book.close()
    first, second = read_grids(tmp_path / "a.xlsx")
    assert (first.name, first.title, second.name) == ("第1节", "a.xlsx, sheet 第1节", "第2节")
    assert first.merges == (Merge(0, 0, 0, 0),)


def test_an_error_on_another_sheet_does_not_matter_but_one_on_the_record_does(tmp_path):
    def write(name, *, record, other):
        book = xlsxwriter.Workbook(tmp_path / name)
        sheet = book.add_worksheet("第1节")
        sheet.write_row(0, 0, ["组员", "参与度(1-5)"])
        sheet.write(1, 0, "A3")
        sheet.write_formula(1, 1, "=1+2", value=record)
        book.add_worksheet("统计").write_formula(0, 0, "=1/0", value=other)
        book.close()
        return tmp_path / name

    assert read_observation_record(write("a.xlsx", record=3, other="#DIV/0!")).ratings.value.tolist() == [3]
    with pytest.raises(ReadError, match=r"b\.xlsx: an error stands in B2 \(#DIV/0!\)"):
        read_observation_record(write("b.xlsx", record="#DIV/0!", other=1))


def test_the_tables_of_a_word_file_know_their_merged_cells_and_the_lines_around_them(tmp_path):
    document = docx.Document()
    document.add_paragraph("第1节 观察记录")
    table = document.add_table(3, 3)
    for number, text in enumerate(["组员", "参与度", "", "", "O1", "O2", "A3", "3", "4"]):
        table.cell(number // 3, number % 3).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("社工反思：好。")
    document.save(tmp_path / "a.docx")
    (grid,) = read_grids(tmp_path / "a.docx")
    assert (grid.above, grid.below) == (("第1节 观察记录",), ("社工反思：好。",))
    assert set(grid.merges) == {Merge(0, 0, 1, 0), Merge(0, 1, 0, 2)}
    assert rows_of(grid) == [["组员", "参与度", "参与度"], ["组员", "O1", "O2"], ["A3", "3", "4"]]


def test_what_was_deleted_with_changes_tracked_is_not_in_a_table(make_docx, write):
    def cell(words):
        return f"<w:tc><w:p>{words}</w:p></w:tc>"

    def run(text):
        return f"<w:r><w:t>{text}</w:t></w:r>"

    kept = cell(f"<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>{run('新')}</w:ins>")
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(run('没有了'))}</w:tr>"
    (grid,) = read_grids(write("a.docx", make_docx(f"<w:tbl><w:tr>{kept}</w:tr>{gone}</w:tbl>")))
    assert rows_of(grid) == [["新"]]


def test_a_tick_of_a_symbol_font_stands_in_its_cell(make_docx, write):
    tick = '<w:tc><w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p></w:tc>'
    (grid,) = read_grids(write("a.docx", make_docx(f"<w:tbl><w:tr>{tick}</w:tr></w:tbl>")))
    assert rows_of(grid) == [["✓"]]


def test_a_word_file_whose_text_lies_in_a_numbered_part_has_its_tables(make_zip, write):
    body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>组员</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    (grid,) = read_grids(write("a.docx", make_zip({"word/document2.xml": xml})))
    assert rows_of(grid) == [["组员"]]


@pytest.mark.parametrize("span", ["9", "999", "99999999999999999999", "-3", "x"])
def test_a_cell_that_spans_more_columns_than_word_has_is_refused(make_docx, write, span):
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>宽</w:t></w:r></w:p></w:tc>'
    path = write("a.docx", make_docx(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))
    if span == "999":
        with pytest.raises(ReadError, match=r"a\.docx, table 1: more than 256 columns"):
            read_grids(path)
    else:
        assert rows_of(read_grids(path)[0]) == [["宽"]]


@pytest.fixture
def odt(tmp_path):
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="第三节观察记录"))
    table = Table()
    for texts in (["组员", "参与度(1-5)", "表现"], ["A3", "3", "微笑"], ["A8", "", "请假"]):
        row = TableRow()
        for text in texts:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    row = TableRow()
    wide = TableCell(numbercolumnsspanned=3)
    wide.addElement(P(text="社工反思：热身太长。"))
    row.addElement(wide)
    for _ in range(2):
        row.addElement(CoveredTableCell())
    table.addElement(row)
    document.text.addElement(table)
    document.text.addElement(P(text="记录人：O1"))
    document.save(tmp_path / "a.odt")
    return tmp_path / "a.odt"


def test_the_tables_of_an_opendocument_text_are_read_alike(odt):
    (grid,) = read_grids(odt)
    assert (grid.above, grid.below, grid.merges) == (("第三节观察记录",), ("记录人：O1",), (Merge(3, 0, 3, 2),))
    record = read_observation_record(odt)
    assert record.ratings.groupby("case").value.sum(min_count=1).dropna().to_dict() == {"A3": 3}
    assert record.sources[0].text.split("\n") == [
        "第三节观察记录", "A3：表现 微笑", "A8：缺席；表现 请假", "社工反思：热身太长。", "记录人：O1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ('table:number-columns-repeated="100000"', "more than 256 columns"),
        ('table:number-columns-repeated="99999999999999"', None),
    ],
)
def test_cells_repeated_without_end_are_refused(make_zip, write, attributes, message):
    names = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "text", "table")
    )
    cell = f"<table:table-cell {attributes}><text:p>x</text:p></table:table-cell>"
    table = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    body = f"<office:body><office:text>{table}</office:text></office:body>"
    content = f"<office:document-content{names}>{body}</office:document-content>"
    path = write("a.odt", make_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}))
    if message is None:
        assert rows_of(read_grids(path)[0]) == [["x"]]
    else:
        with pytest.raises(ReadError, match=rf"a\.odt, table 1: {message}"):
            read_grids(path)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.xlsx", "a.pdf", "a.csv"])
@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + bytes(600), bytes(50), b"%PDF-1.7 x"])
def test_what_is_no_table_is_refused_by_name(write, name, data):
    with pytest.raises(ReadError, match=name.replace(".", r"\.")):
        read_observation_record(write(name, data))
