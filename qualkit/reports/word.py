"""A table as a Word file: title above, three lines, note below."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import pandas as pd
from docx.document import Document as DocumentType

from qualkit.checks import require_choice, require_columns, require_count, require_rows, require_text
from qualkit.errors import OptionError
from qualkit.reports.cells import cell_text, decimals_of
from qualkit.reports.document import SIZE_NOTE, add_paragraph, add_words, new_document, save_document
from qualkit.reports.labels import column_label
from qualkit.reports.three_line_table import add_three_line_table


def word_table(
    table: pd.DataFrame,
    title: str,
    *,
    path: str | os.PathLike[str] | None = None,
    document: DocumentType | None = None,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    quotes: Sequence[str] = (),
    statistics: Sequence[str] = (),
    note: str | None = None,
    decimals: int = 2,
    language: str = "zh",
) -> DocumentType:
    """A three-line table under its title, as supervisors read it.

    Parameters
    ----------
    table : DataFrame
        One row becomes one row. Numbers are rounded here and nowhere before: p values to three decimals and
        never 0.000, counts without decimals, missing values as "—".
    title : str
        With its number: ``"表4-2 前后测对比"``.
    path : path, optional
        Where to save the document (``.docx``).
    document : python-docx Document, optional
        A document from an earlier call, to put several tables into one file.
    columns : sequence or mapping, optional
        Which columns in which order; a mapping also gives their heads.
    labels : mapping, optional
        What to call values such as the key of a code; also column names.
    quotes : sequence of str
        Columns with words of participants; set in 楷体.
    statistics : sequence of str
        Columns of text with results in it; letters such as *t* and *p* are set in italics.
    note : str, optional
        Below the table, after "注：" unless it begins so itself. A line break starts a new line.

    Returns
    -------
    python-docx Document

    Examples
    --------
    >>> table = pd.DataFrame({"subscale": ["退缩"], "difference": [-4.1], "p_value": [0.0004]})
    >>> document = word_table(table, "表4-2 前后测对比")
    >>> [cell.text for cell in document.tables[0].rows[1].cells]
    ['退缩', '−4.10', '<0.001']
    """
    require_choice("language", language, ("zh", "en"))
    require_text("title", title)
    require_text("note", note or "")
    require_count("decimals", decimals, high=15)
    require_rows(table, what=title)
    heads = _heads(table, columns, labels, language, title)
    rows = _rows(table, list(heads), decimals, labels, language)
    document = new_document(language=language) if document is None else document
    _add_title(document, title)
    add_three_line_table(
        document,
        list(heads.values()),
        rows,
        is_number=[pd.api.types.is_numeric_dtype(table[column]) for column in heads],
        styles=["quote" if column in quotes else "statistics" if column in statistics else "plain" for column in heads],
    )
    _add_note(document, note, language)
    if path is not None:
        save_document(document, path)
    return document


def _heads(table: pd.DataFrame, columns, labels, language: str, title: str) -> dict[str, str]:
    wanted = list(table.columns) if columns is None else list(columns)
    if not wanted:
        raise OptionError(f"{title}: columns is empty. Name the columns to print.")
    require_columns(table, wanted, what=title)
    given = columns if isinstance(columns, Mapping) else {}
    levels = set(table["ci_level"].dropna()) if "ci_level" in table.columns else set()
    level = float(levels.pop()) if len(levels) == 1 else None
    return {
        str(name): str(given.get(name, column_label(str(name), language, labels, ci_level=level))) for name in wanted
    }


def _rows(table: pd.DataFrame, columns: Sequence[str], decimals: int, labels, language: str) -> list[list[str]]:
    printed = []
    for column in columns:
        values = table[column]
        places = decimals_of(values, default=decimals) if pd.api.types.is_numeric_dtype(values) else decimals
        printed.append(
            [cell_text(value, column, decimals=places, language=language, labels=labels) for value in values]
        )
    return [list(row) for row in zip(*printed, strict=True)]


def _add_title(document: DocumentType, title: str) -> None:
    paragraph = add_paragraph(document, is_centred=True, before=12, after=4)
    paragraph.style = document.styles["Caption"]
    paragraph.paragraph_format.keep_with_next = True
    add_words(paragraph, title)
    for run in paragraph.runs:
        run.bold = True


def _add_note(document: DocumentType, note: str | None, language: str) -> None:
    # Without a paragraph in between Word would join two tables into one.
    lines = note.strip().split("\n") if note else [""]
    if lines[0] and not lines[0].startswith(("注", "Note")):
        lines[0] = ("注：" if language == "zh" else "Note. ") + lines[0]
    for number, line in enumerate(lines):
        paragraph = add_paragraph(document, before=3 if number == 0 else 0)
        add_words(paragraph, line, size=SIZE_NOTE)
