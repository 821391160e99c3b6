"""Word files: what counts as text, the table of particulars, bold speakers, tracked changes."""

import pytest
from docx import Document

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.docx import read_word


def read_layout(data, name):
    return read_word(data, name)[0]


def paragraph(*runs):
    return "<w:p>" + "".join(runs) + "</w:p>"


def run(text, *, bold=False):
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{weight}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows):
    cells = ["".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_the_sample_with_bold_speakers_is_understood(samples):
    source = read_source(samples / "interview_bold_speaker.docx")
    assert source.meta["编号"] == "A3"
    assert source.meta["年级"] == "五年级"
    assert "\n编号：A3\n性别：女\n" in source.text
    assert [turn.speaker for turn in source.turns] == ["访谈者", "A3", "访谈者", "A3"]
    assert source.text[source.turns[1].start : source.turns[1].end] == "就……自己待着。（低头）"


def test_an_observation_table_is_kept_row_by_row(samples):
    source = read_source(samples / "observation_table.docx")
    assert source.turns == ()
    assert "A8\t×\t\t\t\t请假" in source.text
    assert source.text.endswith("社工反思：热身时间过长，分享不足；下次热身减到五分钟。")


def test_a_file_written_by_python_docx_is_read_back(tmp_path):
    document = Document()
    document.add_heading("访谈", level=1)
    line = document.add_paragraph()
    line.add_run("A3：").bold = True
    line.add_run("我不去。")
    path = tmp_path / "A3.docx"
    document.save(path)
    source = read_source(path)
    assert source.text == "访谈\nA3：我不去。"
    assert [turn.speaker for turn in source.turns] == ["A3"]


def test_a_bold_run_makes_a_speaker_of_an_unusual_name(make_docx):
    body = paragraph(run("小太阳：", bold=True), run("今天很好。")) + paragraph(run("社工：", bold=True), run("嗯。"))
    word = read_layout(make_docx(body), "a.docx")
    assert word.speaker_lines == {0, 1}


def test_a_paragraph_that_is_bold_throughout_marks_no_speaker(make_docx):
    word = read_layout(make_docx(paragraph(run("好消息：他举手了。", bold=True))), "a.docx")
    assert word.speaker_lines == set()


@pytest.mark.parametrize(
    ("rows", "meta"),
    [
        ([["编号", "性别"], ["A3", "女"]], {"编号": "A3", "性别": "女"}),
        (
            [["姓名", "小雨", "性别", "女"], ["民族", "苗族", "年级", "五年级"]],
            {"姓名": "小雨", "性别": "女", "民族": "苗族", "年级": "五年级"},
        ),
        ([["编号", "A3"], ["爱好", "折纸"], ["备注", ""]], {"编号": "A3", "爱好": "折纸"}),
        ([["组员", "出席"], ["A3", "√"]], {}),
    ],
)
def test_a_table_of_particulars_becomes_meta(make_docx, rows, meta):
    word = read_layout(make_docx(table(*rows) + paragraph(run("A3：嗯"))), "a.docx")
    assert word.meta == meta
    if meta:
        assert word.lines[: len(meta)] == [f"{key}：{value}" for key, value in meta.items()]


def test_a_table_inside_a_cell_is_read_once(make_docx):
    inner = table(["甲", "乙"])
    body = f"<w:tbl><w:tr><w:tc>{inner}{paragraph(run('丙'))}</w:tc></w:tr></w:tbl>"
    assert "".join(read_layout(make_docx(body), "a.docx").lines).count("甲") == 1


def test_insertions_are_text_and_deletions_are_not(make_docx):
    body = paragraph(
        run("我"),
        "<w:ins>" + run("不") + "</w:ins>",
        "<w:del><w:r><w:delText>很</w:delText></w:r></w:del>",
        "<w:moveFrom>" + run("旧") + "</w:moveFrom>",
        run("去"),
    )
    assert read_layout(make_docx(body), "a.docx").lines == ["我不去"]


def test_tabs_breaks_links_and_content_controls_are_kept(make_docx):
    link = "<w:hyperlink>" + run("乙") + "</w:hyperlink>"
    control = "<w:sdt><w:sdtContent>" + paragraph(run("丙")) + "</w:sdtContent></w:sdt>"
    body = paragraph(run("甲"), "<w:r><w:tab/><w:br/></w:r>", link) + control
    assert read_layout(make_docx(body), "a.docx").lines == ["甲\t", "乙", "丙"]


def test_strict_open_xml_is_read(make_zip):
    xml = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        "<w:body><w:p><w:r><w:t>我</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read_layout(make_zip({"word/document.xml": xml}), "a.docx").lines == ["我"]


def test_an_entity_bomb_is_refused(make_docx):
    head = '<!DOCTYPE d [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(ReadError, match=r"a\.docx, part 'word/document.xml': declares a document type"):
        read_layout(make_docx(paragraph(run("&b;")), head=head), "a.docx")


def test_an_entity_bomb_in_utf16_is_refused(make_zip):
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "哈">]><d>&a;</d>'
    with pytest.raises(ReadError, match="declares a document type"):
        read_layout(make_zip({"word/document.xml": xml.encode("utf-16")}), "a.docx")


def test_xml_nested_without_end_is_refused(make_docx):
    with pytest.raises(ReadError, match="not valid XML"):
        read_layout(make_docx("<w:ins>" * 100_000), "a.docx")


@pytest.mark.parametrize("xml", ["", "no xml", "<a>", "<a/>"])
def test_a_document_that_is_none_is_refused(make_zip, xml):
    with pytest.raises(ReadError, match=r"a\.docx"):
        read_layout(make_zip({"word/document.xml": xml}), "a.docx")
