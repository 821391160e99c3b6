"""Read a scale from its YAML file or by the name of one that is shipped; tell all that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from qualkit.errors import ReadError
from qualkit.scales.definition import Scale
from qualkit.scales.parsing import SCHEMA, parse_scale
from qualkit.yaml_files import YamlProblem, line_of, read_tree, read_yaml_bytes, to_plain

_MOST_SHOWN = 20
_MOST_CHARACTERS = 300

INSTRUMENTS = Path(__file__).parent / "instruments"


def read_scale(name_or_path: str | Path) -> Scale:
    """The scale of a YAML file, or a shipped one by its name.

    Parameters
    ----------
    name_or_path : str or Path
        A file (``scales/social_behaviour.yaml``) or a name (``"cyrm-28"``).

    Returns
    -------
    Scale

    Raises
    ------
    ReadError
        Names the file, and for each problem of its key the line and the remedy.

    Examples
    --------
    >>> scale = read_scale("cyrm-28")
    >>> {name: len(items) for name, items in scale.subscales.items()}
    {'individual': 11, 'relational': 7, 'contextual': 10}
    """
    path = _find(name_or_path)
    fields, problems = _parse(path)
    if problems:
        lines = [str(problem) for _, problem in problems[:_MOST_SHOWN]]
        if len(problems) > _MOST_SHOWN:
            lines.append(f"and {len(problems) - _MOST_SHOWN} more; check_scale tells them all.")
        raise ReadError("\n".join([f"The scale cannot be used, {len(problems)} problems:", *lines]))
    return Scale(**fields)


def check_scale(path: str | Path) -> pd.DataFrame:
    """All problems of a scale file; an empty table when it can be used.

    Returns
    -------
    DataFrame, one row per problem
        ``file``, ``line``, ``field``, ``problem``, ``remedy``.

    Examples
    --------
    >>> len(check_scale("cyrm-28"))
    0
    """
    rows = [
        (one.file, one.line, field, one.problem.removesuffix("."), one.remedy) for field, one in _parse(_find(path))[1]
    ]
    return pd.DataFrame(rows, columns=["file", "line", "field", "problem", "remedy"]).sort_values(
        "line", kind="stable", ignore_index=True
    )


def _find(name_or_path: str | Path) -> Path:
    shipped = {path.stem: path for path in sorted(INSTRUMENTS.glob("*.yaml"))}
    if str(name_or_path) in shipped:
        return shipped[str(name_or_path)]
    path = Path(name_or_path)
    if not _is_there(path):
        raise ReadError(
            f"{name_or_path}: there is no such file, and no shipped scale of that name ({', '.join(shipped)}). "
            f"Correct the path."
        )
    return path


def _short(problem: str) -> str:
    return problem if len(problem) <= _MOST_CHARACTERS else f"{problem[:_MOST_CHARACTERS]}…"


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _parse(path: Path) -> tuple[dict[str, Any], list[tuple[str, YamlProblem]]]:
    # The fields of the scale, and each problem with the field it is about.
    root, in_yaml = read_tree(read_yaml_bytes(path), path.name)
    if root is None and in_yaml:
        raise ReadError("\n".join(str(problem) for problem in in_yaml))
    if root is None or not isinstance(root.value, dict):
        raise ReadError(f"{path.name}: this is not a scale. It begins with a line 'schema: {SCHEMA}'.")
    fields, problems = parse_scale(to_plain(root))
    found = [("", problem) for problem in in_yaml]
    for one in problems:
        # A part that is missing altogether is told in line 1.
        line = line_of(root, one.place) if one.place and one.place[0] in root.value else 1
        problem = YamlProblem(file=path.name, line=line, problem=f"{_short(one.problem)}.", remedy=one.remedy)
        found.append((".".join(one.place), problem))
    return fields, found
