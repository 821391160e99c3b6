"""Read tables of coded segments as Taguette, QualCoder, MAXQDA and qualkit write them: which words got which code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.files import read_bytes
from qualkit.readers.html import read_html
from qualkit.readers.spreadsheet import read_sheet
from qualkit.readers.table import read_csv_rows

COLUMNS = ("source", "quote", "code", "coder", "memo")

# What programs call the columns. In a QualCoder table by cases the file stands in a column of its own.
_NAMES = {
    "source": (
        "source",
        "document",
        "document name",
        "file",
        "filename",
        "来源",
        "材料",
        "文档",
        "文档名称",
        "文件",
        "文件名",
    ),
    "quote": (
        "quote",
        "content",
        "coded",
        "segment",
        "coded text",
        "引文",
        "原文",
        "原始语句",
        "内容",
        "编码片段",
        "片段",
    ),
    "code": ("code", "tag", "codename", "code name", "编码", "代码", "标签", "节点"),
    "coder": ("coder", "created by", "owner", "编码者", "编码员", "编码人"),
    "memo": ("memo", "coded_memo", "comment", "备忘录", "备注", "注释"),
}
_NEEDED = ("source", "quote", "code")
_WHAT = {"source": "source (document, file)", "quote": "quote (content, coded)", "code": "code (tag, codename)"}

# QualCoder lists coded pictures and recordings in the same table; they are no text.
_NO_TEXT_ID = re.compile(r"\s*(?:imid|avid):\s*\d+\s*", re.IGNORECASE)

# `[120-134] 退缩, File: A3.docx,  Coder: Lin` above each coded text of a QualCoder report.
_HEADING = re.compile(
    r"(?:\[(?:VIEW|\d{1,9}-\d{1,9})\]\s)?(?P<code>[^\n,]{1,200}), (?:CODE MEMO: .{0,2000}?)?"
    r"File: (?P<source>[^\n]{1,200}?),"
    r"(?: {1,2}Case: [^\n]{1,200}?)? {1,2}Coder: (?P<coder>[^\n,]{1,100})(?P<id>, (?:ctid|imid|avid): \d{1,12})?\s*"
)

_MOST_CELLS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One code on one quotation; ``row`` is where it stands in the file. What is not told is empty."""

    row: int
    source: str
    quote: str
    code: str
    coder: str = ""
    memo: str = ""


def read_segments(path: str | Path) -> list[Segment]:
    """Read a table or report of coded segments.

    Parameters
    ----------
    path : str or Path
        ``.csv`` or ``.xlsx``: the highlights of Taguette (id, document, tag, content), the coding report of
        QualCoder (File, Coder, Coded, Id, Codename, Coded_Memo), or columns source, quote, code;
        ``.html`` or ``.txt``: the coding report of QualCoder.

    Returns
    -------
    list of Segment
        One for each code on a quotation. Highlights without a tag and codings of pictures are left out.

    Raises
    ------
    ReadError
        Naming the file, the columns that are missing and those that are there.
    """
    path = Path(path)
    content = Content(read_bytes(path), path.name)
    if content.suffix in (".html", ".htm"):
        return _report_segments(read_html(content).text, path.name)
    if content.suffix == ".txt" and any(_HEADING.fullmatch(line) for line in content.head.split("\n")):
        return _report_segments(content.text, path.name)
    return list(_table_segments(_rows(content), path.name))


def _rows(content: Content) -> Iterator[tuple[int, list[str]]]:
    if content.suffix in (".csv", ".tsv", ".txt"):
        return read_csv_rows(content.data, content.name)
    if content.suffix in (".xlsx", ".xlsm"):
        return read_sheet(content.data, content.name)
    raise ReadError(
        f"{content.name}: coded segments of the kind {content.suffix or '(no ending)'} cannot be read. "
        "Save them as .xlsx or .csv."
    )


def _table_segments(rows: Iterable[tuple[int, list[str]]], name: str) -> Iterator[Segment]:
    places: dict[str, int] | None = None
    header: list[str] = []
    n_cells = 0
    for number, raw in rows:
        cells = [cell.strip() for cell in raw]
        if not any(cells):
            continue
        if places is None:
            header = cells
            places = _places(header, name)
            continue
        n_cells += len(cells)
        if n_cells > _MOST_CELLS:
            raise ReadError(f"{name} has more than {_MOST_CELLS:,} cells. Split the table.")
        if any(cells[len(header) :]):
            raise ReadError(
                f"{name}, row {number}: {len(cells)} cells, but the header has {len(header)}. "
                "Put text with a comma in quotes, or give the column a name in the header."
            )
        values = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
        if not _is_left_out(values, header):
            yield Segment(row=number, **{column: values.get(column, "") for column in COLUMNS})
    if places is None:
        raise ReadError(f"{name} has no rows. Write the names of the columns into its first row.")


def _places(header: list[str], name: str) -> dict[str, int]:
    # A name that stands further left in the list goes first; of equal headers the first column counts.
    plain = [cell.lower() for cell in header]
    places = {}
    for column, names in _NAMES.items():
        found = next((one for one in names if one in plain), None)
        if found is not None:
            places[column] = plain.index(found)
    missing = [_WHAT[column] for column in _NEEDED if column not in places]
    if missing:
        raise ReadError(
            f"{name} has no column {', '.join(missing)}; it has {', '.join(cell for cell in header if cell)}. "
            "Rename or add it."
        )
    if "id" in plain:
        places["id"] = plain.index("id")
    return places


def _is_left_out(values: dict[str, str], header: list[str]) -> bool:
    if "id" not in values:
        return False
    is_untagged = not values["code"] and "tag" in (cell.lower() for cell in header)
    return is_untagged or bool(_NO_TEXT_ID.fullmatch(values["id"]))


def _report_segments(text: str, name: str) -> list[Segment]:
    lines = text.split("\n")
    heads = [(place, match) for place, line in enumerate(lines) if (match := _HEADING.fullmatch(line))]
    if not heads:
        raise ReadError(
            f"{name} is no coding report of QualCoder (no line `code, File: …, Coder: …`). "
            "Export the codings as .csv or .xlsx."
        )
    ends = [place for place, _ in heads[1:]] + [len(lines)]
    return [
        segment
        for (place, match), end in zip(heads, ends, strict=True)
        if (segment := _report_segment(place + 1, match, lines[place + 1 : end])).quote and not _is_no_text(match)
    ]


def _report_segment(row: int, match: re.Match[str], said: list[str]) -> Segment:
    memo = next((place for place, line in enumerate(said) if line.startswith("MEMO: ")), len(said))
    return Segment(
        row=row,
        source=match["source"].strip(),
        quote="\n".join(said[:memo]).strip(),
        code=match["code"].strip(),
        coder=match["coder"].strip(),
        memo="\n".join(said[memo:]).removeprefix("MEMO: ").strip(),
    )


def _is_no_text(match: re.Match[str]) -> bool:
    return (match["id"] or "").startswith((", imid", ", avid"))
