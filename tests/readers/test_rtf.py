"""RTF files: Chinese in every spelling, bold speakers, tables, notes, hidden parts, limits."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.layout import Layout
from qualkit.readers.rtf import read_rtf
from qualkit.readers.rtf_body import RtfBody


def read(body, *, head=r"\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset0 Arial;}}"):
    data = body if isinstance(body, bytes) else body.encode("ascii")
    return read_rtf(b"{\\rtf1" + head.encode("ascii") + data + b"}", "A3.rtf")


def test_an_interview_of_libreoffice_is_read_as_it_is_printed(samples):
    source = read_source(samples / "interview_notes.rtf")
    assert source.text.rstrip() == read_source(samples / "interview_notes.docx").text.rstrip()
    assert [(note.kind, note.text, source.text[note.start : note.end]) for note in source.notes] == [
        ("comment", "退缩？与第二次访谈比较", "（低头）"),
        ("footnote", "“他们”指同班三个男生。", ""),
        ("endnote", "录音到此中断。", ""),
    ]
    assert source.text[: source.notes[1].start].endswith("不跟他们")
    assert source.meta["tracked_changes"] == "1 insertion, 1 deletion accepted"
    assert (source.meta["title"], source.meta["date"], source.meta["编号"]) == ("访谈记录 A3", "2031-04-12", "A3")
    assert {"访谈者", "小太阳"} <= {turn.speaker for turn in source.turns}


def test_an_interview_of_word_in_gbk_is_read(samples):
    source = read_source(samples / "interview_gbk.rtf")
    assert source.text == "访谈者：下课做什么？\n小太阳：就……自己待着。\n访谈者：嗯。\n小太阳：没了。"
    assert [turn.speaker for turn in source.turns] == ["访谈者", "小太阳", "访谈者", "小太阳"]


@pytest.mark.parametrize(
    "body",
    [
        rb"\'c4\'e3\'ba\'c3",
        "你好".encode("gb18030"),
        b"\\'c4\r\n\\'e3\\'ba\r\n\\'c3",
        rb"\u20320\'c4\'e3\u22909\'ba\'c3".replace(rb"\u", rb"\uc2\u", 1),
        rb"\u20320?\u22909?",
        rb"\uc0\u20320\u22909 ",
        rb"\u20320\u22909",
        rb"{\f0 \'c4\'e3}{\f0\b \'ba\'c3}",
        rb"{\upr{\'c4}{\*\ud{\u20320?\u22909?}}}",
    ],
    ids=["hex", "raw", "lines between", "two replaced", "one replaced", "none replaced", "missing", "groups", "upr"],
)
def test_chinese_is_read_in_every_spelling(body):
    assert read(body).text == "你好"


def test_a_second_byte_may_look_like_a_brace_or_backslash():
    odd = b"\x81\x7b\x81\x5c\x81\x7d"
    assert read(odd).text == read("".join(f"\\'{byte:02x}" for byte in odd)).text == odd.decode("gb18030")


def test_characters_of_the_font_count_before_those_of_the_file():
    head = r"\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}{\f2\fcharset238 Arial CE;}}"
    assert read(rb"\f1 \'c4\'e3\f0 \'e9\f2 \'f2", head=head).text == "你éň"
    assert read(rb"\loch\af0\hich\af0\dbch\af1 \'c4\'e3", head=head).text == "你"


def test_halves_of_an_emoji_are_one_character_and_notes_keep_their_place():
    draft = read(rb"\u-10179?\u-8703?A{\footnote \'d7\'a2}B")
    assert draft.text == "😁AB"
    assert [(note.start, note.text) for note in draft.notes] == [(2, "注")]


def test_marks_of_layout_become_characters():
    assert read(rb"a\tab b\line c\~d\_e\-f\{g\}\\\ldblquote h\rdblquote\emdash\par i").text == (
        "a\tb\nc\u00a0d-ef{g}\\“h”—\ni"
    )


def test_a_table_with_turns_in_its_rows_gives_turns():
    row = r"\trowd\cellx1\cellx2\pard\intbl {0}\cell {1}\cell\row "
    rows = (("Speaker", "Text"), ("Lin", "Hello."), ("A3", "Hi."))
    draft = read("".join(row.replace("{0}", who).replace("{1}", words) for who, words in rows) + r"\pard end\par")
    assert draft.text == "Lin：Hello.\nA3：Hi.\nend"
    assert [turn.speaker for turn in draft.turns] == ["Lin", "A3"]


def test_a_comment_of_word_is_kept_with_its_author_at_its_words():
    body = (
        rb"A3: {\*\atrfstart 12}not going{\*\atrfend 12}{\*\atnid L}{\*\atnauthor Lin}\chatn "
        rb"{\*\annotation{\*\atnref 12}{\*\atndate -1}\pard\plain why?\par}."
    )
    draft = read(body)
    (note,) = draft.notes
    assert (draft.text, draft.text[note.start : note.end]) == ("A3: not going.", "not going")
    assert (note.text, note.author, note.kind) == ("why?", "Lin", "comment")


@pytest.mark.parametrize(
    "body",
    [
        rb"{\header h}{\footerr f}a",
        rb"{\v hidden}a",
        rb"{\deleted gone}a",
        rb"{\*\generator x;}{\colortbl;\red0;}{\stylesheet{\s0 Normal;}}a",
        rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt a}}",
        rb"{\pict\wmetafile8 0102}a",
        b"{\\pict\\bin7 }}{{\\\\}}a",
        rb"{\listtext 1.\tab}a",
        rb"{\object{\*\objdata 0105}{\result a}}",
        rb"{\*\shppict{\pict 01}}{\nonshppict{\pict 01}}a",
        rb"{\info{\author Nobody}{\operator Nobody}}a",
    ],
)
def test_what_is_not_printed_is_left_out(body):
    assert read(body).text == "a"


def test_a_bold_label_marks_an_unusual_speaker():
    layout = Layout("A3.rtf")
    RtfBody(layout).read(rb"{\rtf1 {\b Sun:} yes\par\b Lin:\b0  no\par\b a: all bold\par\plain x: plain}")
    assert layout.speaker_lines == {0, 1}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{\\rtf1 {\\b a", "breaks off: 2 groups"),
        (b"{\\rtf1 " + b"{" * 5000, "more than 1000 deep"),
        (b"{\\rtf1 " + b"{}" * 1_600_000, "too much markup"),
    ],
)
@pytest.mark.timeout(5)
def test_a_broken_or_hostile_file_is_refused(data, message):
    with pytest.raises(ReadError, match=rf"A3\.rtf .*{message}"):
        read_rtf(data, "A3.rtf")


def test_a_file_without_its_last_brace_is_read():
    assert read_rtf(b"{\\rtf1 A3: hm", "A3.rtf").text == "A3: hm"
