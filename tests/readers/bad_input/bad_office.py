"""Word, OpenDocument and PDF files that are broken or hostile."""

from __future__ import annotations

import struct
import zipfile
import zlib

from bad_kind import ENTITIES, EXTERNAL, Kind, cuts, either, is_read, make_zip, refused, remake, sample

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODT = "urn:oasis:names:tc:opendocument:xmlns"
ODT_NAMES = f'xmlns:office="{ODT}:office:1.0" xmlns:text="{ODT}:text:1.0" xmlns:table="{ODT}:table:1.0"'
MIMETYPE = "application/vnd.oasis.opendocument.text"
TEXT = "<w:p><w:r><w:t>A3：我不去。</w:t></w:r></w:p>"


def document(body: str, *, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def docx(body: str = TEXT, *, head: str = "", **parts: bytes | str) -> bytes:
    given = {key.replace("__", "/") + ".xml": value for key, value in parts.items()}
    return make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": document(body, head=head), **given})


def odt(body: str, *, head: str = "", **parts: bytes | str) -> bytes:
    xml = f"{head}<office:document-content {ODT_NAMES}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return make_zip({"mimetype": MIMETYPE, "content.xml": xml, **parts})


def ole(*streams: str) -> bytes:
    """A compound file with these (empty) streams, as locked and old Office files are."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * 432
    entries = b""
    for number, name in enumerate(("Root Entry", *streams)):
        raw = name.encode("utf-16-le")
        kind = 5 if number == 0 else 2
        child = 1 if number == 0 and streams else 0xFFFFFFFF
        right = number + 1 if 0 < number < len(streams) else 0xFFFFFFFF
        entry = raw.ljust(64, b"\0") + struct.pack("<HBB3I", len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
        entries += entry + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    fat = struct.pack("<2I", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    return header + fat + entries.ljust(512, b"\0") + bytes(4096)


def flat_bomb() -> bytes:
    return make_zip({"word/document.xml": document(TEXT + "<w:p/>" * 40_000_000)})


def many_small_bombs() -> bytes:
    part = b"<a/>" * 450_000
    return make_zip([("word/document.xml", document(TEXT)), *((f"word/media/{one}.xml", part) for one in range(150))])


def nested_bomb() -> bytes:
    inner = make_zip({"0": bytes(100_000_000)})
    for _ in range(4):
        inner = make_zip({f"word/{one}.zip": inner for one in range(10)})
    return make_zip({"word/document.xml": document(TEXT), "word/embeddings/a.zip": inner})


def overlapping(n: int = 4_000) -> bytes:
    """An archive whose entries all lie on the same bytes, each unpacking to a megabyte."""
    data = bytearray(make_zip({"word/document.xml": document(TEXT), "a": bytes(1_000_000)}))
    with zipfile.ZipFile(__import__("io").BytesIO(data)) as archive:
        about = archive.getinfo("a")
    (start,) = struct.unpack_from("<I", data, data.rindex(b"PK\5\6") + 16)
    end = data.rindex(b"PK\5\6")
    directory = bytes(data[start:end])
    entry = directory[directory.index(b"PK\1\2", 1) :]
    entries = b"".join(
        entry[:28] + struct.pack("<H", 5) + entry[30:46] + f"{one:05}".encode() + entry[47:] for one in range(n)
    )
    assert about.file_size == 1_000_000
    first = directory[: directory.index(b"PK\1\2", 1)]
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, n + 1, n + 1, len(first + entries), start, 0)
    return bytes(data[:start]) + first + entries + tail


def lying(archive: bytes, member: str, *, size: int) -> bytes:
    """The archive with another size (and the checksum of so many bytes) written for a member."""
    with zipfile.ZipFile(__import__("io").BytesIO(archive)) as opened:
        about = opened.getinfo(member)
        with opened.open(member) as stream:
            crc = zlib.crc32(stream.read(size))
    data = bytearray(archive)
    struct.pack_into("<I", data, about.header_offset + 14, crc)
    struct.pack_into("<I", data, about.header_offset + 22, size)
    place = data.index(b"PK\1\2")
    while data[place + 46 : place + 46 + len(member)] != member.encode():
        place = data.index(b"PK\1\2", place + 1)
    struct.pack_into("<I", data, place + 16, crc)
    struct.pack_into("<I", data, place + 24, size)
    return bytes(data)


def lying_docx() -> bytes:
    text = document(TEXT)
    return lying(
        make_zip({"word/document.xml": text + "<!--" + "x" * 300_000_000}), "word/document.xml", size=len(text.encode())
    )


def locked_member() -> bytes:
    data = bytearray(docx())
    place = data.index(b"PK\1\2")
    while b"document.xml" not in data[place : place + 70]:
        place = data.index(b"PK\1\2", place + 1)
    data[place + 8] |= 1
    data[data.index(b"word/document.xml") - 24] |= 1
    return bytes(data)


def twins() -> bytes:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = document("<w:p><w:r><w:t>另一份文字</w:t></w:r></w:p>")
        return make_zip([("word/document.xml", document(TEXT)), ("word/document.xml", other)])


def odd_names() -> bytes:
    names = (
        "../../x.xml",
        "/etc/x.xml",
        "C:\\x.xml",
        "..\\..\\x",
        "CON",
        "NUL.xml",
        "a\0b",
        "word/../../../../tmp/x",
        "/dev/null",
        "\u202e.xml",
        "x" * 5000,
    )
    return make_zip([("word/document.xml", document(TEXT)), *((name, "x") for name in names)])


def loop_of_notes() -> bytes:
    def note(kind: str, inner: str) -> str:
        return f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:id="1"><w:p><w:r><w:t>注</w:t>{inner}</w:r></w:p></w:{kind}></w:{kind}s>'

    sign = '<w:footnoteReference w:id="1"/><w:commentReference w:id="1"/>'
    return docx(
        f"{TEXT}<w:p><w:r>{sign}</w:r></w:p>",
        word__footnotes=note("footnote", sign),
        word__comments=note("comment", sign),
    )


def loop_of_styles() -> bytes:
    styles = "".join(
        f'<w:style w:type="{kind}" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for kind in ("paragraph", "character")
        for one, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "d"))
    )
    body = TEXT.replace("<w:r>", '<w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:rPr><w:rStyle w:val="d"/></w:rPr>')
    return docx(body, word__styles=f'<w:styles xmlns:w="{W}">{styles}</w:styles>')


def nested_tables(n: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * n + TEXT + "</w:tc></w:tr></w:tbl>" * n


def many_notes() -> bytes:
    notes = "".join(f'<w:comment w:id="{one}"><w:p/></w:comment>' for one in range(150_000))
    body = "<w:p>" + "".join(f'<w:r><w:commentReference w:id="{one}"/></w:r>' for one in range(150_000)) + "</w:p>"
    return docx(TEXT + body, word__comments=f'<w:comments xmlns:w="{W}">{notes}</w:comments>')


KINDS: list[Kind] = [
    refused("a Word file cut at many places", "A3.docx", lambda: cuts("interview_notes.docx")(), "docx"),
    refused("a Word file with a password", "A3.docx", ole("EncryptionInfo", "EncryptedPackage"), "password"),
    refused(
        "a locked Word file with the ending of a text", "A3.txt", ole("EncryptionInfo", "EncryptedPackage"), "password"
    ),
    refused("an old Word file", "A3.doc", ole("WordDocument", "1Table"), "before 2007"),
    refused("a part of a Word file locked by the packing program", "A3.docx", locked_member, "word/document.xml"),
    refused("an empty archive as Word file", "A3.docx", b"PK\5\6" + bytes(18), "docx"),
    refused("an archive of other things as Word file", "A3.docx", make_zip({"a.txt": "x"}), "word/document.xml"),
    refused("a zip bomb of one part", "A3.docx", flat_bomb, "zip bomb"),
    refused("a zip bomb of many parts", "A3.docx", many_small_bombs, "zip bomb"),
    is_read("a zip bomb inside a zip inside a Word file", "A3.docx", nested_bomb, "A3：我不去"),
    refused("entries of an archive on the same bytes", "A3.docx", overlapping, "zip bomb"),
    refused(
        "more parts than any Word file",
        "A3.docx",
        lambda: make_zip([("word/document.xml", document(TEXT)), *((f"{one}", "") for one in range(6_000))]),
        "6001 parts",
    ),
    either("a part larger than the archive says", "A3.docx", lying_docx),
    refused("two parts of one name", "A3.docx", twins, "word/document.xml"),
    is_read("names in an archive that lead out of it", "A3.docx", odd_names, "A3：我不去"),
    refused(
        "entities within entities in Word",
        "A3.docx",
        lambda: docx(TEXT.replace("我", "&i;"), head=ENTITIES),
        "entities",
    ),
    refused(
        "a file of the system asked for by Word",
        "A3.docx",
        lambda: docx(TEXT.replace("我", "&i;"), head=EXTERNAL),
        "entities",
    ),
    refused(
        "entities in UTF-16 in Word",
        "A3.docx",
        lambda: make_zip(
            {"word/document.xml": document(TEXT, head=ENTITIES).replace("UTF-8", "UTF-16").encode("utf-16")}
        ),
        "entities",
    ),
    refused(
        "a document type in UTF-7 in Word",
        "A3.docx",
        lambda: make_zip(
            {
                "word/document.xml": b'<?xml version="1.0" encoding="UTF-7"?>'
                + (ENTITIES + document(TEXT)).encode("utf-7")
            }
        ),
        "document.xml",
    ),
    refused("Word with broken XML", "A3.docx", lambda: docx("<w:p><w:r></w:p>"), "not valid XML"),
    refused(
        "Word without a body", "A3.docx", make_zip({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}), "no body"
    ),
    refused("Word with NUL in its XML", "A3.docx", lambda: docx(TEXT.replace("我", "\0")), "not valid XML"),
    refused("a thousand tables in one another in Word", "A3.docx", lambda: docx(nested_tables(1000)), "not valid XML"),
    is_read("eighty tables in one another in Word", "A3.docx", lambda: docx(nested_tables(80)), "A3：我不去"),
    refused(
        "a million paragraphs in Word",
        "A3.docx",
        lambda: docx(TEXT + "<w:p/><w:p a='1'/>" * 500_000 + "<w:p>" + "".join(map(str, range(99999))) + "</w:p>"),
        "paragraphs",
    ),
    is_read("150,000 comments at one place in Word", "A3.docx", many_notes, "A3：我不去"),
    is_read("notes that hang on themselves in Word", "A3.docx", loop_of_notes, "A3：我不去"),
    is_read("styles that rest on themselves in Word", "A3.docx", loop_of_styles, "A3：我不去"),
    either("an OpenDocument text cut at many places", "A3.odt", cuts("interview_notes.odt")),
    refused(
        "entities within entities in OpenDocument",
        "A3.odt",
        lambda: odt("<text:p>A3&i;</text:p>", head=ENTITIES),
        "entities",
    ),
    either(
        "a billion blanks in OpenDocument", "A3.odt", lambda: odt('<text:p>A3<text:s text:c="1000000000"/>不</text:p>')
    ),
    either(
        "a billion rows in OpenDocument",
        "A3.odt",
        lambda: odt(
            '<table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000"><text:p>A3</text:p></table:table-cell></table:table-row></table:table>'
        ),
    ),
    either(
        "spans in one another in OpenDocument",
        "A3.odt",
        lambda: odt("<text:p>A3" + "<text:span>" * 240 + "</text:span>" * 240 + "</text:p>"),
    ),
    refused(
        "a locked OpenDocument text",
        "A3.odt",
        lambda: odt(
            "x",
            **{
                "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>',
                "content.xml": bytes(range(256)),
            },
        ),
        "A3.odt",
    ),
    either(
        "a Word file put into another",
        "A3.docx",
        lambda: remake("interview_notes.docx", word__document_xml=sample("interview_notes.docx")),
    ),
]
