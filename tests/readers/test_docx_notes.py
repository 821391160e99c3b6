"""Word files: comments, footnotes and endnotes at their places, tracked changes counted, text boxes once."""

import io

import pytest
from docx import Document

from qualkit.readers import read_source
from qualkit.readers.docx import read_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read_layout(data, name):
    return read_word(data, name)[0]


def paragraph(*runs, properties=""):
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def part(root, *notes):
    return f'<w:{root} xmlns:w="{W}">{"".join(notes)}</w:{root}>'


@pytest.fixture
def make_word(make_zip):
    def make(body, **parts):
        document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        return make_zip({"word/document.xml": document, **{f"word/{name}.xml": xml for name, xml in parts.items()}})

    return make


def notes_and_text(data):
    layout, said = read_word(data, "A3.docx")
    return layout.notes(said), layout.text


def test_a_comment_is_kept_with_its_author_at_its_words(make_word):
    body = paragraph(
        run("A3：我"),
        '<w:commentRangeStart w:id="7"/>',
        run("不去"),
        '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>',
        run("。"),
    )
    comments = part("comments", f'<w:comment w:id="7" w:author="林老师">{paragraph(run("退缩？"))}</w:comment>')
    (note,), text = notes_and_text(make_word(body, comments=comments))
    assert (text[note.start : note.end], note.text, note.author, note.kind) == ("不去", "退缩？", "林老师", "comment")


def test_a_comment_over_two_paragraphs_spans_both(make_word):
    body = paragraph('<w:commentRangeStart w:id="0"/>', run("甲乙")) + paragraph(
        run("丙丁"), '<w:commentRangeEnd w:id="0"/>'
    )
    comments = part("comments", f'<w:comment w:id="0">{paragraph(run("一"))}{paragraph(run("二"))}</w:comment>')
    (note,), text = notes_and_text(make_word(body, comments=comments))
    assert (text[note.start : note.end], note.text, note.author) == ("甲乙\n丙丁", "一\n二", None)


def test_footnotes_and_endnotes_stand_at_their_sign_and_not_in_the_text(make_word):
    body = paragraph(run("他走了"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("。")) + paragraph(
        run("完"), '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    separator = f'<w:footnote w:type="separator" w:id="-1">{paragraph("<w:r><w:separator/></w:r>")}</w:footnote>'
    footnotes = part("footnotes", separator, f'<w:footnote w:id="2">{paragraph(run("指父亲"))}</w:footnote>')
    endnotes = part("endnotes", f'<w:endnote w:id="2">{paragraph(run("录音到此"))}</w:endnote>')
    notes, text = notes_and_text(make_word(body, footnotes=footnotes, endnotes=endnotes))
    assert text == "他走了。\n完"
    assert [(note.kind, note.start, note.end, note.text) for note in notes] == [
        ("footnote", 3, 3, "指父亲"),
        ("endnote", 6, 6, "录音到此"),
    ]


def test_comments_in_cells_find_their_words(make_word):
    cells = [
        paragraph(run("  A3")),
        paragraph(
            run("很  "), '<w:commentRangeStart w:id="1"/>', run("安静"), '<w:commentRangeEnd w:id="1"/>', run(" ")
        ),
    ]
    body = "<w:tbl><w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr></w:tbl>"
    comments = part("comments", f'<w:comment w:id="1">{paragraph(run("看"))}</w:comment>')
    (note,), text = notes_and_text(make_word(body, comments=comments))
    assert text == "A3\t很 安静"
    assert text[note.start : note.end] == "安静"


def test_tracked_changes_are_accepted_and_counted(make_word):
    body = paragraph(
        run("我"),
        f"<w:ins>{run('不')}</w:ins>",
        "<w:del><w:r><w:delText>很</w:delText></w:r></w:del>",
        "<w:del><w:r><w:delText>想</w:delText></w:r></w:del>",
        run("去"),
    )
    layout = read_layout(make_word(body), "a.docx")
    assert layout.text == "我不去"
    assert layout.meta == {"tracked_changes": "1 insertion, 2 deletions accepted"}


def test_a_deleted_paragraph_end_joins_two_paragraphs(make_word):
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = paragraph(run("A3：我"), properties=mark) + paragraph(run("不去。")) + paragraph(run("好"), properties=mark)
    assert read_layout(make_word(body), "a.docx").lines == ["A3：我不去。", "好"]


def test_a_deleted_row_is_left_out(make_word):
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    body = "<w:tbl>" + row.format("", "甲") + row.format("<w:trPr><w:del/></w:trPr>", "乙") + "</w:tbl>"
    layout = read_layout(make_word(body), "a.docx")
    assert (layout.text, layout.meta) == ("甲", {"tracked_changes": "1 deletion accepted"})


def test_a_text_box_is_kept_once_below_its_paragraph(make_word):
    box = f"<w:txbxContent>{paragraph(run('框里'))}{paragraph(run('两行'))}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><drawing>{box}</drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    body = paragraph(run("前"), f"<w:r>{both}</w:r>", run("后")) + paragraph(run("末"))
    assert read_layout(make_word(body), "a.docx").lines == ["前后", "框里", "两行", "末"]


def test_hidden_text_field_codes_and_ruby_are_left_out(make_word):
    ruby = f"<w:r><w:ruby><w:rt>{run('yǔ')}</w:rt><w:rubyBase>{run('雨')}</w:rubyBase></w:ruby></w:r>"
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    body = paragraph(run("小"), ruby, run("秘", "<w:vanish/>"), run("来", '<w:vanish w:val="0"/>'), field)
    assert read_layout(make_word(body), "a.docx").text == "小雨来"


def test_ticks_of_a_symbol_font_are_kept(make_word):
    body = paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', run("出席"))
    assert read_layout(make_word(body), "a.docx").text == "✓出席"


@pytest.mark.parametrize(
    ("of_run", "of_paragraph", "is_bold"),
    [
        ('<w:rStyle w:val="Name"/>', "", True),
        ('<w:rStyle w:val="Below"/>', "", True),
        ("", "Heavy", True),
        ('<w:b w:val="0"/>', "Heavy", False),
        ('<w:rStyle w:val="Name"/>', "Heavy", False),
        ('<w:rStyle w:val="Loop"/>', "", False),
    ],
    ids=["run style", "inherited", "paragraph style", "switched off", "both cancel out", "style based on itself"],
)
def test_bold_through_styles_marks_a_speaker(make_word, of_run, of_paragraph, is_bold):
    styles = part(
        "styles",
        '<w:style w:type="character" w:styleId="Name"><w:rPr><w:b/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Below"><w:basedOn w:val="Name"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="Heavy"><w:rPr><w:b/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>',
    )
    style = f'<w:pPr><w:pStyle w:val="{of_paragraph}"/></w:pPr>' if of_paragraph else ""
    body = paragraph(run("小太阳：", of_run), run("今天很好。", '<w:b w:val="0"/>'), properties=style)
    layout = read_layout(make_word(body, styles=styles), "a.docx")
    assert layout.speaker_lines == ({0} if is_bold else set())


def test_strict_files_keep_their_comments(make_zip):
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = paragraph(run("我"), '<w:r><w:commentReference w:id="1"/></w:r>')
    comment = f'<w:comment w:id="1" w:author="Lin">{paragraph(run("注"))}</w:comment>'
    data = make_zip(
        {
            "word/document.xml": f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>',
            "word/comments.xml": f'<w:comments xmlns:w="{strict}">{comment}</w:comments>',
        }
    )
    (note,), text = notes_and_text(data)
    assert (text, note.start, note.author) == ("我", 1, "Lin")


def test_a_comment_written_by_python_docx_arrives_in_the_source(tmp_path):
    document = Document()
    line = document.add_paragraph("访谈者：你好。")
    document.add_comment(line.runs, text="开场", author="林", initials="L")
    document.add_paragraph("A3：嗯。")
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "A3.docx"
    path.write_bytes(stream.getvalue())
    source = read_source(path)
    (note,) = source.notes
    assert (source.text[note.start : note.end], note.text, note.author) == ("访谈者：你好。", "开场", "林")
