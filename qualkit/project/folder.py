"""Import a study's folder or single files: each one for itself, each one reported."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from qualkit.checks import require_choice
from qualkit.errors import ReadError
from qualkit.project.dictionary import import_dictionary
from qualkit.project.journal import Action, Journal
from qualkit.project.progress import Progress
from qualkit.project.settings import read_settings
from qualkit.project.sources import About
from qualkit.project.study import STUDY_FILE, Study, guess_study, has_study_file, read_study, write_study
from qualkit.project.study_kinds import TEXT_KINDS, find_kind
from qualkit.project.study_people import import_consents, import_participants, import_relations
from qualkit.project.study_records import (
    import_attendance,
    import_chain,
    import_observations,
    import_responses,
    import_sessions,
)
from qualkit.project.study_rules import import_codebook, import_scale, import_settings
from qualkit.project.study_sources import CHANGED, Intake, Outcome, Place, place_text, store_text
from qualkit.project.study_surveys import import_survey
from qualkit.project.study_tasks import Task, report_table, run_tasks
from qualkit.project.study_texts import import_codings
from qualkit.readers import SOURCE_SUFFIXES

Importer = Callable[[Action, Path, Study], str]

#: What the user says of files: one value for all of them, or a value by path.
Said = str | Mapping[Any, str | None] | None

# What lies in a study's folder for people to read.
_ASIDE = ("readme", "license", "licence", "说明")

# In the order in which one needs the other: people before texts, texts and codes before codings.
_TABLES: dict[str, Importer] = {
    "participants": import_participants,
    "relations": import_relations,
    "consents": import_consents,
    "dictionary": import_dictionary,
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
_RECORDS, _SURVEY = "observations", "survey"
_ORDER = [*_TABLES, *TEXT_KINDS, _RECORDS, _SURVEY, *_LATER_TABLES]


def import_folder(
    journal: Journal,
    path: str | Path,
    *,
    changed: str = "offer",
    language: str | None = None,
    progress: Progress | bool | None = None,
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
        with journal.database.read() as connection:
            own = read_settings(connection)["language"]
        return report_table([(STUDY_FILE, "study", "yaml", "refused", error.args[0])], language=language or own)
    tasks = list(_find_tasks(folder, study, changed=changed, is_described=is_described))
    return run_tasks(journal, tasks, progress, language=language)


def import_files(
    journal: Journal,
    paths: str | Path | Iterable[str | Path],
    *,
    kind: Said = None,
    case: Said = None,
    wave: Said = None,
    changed: str = "offer",
    language: str | None = None,
    progress: Progress | bool | None = None,
) -> pd.DataFrame:
    """Import single files; what they are is told by their names and content as far as it is not given."""
    require_choice("changed", changed, CHANGED)
    kinds, said_cases, said_waves = map(_said_of, (kind, case, wave))
    with journal.database.read() as connection:
        study = _study_of(connection)
    tasks = []
    for path in map(Path, [paths] if isinstance(paths, str | Path) else paths):
        found = kinds(path)
        if found is not None:
            require_choice("kind", found, (*TEXT_KINDS, _RECORDS, _SURVEY, *_IMPORTERS))
        found = found or find_kind(path, PurePath(path.name), SOURCE_SUFFIXES)
        about = About(case=said_cases(path), wave=said_waves(path))
        file = "/".join(part for part in (about.wave, about.case, path.name) if part)
        tasks.append(_task(path, file, PurePath(path.name), found, study, changed=changed, about=about))
    tasks.sort(key=lambda task: _ORDER.index(task.kind) if task.kind in _ORDER else len(_ORDER))
    return run_tasks(journal, tasks, progress, language=language)


def _said_of(said: Said) -> Callable[[Path], str | None]:
    # What is said of each file: the same of all, or each one's own.
    if not isinstance(said, Mapping):
        return lambda _path: said
    own = {Path(path): value for path, value in said.items()}
    return own.get


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


def _find_tasks(folder: Path, study: Study, *, changed: str, is_described: bool) -> Iterator[Task]:
    settings = partial(import_settings, is_guessed=not is_described)
    named: list[tuple[Path, str, Importer]] = [(folder / STUDY_FILE, "study", settings)]
    named += [(folder / one, "codebook", import_codebook) for one in study.codebooks]
    named += [(folder / one, "scale", import_scale) for one in study.scales]
    for path, kind, run in named:
        yield Task(path=path, file=_name(path, folder), kind=kind, run=_table_run(run, study))
    seen = {_real(path) for path, _, _ in named}
    found: dict[str, list[Task]] = {kind: [] for kind in (*_ORDER, _UNKNOWN)}
    for path in sorted(_files(folder), key=lambda one: _place(one.relative_to(folder), study)):
        place = path.relative_to(folder)
        if path.suffix.lower() in (".yaml", ".yml") or place.stem.lower() in _ASIDE or _real(path) in seen:
            continue
        said = None if path.is_dir() else find_kind(path, place, SOURCE_SUFFIXES)
        task = _task(path, place.as_posix(), place, said, study, changed=changed)
        found[task.kind].append(task)
    for tasks in found.values():
        yield from tasks


def _files(folder: Path) -> Iterator[Path]:
    # All files that are not hidden, and the folders that may not be looked into.
    locked: list[OSError] = []
    for above, _, names in os.walk(folder, onerror=locked.append):
        paths = (Path(above, name) for name in names)
        yield from (one for one in paths if one.is_file() and not _is_hidden(one, folder))
    yield from (Path(error.filename) for error in locked if not _is_hidden(Path(error.filename), folder))


def _task(
    path: Path,
    file: str,
    place: PurePath,
    kind: str | None,
    study: Study,
    *,
    changed: str,
    about: About | None = None,
) -> Task:
    if kind is None or kind not in _ORDER:
        return Task(path=path, file=file, kind=_UNKNOWN, run=None)
    if kind in TEXT_KINDS:
        run = partial(_import_text, place=place, changed=changed, about=about)
        return Task(path=path, file=file, kind=kind, run=run)
    if kind == _RECORDS:
        return Task(path=path, file=file, kind=kind, run=partial(_import_record, changed=changed))
    if kind == _SURVEY:
        given = about.wave if about is not None else None
        return Task(
            path=path, file=file, kind=kind, run=partial(_import_survey, place=place, changed=changed, wave=given)
        )
    return Task(path=path, file=file, kind=kind, run=_table_run(_IMPORTERS[kind], study))


def _table_run(run: Importer, study: Study) -> Callable[[Action, Task, Intake], Outcome]:
    def import_table(action: Action, task: Task, intake: Intake) -> Outcome:
        detail = run(action, task.path, study)
        intake.refresh(action.connection)
        return Outcome(status="imported", detail=detail)

    return import_table


def _import_record(action: Action, task: Task, intake: Intake, *, changed: str) -> Outcome:
    return import_observations(action, task.path, changed=changed)


def _import_survey(
    action: Action, task: Task, intake: Intake, *, place: PurePath, changed: str, wave: str | None
) -> Outcome:
    return import_survey(action, task.path, place=place, changed=changed, wave=wave)


def _import_text(
    action: Action, task: Task, intake: Intake, *, place: PurePath, changed: str, about: About | None
) -> Outcome:
    placed = place_text(place, task.kind, waves=intake.waves, known=intake.cases)
    if about is not None:
        placed = _with_given(placed, about)
    source = intake.read(task.path, TEXT_KINDS[task.kind])
    return store_text(action, source, placed, file=task.path.name, changed=changed, intake=intake)


def _with_given(placed: Place, about: About) -> Place:
    # What the user says of a file goes before what its name says.
    case, wave = about.case or placed.about.case, about.wave or placed.about.wave
    name = f"{wave}/{case}" if case and wave and placed.about.session is None else placed.name
    return Place(name=name, about=About(case=case, wave=wave, session=placed.about.session))


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
