"""Texts are decoded Chinese first, and what cannot be decoded is refused with its place."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers import decode_text
from qualkit.readers.decode import clean_text

SPEECH = "访谈者：下课的时候你一般做什么？\nA3：就……自己待着。（低头）\n"
TRADITIONAL = "訪談者：下課的時候你一般做什麼？\n我們都覺得這個學校還可以，沒有什麼不開心的。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SPEECH.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + SPEECH.encode(), "UTF-8 with BOM"),
        (SPEECH.encode("gb18030"), "GB18030"),
        (SPEECH.encode("gbk"), "GB18030"),
        (codecs.BOM_UTF16_LE + SPEECH.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + SPEECH.encode("utf-16-be"), "UTF-16"),
        (SPEECH.encode("utf-16-le"), "UTF-16"),
        (SPEECH.encode("utf-16-be"), "UTF-16"),
        (codecs.BOM_UTF32_LE + SPEECH.encode("utf-32-le"), "UTF-32"),
    ],
)
def test_a_transcript_is_read_in_every_encoding_authors_have(data, encoding):
    assert decode_text(data, "A3.txt") == (SPEECH, encoding)


def test_big5_is_recognised_where_it_is_clear():
    assert decode_text(TRADITIONAL.encode("big5"), "A3.txt") == (TRADITIONAL, "Big5")


def test_traditional_text_in_gb18030_stays_gb18030():
    assert decode_text(TRADITIONAL.encode("gb18030"), "A3.txt") == (TRADITIONAL, "GB18030")


def test_two_rare_characters_are_no_korean_word():
    assert decode_text("毳丏".encode("gb18030"), "A3.txt") == ("毳丏", "GB18030")


def test_a_few_rare_characters_are_no_accented_letter_between_others():
    assert decode_text("么陫丂".encode("gb18030"), "A3.txt") == ("么陫丂", "GB18030")


def test_plain_ascii_in_utf16_without_mark_is_not_read_as_nul_filled_ascii():
    assert decode_text("A3: hello\n".encode("utf-16-le"), "A3.txt") == ("A3: hello\n", "UTF-16")


def test_a_rare_character_of_gb18030_survives():
    text = SPEECH + "𠮷㐂"
    assert decode_text(text.encode("gb18030"), "A3.txt") == (text, "GB18030")


# The bytes of three or four rare characters can be sound UTF-8; those of a sentence are not.
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=12))
def test_no_han_text_in_gb18030_becomes_korean_or_western(text):
    decoded, encoding = decode_text(text.encode("gb18030"), "x.txt")
    assert encoding in ("GB18030", "UTF-8", "UTF-16", "Big5")
    assert not any("\uac00" <= character <= "\ud7a3" or "\u00c0" <= character <= "\u024f" for character in decoded)


@given(st.text())
def test_utf8_text_is_kept_but_for_line_ends_and_nul(text):
    decoded, _ = decode_text(codecs.BOM_UTF8 + text.encode(), "x.txt")
    assert decoded == clean_text(text)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "😀"),
        ("é", "é"),
    ],
)
def test_line_ends_nul_and_surrogates_are_cleaned_and_nothing_else(raw, clean):
    assert clean_text(raw) == clean


def test_a_lone_surrogate_written_as_utf8_becomes_the_replacement_sign():
    assert decode_text("你好".encode() + b"\xed\xa0\x80", "x.txt") == ("你好\ufffd", "UTF-8")


def test_a_nul_in_utf8_becomes_the_replacement_sign():
    assert decode_text("你\x00好".encode(), "x.txt") == ("你\ufffd好", "UTF-8")


def test_an_undecodable_byte_is_named_with_its_place_and_the_remedy():
    with pytest.raises(ReadError, match=r"A3\.txt, byte 6: neither UTF-8 nor GB18030.*save it again as UTF-8"):
        decode_text("你好".encode() + b"\xff\xff", "A3.txt")


def test_half_a_character_at_the_end_is_named_with_its_place():
    with pytest.raises(ReadError, match=r"A3\.txt, byte 4: not valid UTF-16"):
        decode_text(codecs.BOM_UTF16_LE + "好".encode("utf-16-le") + b"\x00", "A3.txt")


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"{\\rtf1", b"\x89PNG\r\n"])
def test_a_file_of_another_kind_is_recognised(head):
    with pytest.raises(ReadError, match=r"A3\.txt is .* file|A3\.txt is a picture"):
        decode_text(head + b"1234", "A3.txt")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_read_error(data):
    try:
        text, _ = decode_text(data, "x.txt")
    except ReadError:
        return
    text.encode()
    assert "\r" not in text
    assert "\x00" not in text
