"""PDF files that are broken or hostile."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping

from bad_kind import Kind, cuts, either, refused, sample

TEXT = b"BT /F1 12 Tf 72 720 Td (A3: I do not want to go to school any more.) Tj ET\n"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF file of these objects; the root is the first."""
    data = b"%PDF-1.7\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    size = max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[one] if one in places else b"0000000000 65535 f \n" for one in range(size)
    )
    start = len(data)
    return data + b"xref\n0 %d\n%btrailer\n<</Size %d %b>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        trailer,
        start,
    )


def stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<</Length %d %b>>\nstream\n%b\nendstream" % (len(content), about, content)


def page(*, contents: bytes = b"4 0 R", more: bytes = b"") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>%b>>/Contents %b>>" % (
        more,
        contents,
    )


def plain(**given: bytes) -> bytes:
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page(),
        4: stream(TEXT),
        5: FONT,
    }
    objects.update({int(name[1:]): content for name, content in given.items()})
    return pdf(objects)


def locked() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sample("interview_libreoffice.pdf"))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb(n: int = 300_000_000, depth: int = 1) -> bytes:
    content, packed = TEXT + b" " * n, b""
    packer = zlib.compressobj(9)
    packed = packer.compress(content) + packer.flush()
    for _ in range(depth - 1):
        packed = zlib.compress(packed, 9)
    return plain(_4=stream(packed, b"/Filter[" + b"/FlateDecode" * depth + b"]"))


def many_bombs() -> bytes:
    """Five hundred pages that all show the same stream of two megabytes."""
    packed = zlib.compress(TEXT + b" " * 1_900_000, 9)
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 510))
    pages = {number: page() for number in range(10, 510)}
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[%b]/Count 500>>" % kids,
            4: stream(packed, b"/Filter/FlateDecode"),
            5: FONT,
            **pages,
        }
    )


def huge_tree() -> bytes:
    kids = b" ".join([b"3 0 R"] * 400_000)
    return plain(_2=b"<</Type/Pages/Kids[%b]/Count 400000>>" % kids)


def deep_tree() -> bytes:
    objects = {
        1: b"<</Type/Catalog/Pages 10 0 R>>",
        3: page(),
        4: stream(TEXT),
        5: FONT,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    }
    for number in range(10, 5_000):
        objects[number] = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1 if number < 4_999 else 2)
    return pdf(objects)


def forms() -> bytes:
    """A drawing that shows itself, ten times each time."""
    body = b"/X Do " * 10 + TEXT
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>/Font<</F1 5 0 R>>>>"
    return plain(_3=page(more=b"/XObject<</X 6 0 R>>"), _4=stream(body), _6=stream(body, form))


def mapped_font() -> bytes:
    """A font whose table of characters says that there are four billion of them."""
    table = (
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange\n" * 40
    )
    return plain(
        _5=b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[]>>",
        _6=stream(table),
    )


def nested_arrays() -> bytes:
    return plain(_3=page(more=b"/Y " + b"[" * 100_000 + b"]" * 100_000))


def operations() -> bytes:
    return plain(_4=stream(TEXT + b"0 0 m 1 1 l S\n" * 130_000))


def looping_xref() -> bytes:
    data = plain()
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % data.index(b"xref\n0")) if start else data


KINDS: list[Kind] = [
    either("a PDF cut at many places", "A3.pdf", cuts("interview_libreoffice.pdf")),
    refused("a PDF with a password", "A3.pdf", locked, "password"),
    refused("a PDF of pictures alone", "A3.pdf", lambda: sample("scanned.pdf"), "OCR"),
    refused("a PDF of nothing but its head", "A3.pdf", b"%PDF-1.7\n%%EOF", "A3.pdf"),
    either(
        "pages of a PDF that hang on themselves",
        "A3.pdf",
        lambda: [
            plain(_2=b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"),
            plain(_1=b"<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>"),
            plain(_3=b"3 0 R"),
            plain(_2=b"<</Type/Pages/Parent 2 0 R/Kids 2 0 R/Count 2>>"),
        ],
    ),
    either(
        "a stream of a PDF as long as itself",
        "A3.pdf",
        lambda: [
            plain(_4=b"<</Length 4 0 R>>\nstream\n" + TEXT + b"\nendstream"),
            plain(_3=page(contents=b"[3 0 R 4 0 R]")),
            plain(_3=page(contents=b"[[4 0 R]]")),
        ],
    ),
    either("tables of a PDF that lead back to themselves", "A3.pdf", looping_xref),
    refused("more pages in a PDF than any record", "A3.pdf", huge_tree),
    either("pages of a PDF 5,000 levels deep", "A3.pdf", deep_tree),
    refused("a stream of a PDF that unpacks to 300 MB", "A3.pdf", bomb, "A3.pdf"),
    refused("a stream of a PDF packed three times", "A3.pdf", lambda: bomb(depth=3), "A3.pdf"),
    refused("one stream of a PDF on 500 pages", "A3.pdf", many_bombs, "page"),
    either("a drawing in a PDF that shows itself", "A3.pdf", forms),
    either("a font in a PDF with four billion characters", "A3.pdf", mapped_font),
    either("100,000 lists in one another in a PDF", "A3.pdf", nested_arrays),
    either("a page of a PDF full of lines", "A3.pdf", operations),
]
