"""PDF files with a text layer: paragraphs from lines, headers left out, scans and locked files refused."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, NameObject, TextStringObject

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.content import Content
from qualkit.readers.pdf import read_pdf
from qualkit.readers.pdf_pages import Line
from qualkit.readers.pdf_paragraphs import join_lines
from qualkit.readers.pdf_repeats import drop_repeats

SAID = (
    "下课的时候我一般就自己待在座位上，翻翻课本，或者看他们在操场那边跑来跑去，"
    "有时候会想要不要过去，但是走到一半又回来了。"
)


def written(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def make_page(*lines, x=56.0, top=780.0, step=14.0, size=12.0):
    return [Line(text, x, top - step * number, size) for number, text in enumerate(lines)]


def joined(*pages, **options):
    return join_lines([*pages], width=595.0, **options).text


@pytest.mark.parametrize("name", ["interview_libreoffice.pdf", "interview_chromium.pdf"])
def test_lines_are_paragraphs_again_and_what_repeats_on_pages_is_left_out(samples, name):
    source = read_source(samples / name)
    lines = source.text.split("\n")
    assert lines[:3] == ["个案访谈记录", "访谈编号：A3", "访谈时间：2031-04-12"]
    assert f"小太阳：{SAID}" in lines
    assert any(line.endswith("talked to me before the intervention started last term.") for line in lines)
    assert {turn.speaker for turn in source.turns} == {"访谈者", "小太阳"}
    assert len(source.turns) == len(lines) - 3 - lines[3:].count("")
    assert "社区儿童小组" not in source.text
    assert "第 " not in source.text
    assert "page numbers" in source.meta["left_out"]
    assert (source.meta["title"], source.meta["pages"], source.meta["访谈编号"]) == ("访谈记录 A3", "2", "A3")
    first, second = map(int, source.meta["page_starts"].split(", "))
    assert first == 0
    assert 500 < second < len(source.text)


def test_two_columns_are_joined_within_themselves_and_said_so(samples):
    source = read_source(samples / "two_columns.pdf")
    assert SAID in source.text.split("\n")
    assert source.meta["layout"].startswith("two columns")


def test_a_scan_is_refused_with_the_remedy(samples):
    with pytest.raises(ReadError, match=r"scanned\.pdf holds pictures of pages \(a scan\).*OCR"):
        read_source(samples / "scanned.pdf")


def test_a_locked_file_is_refused_and_one_that_opens_without_password_is_read(samples):
    for password, is_locked in (("geheim", True), ("", False)):
        writer = PdfWriter(clone_from=samples / "interview_libreoffice.pdf")
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
        content = Content(written(writer), "A3.pdf")
        if is_locked:
            with pytest.raises(ReadError, match=r"A3\.pdf is protected by a password\. Open it, remove"):
                read_pdf(content)
        else:
            assert SAID in read_pdf(content).text


def test_comments_stand_at_the_line_they_are_beside(samples):
    writer = PdfWriter(clone_from=samples / "interview_libreoffice.pdf")
    note = FreeText(text="退缩？", rect=(300, 690, 400, 700))
    note[NameObject("/T")] = TextStringObject("Lin")
    writer.add_annotation(page_number=0, annotation=note)
    draft = read_pdf(Content(written(writer), "A3.pdf"))
    (found,) = draft.notes
    assert (found.text, found.author, found.kind) == ("退缩？", "Lin", "comment")
    assert draft.text[found.start : found.end] == "访谈时间：2031-04-12"


def test_pages_without_text_are_named(samples):
    writer = PdfWriter(clone_from=samples / "interview_libreoffice.pdf")
    writer.add_blank_page()
    draft = read_pdf(Content(written(writer), "A3.pdf"))
    assert (draft.meta["pages"], draft.meta["pages_without_text"]) == ("3", "3")


def test_a_word_parted_at_the_line_end_is_whole_again_unless_it_has_a_hyphen_elsewhere():
    full = "they told us that we should come again and again until the com"
    assert joined(make_page(f"A3: {full}-", "munity worker left.")) == f"A3: {full}munity worker left."
    assert (
        joined(make_page("a well-known man", f"A3: {full[:-4]} well-", "known worker left."))
        == f"a well-known man\nA3: {full[:-4]} well-known worker left."
    )
    assert joined(make_page(f"A3: {full}\u00ad", "munity")) == f"A3: {full}munity"


def test_a_speaker_a_gap_or_an_indent_begins_a_paragraph():
    full = "好" * 38
    page = make_page(f"A3：{full}", f"访谈者：{full}", full)
    assert joined(page) == f"A3：{full}\n访谈者：{full}{full}"
    page[2].y -= 30
    assert joined(page).count("\n") == 2
    indented = make_page("短。", full, "短。", full, "短。", full, full, "完")
    for number in (1, 3, 5):
        indented[number].x += 24
        indented[number].text = full[:-2]
    assert joined(indented).split("\n")[-1] == full[:-2] + full + "完"


def test_a_paragraph_goes_on_over_the_page():
    pages = [make_page("甲", "A3：" + "好" * 38), make_page("好的。", "访谈者：嗯。")]
    result = join_lines(pages, width=595.0)
    assert result.text == "甲\nA3：" + "好" * 38 + "好的。\n访谈者：嗯。"
    assert result.text[result.page_starts[1] :].startswith("好的。")


def test_short_lines_that_recur_in_the_talk_are_no_headers():
    pages = [
        make_page("社区小组", "A3：嗯。", *(f"{who}{'好' * number}" for who in "甲乙丙丁"), f"{number + 3}")
        for number in range(4)
    ]
    kept, left_out = drop_repeats(pages)
    assert [line.text for line in kept[1]] == ["A3：嗯。", "甲好", "乙好", "丙好", "丁好"]
    assert left_out == ["社区小组", "page numbers"]


def test_fonts_without_a_table_of_characters_are_refused(samples):
    writer = PdfWriter(clone_from=samples / "interview_libreoffice.pdf")
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():
            table = DecodedStreamObject()
            table.set_data(b"1 beginbfrange <00> <ff> <e000> endbfrange")
            font.get_object()[NameObject("/ToUnicode")] = table
    with pytest.raises(ReadError, match=r"A3\.pdf.*(?:fonts do not say|no text)"):
        read_pdf(Content(written(writer), "A3.pdf"))


@pytest.mark.parametrize(
    "operations",
    [b"BT (x) Tj ET " * 200_000, b"BT /F1 12 Tf (x) Tj ET " * 80_000, b"q " * 900_000],
    ids=["too long", "many words", "states"],
)
@pytest.mark.timeout(15)
def test_a_page_beyond_all_bounds_is_refused_in_time(operations):
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(operations)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    with pytest.raises(ReadError, match=r"A3\.pdf"):
        read_pdf(Content(written(writer), "A3.pdf"))


def test_more_pages_than_any_interview_are_refused():
    writer = PdfWriter()
    for _ in range(1001):
        writer.add_blank_page(100, 100)
    with pytest.raises(ReadError, match=r"A3\.pdf has 1,001 pages; files up to 1,000 are read\. Split it"):
        read_pdf(Content(written(writer), "A3.pdf"))


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"])
def test_a_damaged_file_is_refused_by_name(write, data):
    with pytest.raises(ReadError, match=r"A3\.pdf: damaged or not a PDF .*\. Open it"):
        read_source(write("A3.pdf", data))


def test_the_library_stays_quiet(samples, caplog):
    data = (samples / "interview_libreoffice.pdf").read_bytes()
    with pytest.raises(ReadError):
        read_pdf(Content(data[: len(data) // 3], "A3.pdf"))
    assert not caplog.records
    assert PdfReader(io.BytesIO(data)).pages
