"""How the codes of a codebook hang together: keys, parents, loops."""

from __future__ import annotations

from collections.abc import Sequence

from qualkit.codebook.problems import Problem
from qualkit.model import Code


def check_structure(codes: Sequence[Code], lines: Sequence[int], file: str) -> list[Problem]:
    """Find double keys, unknown parents, parents that do not fit the key, and loops.

    >>> codes = [Code(key="a", parent="b"), Code(key="b", parent="a")]
    >>> [str(problem) for problem in check_structure(codes, [3, 5], "x.yaml")][-1]
    "x.yaml, line 3: code 'a': its parents form a loop (a → b → a). Remove the parent of the topmost code."
    """
    first_line: dict[str, int] = {}
    parents: dict[str, str | None] = {}
    problems = []
    for code, line in zip(codes, lines, strict=True):
        if code.key in first_line:
            problem = f"the id is given twice (first in line {first_line[code.key]})."
            problems.append(_problem(file, line, code.key, problem, "Rename or remove one of the two."))
            continue
        first_line[code.key] = line
        parents[code.key] = code.parent
    for key, parent in parents.items():
        problems.extend(_check_parent(key, parent, parents, file, first_line[key]))
    for loop in _find_loops(parents):
        path = " → ".join([*loop, loop[0]])
        problem = f"its parents form a loop ({path})."
        problems.append(_problem(file, first_line[loop[0]], loop[0], problem, "Remove the parent of the topmost code."))
    return problems


def _check_parent(key: str, parent: str | None, parents: dict[str, str | None], file: str, line: int) -> list[Problem]:
    expected = key.rpartition(".")[0] or None
    if parent is not None and parent not in parents:
        problem = f"its parent {parent!r} is not in this codebook."
        return [_problem(file, line, key, problem, f"Add {parent!r} or correct the name.")]
    if parent != expected:
        remedy = (
            f"Write 'parent: {expected}', or change the id." if expected else "Remove the parent, or change the id."
        )
        if parent is not None:
            remedy = f"Name the code {parent}.{key.rpartition('.')[2]!s}, or correct the parent."
        found = "it has no parent" if parent is None else f"its parent is {parent!r}"
        return [_problem(file, line, key, f"{found}, but the id says {expected or 'that it is a top code'!s}.", remedy)]
    return []


def _find_loops(parents: dict[str, str | None]) -> list[list[str]]:
    settled: set[str] = set()
    loops = []
    for key in parents:
        path: list[str] = []
        place: dict[str, int] = {}
        step: str | None = key
        while step is not None and step in parents and step not in settled and step not in place:
            place[step] = len(path)
            path.append(step)
            step = parents[step]
        if step in place:
            loops.append(path[place[step] :])
        settled.update(path)
    return loops


def _problem(file: str, line: int, code: str, problem: str, remedy: str) -> Problem:
    return Problem(file=file, line=line, code=code, problem=problem, remedy=remedy)
