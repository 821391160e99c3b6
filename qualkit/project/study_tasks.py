"""Run the tasks of an import: each file for itself, many of them in one flush to disk, each one reported."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.errors import QualkitError, ReadError
from qualkit.project.frames import to_frame
from qualkit.project.journal import Action, Journal
from qualkit.project.lookups import present
from qualkit.project.progress import Progress, telling
from qualkit.project.schema import imports
from qualkit.project.study_kinds import PLACES, PLACES_ZH, TEXT_KINDS
from qualkit.project.study_sources import Intake, Outcome
from qualkit.readers.ahead import reading_ahead
from qualkit.readers.content import Content
from qualkit.readers.files import read_bytes
from qualkit.readers.formats import find_format
from qualkit.remarks import Remark, say

_COLUMNS = dict.fromkeys(("file", "kind", "format", "status", "detail"), "text")
# A flush to disk for each file would cost more than the file; so many seconds of files share one.
_BATCH_SECONDS = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One file to import: what it is, and what does it; without ``run`` nobody knows what it is."""

    path: Path
    file: str
    kind: str
    run: Callable[[Action, Task, Intake], Outcome] | None

    @property
    def suffix(self) -> str:
        """The ending of the file's name, without the dot."""
        return self.path.suffix.lower().removeprefix(".")


def run_tasks(
    journal: Journal, tasks: Sequence[Task], progress: Progress | bool | None, *, language: str | None
) -> pd.DataFrame:
    """Import the files of the tasks in their order; the report, in the project's language unless another is given."""
    rows: list[tuple[str, ...]] = []
    with journal.database.read() as connection:
        known = _known_imports(connection)
        intake = Intake()
        intake.refresh(connection)
    texts = [(task.path, TEXT_KINDS[task.kind]) for task in tasks if task.kind in TEXT_KINDS and _is_new(task, known)]
    with telling(progress, total=len(tasks)) as tell, reading_ahead(texts) as intake.read:
        place = 0
        while place < len(tasks):
            with journal.database.batch():
                deadline = time.monotonic() + _BATCH_SECONDS
                while place < len(tasks):
                    tell(place, len(tasks), tasks[place].file)
                    rows.append(_run_task(journal, tasks[place], known, intake))
                    place += 1
                    if time.monotonic() > deadline:
                        break
        tell(len(tasks), len(tasks), "")
    return report_table(rows, language=language or intake.language)


def _explain_unknown(task: Task) -> str:
    try:
        content = Content(read_bytes(task.path), task.path.name)
        if task.suffix not in ("csv", "tsv", "xlsx", "xlsm"):
            find_format(content)
    except ReadError as error:
        return error.args[0]
    return Remark(
        f"{task.file}: it is not known what this is. Move it to {PLACES}, or out of the folder.",
        f"{task.file}：看不出这是什么材料。请放进相应的文件夹（{PLACES_ZH}），或移出研究文件夹。",
    )


def _is_new(task: Task, known: _Known) -> bool:
    try:
        return task.file not in known or known[task.file][1] != _hash(task.path)
    except ReadError:
        return False


def _hash(path: Path) -> str:
    return hashlib.sha256(read_bytes(path)).hexdigest()


def report_table(rows: Iterable[Sequence[str]], *, language: str) -> pd.DataFrame:
    """The report of an import: ``file``, ``kind``, ``format``, ``status``, ``detail``; the last one in a language."""
    return to_frame(((*row[:-1], say(row[-1], language)) for row in rows), _COLUMNS)


_Known = dict[str, tuple[str, str]]


def _run_task(journal: Journal, task: Task, known: _Known, intake: Intake) -> tuple[str, ...]:
    def row(status: str, detail: str, file_format: str = "") -> tuple[str, ...]:
        return task.file, task.kind, file_format or task.suffix, status, detail

    run = task.run
    if run is None:
        return row("refused", _explain_unknown(task))
    try:
        sha256 = _hash(task.path)
        if known.get(task.file, ("", ""))[1] == sha256:
            return row("unchanged", "")

        def work(action: Action) -> tuple[str, str, str]:
            outcome = run(action, task, intake)
            if outcome.status != "changed":
                _write_import(action, task, sha256, known)
            action.summary = f"{task.file} {outcome.detail}".strip()
            return outcome.status, outcome.detail, outcome.format

        return row(*journal.run("import.file", work))
    except QualkitError as error:
        message = error.args[0]
        if task.path.name not in message:
            message = Remark(f"{task.path.name}: {message}", f"{task.path.name}：{say(message, 'zh')}")
        return row("refused", message)
    except OSError as error:
        return row(
            "refused",
            Remark(
                f"{task.file} cannot be read: {error.strerror}. Check that it exists and may be read.",
                f"{task.file} 无法读取（{error.strerror}）。请检查文件是否还在、是否有权限。",
            ),
        )


def _known_imports(connection: Connection) -> _Known:
    statement = select(imports.c.path, imports.c.import_id, imports.c.sha256).where(present(imports))
    return {row.path: (row.import_id, row.sha256) for row in connection.execute(statement)}


def _write_import(action: Action, task: Task, sha256: str, known: _Known) -> None:
    if task.file in known:
        action.update(imports, known[task.file][0], sha256=sha256)
        return
    row = {"import_id": action.new_id(), "path": task.file, "kind": task.kind, "sha256": sha256}
    action.insert(imports, [row])
    known[task.file] = row["import_id"], sha256
