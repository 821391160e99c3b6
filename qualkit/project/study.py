"""What ``study.yaml`` says of a study: title, id prefix, waves, sites, codebooks, scales, speakers, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from qualkit.atomic import write_atomically
from qualkit.errors import OptionError, ReadError
from qualkit.model import LANGUAGES
from qualkit.project.study_kinds import find_wave_in
from qualkit.readers import decode_text
from qualkit.yaml_files import Node, line_of, read_tree, read_yaml_bytes, to_plain

STUDY_FILE = "study.yaml"
SCHEMA = "qualkit.study/1"

_FIELDS = ("schema", "title", "prefix", "language", "waves", "sites", "codebooks", "scales", "links", "speakers")
_LISTS = ("waves", "codebooks", "scales")
_MAPPINGS = ("sites", "links", "speakers")
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study as its folder describes it; paths are relative to the folder."""

    title: Mapping[str, str]
    prefix: str | None = None
    language: str | None = None
    waves: Sequence[str] = ("pre", "post")
    sites: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codebooks: Sequence[str] = ()
    scales: Sequence[str] = ()
    links: Mapping[str, Any] = field(default_factory=dict)
    speakers: Mapping[str, str | None] = field(default_factory=dict)


def read_study(folder: str | Path) -> Study:
    """Read ``study.yaml`` of a folder; without one, go by the names of files and folders."""
    folder = Path(folder)
    path = folder / STUDY_FILE
    if not has_study_file(folder):
        return guess_study(folder)
    data = _load(path)
    title = data.get("title") or folder.name
    values: dict[str, Any] = {name: data[name] for name in _FIELDS[2:] if data.get(name) is not None}
    return Study(title=_plain(title if isinstance(title, Mapping) else {"zh": str(title)}), **_plain(values))


def has_study_file(folder: Path) -> bool:
    """Whether there is a ``study.yaml``, even one that leads nowhere."""
    path = folder / STUDY_FILE
    return path.is_symlink() or path.exists()


def guess_study(folder: Path, known: Study | None = None) -> Study:
    """What the names of files and folders say of a study without ``study.yaml``; ``known`` is what the project says."""
    waves = sorted(one.name for one in (folder / "interviews").glob("*") if one.is_dir())
    own = list(known.waves) if known is not None else ["pre", "post"]
    if all(find_wave_in([one], own) for one in waves):
        waves = own
    return Study(
        title={"zh": folder.name},
        prefix=None if known is None else known.prefix,
        language=None if known is None else known.language,
        waves=waves,
        codebooks=[one.relative_to(folder).as_posix() for one in sorted(folder.glob("codebooks/*.yaml"))],
        scales=[one.relative_to(folder).as_posix() for one in sorted(folder.glob("scales/*.yaml"))],
    )


def write_study(study: Study, folder: Path) -> Path:
    """Write ``study.yaml``, for the author to correct."""
    values = {"schema": SCHEMA, **{name: getattr(study, name) for name in _FIELDS[1:]}}
    text = StringIO()
    yaml = YAML()
    yaml.dump({name: _plain(value) for name, value in values.items() if value}, text)
    try:
        return write_atomically(folder / STUDY_FILE, text.getvalue().encode())
    except OptionError as error:
        raise ReadError(f"{STUDY_FILE}: {error} Or copy the study to a folder of yours.") from error


def _load(path: Path) -> dict[str, Any]:
    text, _ = decode_text(read_yaml_bytes(path), path.name)
    root, in_yaml = read_tree(text.encode(), path.name)
    lines = [str(problem) for problem in in_yaml]
    data: dict[str, Any] = {}
    if root is not None and isinstance(root.value, dict):
        data = to_plain(root)
        lines += [f"{path.name}, line {line}: {problem}" for line, problem in _problems(root, data)]
    elif not lines:
        raise ReadError(f"{path.name}: no names with values. Write lines such as `prefix: DEV`.")
    if lines:
        raise ReadError("\n".join([*lines[:_MOST_SHOWN], "Nothing was imported by it."]))
    return data


def _problems(root: Node, data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    if data.get("schema") != SCHEMA:
        line = line_of(root, ("schema",)) if "schema" in data else 1
        yield line, f"schema is {data.get('schema')!r}. Write `schema: {SCHEMA}`."
    for name, value in data.items():
        line = line_of(root, (name,))
        if name not in _FIELDS:
            yield line, f"{name!r} is not known. Choose one of {', '.join(_FIELDS)}."
        elif name in _MAPPINGS and not isinstance(value, Mapping | None):
            yield line, f"{name} is no list of `name: value`. Write one per line below it."
        elif name in _LISTS and (isinstance(value, str) or not isinstance(value, Sequence | None)):
            yield line, f"{name} is no list. Write it as [one, two]."
        elif name in _LISTS and not all(
            isinstance(one, str) and one.strip() and "\0" not in one for one in value or ()
        ):
            yield line, f"{name} holds something that is no text. Put each of them in quotes."
        elif name == "waves" and value is not None and (not value or len(set(value)) < len(value)):
            yield line, "waves must be different names. Write them in order, such as [pre, post]."
        elif name == "prefix" and not isinstance(value, str | None):
            yield line, "prefix is no text. Write letters and digits, such as `prefix: DEV`."
        elif name == "language" and value not in (None, *LANGUAGES):
            yield line, f"language is {value!r}. Choose one of {', '.join(LANGUAGES)}."
        elif name == "title" and not _is_words(value):
            yield line, "title is no text. Write `zh: …` and `en: …` below it."
        elif name in ("sites", "speakers"):
            yield from _entry_problems(root, name, value or {})


def _entry_problems(root: Node, name: str, entries: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for entry, value in entries.items():
        if name == "speakers" and not isinstance(value, str | None):
            yield (
                line_of(root, (name, entry)),
                f"the case of {entry!r} is {value!r}. Write the code of one case, as text.",
            )
        elif name == "sites" and not _is_words(value):
            yield line_of(root, (name, entry)), f"the site {entry!r} is no text. Write `zh: …` and `en: …` below it."


def _is_words(value: Any) -> bool:
    # One text, or a text by language; what is written without quotes may look like a number.
    words = value.values() if isinstance(value, Mapping) else [value]
    return all(isinstance(one, str | int | float | None) for one in words)


def _plain(value: Any) -> Any:
    # Plain dicts and lists in the place of any mapping and sequence.
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, str) or not isinstance(value, Sequence):
        return str(value) if isinstance(value, str) else value
    return [_plain(one) for one in value]
