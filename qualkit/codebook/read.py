"""Read a codebook; a faulty one is refused with all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from qualkit.codebook.parse import parse_codebook
from qualkit.errors import CodebookError
from qualkit.model import Codebook
from qualkit.yaml_files import read_yaml_bytes


def read_codebook(path: str | Path) -> Codebook:
    """Read a codebook in YAML (``schema: qualkit.codebook/1``).

    Raises
    ------
    CodebookError
        With every error of the file, each with file, line and remedy. ``check_codebook`` gives
        them as a table, warnings included.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "types.yaml")
    ...     codes = "codes:\\n- {id: type, label: {zh: 偏差类型}}\\n"
    ...     _ = path.write_text("schema: qualkit.codebook/1\\nid: types\\nversion: '1'\\n" + codes, encoding="utf-8")
    ...     [(code.key, code.label["zh"]) for code in read_codebook(path).codes]
    [('type', '偏差类型')]
    """
    path = Path(path)
    codebook, problems = parse_codebook(read_yaml_bytes(path, error=CodebookError), path.name)
    if codebook is None:
        raise CodebookError("\n".join(str(problem) for problem in problems if problem.severity == "error"))
    return codebook
