"""Documents damaged at random give a result with sound places or a ReadError, in time."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.sources import make_source

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
DOCUMENTS = [
    "interview_notes.docx",
    "interview_notes.odt",
    "interview_notes.rtf",
    "interview_gbk.rtf",
    "interview_notes.html",
    "interview_word.htm",
    "interview_libreoffice.pdf",
    "interview_chromium.pdf",
    "interview_old.doc",
    "word_qa.txt",
]
PARTS = {
    "interview_notes.docx": ("word/document.xml", "word/comments.xml", "word/footnotes.xml", "word/styles.xml"),
    "interview_notes.odt": ("content.xml", "styles.xml", "meta.xml"),
}
FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EDIT = st.tuples(st.integers(0, 2**20), st.integers(0, 12), st.binary(max_size=12))
EDITS = st.lists(EDIT, min_size=1, max_size=6)


def damage(data, edits):
    for place, n_lost, junk in edits:
        place %= len(data) + 1
        data = data[:place] + junk + data[place + n_lost :]
    return data


def gives_sound_places_or_a_read_error(data, name):
    began = time.monotonic()
    message = f"{name}: read. "
    try:
        source = make_source(Content(data, name), name="A3")
    except ReadError as error:
        message = str(error)
    else:
        for place in (*source.turns, *source.marks, *source.notes):
            assert 0 <= place.start <= place.end <= len(source.text)
        source.text.encode()
    assert name in message
    assert ". " in message
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", DOCUMENTS)
@FUZZ
@given(edits=EDITS)
def test_damaged_bytes_do_no_harm(name, edits):
    gives_sound_places_or_a_read_error(damage((SAMPLES / name).read_bytes(), edits), name)


@pytest.mark.parametrize("name", DOCUMENTS)
@FUZZ
@given(cut=st.floats(0, 1), data=st.data())
def test_files_that_break_off_do_no_harm(name, cut, data):
    whole = (SAMPLES / name).read_bytes()
    kept = whole[: int(cut * len(whole))]
    gives_sound_places_or_a_read_error(kept + data.draw(st.binary(max_size=5)), name)


@pytest.mark.parametrize(("name", "part"), [(name, part) for name, parts in PARTS.items() for part in parts])
@FUZZ
@given(edits=EDITS, moved=st.tuples(st.integers(0, 400), st.integers(0, 400)))
def test_damaged_parts_of_office_files_do_no_harm(name, part, edits, moved):
    stream = io.BytesIO()
    with zipfile.ZipFile(SAMPLES / name) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            if member == part:
                content = swap(content, *moved) if moved[0] % 2 else damage(content, edits)
            new.writestr(member, content)
    gives_sound_places_or_a_read_error(stream.getvalue(), name)


def swap(xml, first, second):
    # The XML stays well-formed more often when whole elements change their places.
    pieces = xml.split(b"<w:") if b"<w:" in xml else xml.split(b"<text:")
    sign = b"<w:" if b"<w:" in xml else b"<text:"
    first, second = first % len(pieces), second % len(pieces)
    pieces[first], pieces[second] = pieces[second], pieces[first]
    return sign.join(pieces)


WORDS = st.sampled_from(
    [
        r"\par ",
        r"\cell ",
        r"\row ",
        r"\intbl ",
        r"\pard ",
        r"{",
        r"}",
        r"{\*\annotation ",
        r"{\footnote ",
        r"\u20320?",
        r"\u-10179?",
        r"\uc3 ",
        r"\bin5 ",
        r"\'c4",
        r"\'e3",
        r"A3: hm",
        r"\b ",
        r"\plain ",
        r"{\*\atrfstart 1}",
        r"{\*\atrfend 1}",
        r"{\shp{\*\shpinst{\shptxt ",
        r"\deleted ",
        r"\v ",
        r"{\info{\title ",
        r"{\upr{",
        r"{\*\ud{",
        r"{\fonttbl{\f0\fcharset134 ",
        r"\f0 ",
        r"\trowd ",
        r"\nestcell ",
        r"\line\tab ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(words=st.lists(WORDS, max_size=40), is_closed=st.booleans())
def test_rtf_words_in_any_order_do_no_harm(words, is_closed):
    body = "".join(words).encode()
    closing = b"}" * max(0, body.count(b"{") - body.count(b"}")) if is_closed else b""
    gives_sound_places_or_a_read_error(b"{\\rtf1\\ansi\\ansicpg936 " + body + closing + b"}", "A3.rtf")


TAGS = (
    "p",
    "div",
    "table",
    "tr",
    "td",
    "b",
    "a href='#_ftn1'",
    "div id='ftn1'",
    "div style='mso-element:comment-list'",
)
PAGE = st.recursive(
    st.sampled_from(["A3：嗯", "\n", " ", "&nbsp;", "<br>", "<!--x-->", "社工：好"]),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda parts: f"<{parts[0]}>{''.join(parts[1])}</{parts[0].split()[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(page=PAGE)
def test_html_elements_in_any_order_do_no_harm(page):
    gives_sound_places_or_a_read_error(f"<html><body>{page}</body></html>".encode(), "A3.html")
