"""Read and import every kind of bad input in a process of its own; one line of JSON tells what became of it.

Run as a script: ``bad_process.py FOLDER [word of a kind's name …]``, or ``--largest``. Time is that of the processor, memory what
the process (and those it started) held beyond what it held before.
"""

from __future__ import annotations

import contextlib
import gc
import json
import resource
import shutil
import sqlite3
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bad_largest
import bad_office
import bad_pdf
import bad_speech
import bad_tables
import bad_text
from bad_kind import SAMPLES, Kind

import qualkit as qk
from qualkit.errors import ReadError
from qualkit.project.study import read_study
from qualkit.readers import (
    read_attendance,
    read_consents,
    read_observation_record,
    read_observations,
    read_people,
    read_responses,
    read_source,
    read_survey,
    read_table,
)
from qualkit.readers.dictionary import read_dictionary

LARGEST: list[Kind] = bad_largest.LARGEST
KINDS: list[Kind] = [*bad_text.KINDS, *bad_office.KINDS, *bad_pdf.KINDS, *bad_speech.KINDS, *bad_tables.KINDS]

READERS: dict[str, Callable[[Path], Any]] = {
    "source": read_source,
    "table": read_table,
    "survey": read_survey,
    "observations": read_observations,
    "record": read_observation_record,
    "responses": read_responses,
    "people": lambda path: read_people(path, waves=["pre", "post"]),
    "attendance": read_attendance,
    "consents": read_consents,
    "dictionary": read_dictionary,
    "study": lambda path: read_study(path.parent),
}
# Where such a file lies in a study; a list of words is no part of one.
FOLDERS = {
    "source": "interviews/pre",
    "survey": "surveys",
    "observations": "observations",
    "record": "observations",
    "responses": "scales",
    "table": "tables",
}
GOOD = {
    "interviews/pre/A1.txt": "社工：你好。\nA1：我想去。\n",
    "interviews/post/A1.txt": "社工：怎么样？\nA1：很好。\n",
}
MEMORY = 512 * 2**20


def main() -> None:
    folder, *words = sys.argv[1:]
    warnings.simplefilter("error")
    template = Path(folder) / "template.qualkit"
    qk.create_project(template, title="x", prefix="BAD").close()
    warm_up()
    known = rows_after(Path(folder), template, None, "")[1]
    empty = count_rows(template)
    if words == ["--largest"]:
        for kind in LARGEST:
            tell(name=kind.name)
            tell(name=kind.name, read=read_each(kind, make(kind), Path(folder)))
        return
    for kind in KINDS:
        if not words or any(word in kind.name for word in words):
            tell(name=kind.name)
            tell(**run(kind, Path(folder), template, empty if kind.read == "study" else known))


def warm_up() -> None:
    # What is imported or built once does not count to any file.
    for name in ("docx", "odt", "rtf", "html"):
        read_source(SAMPLES / f"interview_notes.{name}")
    for name in ("interview_libreoffice.pdf", "elan.eaf", "whisper.json", "chat.cha"):
        read_source(SAMPLES / name)
    read_observation_record(SAMPLES / "observation_merged_header.xlsx")
    read_survey(SAMPLES / "survey_labels.sav")


def run(kind: Kind, folder: Path, template: Path, known: dict[str, int]) -> dict[str, Any]:
    made = make(kind)
    imported = None
    if kind.read != "dictionary":
        place = kind.file if "/" in kind.file else f"{FOLDERS.get(kind.read, '.')}/{kind.file}"
        imported = attempt(lambda: rows_after(folder, template, made[0], place, known)[0])
    return {"name": kind.name, "read": read_each(kind, made, folder), "imported": imported}


def make(kind: Kind) -> list[bytes]:
    """The bytes of the file, or of all files of the kind."""
    built = kind.build()
    return [one.encode() if isinstance(one, str) else one for one in (built if isinstance(built, list) else [built])]


def read_each(kind: Kind, made: list[bytes], folder: Path) -> list[dict[str, Any]]:
    """What became of each file when it was read."""
    read = []
    for data in made if kind.read in READERS else ():
        path = folder / "one" / Path(kind.file).name
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        path.write_bytes(data)
        gc.collect()
        read.append(attempt(lambda path=path: summary(READERS[kind.read](path))))
    return read


def rows_after(
    folder: Path, template: Path, data: bytes | None, place: str, known: dict[str, int] | None = None
) -> tuple[Any, dict[str, int]]:
    """Import a study with the file among good ones: what the report says, and what the project holds."""
    study = folder / "study"
    shutil.rmtree(study, ignore_errors=True)
    for name, text in GOOD.items():
        (study / name).parent.mkdir(parents=True, exist_ok=True)
        (study / name).write_text(text, encoding="utf-8")
    if data is not None:
        path = study / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    file = folder / "project.qualkit"
    file.unlink(missing_ok=True)
    shutil.copy(template, file)
    with qk.open_project(file, coder="x") as project:
        report = project.import_folder(study)
        problems = len(project.check())
    rows = {row["file"]: row for row in report.to_dict("records")}
    held = count_rows(file)
    bad = [
        row for name, row in rows.items() if name not in GOOD and (name != "study.yaml" or row["status"] == "refused")
    ]
    about = {
        "statuses": [row["status"] for row in bad],
        "details": [row["detail"][:3000] for row in bad],
        "good": [rows[name]["status"] for name in GOOD if name in rows],
        "problems": problems,
        "left": [] if known is None else [name for name in held if held[name] != known[name]],
        "files": sorted(one.name for one in folder.iterdir()),
    }
    return about, held


def count_rows(file: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"') for name in names}  # noqa: S608
        return {name: count.fetchone()[0] for name, count in counts.items()}


def attempt(work: Callable[[], Any]) -> dict[str, Any]:
    about: dict[str, Any] = {}
    with measured(about):
        try:
            about["result"] = work()
        except ReadError as error:
            about["refused"] = str(error)[:20_000]
        except BaseException:  # noqa: BLE001 - whatever it is, the test must hear of it
            about["raised"] = traceback.format_exc()[-3000:]
    return about


@contextmanager
def measured(about: dict[str, Any]) -> Iterator[None]:
    before = held_now()
    reset_peak()
    limit(2 * MEMORY + virtual_now())
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    began, of_children = time.process_time(), children.ru_utime + children.ru_stime
    try:
        yield
    finally:
        limit(resource.RLIM_INFINITY)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        about["seconds"] = round(time.process_time() - began + children.ru_utime + children.ru_stime - of_children, 2)
        about["mebibytes"] = round(max(peak() - before, 0) / 1024)


def limit(n_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (n_bytes, resource.RLIM_INFINITY))


def status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    raise ValueError(name)


def held_now() -> int:
    return status("VmRSS") if Path("/proc/self/status").exists() else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def virtual_now() -> int:
    return status("VmSize") * 1024


def reset_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> int:
    return status("VmHWM") if Path("/proc/self/status").exists() else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def summary(result: Any) -> str:
    """The beginning of all that a result says."""
    if hasattr(result, "text") and hasattr(result, "turns"):
        require_sound(result)
        return f"{result.meta.get('recognised', '')[:2000]}\n{len(result.turns)} turns\n{result.text[:20_000]}"
    if hasattr(result, "to_csv"):
        return str(result.head(50).to_csv())[:20_000]
    return repr(result)[:20_000]


def require_sound(source: Any) -> None:
    place = 0
    for turn in source.turns:
        assert place <= turn.start <= turn.end <= len(source.text), turn
        place = turn.end
    for one in (*source.marks, *source.notes):
        assert 0 <= one.start <= one.end <= len(source.text), one
    source.text.encode()


def tell(**about: Any) -> None:
    print(json.dumps(about, ensure_ascii=True), flush=True)


if __name__ == "__main__":
    main()
