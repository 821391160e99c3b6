"""Everything that is wrong with a codebook file, as a table."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pandas as pd

from qualkit.codebook.parse import parse_codebook
from qualkit.errors import CodebookError
from qualkit.yaml_files import read_yaml_bytes

COLUMNS = ["file", "line", "code", "severity", "problem", "remedy"]


def check_codebook(path: str | Path) -> pd.DataFrame:
    """Check a codebook file.

    Returns
    -------
    DataFrame
        One row is one problem, by line: ``file``, ``line`` (from 1), ``code`` (blank when it is
        none's), ``severity`` (``error`` or ``warning``; a codebook with warnings alone can be
        read), ``problem``, ``remedy``. Empty when the codebook is sound.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "types.yaml")
    ...     codes = "codes:\\n" + 2 * "- {id: type, label: {zh: 偏差类型}}\\n"
    ...     _ = path.write_text("schema: qualkit.codebook/1\\nid: types\\nversion: '1'\\n" + codes, encoding="utf-8")
    ...     table = check_codebook(path)
    >>> table.loc[table["severity"] == "error", ["line", "code"]].values.tolist()
    [[6, 'type']]
    """
    path = Path(path)
    _, problems = parse_codebook(read_yaml_bytes(path, error=CodebookError), path.name)
    table = pd.DataFrame([asdict(problem) for problem in problems], columns=COLUMNS)
    return table.astype({column: "int64" if column == "line" else "str" for column in COLUMNS})
