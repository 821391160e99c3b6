"""A document of Taguette is read without its tags, and each tag stays where it was put."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers import read_source
from qualkit.readers.content import Content
from qualkit.readers.taguette import FORMAT, read_highlighted


def page(body, *, title="A3"):
    html = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    return Content(html.encode(), "A3.html")


def tagged(draft):
    return [(note.text, draft.text[note.start : note.end]) for note in draft.notes if note.kind == "tag"]


def test_the_text_is_that_of_the_document_without_the_tags(samples):
    source = read_source(samples / "taguette.html")
    assert source.text.split("\n") == [
        "访谈者：下课的时候你一般做什么？",
        "A3：就……自己待着。（低头）",
        "访谈者：不跟他们一起玩吗？",
        "A3：他们玩他们的，我也不过去。",
        "过去了他们也不说话。[停顿]",
        "访谈者：那爸爸什么时候回来？",
    ]
    assert [turn.speaker for turn in source.turns] == ["访谈者", "A3", "访谈者", "A3", "访谈者"]
    assert (source.meta["format"], source.meta["title"]) == ("taguette", "A3_前测")


def test_each_tag_is_a_note_on_what_was_highlighted(samples):
    assert tagged(read_source(samples / "taguette.html")) == [
        ("类型.退缩", "就……自己待着。（低头）"),
        ("情绪", "就……自己待着。（低头）"),
        ("类型.退缩", "我也不过去。\n过去了他们也不说话。"),
        ("家庭", "那爸爸"),
        ("提问", "什么时候回来？"),
    ]


def test_tags_in_plain_brackets_are_taken_out_too():
    draft = read_highlighted(page('<p>A3：<span class="highlight">我不去</span> [退缩, 情绪]，真的。[停顿]</p>'))
    assert draft.text == "A3：我不去，真的。[停顿]"
    assert tagged(draft) == [("退缩", "我不去"), ("情绪", "我不去")]


def test_two_highlights_that_end_together_have_the_same_words():
    body = '<p><span class="highlight">我不去</span><span class="taglist"> [a]</span>'
    body += '<span class="highlight"></span><span class="taglist"> [b]</span></p>'
    assert tagged(read_highlighted(page(body))) == [("a", "我不去"), ("b", "我不去")]


def test_a_highlight_without_tags_leaves_the_text_alone():
    body = '<p><span class="highlight">我不去</span><span class="taglist"> []</span>，真的。</p>'
    draft = read_highlighted(page(body))
    assert (draft.text, draft.notes) == ("我不去，真的。", [])


def test_other_pages_are_left_to_the_reader_of_pages():
    assert FORMAT.recognises(page('<p><span class="highlight">好</span> [a]</p>'))
    assert not FORMAT.recognises(page('<p><span class="highlight">好</span>，真的</p>'))
    assert not FORMAT.recognises(page("<p>好</p>"))


PARTS = st.lists(
    st.sampled_from(
        [
            '<span class="highlight">',
            '<span class="taglist">',
            "</span>",
            " [a, b]",
            " []",
            "<p>",
            "</p>",
            "<table><tr><td>",
            "A3：好",
            '<a href="#_msocom_1">',
            "<h1>",
            "<!--",
        ]
    ),
    max_size=25,
).map("".join)


@given(PARTS)
def test_any_page_gives_sound_places_or_a_read_error(body):
    with suppress(ReadError):
        draft = read_highlighted(page(body))
        assert all(0 <= note.start <= note.end <= len(draft.text) for note in draft.notes)
        assert all(0 <= turn.start <= turn.end <= len(draft.text) for turn in draft.turns)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        '<span class="highlight">好</span> [a]',
        '<span class="highlight"></span><span class="taglist"> [a]</span>',
        "</span> [",
    ],
)
def test_many_highlights_take_linear_time(piece):
    with suppress(ReadError):
        read_highlighted(page('<span class="highlight">' + piece * 30_000))


def test_control_characters_in_a_highlight_do_no_harm(write):
    words = "<span class='highlight'>我\x0b不去</span> <span class='taglist'>[a]</span>\x0b好"
    source = read_source(write("A3.html", f"<html><body><p>{words}</p></body></html>"))
    assert source.text == "我\ufffd不去 \ufffd好"
    assert [note.text for note in source.notes] == ["a"]
