"""Files that hold no text to read are named with the way to save them so that they can be read."""

import pytest

from qualkit.errors import ReadError
from qualkit.readers import read_source

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TALK = "访谈者：下课做什么？\nA3：自己待着。\n"


def wide(name):
    return name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("A3.doc", OLE + wide("WordDocument"), "a Word file of before 2007.* save it as .docx"),
        ("A3.dat", OLE + wide("WordDocument"), "a Word file of before 2007"),
        ("A3.xls", OLE + wide("Workbook"), "an Excel file of before 2007.* save it as .xlsx"),
        ("A3.doc", OLE + wide("EncryptedPackage"), "protected by a password.* remove the password"),
        ("A3.doc", OLE, "a file of an Office program"),
        ("A3.wps", b"\x00\x01\xff\xfe\xff\xff\x9c", "a file of WPS in its own format.* save it as .docx"),
        ("A3.mp3", b"ID3\x04" + bytes(50), "a recording.*transcribed first"),
        ("A3.m4a", b"\x00\x00\x00\x20ftypM4A " + bytes(50), "a film|a recording"),
        ("A3.wav", b"RIFF\x00\x01\x00\x00WAVE", "a recording or a film"),
        ("A3.mp4", b"\x00\x00\x00\x20ftypisom" + bytes(50), "a film.*transcribed first"),
        ("A3.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "a picture.*OCR"),
        ("A3", b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture.*OCR"),
        ("A3.nvp", b"\xff\xfe\x80\x81\xff" * 9, "an NVivo project.*REFI-QDA"),
        ("A3.mx22", b"\xff\xfe\x80\x81\xff" * 9, "a MAXQDA project.*REFI-QDA"),
        ("A3.hpr7", b"\xff\xfe\x80\x81\xff" * 9, "an ATLAS.ti project.*REFI-QDA"),
        ("A3.qda", b"SQLite format 3\x00" + bytes(50), "a whole project.*REFI-QDA"),
        ("A3.mht", b"MIME-Version: 1.0\r\n", "a page saved as one file"),
        ("A3.rar", b"Rar!\x1a\x07" + bytes(50), "a packed folder"),
        ("A3.exe", b"MZ\x90\x00" + bytes(50), "a program"),
    ],
)
def test_a_known_kind_is_named_with_the_remedy(write, name, content, message):
    with pytest.raises(ReadError, match=rf"{name} is (?:{message})"):
        read_source(write(name, content))


@pytest.mark.parametrize(
    ("name", "members", "message"),
    [
        ("A3.pages", {"Index/Document.iwa": "x"}, "a Pages document. Export it as Word"),
        ("A3.pptx", {"ppt/presentation.xml": "x"}, "a presentation"),
        ("A3.xlsx", {"xl/workbook.xml": "x"}, "an Excel file.* tables are read as"),
        ("A3.zip", {"A3.txt": TALK}, "a packed folder. Unpack it"),
    ],
)
def test_packed_files_are_known_by_what_they_hold(write, make_zip, name, members, message):
    with pytest.raises(ReadError, match=rf"{name} is {message}"):
        read_source(write(name, make_zip(members)))


@pytest.mark.parametrize(
    ("name", "kind", "sample"),
    [
        ("A3.doc", "RTF document", "interview_gbk.rtf"),
        ("A3.wps", "HTML page", "interview_word.htm"),
        ("A3.doc", "Word document", "interview_notes.docx"),
    ],
)
def test_what_a_file_holds_counts_before_its_ending(write, samples, name, kind, sample):
    source = read_source(write(name, (samples / sample).read_bytes()))
    assert f"read as {kind}, though it ends in {name[2:]}" in source.meta["recognised"]
    assert len(source.turns) >= 4


@pytest.mark.parametrize("name", ["A3", "A3.doc", "A3.rtf", "A3.log"])
def test_a_talk_in_plain_text_is_read_under_another_ending_and_said_so(write, name):
    source = read_source(write(name, TALK))
    assert len(source.turns) == 2
    assert "read as plain text, though it ends in" in source.meta["recognised"]


def test_plain_text_under_another_ending_that_is_no_talk_is_refused(write):
    with pytest.raises(ReadError, match=r"A3\.doc: files of the kind \.doc cannot be read"):
        read_source(write("A3.doc", "今天没有人来。"))


@pytest.mark.parametrize(("first", "second"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
@pytest.mark.parametrize("more", ["", "好"])
def test_two_encodings_in_one_file_are_refused_with_the_line(write, first, second, more):
    path = write("A3.txt", (TALK * 3).encode(first) + f"访谈者：不跟他们一起玩吗？{more}\n".encode(second))
    with pytest.raises(ReadError, match=r"A3\.txt, line 7: .*while the lines above are .*two files in one\. Open"):
        read_source(path)


def test_a_word_file_of_before_2007_is_known(samples):
    with pytest.raises(ReadError, match=r"interview_old\.doc is a Word file of before 2007"):
        read_source(samples / "interview_old.doc")
