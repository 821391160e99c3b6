"""Import a study's folder: every file in a transaction of its own, each one reported."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from sqlalchemy import select

from qualkit.errors import QualkitError, ReadError
from qualkit.project.frames import to_frame
from qualkit.project.journal import Action, Journal
from qualkit.project.lookups import present
from qualkit.project.schema import imports
from qualkit.project.study import STUDY_FILE, Study, has_study_file, read_study, write_study
from qualkit.project.study_people import import_participants, import_relations
from qualkit.project.study_records import (
    import_attendance,
    import_chain,
    import_observations,
    import_responses,
    import_sessions,
)
from qualkit.project.study_rules import import_codebook, import_scale, import_settings
from qualkit.project.study_texts import import_codings, import_informant, import_interview, import_session_record
from qualkit.readers import SOURCE_SUFFIXES
from qualkit.readers.files import read_bytes

#: Called before each file with how many are done, how many there are, and the file's name.
Progress = Callable[[int, int, str], None]

Importer = Callable[[Action, Path, Study], str]

_TABLES = (".csv", ".xlsx")
_COLUMNS = dict.fromkeys(("file", "kind", "status", "detail"), "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    path: Path
    file: str
    kind: str
    run: Importer | None


def import_folder(journal: Journal, path: str | Path, *, progress: Progress | None = None) -> pd.DataFrame:
    """Import what a study's folder holds; one row per file: imported, unchanged or refused, and why.

    A file that cannot be used is refused as a whole and the others go on. A file that was imported
    before and has not changed since is left alone.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise ReadError(f"{folder} is no folder. Give the folder of a study, with study.yaml and interviews/ in it.")
    rows = []
    try:
        study = read_study(folder)
        if not has_study_file(folder):
            write_study(study, folder)
    except ReadError as error:
        return to_frame([(STUDY_FILE, "study", "refused", str(error))], _COLUMNS)
    tasks = list(_find_tasks(folder, study))
    for number, task in enumerate(tasks):
        if progress is not None:
            progress(number, len(tasks), task.file)
        status, detail = _run_task(journal, task, study)
        rows.append((task.file, task.kind, status, detail))
    if progress is not None:
        progress(len(tasks), len(tasks), "")
    return to_frame(rows, _COLUMNS)


def _find_tasks(folder: Path, study: Study) -> Iterator[_Task]:
    # In the order in which one needs the other: people before texts, texts and codes before codings.
    named = [(folder / STUDY_FILE, "study", import_settings)]
    named += [(folder / one, "codebook", import_codebook) for one in study.codebooks]
    named += [(folder / one, "scale", import_scale) for one in study.scales]
    for path, kind, run in named:
        yield _Task(path=path, file=_name(path, folder), kind=kind, run=run)
    seen = {_real(path) for path, _, _ in named}
    kinds = list(_KINDS)
    found: dict[str, list[Path]] = {kind: [] for kind in kinds}
    unknown: list[Path] = []
    files = (one for one in folder.rglob("*") if one.is_file() and not _is_hidden(one, folder))
    for path in sorted(files, key=lambda one: _place(one.relative_to(folder), study)):
        if _real(path) in seen or path.suffix.lower() in (".md", ".yaml", ".yml"):
            continue
        fitting = [kind for kind in kinds if _KINDS[kind][0](path.relative_to(folder))]
        (found[fitting[0]] if fitting else unknown).append(path)
    for kind in kinds:
        for path in found[kind]:
            yield _Task(path=path, file=_name(path, folder), kind=kind, run=_KINDS[kind][1])
    for path in unknown:
        yield _Task(path=path, file=_name(path, folder), kind="unknown", run=None)


def _run_task(journal: Journal, task: _Task, study: Study) -> tuple[str, str]:
    if task.run is None:
        return "refused", f"{task.file}: it is not known what this is. Move it to {_PLACES}, or out of the folder."
    run = task.run
    try:
        sha256 = hashlib.sha256(read_bytes(task.path)).hexdigest()

        def work(action: Action) -> tuple[str, str]:
            known = _known_import(action, task.file)
            if known is not None and known[1] == sha256:
                return "unchanged", ""
            detail = run(action, task.path, study)
            _write_import(action, task, sha256, known)
            action.summary = f"{task.file} {detail}".strip()
            return "imported", detail

        status, detail = journal.run("import.file", work)
    except QualkitError as error:
        message = str(error)
        return "refused", message if task.path.name in message else f"{task.path.name}: {message}"
    except OSError as error:
        return "refused", f"{task.file} cannot be read: {error.strerror}. Check that it exists and may be read."
    return status, detail


def _known_import(action: Action, file: str) -> tuple[str, str] | None:
    statement = select(imports.c.import_id, imports.c.sha256).where(imports.c.path == file, present(imports))
    row = action.connection.execute(statement).one_or_none()
    return None if row is None else (row.import_id, row.sha256)


def _write_import(action: Action, task: _Task, sha256: str, known: tuple[str, str] | None) -> None:
    if known is not None:
        action.update(imports, known[0], sha256=sha256)
        return
    row = {"import_id": action.new_id(), "path": task.file, "kind": task.kind, "sha256": sha256}
    action.insert(imports, [row])


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


def _in(place: str, suffixes: tuple[str, ...]) -> Callable[[Path], bool]:
    return lambda path: path.parts[0] == place and len(path.parts) > 1 and path.suffix.lower() in suffixes


def _named(*names: str) -> Callable[[Path], bool]:
    return lambda path: path.with_suffix("").as_posix() in names and path.suffix.lower() in _TABLES


_KINDS: dict[str, tuple[Callable[[Path], bool], Importer]] = {
    "participants": (_named("participants"), import_participants),
    "relations": (_named("relations"), import_relations),
    "sessions": (_named("sessions", "sessions/sessions"), import_sessions),
    "attendance": (_named("attendance", "sessions/attendance"), import_attendance),
    "interview": (_in("interviews", SOURCE_SUFFIXES), import_interview),
    "informant": (_in("informants", SOURCE_SUFFIXES), import_informant),
    "session record": (_in("sessions", SOURCE_SUFFIXES), import_session_record),
    "observations": (_in("observations", _TABLES), import_observations),
    "responses": (_in("scales", _TABLES), import_responses),
    "codings": (_in("codings", _TABLES), import_codings),
    "logic chain": (_named("logic_chain"), import_chain),
}
_PLACES = "interviews/, informants/, sessions/, observations/, scales/ or codings/"
