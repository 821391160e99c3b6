"""Import a study's folder or single files: each one for itself, each one reported."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.checks import require_choice
from qualkit.errors import QualkitError, ReadError
from qualkit.project.frames import to_frame
from qualkit.project.journal import Action, Journal
from qualkit.project.lookups import present
from qualkit.project.progress import Progress, telling
from qualkit.project.schema import cases, imports
from qualkit.project.settings import read_settings
from qualkit.project.sources import About
from qualkit.project.study import STUDY_FILE, Study, guess_study, has_study_file, read_study, write_study
from qualkit.project.study_kinds import PLACES, TEXT_KINDS, find_kind
from qualkit.project.study_people import import_participants, import_relations
from qualkit.project.study_records import (
    import_attendance,
    import_chain,
    import_observations,
    import_responses,
    import_sessions,
)
from qualkit.project.study_rules import import_codebook, import_scale, import_settings
from qualkit.project.study_sources import CHANGED, Outcome, Place, place_text, store_text
from qualkit.project.study_texts import import_codings
from qualkit.readers import SOURCE_SUFFIXES, read_source
from qualkit.readers.files import read_bytes

Importer = Callable[[Action, Path, Study], str]

_COLUMNS = dict.fromkeys(("file", "kind", "format", "status", "detail"), "text")
# A flush to disk for each file would cost more than the file; so many seconds of files share one.
_BATCH_SECONDS = 0.4

# What lies in a study's folder for people to read.
_ASIDE = ("readme", "license", "licence", "说明")

# In the order in which one needs the other: people before texts, texts and codes before codings.
_TABLES: dict[str, Importer] = {
    "participants": import_participants,
    "relations": import_relations,
    "sessions": import_sessions,
    "attendance": import_attendance,
}
_LATER_TABLES: dict[str, Importer] = {
    "responses": import_responses,
    "codings": import_codings,
    "logic chain": import_chain,
}
_IMPORTERS = {**_TABLES, **_LATER_TABLES}
_UNKNOWN = "unknown"
_RECORDS = "observations"
_ORDER = [*_TABLES, *TEXT_KINDS, _RECORDS, *_LATER_TABLES]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    path: Path
    file: str
    kind: str
    run: Callable[[Action, _Task], Outcome] | None

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower().removeprefix(".")


def import_folder(
    journal: Journal, path: str | Path, *, changed: str = "offer", progress: Progress | bool | None = None
) -> pd.DataFrame:
    """Import what a study's folder holds; one row per file with what became of it, and why."""
    require_choice("changed", changed, CHANGED)
    folder = Path(path)
    if not folder.is_dir():
        raise ReadError(f"{folder} is no folder. Give the folder of a study, with study.yaml and interviews/ in it.")
    is_described = has_study_file(folder)
    try:
        study = read_study(folder) if is_described else _guess(journal, folder)
        if not is_described:
            write_study(study, folder)
    except ReadError as error:
        return to_frame([(STUDY_FILE, "study", "yaml", "refused", str(error))], _COLUMNS)
    tasks = list(_find_tasks(folder, study, changed=changed, is_described=is_described))
    return _run_tasks(journal, tasks, progress)


def import_files(
    journal: Journal,
    paths: str | Path | Iterable[str | Path],
    *,
    kind: str | None = None,
    case: str | None = None,
    wave: str | None = None,
    changed: str = "offer",
    progress: Progress | bool | None = None,
) -> pd.DataFrame:
    """Import single files; what they are is told by their names and content as far as it is not given."""
    require_choice("changed", changed, CHANGED)
    if kind is not None:
        require_choice("kind", kind, (*TEXT_KINDS, _RECORDS, *_IMPORTERS))
    with journal.database.read() as connection:
        study = _study_of(connection)
    tasks = []
    for path in map(Path, [paths] if isinstance(paths, str | Path) else paths):
        found = kind or find_kind(path, PurePath(path.name), SOURCE_SUFFIXES)
        about = About(case=case, wave=wave)
        file = "/".join(part for part in (wave, case, path.name) if part)
        tasks.append(_task(path, file, PurePath(path.name), found, study, changed=changed, about=about))
    tasks.sort(key=lambda task: _ORDER.index(task.kind) if task.kind in _ORDER else len(_ORDER))
    return _run_tasks(journal, tasks, progress)


def _guess(journal: Journal, folder: Path) -> Study:
    with journal.database.read() as connection:
        return guess_study(folder, known=_study_of(connection))


def _study_of(connection: Connection) -> Study:
    known = read_settings(connection)
    return Study(
        title={known["language"]: known["title"]},
        prefix=known["prefix"],
        language=known["language"],
        waves=known["waves"],
        sites=known["sites"],
    )


def _find_tasks(folder: Path, study: Study, *, changed: str, is_described: bool) -> Iterator[_Task]:
    settings = partial(import_settings, is_guessed=not is_described)
    named: list[tuple[Path, str, Importer]] = [(folder / STUDY_FILE, "study", settings)]
    named += [(folder / one, "codebook", import_codebook) for one in study.codebooks]
    named += [(folder / one, "scale", import_scale) for one in study.scales]
    for path, kind, run in named:
        yield _Task(path=path, file=_name(path, folder), kind=kind, run=_table_run(run, study))
    seen = {_real(path) for path, _, _ in named}
    found: dict[str, list[_Task]] = {kind: [] for kind in (*_ORDER, _UNKNOWN)}
    files = (one for one in folder.rglob("*") if one.is_file() and not _is_hidden(one, folder))
    for path in sorted(files, key=lambda one: _place(one.relative_to(folder), study)):
        place = path.relative_to(folder)
        if path.suffix.lower() in (".yaml", ".yml") or place.stem.lower() in _ASIDE or _real(path) in seen:
            continue
        task = _task(path, place.as_posix(), place, find_kind(path, place, SOURCE_SUFFIXES), study, changed=changed)
        found[task.kind].append(task)
    for tasks in found.values():
        yield from tasks


def _task(
    path: Path,
    file: str,
    place: PurePath,
    kind: str | None,
    study: Study,
    *,
    changed: str,
    about: About | None = None,
) -> _Task:
    if kind is None or kind not in _ORDER:
        return _Task(path=path, file=file, kind=_UNKNOWN, run=None)
    if kind in TEXT_KINDS:
        run = partial(_import_text, place=place, study=study, changed=changed, about=about)
        return _Task(path=path, file=file, kind=kind, run=run)
    if kind == _RECORDS:
        return _Task(path=path, file=file, kind=kind, run=partial(_import_record, changed=changed))
    return _Task(path=path, file=file, kind=kind, run=_table_run(_IMPORTERS[kind], study))


def _table_run(run: Importer, study: Study) -> Callable[[Action, _Task], Outcome]:
    return lambda action, task: Outcome(status="imported", detail=run(action, task.path, study))


def _import_record(action: Action, task: _Task, *, changed: str) -> Outcome:
    return import_observations(action, task.path, changed=changed)


def _import_text(
    action: Action, task: _Task, *, place: PurePath, study: Study, changed: str, about: About | None
) -> Outcome:
    waves = read_settings(action.connection)["waves"]
    known = action.connection.execute(select(cases.c.case).where(present(cases))).scalars().all()
    placed = place_text(place, task.kind, waves=waves, known=known)
    if about is not None:
        placed = _with_given(placed, about)
    source = read_source(task.path, kind=TEXT_KINDS[task.kind])
    return store_text(action, source, placed, file=task.path.name, changed=changed)


def _with_given(placed: Place, about: About) -> Place:
    # What the user says of a file goes before what its name says.
    case, wave = about.case or placed.about.case, about.wave or placed.about.wave
    name = f"{wave}/{case}" if case and wave and placed.about.session is None else placed.name
    return Place(name=name, about=About(case=case, wave=wave, session=placed.about.session))


def _run_tasks(journal: Journal, tasks: Sequence[_Task], progress: Progress | bool | None) -> pd.DataFrame:
    rows: list[tuple[str, ...]] = []
    with journal.database.read() as connection:
        known = _known_imports(connection)
    with telling(progress, total=len(tasks)) as tell:
        place = 0
        while place < len(tasks):
            with journal.database.batch():
                deadline = time.monotonic() + _BATCH_SECONDS
                while place < len(tasks):
                    tell(place, len(tasks), tasks[place].file)
                    rows.append(_run_task(journal, tasks[place], known))
                    place += 1
                    if time.monotonic() > deadline:
                        break
        tell(len(tasks), len(tasks), "")
    return to_frame(rows, _COLUMNS)


_Known = dict[str, tuple[str, str]]


def _run_task(journal: Journal, task: _Task, known: _Known) -> tuple[str, ...]:
    def row(status: str, detail: str, file_format: str = "") -> tuple[str, ...]:
        return task.file, task.kind, file_format or task.suffix, status, detail

    run = task.run
    if run is None:
        return row("refused", f"{task.file}: it is not known what this is. Move it to {PLACES}, or out of the folder.")
    try:
        sha256 = hashlib.sha256(read_bytes(task.path)).hexdigest()
        if known.get(task.file, ("", ""))[1] == sha256:
            return row("unchanged", "")

        def work(action: Action) -> tuple[str, str, str]:
            outcome = run(action, task)
            if outcome.status != "changed":
                _write_import(action, task, sha256, known)
            action.summary = f"{task.file} {outcome.detail}".strip()
            return outcome.status, outcome.detail, outcome.format

        return row(*journal.run("import.file", work))
    except QualkitError as error:
        message = str(error)
        return row("refused", message if task.path.name in message else f"{task.path.name}: {message}")
    except OSError as error:
        return row("refused", f"{task.file} cannot be read: {error.strerror}. Check that it exists and may be read.")


def _known_imports(connection: Connection) -> _Known:
    statement = select(imports.c.path, imports.c.import_id, imports.c.sha256).where(present(imports))
    return {row.path: (row.import_id, row.sha256) for row in connection.execute(statement)}


def _write_import(action: Action, task: _Task, sha256: str, known: _Known) -> None:
    if task.file in known:
        action.update(imports, known[task.file][0], sha256=sha256)
        return
    row = {"import_id": action.new_id(), "path": task.file, "kind": task.kind, "sha256": sha256}
    action.insert(imports, [row])
    known[task.file] = row["import_id"], sha256


def _place(path: Path, study: Study) -> list[tuple[int, int, str]]:
    # Waves in their order, and A2 before A10.
    waves = list(study.waves)
    pieces = [
        piece
        for part in path.with_suffix("").parts
        for piece in ([part] if part in waves else re.split(r"(\d+)", part))
    ]
    return [
        (0, waves.index(one), "") if one in waves else (1, int(one), "") if one.isdecimal() else (2, 0, one)
        for one in pieces
    ]


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        # A link that leads back to itself, or a name no system accepts: refused when it is read.
        return path.absolute()


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _is_hidden(path: Path, folder: Path) -> bool:
    # ~$A1.docx is Word's note that the file is open elsewhere.
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
