"""The variables of an SPSS file with their labels, missing values and answers, in the encoding that fits."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from qualkit.errors import ReadError
from qualkit.readers.decode import looks_chinese
from qualkit.readers.sav_layout import SavLayout, is_sav, read_layout, require_few_cells

_PROCESS = Path(__file__).with_name("sav_process.py")
_MOST_MEMORY = 512 * 2**20
_WALL_SECONDS = 60
_REMEDY = "Open it in SPSS, PSPP or JASP and save it again, or export it as .csv."
_PORTABLE_MOST = 2_500_000
# Encodings in which a file may truly be when it says so; others are often said by mistake.
_TRUSTED = re.compile(
    r"utf-?8|gb.*|cp936|big-?5.*|cp950|shift.*|cp932|euc.*|iso-8859-(?!1$).*|windows-125[013-8]|koi8.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Variable:
    """One variable: ``values`` are numbers (NaN: nothing) or ``texts`` words ("" : nothing)."""

    name: str
    label: str
    format: str
    values: np.ndarray | None = None
    texts: list[str] | None = None
    labels: Mapping[float | str, str] = field(default_factory=dict)
    missing: tuple[tuple[float | str, float | str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSet:
    """A multiple response set: which variables belong together, and which value means "chosen" (``None``: codes)."""

    name: str
    label: str
    variables: tuple[str, ...]
    counted: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavFile:
    """What an SPSS file holds."""

    variables: tuple[Variable, ...]
    sets: tuple[AnswerSet, ...]
    encoding: str
    n_rows: int


def is_portable(data: bytes) -> bool:
    """Whether the bytes begin as an SPSS portable file."""
    return b"SPSSPORT" in data[:500].replace(b"\r", b"").replace(b"\n", b"")


def read_sav_file(path: Path, data: bytes) -> SavFile:
    """Read a ``.sav``, ``.zsav`` or ``.por`` file."""
    is_system = is_sav(data)
    layout = read_layout(data, path.name) if is_system else SavLayout(n_variables=1, n_cases=-1, encoding="utf-8")
    head, numbers = _run(path, "sav" if is_system else "por", layout, len(data))
    names = head["names"]
    columns = iter(numbers)
    n_rows = len(numbers[0]) if numbers else len(next(iter(head["texts"].values()), []))
    require_few_cells(n_rows, len(names), path.name)
    decode, encoding = _decoder(head, layout.encoding) if is_system else (str, "UTF-8")
    variables = tuple(
        Variable(
            name=decode(name),
            label=decode(label or ""),
            format=head["formats"].get(name) or "",
            values=None if name in head["texts"] else next(columns),
            texts=[decode(one).rstrip() for one in head["texts"][name]] if name in head["texts"] else None,
            labels={_key(value, decode): decode(words or "") for value, words in head["value_labels"].get(name, [])},
            missing=tuple((_key(one["lo"], decode), _key(one["hi"], decode)) for one in head["missing"].get(name, [])),
        )
        for name, label in zip(names, head["labels"], strict=True)
    )
    return SavFile(variables=variables, sets=_sets(head["sets"], names, decode), encoding=encoding, n_rows=n_rows)


def _run(path: Path, kind: str, layout: SavLayout, n_bytes: int) -> tuple[dict[str, Any], list[np.ndarray]]:
    most_rows = layout.most_rows if kind == "sav" else _PORTABLE_MOST
    command = [
        sys.executable,
        "-P",
        str(_PROCESS),
        str(path.absolute()),
        kind,
        *map(str, (most_rows, n_bytes, _MOST_MEMORY)),
    ]
    # One thread: the memory set aside for more of them would count.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and script
            command, capture_output=True, env=environment, timeout=_WALL_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"{path.name}: reading it takes more than {_WALL_SECONDS} s. {_REMEDY}") from error
    except (OSError, ValueError) as error:
        raise ReadError(f"{path.name} cannot be read ({error}). {_REMEDY}") from error
    if done.returncode != 0:
        raise ReadError(_reason(path.name, done.returncode, done.stderr.decode("utf-8", "replace")))
    line, _, rest = done.stdout.partition(b"\n")
    try:
        head = json.loads(line)
        n_numbers = len(head["names"]) - len(head["texts"])
        numbers = list(np.frombuffer(rest, dtype=float).reshape(n_numbers, -1)) if n_numbers else []
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(f"{path.name} is damaged ({error}). {_REMEDY}") from error
    return head, numbers


def _reason(name: str, code: int, said: str) -> str:
    last = said.strip().rsplit("\n", 1)[-1]
    if "No module named 'pyreadstat'" in said:
        return f"{name}: reading SPSS files needs the package pyreadstat. Install it with: pip install pyreadstat"
    if "MemoryError" in said or "allocate" in last or "malloc" in last:
        return f"{name} needs more memory than the answers of any study. {_REMEDY}"
    if code < 0 or not last:
        return f"{name} is damaged: the reader stopped on it. {_REMEDY}"
    words = last.split(": ", 1)[-1]
    return f"{name} is damaged ({words}). {_REMEDY}"


def _decoder(head: Mapping[str, Any], declared: str) -> tuple[Callable[[str], str], str]:
    # Each text came byte for byte. Which encoding fits all of them?
    raws = {one.encode("latin-1", "replace") for one in _all_texts(head) if not one.isascii()}
    together = b"\n".join(sorted(raws))
    if all(_fits(one, "utf-8") for one in raws):
        codec, label = "utf-8", "UTF-8"
    elif _TRUSTED.fullmatch(declared) and _is_codec(declared) and all(_fits(one, declared) for one in raws):
        codec, label = declared, declared
    elif looks_chinese(together):
        codec, label = "gb18030", "GBK"
    else:
        codec, label = "cp1252", "windows-1252"
    known: dict[str, str] = {}

    def decode(text: str) -> str:
        if text.isascii():
            return text
        if text not in known:
            known[text] = text.encode("latin-1", "replace").decode(codec, "ignore" if codec != "cp1252" else "replace")
        return known[text]

    return decode, label


def _all_texts(head: Mapping[str, Any]) -> Iterator[str]:
    yield from head["names"]
    yield from (label or "" for label in head["labels"])
    for found in head["value_labels"].values():
        for pair in found:
            yield from (one for one in pair if isinstance(one, str))
    for column in head["texts"].values():
        yield from set(column)
    yield from (one.get("label") or "" for one in head["sets"].values())


def _fits(raw: bytes, codec: str) -> bool:
    # The last character may be cut: labels are shortened by bytes.
    try:
        raw.decode(codec)
    except UnicodeDecodeError as error:
        return error.start >= len(raw) - 3 and error.start > 0
    except LookupError:
        return False
    return True


def _is_codec(name: str) -> bool:
    try:
        b"".decode(name)
    except LookupError:
        return False
    return True


def _key(value: float | str, decode: Callable[[str], str]) -> float | str:
    return decode(value).rstrip() if isinstance(value, str) else float(value)


def _sets(found: Mapping[str, Any], names: list[str], decode: Callable[[str], str]) -> tuple[AnswerSet, ...]:
    by_folded = {name.casefold(): name for name in names}
    sets = []
    for name, one in found.items():
        members = [by_folded[member.casefold()] for member in one["variable_list"] if member.casefold() in by_folded]
        counted = (
            float(one["counted_value"]) if one.get("is_dichotomy") and one.get("counted_value") is not None else None
        )
        if members:
            sets.append(
                AnswerSet(
                    name=decode(name).lstrip("$"),
                    label=decode(one.get("label") or ""),
                    variables=tuple(decode(member) for member in members),
                    counted=counted,
                )
            )
    return tuple(sets)
