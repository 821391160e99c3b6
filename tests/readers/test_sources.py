"""Files and folders become sources."""

import hashlib

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source, read_sources


def test_a_text_file_becomes_a_source(samples):
    path = samples / "word_roles.txt"
    (source,) = read_sources(path)
    assert source.name == "word_roles"
    assert source.text == path.read_bytes().decode().replace("\r\n", "\n")
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.meta["访谈编号"] == "虚构-A3-01"
    assert source.meta["format"] == "txt"
    assert source.meta["encoding"] == "UTF-8"
    assert source.meta["recognised"] == "8 turns of 3 speakers: A3, 社工, 访谈者"
    assert [source.text[mark.start : mark.end] for mark in source.marks] == [
        "……",
        "（低头）",
        "【沉默约5秒】",
        "（笑）",
    ]


def test_a_gb18030_file_says_so(samples):
    assert read_source(samples / "word_qa.txt").meta["encoding"] == "GB18030"


def test_a_folder_gives_its_sources_named_by_their_place(write, tmp_path):
    write("post/A1.txt", "A1：嗯。")
    write("pre/A1.TXT", "A1：嗯。")
    write("pre/~$A1.docx", "locked")
    write("pre/.hidden.txt", "")
    write("pre/notes.xyz", "%PDF")
    assert [source.name for source in read_sources(tmp_path)] == ["post/A1", "pre/A1"]


def test_all_unreadable_files_of_a_folder_are_named_at_once(write, tmp_path):
    write("A1.txt", "A1：嗯。")
    write("A2.txt", b"")
    write("A3.docx", "no zip")
    with pytest.raises(ReadError) as caught:
        read_sources(tmp_path)
    assert "A2.txt is empty" in str(caught.value)
    assert "A3.docx is not a .docx file" in str(caught.value)
    assert "A1.txt" not in str(caught.value)


def test_two_files_of_one_name_are_refused(write, tmp_path):
    write("A1.txt", "A1：嗯。")
    write("A1.srt", "1\n00:00:01,000 --> 00:00:02,000\nA1：嗯")
    with pytest.raises(ReadError, match="another file is named 'A1' too"):
        read_sources(tmp_path)


def test_a_folder_without_transcripts_is_refused(tmp_path):
    with pytest.raises(ReadError, match="holds no transcript"):
        read_sources(tmp_path)


def test_markup_in_a_transcript_is_text(write):
    text = "A3：<script>alert(1)</script><img onerror=x>"
    assert read_source(write("A3.txt", text)).text == text
