"""Read a scale from its YAML file or by the name of one that is shipped; tell all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from qualkit.errors import ReadError
from qualkit.scales.definition import Scale
from qualkit.scales.parsing import SCHEMA, parse_scale

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
    data = _load(path)
    fields, problems = parse_scale(data)
    if problems:
        lines = "\n".join(
            f"{path.name}, line {_line(data, one.place)}: {one.problem}. {one.remedy}" for one in problems
        )
        raise ReadError(f"The scale cannot be used, {len(problems)} problems:\n{lines}")
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
    file = _find(path)
    data = _load(file)
    rows = [
        (file.name, _line(data, one.place), ".".join(one.place), one.problem, one.remedy)
        for one in parse_scale(data)[1]
    ]
    return pd.DataFrame(rows, columns=["file", "line", "field", "problem", "remedy"]).sort_values(
        "line", kind="stable", ignore_index=True
    )


def _find(name_or_path: str | Path) -> Path:
    shipped = {path.stem: path for path in sorted(INSTRUMENTS.glob("*.yaml"))}
    if str(name_or_path) in shipped:
        return shipped[str(name_or_path)]
    path = Path(name_or_path)
    if not path.is_file():
        raise ReadError(
            f"{name_or_path}: there is no such file, and no shipped scale of that name ({', '.join(shipped)}). "
            f"Correct the path."
        )
    return path


def _load(path: Path) -> CommentedMap:
    try:
        data = YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError(f"{path.name}: byte {error.start} is not UTF-8. Save the file as UTF-8.") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ReadError(f"{path.name}, line {line}: not valid YAML ({error.problem}). Correct this line.") from error
    except (YAMLError, ValueError) as error:
        raise ReadError(f"{path.name}: not valid YAML ({error}). Compare it with a scale that can be read.") from error
    if not isinstance(data, CommentedMap):
        raise ReadError(f"{path.name}: this is not a scale. It begins with a line 'schema: {SCHEMA}'.")
    return data


def _line(data: CommentedMap, place: tuple[str, ...]) -> int:
    # The line of the innermost key on the way that is written in the file; line 1 for a missing one at the top.
    line, node = 1, data
    for key in place:
        if not isinstance(node, CommentedMap) or key not in node:
            break
        line, node = node.lc.key(key)[0] + 1, node[key]
    return line
