import shutil
import subprocess
import zipfile

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qualkit.errors import DataError, OptionError
from qualkit.reports import describe_joint_display, describe_paired_change, word_joint_display, word_table


@pytest.fixture
def paired():
    return pd.DataFrame(
        {
            "subscale": ["withdrawal", "aggressive"],
            "n": [10, 9],
            "mean_before": [14.2, 10.5],
            "difference": [-5.0, -0.4],
            "t": [-5.142, float("nan")],
            "df": [9.0, 8.0],
            "p_value": [0.0004, float("nan")],
            "cohen_dz": [-1.626, -0.1],
        }
    )


def _rows(document, number=0):
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


def test_numbers_are_printed_as_theses_print_them(paired):
    assert _rows(word_table(paired, "表4-2 前后测对比", labels={"withdrawal": "退缩型"})) == [
        ["维度", "n", "前测M", "差值", "t", "df", "p", "dz"],
        ["退缩型", "10", "14.20", "−5.00", "−5.14", "9", "<0.001", "−1.63"],
        ["aggressive", "9", "10.50", "−0.40", "—", "8", "—", "−0.10"],
    ]


def test_the_title_stands_above_and_stays_with_the_table(paired):
    document = word_table(paired, "表4-2 前后测对比", note="M社区。\n数据状态：DEV 事件312")
    body = [child.tag.split("}")[1] for child in document.element.body]
    assert body == ["p", "tbl", "p", "p", "sectPr"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts == ["表4-2 前后测对比", "注：M社区。", "数据状态：DEV 事件312"]
    assert document.paragraphs[0].paragraph_format.keep_with_next
    assert document.paragraphs[0].style.name == "Caption"


def test_a_note_that_begins_as_one_is_not_begun_twice(paired):
    assert word_table(paired, "表1", note="注：甲").paragraphs[1].text == "注：甲"
    assert word_table(paired, "表1", note="a", language="en").paragraphs[1].text == "Note. a"


def test_letters_of_statistics_are_italic_and_places_are_not(paired):
    document = word_table(paired, "表1", note="*p<0.05；t(9)检验，M社区 n=5，p值，SD为标准差，M")
    italic = "".join(run.text for run in document.paragraphs[1].runs if run.italic)
    assert italic == "ptnpSDM"
    head = document.tables[0].rows[0].cells
    assert [run.text for run in head[7].paragraphs[0].runs if run.font.subscript] == ["z"]


def test_chinese_is_song_and_latin_is_times_in_five_hao(paired, tmp_path):
    word_table(paired, "表4-2 前后测对比", note="注", path=tmp_path / "a.docx")
    runs = Document(tmp_path / "a.docx").tables[0]._tbl.iter(qn("w:r"))
    for run in runs:
        fonts = run.find(qn("w:rPr")).find(qn("w:rFonts"))
        found = {name: fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia")}
        assert found == {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "宋体"}
        assert run.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val")) == "21"


def test_quotations_are_in_kai():
    document = word_table(pd.DataFrame({"case": ["A1"], "text": ["不。"]}), "表1", quotes=["text"])
    fonts = document.tables[0].cell(1, 1)._tc.iter(qn("w:rFonts"))
    assert [font.get(qn("w:eastAsia")) for font in fonts] == ["楷体"]


def test_columns_are_chosen_ordered_and_named(paired):
    document = word_table(paired, "Table 1", columns={"p_value": "p", "subscale": "Part"}, language="en")
    assert _rows(document)[0] == ["p", "Part"]
    assert _rows(word_table(paired, "表1", columns=["n"]))[0] == ["n"]


def test_several_tables_go_into_one_document(paired, tmp_path):
    document = word_table(paired, "表4-1 一")
    word_table(paired, "表4-2 二", document=document, path=tmp_path / "new" / "two.docx")
    saved = Document(tmp_path / "new" / "two.docx")
    assert len(saved.tables) == 2
    # Two tables without a paragraph between them would be joined by Word.
    tags = [child.tag.split("}")[1] for child in saved.element.body]
    assert "tbl,tbl" not in ",".join(tags)
    assert saved.core_properties.author == ""


@given(st.text())
def test_any_text_is_shown_as_written(text):
    document = word_table(pd.DataFrame({"case": ["A1"], "text": [f"x{text}x"]}), text or "表")
    shown = "".join(node.text or "" for node in document.tables[0].cell(1, 1)._tc.iter(qn("w:t")))
    kept = [sign for sign in text if sign.isalnum()]
    assert [sign for sign in shown if sign.isalnum()] == ["x", *kept, "x"]


def test_markup_in_a_cell_stays_text(tmp_path):
    hostile = "<script>alert(1)</script> <b>笑</b> & \x00\x0b"
    word_table(pd.DataFrame({"text": [hostile]}), "表1 <b>", path=tmp_path / "a.docx")
    xml = zipfile.ZipFile(tmp_path / "a.docx").read("word/document.xml")
    assert b"<script" not in xml
    etree.fromstring(xml)
    assert (
        Document(tmp_path / "a.docx").tables[0].cell(1, 0).text == "<script>alert(1)</script> <b>笑</b> & \ufffd\ufffd"
    )


def test_an_empty_table_an_unknown_column_and_another_suffix_are_refused(paired, tmp_path):
    with pytest.raises(DataError, match="表1: the table has no rows"):
        word_table(paired.iloc[:0], "表1")
    with pytest.raises(DataError, match="no column 'mood'"):
        word_table(paired, "表1", columns=["mood"])
    with pytest.raises(OptionError, match=r"must end in \.docx"):
        word_table(paired, "表1", path=tmp_path / "a.doc")


def test_the_pre_post_table_has_the_columns_of_a_thesis(paired):
    full = paired.assign(sd_before=3.2, mean_after=9.2, sd_after=3.0, ci_low=[-7.2, float("nan")], ci_high=-2.8)
    described = describe_paired_change(full, labels={"withdrawal": "退缩型"})
    assert list(described)[:5] == ["维度", "n", "前测(M±SD)", "后测(M±SD)", "差值 [95%CI]"]
    assert described.iloc[0, :5].tolist() == ["退缩型", "10", "14.20±3.20", "9.20±3.00", "−5.00 [−7.20, −2.80]"]
    assert described.iloc[1, 4:].tolist() == ["−0.40", "—", "—", "—", "−0.10"]


def test_the_head_says_what_the_rows_are_and_how_wide_the_interval_is(paired):
    full = paired.assign(sd_before=3.2, mean_after=9.2, sd_after=3.0, ci_low=-7.2, ci_high=-2.8)
    described = describe_paired_change(full.rename(columns={"subscale": "code"}), by="code", ci=0.9, language="en")
    assert [described.columns[0], described.columns[4]] == ["Code", "Difference [90% CI]"]
    intervals = pd.DataFrame({"estimate": [0.8], "ci_low": [0.7], "ci_high": [0.9]})
    heads = [_rows(word_table(table, "表1"))[0][1] for table in (intervals, intervals.assign(ci_level=0.9))]
    assert heads == ["CI下限", "90%CI下限"]


def test_a_theme_nobody_was_asked_about_is_not_counted_as_zero(joint_table):
    unasked = joint_table[joint_table["theme"] == "type.withdrawal"].assign(n_after=pd.NA)
    evidence = describe_joint_display(unasked)["evidence"].item().split("\n")
    assert evidence[:2] == ["前测：4人，8段", "后测：未问及"]


def test_the_joint_display_has_four_columns_and_both_sides(joint_table, paired):
    document = word_joint_display(joint_table, "表4-5 联合展示", paired=paired, labels={"type.withdrawal": "退缩型"})
    head, row, _ = _rows(document)
    assert head == ["维度", "量化结果", "质性证据（引文）", "整合结论"]
    assert row[0] == "退缩型"
    assert row[1].split("\n") == [
        "n=4；M 19.25 → 14.50，差值 −4.75",
        "t(9) = −5.14，p <0.001，dz = −1.63",
        "可信改善 2人：A1、A9",
        "无可信变化 2人：A2、A7",
    ]
    assert row[2].split("\n")[:2] == ["前测：4人，8段", "后测：3人，9段（未问及1人）"]
    assert "后测：“现在是我先开口叫她的。”" in row[2]
    assert row[3].split("\n") == ["一致 2人：A1、A2", "互补 1人：A7", "矛盾 1人：A9", "缺失 1人：A10"]


def test_a_contradicting_case_is_always_quoted(joint_table):
    document = word_joint_display(joint_table, "Table 4", language="en")
    assert "after: “还是我说谁坐哪儿。”" in _rows(document)[1][2]


@pytest.mark.slow
def test_a_word_processor_opens_it(paired, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    word_table(paired, "表4-2 前后测对比", path=tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "txt:Text",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert "表4-2 前后测对比" in (tmp_path / "a.txt").read_text("utf-8-sig")


@pytest.mark.parametrize("option", [{"title": None}, {"title": 5}, {"note": 5}, {"decimals": -1}, {"decimals": "2"}])
def test_titles_notes_and_decimals_that_cannot_be_printed_are_refused(option):
    with pytest.raises(OptionError, match=next(iter(option))):
        word_table(pd.DataFrame({"a": [1.5]}), **({"title": "T"} | option))
