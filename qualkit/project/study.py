"""What ``study.yaml`` says of a study: title, id prefix, waves, sites, codebooks, scales, speakers, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from qualkit.errors import ReadError
from qualkit.readers import decode_text
from qualkit.readers.files import read_bytes

STUDY_FILE = "study.yaml"
SCHEMA = "qualkit.study/1"

_FIELDS = ("schema", "title", "prefix", "language", "waves", "sites", "codebooks", "scales", "links", "speakers")
_LISTS = ("waves", "codebooks", "scales")
_MAPPINGS = ("sites", "links", "speakers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study as its folder describes it; paths are relative to the folder."""

    title: Mapping[str, str]
    prefix: str | None = None
    language: str = "zh"
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
    if not path.exists():
        return guess_study(folder)
    data = _load(path)
    problems = list(_problems(data))
    if problems:
        lines = "\n".join(f"{path.name}, line {line}: {problem}" for line, problem in problems)
        raise ReadError(f"{lines}\nNothing was imported by it.")
    title = data.get("title") or folder.name
    values: dict[str, Any] = {name: data[name] for name in _FIELDS[2:] if data.get(name) is not None}
    return Study(title=_plain(title if isinstance(title, Mapping) else {"zh": str(title)}), **_plain(values))


def guess_study(folder: Path) -> Study:
    """What the names of files and folders say of a study without ``study.yaml``."""
    waves = sorted(one.name for one in (folder / "interviews").glob("*") if one.is_dir())
    if set(waves) <= {"pre", "post"}:
        waves = ["pre", "post"]
    return Study(
        title={"zh": folder.name},
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
    path = folder / STUDY_FILE
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    return path


def _load(path: Path) -> Any:
    text, _ = decode_text(read_bytes(path), path.name)
    try:
        data = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ReadError(f"{path.name}, line {line}: {error.problem}. Correct the line.") from error
    except RecursionError as error:
        raise ReadError(f"{path.name} is nested too deeply. Correct its brackets and indentation.") from error
    except YAMLError as error:
        raise ReadError(f"{path.name}: {error}. Correct the file.") from error
    if not isinstance(data, Mapping):
        raise ReadError(f"{path.name}: no names with values. Write lines such as `prefix: DEV`.")
    return data


def _problems(data: Any) -> Iterator[tuple[int, str]]:
    if data.get("schema") != SCHEMA:
        yield _line(data, "schema"), f"schema is {data.get('schema')!r}. Write `schema: {SCHEMA}`."
    for name, value in data.items():
        if name not in _FIELDS:
            yield _line(data, name), f"{name!r} is not known. Choose one of {', '.join(_FIELDS)}."
        elif name in _MAPPINGS and not isinstance(value, Mapping | None):
            yield _line(data, name), f"{name} is no list of `name: value`. Write one per line below it."
        elif name in _LISTS and (isinstance(value, str) or not isinstance(value, Sequence | None)):
            yield _line(data, name), f"{name} is no list. Write it as [one, two]."
        elif name in _LISTS and not all(
            isinstance(one, str) and one.strip() and "\0" not in one for one in value or ()
        ):
            yield _line(data, name), f"{name} holds something that is no text. Put each of them in quotes."
        elif name == "waves" and value is not None and (not value or len(set(value)) < len(value)):
            yield _line(data, name), "waves must be different names. Write them in order, such as [pre, post]."


def _line(data: Any, name: str) -> int:
    return data.lc.data[name][0] + 1 if name in data.lc.data else 1


def _plain(value: Any) -> Any:
    # Plain dicts and lists in the place of what ruamel.yaml reads and keeps comments in.
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, str) or not isinstance(value, Sequence):
        return str(value) if isinstance(value, str) else value
    return [_plain(one) for one in value]
