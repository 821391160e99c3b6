"""Files as large as they may be, and some that are a little larger."""

from __future__ import annotations

from bad_kind import Kind, is_read, refused
from bad_office import docx, odt
from bad_pdf import FONT, page, pdf, stream
from bad_speech import CHA, SLOTS, aligned, eaf, tier
from bad_tables import xlsx

WORDS = "我今天没有去学校因为奶奶病了我在家里照顾她"


def paragraphs(form: str, n: int) -> str:
    return "".join(form.format(f"A{one % 9}：{(WORDS * 3)[:43]}") for one in range(n))


def marked_up_docx(n: int) -> bytes:
    # No two runs are alike, so that the packing program finds little to do.
    runs = "".join(f'<w:r w:rsidR="{hash((one, 7)) % 16**8:08X}"><w:t>a</w:t></w:r>' for one in range(n))
    return docx(f"<w:p>{runs}</w:p>")


def table(n_rows: int, n_columns: int, cell: str, *, first: str = "") -> str:
    heads = [first] * bool(first) + [str(one) for one in range(1, n_columns + 1)]
    rows = (",".join(([f"A{row}"] if first else []) + [cell] * n_columns) for row in range(n_rows))
    return "\n".join([",".join(heads), *rows])


def sheet(n_rows: int, n_columns: int) -> bytes:
    head = "".join(f'<c t="inlineStr"><is><t>c{column}</t></is></c>' for column in range(n_columns))
    rows = (
        "<row>"
        + "".join(f"<c><v>{1_000_000 + row * n_columns + column}</v></c>" for column in range(n_columns))
        + "</row>"
        for row in range(n_rows)
    )
    return xlsx(f"<row>{head}</row>" + "".join(rows))


def pages(n: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 10 + 2 * n, 2))
    lines = b"".join(
        b"0 -12 Td (A%d: what I said in the line %d of the page) Tj " % (one % 9, one) for one in range(40)
    )
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, n), 5: FONT}
    for number in range(10, 10 + 2 * n, 2):
        objects[number] = page(contents=b"%d 0 R" % (number + 1))
        objects[number + 1] = stream(b"BT /F1 9 Tf 72 720 Td " + lines + b"ET")
    return pdf(objects)


def json_segments(n: int) -> str:
    one = '{{"start":{0},"end":{0},"text":"{1}","speaker":"S{2}"}}'
    return '{"language":"zh","segments":[' + ",".join(one.format(time, WORDS, time % 3) for time in range(n)) + "]}"


def cues(n: int) -> str:
    times = ((one // 60 % 60, one % 60) for one in range(n))
    return "WEBVTT\n\n" + "".join(f"00:{m:02}:{s:02}.000 --> 00:59:59.000\n<v S{s % 5}>{WORDS}\n\n" for m, s in times)


def annotations(n: int) -> str:
    return eaf(SLOTS.format(0, 9) + "".join(tier(f"T{one}", *map(aligned, map(str, range(n)))) for one in range(5)))


LARGEST: list[Kind] = [
    is_read(
        "Word of 200,000 paragraphs",
        "A3.docx",
        lambda: docx(paragraphs("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", 200_000)),
        "200000 turns",
    ),
    is_read("Word with as much markup as may be", "A3.docx", lambda: marked_up_docx(490_000), "aaaa"),
    refused("Word with more markup", "A3.docx", lambda: marked_up_docx(600_000), "too much markup"),
    is_read(
        "OpenDocument of 199,000 paragraphs",
        "A3.odt",
        lambda: odt(paragraphs("<text:p>{}</text:p>", 199_000)),
        "199000 turns",
    ),
    is_read(
        "RTF of two million characters",
        "A3.rtf",
        lambda: b"{\\rtf1\\ansicpg936 " + paragraphs("{}\\par ", 46_000).encode("gb18030") + b"}",
        "A0：我今天",
    ),
    is_read(
        "a page of 180,000 paragraphs",
        "A3.html",
        lambda: "<html><body>" + paragraphs("<p>{}</p>", 180_000) + "</body></html>",
        "180000 turns",
    ),
    is_read("a text of 9,700,000 characters", "A3.txt", lambda: paragraphs("{}\n", 207_000), "207000 turns"),
    is_read(
        "Markdown of 9,700,000 characters",
        "A3.md",
        lambda: "# 访谈\n\n" + paragraphs("{}\n\n", 200_000),
        "200000 turns",
    ),
    is_read("JSON of 99,000 segments", "A3.json", lambda: json_segments(99_000), "99000 turns"),
    is_read(
        "JSON of three million empty lists",
        "A3.json",
        lambda: '{"segments":[{"start":0,"end":1,"text":"我不去"}],"x":[' + "[]," * 3_300_000 + "[]]}",
        "我不去",
    ),
    is_read("WebVTT of 99,000 cues", "A3.vtt", lambda: cues(99_000), "turns"),
    refused("WebVTT of more characters than may be", "A3.vtt", lambda: cues(180_000), "texts up to 10,000,000"),
    is_read("ELAN with as many annotations as may be", "A3.eaf", lambda: annotations(49_000), "我不去"),
    refused("ELAN with more annotations", "A3.eaf", lambda: annotations(60_000), "larger than any recording"),
    is_read("CHAT of 99,000 utterances", "A3.cha", lambda: CHA + f"*CHI:\t{WORDS} .\n%com:\t{WORDS}\n" * 99_000, WORDS),
    is_read("a PDF of 990 pages", "A3.pdf", lambda: pages(990), "39600 turns"),
    refused("a PDF of 1,001 pages", "A3.pdf", lambda: pages(1_001), "1,001 pages"),
    is_read("CSV of 96 megabytes", "A3.csv", lambda: table(60_000, 25, WORDS), WORDS, read="table"),
    is_read("CSV of 2,500,000 cells", "A3.csv", lambda: table(24_999, 100, "12"), "12", read="table"),
    is_read("Excel of 2,490,000 cells", "A3.xlsx", lambda: sheet(24_900, 100), "1000000", read="table"),
    refused("Excel of 2,600,000 cells", "A3.xlsx", lambda: sheet(26_000, 100), "2,500,000 cells", read="table"),
    is_read("answers of 20,000 people", "s.csv", lambda: table(20_000, 120, "3", first="编号"), "A0", read="responses"),
    is_read(
        "participants with 120 attributes", "p.csv", lambda: table(8_200, 120, "3", first="编号"), "A0", read="people"
    ),
    refused(
        "participants with more cells",
        "p.csv",
        lambda: table(9_000, 120, "3", first="编号"),
        "1,000,000",
        read="people",
    ),
    is_read(
        "a questionnaire of 24,000 people",
        "w.csv",
        lambda: table(24_000, 100, "3", first="编号"),
        "24000 respondents",
        read="survey",
    ),
    is_read(
        "a record of 49,900 rows",
        "o.csv",
        lambda: "节次,组员编号,参与度(1-5)\n" + "".join(f"{one % 90 + 1},A{one // 90},3\n" for one in range(49_900)),
        "A0",
        read="record",
    ),
    refused(
        "a record of 60,000 rows",
        "o.csv",
        lambda: "节次,组员编号,参与度(1-5)\n" + "1,A1,3\n" * 60_000,
        "50,000",
        read="record",
    ),
]
