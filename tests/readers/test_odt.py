"""OpenDocument texts: lists, tables, notes at their places, tracked changes, white space as it is shown."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.odt import read_flat_odt, read_odt

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "text": "text", "table": "table", "draw": "drawing"}.items()
)
TALK = """个案访谈记录
编号：A3
性别：女
访谈时间：2031-04-12
地点：活动室
访谈者：下课的时候你一般做什么？
小太阳：就……自己待着。（低头）
访谈者：不跟他们一起玩吗？
小太阳：我不过去。
他们  也\t不说话。
访谈者：那奶奶怎么说？
小太阳：奶奶说：别怕。I don't know, okay.

文本框：手里拿着笔
观察：全程低头
观察：手里一直拿着笔
00:31:05 访谈者：下次还来吗？
00:31:09 小太阳：来。"""


def content(body):
    inner = f"<office:body><office:text>{body}</office:text></office:body>"
    return f"<office:document-content {NAMES}>{inner}</office:document-content>"


@pytest.mark.parametrize("suffix", ["odt", "docx"])
def test_an_interview_with_notes_changes_and_tables_is_read_as_it_is_printed(samples, suffix):
    source = read_source(samples / f"interview_notes.{suffix}")
    assert source.text.rstrip() == TALK
    assert [(note.kind, note.author, note.text, source.text[note.start : note.end]) for note in source.notes] == [
        ("comment", "林老师", "退缩？与第二次访谈比较", "（低头）"),
        ("footnote", None, "“他们”指同班三个男生。", ""),
        ("endnote", None, "录音到此中断。", ""),
    ]
    assert source.text[: source.notes[1].start].endswith("不跟他们")
    assert source.meta["tracked_changes"] == "1 insertion, 1 deletion accepted"
    assert source.meta["访谈时间"] == "2031-04-12"
    spoken = [(turn.speaker, source.text[turn.start : turn.end]) for turn in source.turns]
    assert spoken[0] == ("访谈者", "下课的时候你一般做什么？")
    assert spoken[-1] == ("小太阳", "来。")


def test_the_title_and_the_day_of_the_document_become_meta(samples):
    meta = read_source(samples / "interview_notes.odt").meta
    assert (meta["title"], meta["date"], meta["format"]) == ("访谈记录 A3", "2031-04-12", "odt")


def test_white_space_is_what_is_shown(make_zip):
    body = (
        "<text:p>\n  甲 \n 乙<text:s text:c='3'/>丙<text:tab/>丁<text:line-break/>戊<text:span> 己</text:span></text:p>"
    )
    draft = read_odt(make_zip({"content.xml": content(body)}), "a.odt")
    assert draft.text == "甲 乙   丙\t丁\n戊 己"


def test_a_flat_file_is_read_like_a_packed_one():
    body = "<office:body><office:text><text:p>A3：嗯。</text:p></office:text></office:body>"
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    draft = read_flat_odt(f"<office:document {NAMES} {kind}>{body}</office:document>".encode(), "a.fodt")
    assert (draft.text, [turn.speaker for turn in draft.turns]) == ("A3：嗯。", ["A3"])


def test_blank_cells_that_come_a_million_times_do_no_harm(make_zip):
    blank = '<table:table-cell table:number-columns-repeated="999999999"/>'
    cells = f"{blank}<table:table-cell><text:p>甲</text:p></table:table-cell>"
    body = (
        f"<table:table><table:table-row table:number-rows-repeated='99999999'>{cells}</table:table-row></table:table>"
    )
    assert len(read_odt(make_zip({"content.xml": content(body)}), "a.odt").text) < 1000


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "x"}, "protected by a password"),
        ({"content.xml": "<a>"}, "not valid XML"),
        ({"content.xml": f"<office:document-content {NAMES}/>"}, "holds no text document"),
        ({"other.xml": ""}, "no part 'content.xml'"),
        ({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "declares a document type"),
        ({"content.xml": "<text:p>" * 100_000}, "not valid XML"),
    ],
)
def test_a_file_that_is_no_odt_is_refused_with_the_remedy(make_zip, members, message):
    with pytest.raises(ReadError, match=rf"a\.odt.*{message}"):
        read_odt(make_zip(members), "a.odt")
