"""A batch of files that wait to be imported: a study's folder, or loose files with what the user said of each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualkit.errors import ReadError
from qualkit.project.study import STUDY_FILE
from qualkit.readers import SOURCE_SUFFIXES
from qualkit.widgets.file_names import is_study, is_study_folder
from qualkit.widgets.uploads import MOST_FILES, Upload

if TYPE_CHECKING:
    from qualkit.project import Project

Progress = Callable[[int, int, str], None]
Row = dict[str, Any]

_COLUMNS = ("file", "kind", "format", "status", "detail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the user said of one file before it came in."""

    file: str
    case: str | None = None
    wave: str | None = None
    kind: str | None = None


@dataclass(slots=True, kw_only=True)
class Batch:
    """Files below ``root``, by relative names; ``upload`` holds the copies where they came from a browser."""

    root: Path
    files: tuple[str, ...]
    upload: Upload | None = None
    choices: dict[str, Choice] = field(default_factory=dict)

    @property
    def is_study(self) -> bool:
        """Whether the files are laid out as a study's folder, which says itself what each one is."""
        return is_study(self._within())

    @staticmethod
    def is_transcript(file: str) -> bool:
        """Whether a file is a text by its ending, so that it can have a case and a wave."""
        return PurePosixPath(file).suffix.lower() in SOURCE_SUFFIXES

    def bring_in(
        self, project: Project, choices: Sequence[Choice], rows: list[Row], progress: Progress, *, language: str
    ) -> None:
        """Import all files; their rows are added to ``rows`` as they are known."""
        self.choices = {each.file: each for each in choices}
        if self.is_study:
            rows += self._rows(project.import_folder(self._folder(), language=language, progress=progress))
            return
        done = 0
        for files in self._groups():

            def tell(n: int, _n: int, file: str, before: int = done) -> None:
                progress(before + n, len(self.files), file)

            rows += self._import(project, files, "offer", tell, language)
            done += len(files)

    def take_new_version(self, project: Project, file: str, *, language: str) -> Row:
        """Import a changed file once more, now in the place of the earlier text; its row of the report."""
        if not self.is_study:
            return self._import(project, [file], "accept", False, language)[0]
        # A folder that holds this one file alone: the other changed ones keep waiting for an answer.
        with TemporaryDirectory(prefix="qualkit-", ignore_cleanup_errors=True) as holder:
            staging = Path(holder)
            for name in (STUDY_FILE, file):
                if (self._folder() / name).is_file():
                    (staging / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(self._folder() / name, staging / name)
            table = project.import_folder(staging, changed="accept", language=language, progress=False)
        return next(row for row in self._rows(table) if row["file"] == file)

    def keep_only(self, files: Iterable[str]) -> None:
        """Take away the copies of all other files: they are in the project, or were refused."""
        if self.upload is None:
            return
        kept = {self._folder() / name for name in (*files, STUDY_FILE)}
        for name in self.files:
            if self.root / name not in kept:
                (self.root / name).unlink(missing_ok=True)

    def discard(self) -> None:
        """Take all copies away."""
        if self.upload is not None:
            self.upload.discard()

    def _groups(self) -> list[list[str]]:
        # The report tells files by what was said of them and their names: in one group nothing comes twice.
        groups: list[list[str]] = []
        seen: dict[str, int] = {}
        for file in self.files:
            name = self._reported(file)
            place = seen.get(name, 0)
            seen[name] = place + 1
            if place == len(groups):
                groups.append([])
            groups[place].append(file)
        return groups

    def _import(
        self, project: Project, files: Sequence[str], changed: str, progress: Progress | bool, language: str
    ) -> list[Row]:
        said = {self.root / file: self._choice(file) for file in files}
        table = project.import_files(
            list(said),
            kind={path: choice.kind for path, choice in said.items()},
            case={path: choice.case for path, choice in said.items()},
            wave={path: choice.wave for path, choice in said.items()},
            changed=changed,
            language=language,
            progress=progress,
        )
        by_name = {self._reported(file): file for file in files}
        return [{**row, "file": by_name[row["file"]]} for row in self._rows(table)]

    def _choice(self, file: str) -> Choice:
        # Nothing is said of a table: it says itself what it holds.
        said = self.choices.get(file) if self.is_transcript(file) else None
        return said or Choice(file=file)

    def _reported(self, file: str) -> str:
        said = self._choice(file)
        return "/".join(part for part in (said.wave, said.case, PurePosixPath(file).name) if part)

    def _rows(self, table: pd.DataFrame) -> list[Row]:
        rows = [
            {name: "" if (value := row.get(name)) is None or pd.isna(value) else str(value) for name in _COLUMNS}
            for row in table.to_dict("records")
        ]
        if self.upload is not None:
            # Where the copies lie says nothing to anybody.
            for row in rows:
                row["detail"] = row["detail"].replace(f"{self._folder()}/", "").replace(f"{self.root}/", "")
        return rows

    def _folder(self) -> Path:
        # A chosen folder comes with its own name above everything.
        top, *others = {PurePosixPath(file).parts[0] for file in self.files}
        is_wrapped = self.upload is not None and not others and all("/" in file for file in self.files)
        return self.root / top if is_wrapped and not is_study_folder(top) else self.root

    def _within(self) -> list[str]:
        folder = self._folder()
        return [(self.root / file).relative_to(folder).as_posix() for file in self.files]


def open_path(path: str) -> Batch:
    """The batch a path on this machine leads to: a folder with all below it, or one file."""
    name = path.strip().strip("\"'")
    try:
        place = Path(name).expanduser()
        if place.is_file():
            return Batch(root=place.parent, files=(place.name,))
        if not name or not place.is_dir():
            raise ReadError(f"{name!r} is neither a folder nor a file of this machine. Correct the path.")
        found = (one.relative_to(place) for one in place.rglob("*") if one.is_file())
        files = sorted(one.as_posix() for one in found if not any(part.startswith((".", "~$")) for part in one.parts))
    except (OSError, ValueError, RuntimeError) as error:
        raise ReadError(f"{name!r} cannot be opened ({error}). Correct the path.") from error
    if not files:
        raise ReadError(f"{place.name} holds no files. Choose another folder.")
    if len(files) > MOST_FILES:
        raise ReadError(
            f"{place.name} holds {len(files):,} files; up to {MOST_FILES:,} come in. Choose a folder in it."
        )
    return Batch(root=place, files=tuple(files))
