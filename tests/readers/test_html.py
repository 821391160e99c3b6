"""HTML pages: blocks are lines, tables rows, what is hidden is left out; Word's and LibreOffice's habits."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.content import Content
from qualkit.readers.html import read_html


def read(body, *, head=""):
    data = body if isinstance(body, bytes) else f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return read_html(Content(data, "A3.html"))


def test_a_page_saved_by_word_is_read_as_it_is_shown(samples):
    source = read_source(samples / "interview_word.htm")
    assert source.text == (
        "访谈者：下课的时候你一般做什么？\n小太阳：就……自己待着。\n\n访谈者：不跟他们一起玩吗？\n"
        "小太阳：我不去。I don't know.\n观察\t低头"
    )
    assert [turn.speaker for turn in source.turns] == ["访谈者", "小太阳", "访谈者", "小太阳"]
    assert [(note.kind, note.text, source.text[: note.start][-2:]) for note in source.notes] == [
        ("comment", "退缩？", "待着"),
        ("footnote", "指同班三个男生。", "他们"),
    ]
    assert (source.meta["encoding"], source.meta["title"]) == ("GB18030", "访谈记录")
    assert source.meta["tracked_changes"] == "1 deletion accepted"


def test_a_page_saved_by_libreoffice_is_read_with_its_notes(samples):
    source = read_source(samples / "interview_notes.html")
    assert source.text.startswith("个案访谈记录\n编号：A3\n性别：女\n访谈时间：2031-04-12\n地点：活动室\n访谈者：下课")
    assert source.text.rstrip().endswith("00:31:05 访谈者：下次还来吗？\n00:31:09 小太阳：来。")
    assert [(note.kind, note.text) for note in source.notes] == [
        ("comment", "退缩？与第二次访谈比较"),
        ("footnote", "“他们”指同班三个男生。"),
        ("endnote", "录音到此中断。"),
    ]
    assert (source.meta["title"], source.meta["date"]) == ("访谈记录 A3", "2031-04-12")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>A3：嗯。</p>\n<p>访谈者：好。</p>", "A3：嗯。\n访谈者：好。"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙"),
        ("甲<br>\n乙<br/><br/>丙", "甲\n乙\n\n丙"),
        ("<p>我\n  不\t去</p>", "我不 去"),
        ("<p>I do\n  not <b> know</b> </p>", "I do not know"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙"),
        ("<p>小<ruby>雨<rt>yǔ</rt></ruby></p>", "小雨"),
        ("<p>甲&nbsp;&lt;乙&gt;&#x20;&hellip;</p>", "甲\u00a0<乙> …"),
        ("<p>甲</p><p>&nbsp;</p><p>乙</p>", "甲\n\n乙"),
    ],
)
def test_lines_and_blanks_are_those_of_the_page(body, text):
    assert read(body).text == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert('x')</script>",
        "<style>p {}</style>",
        "<!-- x -->",
        "<!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]-->",
        "<p hidden>x</p>",
        "<span style='DISPLAY: none'>x</span>",
        "<noscript>x</noscript>",
        "<iframe src='file:///etc/passwd'>x</iframe>",
        "<img src='data:image/png;base64," + "A" * 400 + "' alt='x'>",
    ],
)
def test_what_is_not_shown_is_left_out(hidden):
    assert read(f"<p>甲{hidden}乙</p>").text.replace("\n", "") == "甲乙"


def test_a_table_with_turns_in_its_rows_gives_turns():
    rows = [("说话人", "内容"), ("社工", "你好。"), ("小太阳", "嗯。")]
    body = "".join(f"<tr><td>{who}</td><td><p>{words}</p></td></tr>" for who, words in rows)
    draft = read(f"<table><tbody>{body}</tbody></table>")
    assert draft.text == "社工：你好。\n小太阳：嗯。"
    assert [turn.speaker for turn in draft.turns] == ["社工", "小太阳"]


def test_title_and_meta_are_kept_and_no_entity_is_followed():
    head = "<title> 访谈 \n 一 </title><meta name='Author' content='林'><meta name=date content='2031-04-12'>"
    assert read("<p>嗯</p>", head=head).meta == {"title": "访谈 一", "author": "林", "date": "2031-04-12"}
    bomb = b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>A3&a;</p></body></html>'
    assert "root" not in read(bomb).text


@pytest.mark.parametrize(
    ("codec", "named", "encoding"),
    [
        ("gb18030", "gb2312", "GB18030"),
        ("utf-8", "gb2312", "UTF-8"),
        ("utf-8-sig", "utf-8", "UTF-8 with BOM"),
        ("utf-16", "unicode", "UTF-16"),
        ("gb18030", "utf-8", "GB18030"),
        ("big5", "big5", "BIG5HKSCS"),
        ("gb18030", "no-such", "GB18030"),
    ],
)
def test_the_encoding_is_that_of_the_bytes(codec, named, encoding):
    page = f"<html><head><meta charset={named}></head><body><p>我們今天不去。</p></body></html>"
    draft = read(page.encode(codec))
    assert (draft.text, draft.encoding) == ("我們今天不去。", encoding)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<div>" * 1000 + "x", "more than 256 deep"),
        ("<b>" * 400_001, "too much markup"),
        ("<p>" + "啊" * 10_000_001, "characters"),
    ],
)
@pytest.mark.timeout(5)
def test_a_page_beyond_all_bounds_is_refused_in_time(body, message):
    with pytest.raises(ReadError, match=rf"A3\.html .*{message}"):
        read(body)


def test_a_page_without_its_ending_is_recognised(write):
    source = read_source(write("A3.txt", "<!DOCTYPE html>\n<html><body><p>A3：嗯。</p><p>社工：好。</p></body></html>"))
    assert (source.meta["format"], source.text) == ("html", "A3：嗯。\n社工：好。")
    assert "though it ends in .txt" in source.meta["recognised"]
