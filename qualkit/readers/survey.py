"""Read a questionnaire: exports of 问卷星 and SPSS files, or a table with one row per person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qualkit.errors import ReadError
from qualkit.readers.decode import decode_text
from qualkit.readers.files import read_bytes
from qualkit.readers.survey_model import Survey
from qualkit.readers.survey_rows import Wanted
from qualkit.readers.survey_sav import is_spss, read_spss
from qualkit.readers.survey_table import read_survey_table
from qualkit.readers.survey_wjx import is_wjx, read_wjx
from qualkit.readers.table import read_rows

SURVEY_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".sav", ".zsav", ".por")
SPSS_SUFFIXES = (".sav", ".zsav", ".por")
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")


def read_survey(
    path: str | Path,
    *,
    keep_identifying: bool = False,
    case: str | None = None,
    kinds: Mapping[str, str] | None = None,
) -> Survey:
    """Read a questionnaire with all respondents.

    Parameters
    ----------
    path : str or Path
        An export of 问卷星 (``.csv`` or ``.xlsx``, answers as words or as numbers), an SPSS file
        (``.sav``, ``.zsav``, ``.por``), or a table with one row per person and one column per question.
    keep_identifying : bool
        Without it, names, telephone numbers, addresses, accounts and the like are not read, and
        ``dropped`` says so. A question that offers answers to choose from is always read.
    case : str, optional
        The column or question that holds the code of the case, when it is not headed 编号, 您的编号是？,
        ID or the like.
    kinds : mapping, optional
        What kind a question is when it was understood wrongly: ``{"q7": "open"}``.

    Returns
    -------
    Survey
        With the tables ``questions``, ``answers``, ``respondents``, ``dropped`` and ``concerns``, and
        ``notes`` on what was understood.

    Raises
    ------
    ReadError
        For a file that is damaged, has no respondents or no questions.
    """
    path = Path(path)
    data = read_bytes(path)
    wanted = Wanted(name=path.stem, kinds=kinds, case=case, keep_identifying=keep_identifying)
    if is_spss(data):
        return read_spss(path, data, wanted)
    if path.suffix.lower() in SPSS_SUFFIXES:
        raise ReadError(f"{path.name} is no SPSS file: it does not begin as one. Save it again in SPSS.")
    rows = read_rows(path)
    encoding = decode_text(data, path.name)[1] if path.suffix.lower() in _TEXT_SUFFIXES else "Excel"
    read = read_wjx if is_wjx(rows.header) else read_survey_table
    return read(rows, wanted, encoding=encoding)
