"""Bringing files into a project from the browser: what is there, what it is about, the import, its report."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from qualkit.project.study_kinds import find_case, find_wave_in, kind_of_text
from qualkit.widgets.batch import Batch, Choice, Row, open_path
from qualkit.widgets.channel import Answer, Message, MessageError, Send, explain, list_in, place_in, text_in
from qualkit.widgets.uploads import MOST_FILES, Upload, data_in, read_announcement

if TYPE_CHECKING:
    from qualkit.project import Project

Progress = Callable[[int, int, str], None]

_SECONDS_BETWEEN_NEWS = 0.1


class _Stopped(Exception):
    # The user stopped the import between two files; what came in stays.
    pass


class Imports:
    """Uploads and imports of one workbench; one at a time, on a thread of its own."""

    def __init__(self, project: Project, send: Send) -> None:
        self._project = project
        self._send = send
        self._lock = threading.RLock()
        self._uploads: dict[str, Upload] = {}
        self._batch: Batch | None = None
        self._looked_at: str | None = None  # the upload that became the batch
        self._started: str | None = None  # the wish that began the last import
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._running: dict[str, Any] | None = None
        self._report: dict[str, Any] | None = None
        self.handlers = {
            "upload.begin": self._begin,
            "upload.pieces": self._take,
            "upload.cancel": self._cancel,
            "import.look": self._look,
            "import.start": self._start,
            "import.stop": self._stop_job,
            "import.accept": self._accept,
            "import.close": self._close,
        }

    @property
    def state(self) -> dict[str, Any]:
        """What a view shows of it when it opens: the import that runs, the report of the last one."""
        return {"running": self._running, "report": self._report}

    def wait(self, seconds: float = 60) -> None:
        """Until the import that runs has ended."""
        if self._thread is not None:
            self._thread.join(seconds)

    # ── files on their way ───────────────────────────────────────────────────

    def _begin(self, message: Message) -> Answer:
        name = text_in(message, "upload", most=64)
        with self._lock:
            if name not in self._uploads:
                for other in list(self._uploads):
                    self._uploads.pop(other).discard()
                self._uploads[name] = Upload(read_announcement(message))
        return {"ok": True}, []

    def _take(self, message: Message) -> Answer:
        with self._lock:
            upload = self._upload(message)
            upload.write(list_in(message, "pieces", most=MOST_FILES), data_in(message))
            return {"ok": True, "received": upload.n_bytes}, []

    def _cancel(self, message: Message) -> Answer:
        with self._lock:
            upload = self._uploads.pop(text_in(message, "upload", most=64), None)
            if upload is not None:
                upload.discard()
        return {"ok": True}, []

    def _upload(self, message: Message) -> Upload:
        upload = self._uploads.get(text_in(message, "upload", most=64))
        if upload is None:
            raise MessageError("UNKNOWN_ID", "These files are not on their way any more. Choose them again.")
        return upload

    # ── what is there ────────────────────────────────────────────────────────

    def _look(self, message: Message) -> Answer:
        with self._lock:
            self._require_idle()
            if message.get("path") is not None:
                batch = open_path(text_in(message, "path", most=4_000))
                self._looked_at = None
            elif self._looked_at is not None and message.get("upload") == self._looked_at:
                return {"ok": True, "plan": self._plan(self._required_batch())}, []  # asked again: the answer was lost
            else:
                upload = self._upload(message)
                batch = Batch(root=upload.root, files=tuple(upload.finish()), upload=upload)
                self._looked_at = text_in(message, "upload", most=64)
                self._uploads.pop(self._looked_at)
            self._forget()
            self._batch = batch
            return {"ok": True, "plan": self._plan(batch)}, []

    def _plan(self, batch: Batch) -> dict[str, Any]:
        known = self._project.cases.table(include_withdrawn=True)["case"].tolist()
        waves = self._project.waves
        return {"is_study": batch.is_study, "files": [_plan_of(file, known, waves) for file in batch.files]}

    # ── the import ───────────────────────────────────────────────────────────

    def _start(self, message: Message) -> Answer:
        op_id = text_in(message, "op_id", most=64)
        choices = [_read_choice(each) for each in list_in(message, "files", most=MOST_FILES)]
        with self._lock:
            if op_id == self._started:
                return {"ok": True}, []  # asked again: the answer was lost
            self._require_idle()
            batch = self._required_batch()
            self._started = op_id
            known = set(batch.files)
            chosen = [each for each in choices if each.file in known]
            self._stop.clear()
            self._report = None
            self._running = {"done": 0, "n": len(batch.files), "file": ""}
            work = (batch, chosen, message["language"])
            self._thread = threading.Thread(target=self._run, args=work, name="qualkit-import", daemon=True)
            self._thread.start()
        return {"ok": True, "running": self._running}, []

    def _stop_job(self, _message: Message) -> Answer:
        self._stop.set()
        return {"ok": True}, []

    def _run(self, batch: Batch, choices: list[Choice], language: str) -> None:
        rows: list[Row] = []
        problem, is_stopped = None, False
        try:
            batch.bring_in(self._project, choices, rows, self._progress(), language=language)
        except _Stopped:
            is_stopped = True
        except Exception as error:  # noqa: BLE001 - the browser must hear of it
            problem = explain(error, language)["message"]
        for number, row in enumerate(rows):
            row["row"] = number
        batch.keep_only([row["file"] for row in rows if row["status"] == "changed"])
        self._report = {"rows": rows, "problem": problem, "is_stopped": is_stopped}
        self._running = None
        self._send({"t": "imported", "report": self._report})

    def _progress(self) -> Progress:
        told_at = 0.0

        def progress(done: int, n: int, file: str) -> None:
            nonlocal told_at
            if self._stop.is_set():
                raise _Stopped
            self._running = {"done": done, "n": n, "file": file}
            now = time.monotonic()
            if now - told_at >= _SECONDS_BETWEEN_NEWS:
                told_at = now
                self._send({"t": "progress", "running": self._running})

        return progress

    def _accept(self, message: Message) -> Answer:
        number = place_in(message, "row")
        with self._lock:
            self._require_idle()
            rows = [] if self._report is None else self._report["rows"]
            if self._batch is None or number >= len(rows):
                raise MessageError("UNKNOWN_ID", "The new version is not at hand any more. Bring in the file again.")
            row = rows[number]
            if row["status"] == "changed":
                row |= self._batch.take_new_version(self._project, row["file"], language=message["language"])
            return {"ok": True, "row": row}, []

    def _close(self, _message: Message) -> Answer:
        with self._lock:
            self._require_idle()
            self._forget()
        return {"ok": True}, []

    def _required_batch(self) -> Batch:
        if self._batch is None:
            raise MessageError("UNKNOWN_ID", "There is nothing to import any more. Choose the files again.")
        return self._batch

    def _forget(self) -> None:
        if self._batch is not None:
            self._batch.discard()
        self._batch, self._report = None, None

    def _require_idle(self) -> None:
        if self._running is not None:
            raise MessageError("CONFLICT", "An import is running. Wait for its end, or stop it.")


def _plan_of(file: str, known: Sequence[str], waves: Sequence[str]) -> dict[str, Any]:
    # What a name says is shown to the user, who knows better.
    place = PurePosixPath(file)
    is_transcript = Batch.is_transcript(file)
    kind = kind_of_text(place) if is_transcript else None
    return {
        "file": file,
        "is_transcript": is_transcript,
        "kind": kind,
        "case": find_case(place.stem, known) if kind == "interview" else None,
        "wave": find_wave_in(place.with_suffix("").parts, waves) if is_transcript else None,
    }


def _read_choice(message: Message) -> Choice:
    file = text_in(message, "file", most=4_000)
    values = {name: message.get(name) for name in ("case", "wave", "kind")}
    if any(value is not None and not isinstance(value, str) for value in values.values()):
        raise MessageError("VALIDATION", f"{file}: case, wave and kind should be texts or nothing.")
    return Choice(file=file, **{name: value.strip() or None if value else None for name, value in values.items()})
