"""Zip archives are measured before and while they are unpacked."""

import struct

import pytest

from qualkit.errors import ReadError
from qualkit.readers import archive
from qualkit.readers.archive import Archive


def test_a_member_is_read(make_zip):
    assert Archive(make_zip({"a.xml": "<a/>"}), "x.docx", kind=".docx").read_xml("a.xml") == b"<a/>"


def test_what_is_no_zip_is_refused():
    with pytest.raises(ReadError, match=r"x\.docx is damaged or not a \.docx file"):
        Archive(b"hello", "x.docx", kind=".docx")


def test_an_encrypted_or_old_office_file_is_named_as_such():
    with pytest.raises(ReadError, match=r"x\.docx is protected by a password or of the old format"):
        Archive(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "x.docx", kind=".docx")


def test_a_missing_part_is_named(make_zip):
    with pytest.raises(ReadError, match=r"x\.docx has no part 'word/document.xml'"):
        Archive(make_zip({"a.txt": ""}), "x.docx", kind=".docx").read("word/document.xml")


def test_a_bomb_is_known_by_its_ratio(make_zip):
    data = make_zip({"word/document.xml": b"a" * 20_000_000})
    with pytest.raises(ReadError, match="zip bomb"):
        Archive(data, "x.docx", kind=".docx")


def test_a_bomb_is_known_by_its_declared_size(make_zip, monkeypatch):
    monkeypatch.setattr(archive, "_MOST_BYTES", 1000)
    with pytest.raises(ReadError, match=r"would unpack to 1,200 bytes, more than 1,000"):
        Archive(make_zip({"a": b"a" * 600, "b": b"b" * 600}), "x.docx", kind=".docx")


def test_a_bomb_that_lies_about_its_size_is_stopped_or_found_damaged(make_zip):
    data = bytearray(make_zip({"word/document.xml": b"a" * 5_000_000}))
    # The declared size, in the local and in the central header, becomes 10.
    for place in [22, data.rindex(b"PK\x01\x02") + 24]:
        data[place : place + 4] = struct.pack("<I", 10)
    with pytest.raises(ReadError, match=r"x\.docx"):
        Archive(bytes(data), "x.docx", kind=".docx").read("word/document.xml")


def test_bytes_that_come_out_are_counted(make_zip, monkeypatch):
    sound = Archive(make_zip({"a": b"a" * 600}), "x.docx", kind=".docx")
    monkeypatch.setattr(archive, "_MOST_BYTES", 100)
    with pytest.raises(ReadError, match="unpacks to more than 100 bytes"):
        sound.read("a")


def test_too_many_members_are_refused(make_zip, monkeypatch):
    monkeypatch.setattr(archive, "_MOST_MEMBERS", 2)
    with pytest.raises(ReadError, match="3 parts"):
        Archive(make_zip({"a": "", "b": "", "c": ""}), "x.docx", kind=".docx")


def test_a_damaged_member_is_named(make_zip):
    data = bytearray(make_zip({"a.xml": bytes(range(256)) * 4}))
    data[45:60] = b"\x00" * 15
    with pytest.raises(ReadError, match=r"x\.docx, part 'a.xml': damaged"):
        Archive(bytes(data), "x.docx", kind=".docx").read("a.xml")
