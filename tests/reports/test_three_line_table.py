import pytest
from docx.oxml.ns import qn

from qualkit.reports.document import new_document
from qualkit.reports.three_line_table import add_three_line_table


@pytest.fixture
def table():
    rows = [["退缩", "−5.00"], ["宣泄", "−1.71"], ["攻击", "0.40"]]
    return add_three_line_table(new_document(), ["维度", "差值"], rows, is_number=[False, True])


def _lines(cell):
    borders = cell._tc.tcPr.find(qn("w:tcBorders"))
    return {line.tag.split("}")[1]: (line.get(qn("w:val")), line.get(qn("w:sz"))) for line in borders}


def test_there_are_three_lines_and_no_other(table):
    thick, thin, none = ("single", "12"), ("single", "6"), ("nil", None)
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            lines = _lines(cell)
            assert (lines["left"], lines["right"]) == (none, none)
            assert lines["top"] == (thick if number == 0 else none)
            assert lines["bottom"] == (thin if number == 0 else thick if number == 3 else none)


def test_the_head_is_repeated_and_no_row_is_broken(table):
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_borders_come_before_the_alignment_as_the_schema_wants(table):
    names = [child.tag.split("}")[1] for child in table.cell(1, 1)._tc.tcPr]
    assert names == ["tcW", "tcBorders", "vAlign"]


def test_columns_fill_the_page_and_short_texts_keep_their_line():
    rows = [["退缩型", "他们笑肯定是笑我，我就躲到图书角去了，后来我同桌来叫我，我才去的。" * 3]]
    table = add_three_line_table(new_document(), ["维度", "引文"], rows)
    widths = [cell.width.cm for cell in table.rows[1].cells]
    assert sum(widths) == pytest.approx(16, abs=0.1)
    assert widths[0] > 3 * 0.37 + 0.2


def test_a_table_of_numbers_is_centred_and_long_text_is_not():
    rows = [["他们笑肯定是笑我，我就躲开。", "−12345678901234"]]
    table = add_three_line_table(new_document(), ["引文", "数"], rows, is_number=[False, True])
    alignments = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert [int(alignment) for alignment in alignments] == [0, 1]


def test_a_wide_table_of_numbers_breaks_its_heads_and_not_its_numbers():
    heads = ["维度", "n", "前测(M±SD)", "后测(M±SD)", "差值 [95%CI]", "t", "p", "Wilcoxon精确p", "d_z"]
    row = ["退缩型", "10", "17.40±6.62", "14.18±6.22", "−3.22 [−6.44, 0.00]", "−2.26", "0.050", "0.057", "−0.72"]
    table = add_three_line_table(new_document(), heads, [row], is_number=[True] * 9)
    widths = [cell.width.cm for cell in table.rows[1].cells]
    assert sum(widths) == pytest.approx(16, abs=0.1)
    # A character of 五号 is 0.37 cm wide, a digit half of it; the margins take 0.2 cm.
    for width, text in zip(widths, row, strict=True):
        signs = sum(1 if sign in "退缩型" else 0.5 for sign in text)
        assert width > signs * 0.37 + 0.2
