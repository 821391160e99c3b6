"""A project: one study in one file, with its sections, undo, check and import."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
from sqlalchemy import func, select

from qualkit.checks import require_choice
from qualkit.errors import OptionError
from qualkit.model import LANGUAGES
from qualkit.project.absences import Absences
from qualkit.project.cases import Cases
from qualkit.project.check import check_project, check_quotes
from qualkit.project.codebook import CodebookSection
from qualkit.project.codes import Codes
from qualkit.project.codings import Codings
from qualkit.project.completeness import Expected, completeness
from qualkit.project.consents import Consents
from qualkit.project.database import Database
from qualkit.project.dictionary import Dictionary
from qualkit.project.doors import WORKBENCH, open_door
from qualkit.project.files import back_up, make_file, open_file
from qualkit.project.folder import Said, import_files, import_folder
from qualkit.project.history import History
from qualkit.project.journal import Action, Journal
from qualkit.project.links import Links
from qualkit.project.memos import Memos
from qualkit.project.observations import Observations
from qualkit.project.progress import Progress
from qualkit.project.responses import Responses, Scores
from qualkit.project.scales import Scales
from qualkit.project.schema import events
from qualkit.project.sessions import Sessions
from qualkit.project.settings import read_settings, write_settings
from qualkit.project.sources import Sources
from qualkit.project.surveys import Surveys
from qualkit.project.turns import Turns
from qualkit.project.undo import CREATION, Event, redo, undo
from qualkit.project.values import to_text
from qualkit.spreadsheets import write_table

DEFAULT_CODER = "coder"
_PREFIX = re.compile("[A-Za-z][A-Za-z0-9]{0,11}")


class Project:
    """An open project; made by ``create_project`` or ``open_project``."""

    def __init__(self, database: Database, *, coder: str | None = None) -> None:
        with database.read() as connection:
            prefix = read_settings(connection)["prefix"]
        self._database = database
        self._journal = Journal(database, coder=to_text(coder) or DEFAULT_CODER, prefix=prefix)
        self.sources = Sources(self._journal)
        self.turns = Turns(self._journal)
        self.cases = Cases(self._journal)
        self.consents = Consents(self._journal)
        self.absences = Absences(self._journal)
        self.codes = Codes(self._journal)
        self.codings = Codings(self._journal)
        self.codebook = CodebookSection(self._journal)
        self.memos = Memos(self._journal)
        self.sessions = Sessions(self._journal)
        self.observations = Observations(self._journal)
        self.scales = Scales(self._journal)
        self.responses = Responses(self._journal)
        self.surveys = Surveys(self._journal)
        self.scores = Scores(self._journal)
        self.links = Links(self._journal)
        self.dictionary = Dictionary(self._journal)
        self.history = History(self._journal)

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._database.path

    @property
    def coder(self) -> str:
        """Who works in this project now; undo and redo are theirs."""
        return self._journal.coder

    @property
    def prefix(self) -> str:
        """What the ids of this study begin with."""
        return self._journal.prefix

    @property
    def last_event(self) -> int:
        """Number of the last action of anybody; it rises when another notebook or program changes the project."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.max(events.c.event_id))).scalar_one())

    @property
    def settings(self) -> dict[str, Any]:
        """Title, prefix, waves, sites and language of the study."""
        with self._database.read() as connection:
            return read_settings(connection)

    @property
    def title(self) -> str:
        """Title of the study."""
        return self.settings["title"]

    @property
    def waves(self) -> list[str]:
        """The measurement occasions, in order."""
        return self.settings["waves"]

    def set_waves(self, waves: Sequence[str], *, op_id: str | None = None) -> None:
        """Say which measurement occasions there are, in order."""
        values = _require_waves(waves)

        def work(action: Action) -> None:
            action.summary = ", ".join(values)
            write_settings(action, {"waves": values})

        self._journal.run("project.set_waves", work, op_id=op_id)

    def undo(self, *, section: str | None = None, op_id: str | None = None) -> Event | None:
        """Take back this coder's last action; ``None`` when there is nothing to take back.

        ``section="codings"`` takes it back only when it was an action on codings, so that a key
        pressed while coding does not take back an import.
        """
        return undo(self._journal, section=section, op_id=op_id)

    def redo(self, *, section: str | None = None, op_id: str | None = None) -> Event | None:
        """Do this coder's last undone action again; ``None`` when there is none, or it is of another section."""
        return redo(self._journal, section=section, op_id=op_id)

    def check(self) -> pd.DataFrame:
        """Look for anything unsound: one row per problem, no row when all is well."""
        return check_project(self._database)

    def import_folder(
        self,
        path: str | Path,
        *,
        changed: str = "offer",
        language: str | None = None,
        progress: Progress | bool | None = None,
    ) -> pd.DataFrame:
        """Import a study's folder; one row per file with what became of it, and why.

        Parameters
        ----------
        path : str or Path
            A folder with ``study.yaml``, ``participants.csv``, ``interviews/`` and so on. Without
            ``study.yaml`` the names of folders and files tell what they are, and one is written.
        changed : {"offer", "accept", "keep"}
            What to do with a text that has codings and whose file has changed: say how many codings
            would move, take the new version with them, or keep the earlier one.
        language : {"zh", "en"}, optional
            Of the column ``detail``; the project's, if not given.
        progress : callable or bool, optional
            Called before each file with how many are done, how many there are, and the file's name.
            A bar is shown in terminals and notebooks unless it is ``False``.

        Returns
        -------
        DataFrame
            ``file``, ``kind``, ``format``, ``status`` (``imported``, ``unchanged``, ``changed``,
            ``new version`` or ``refused``) and ``detail``. A bad file is refused as a whole and the
            others go on.
        """
        return import_folder(self._journal, path, changed=changed, language=language, progress=progress)

    def import_files(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        kind: Said = None,
        case: Said = None,
        wave: Said = None,
        changed: str = "offer",
        language: str | None = None,
        progress: Progress | bool | None = None,
    ) -> pd.DataFrame:
        """Import single files, as ``import_folder`` does.

        What is not given is told by the names of the files (``A3前测.docx``, ``第3节.docx``) and by
        what a table holds. ``case`` and ``wave`` are those of texts. Each of the three holds for all
        files, or is a mapping that has the value of a file by its path.
        """
        return import_files(
            self._journal,
            paths,
            kind=kind,
            case=case,
            wave=wave,
            changed=changed,
            language=language,
            progress=progress,
        )

    def completeness(self, *, kinds: Collection[str] | None = None, expected: Expected | None = None) -> pd.DataFrame:
        """What material there is of whom, and what is missing and why.

        Parameters
        ----------
        kinds : list of str, optional
            Only these kinds of material: ``interview``, ``informant`` (an interview with somebody who speaks
            about the case), ``scale/<name>``, ``survey/<name>``, ``observation``, ``attendance``, ``consent``.
        expected : mapping, optional
            Role → kind → waves, in the place of the rule below:
            ``{"member": {"interview": ["pre", "post"]}}``.

        Returns
        -------
        DataFrame, one row per case and place of material
            ``case``, ``role``, ``wave`` or ``session`` or neither, ``kind``, ``n`` (texts, answers, ratings,
            consents; attendance 0 or 1), ``status`` (``present``, ``missing``, ``excused``, ``not_expected``),
            ``reason`` (from ``project.absences``, the note on the attendance, or consent).

        Notes
        -----
        Interviews and scales are expected of members at every wave as soon as one member has one, attendance in
        every session, other material where any member has it. Of comparison cases only scales are
        expected, of guardians, teachers and workers nothing; consent is expected of all once one is
        recorded. A case without a role counts as member, unless it speaks about somebody. People who withdrew
        are listed: this table is for the author.
        """
        with self._database.read() as connection:
            return completeness(connection, kinds=kinds, expected=expected)

    def export_completeness(self, path: str | Path, *, language: str = "zh") -> Path:
        """Write the table of completeness to a ``.csv`` or ``.xlsx`` file."""
        return write_table(self.completeness(), path, language=language)

    def workbench(self, *, language: str | None = None) -> Any:
        """Open the workbench in a notebook: documents, people, coding, without code.

        ``language`` is that of the interface, ``"zh"`` or ``"en"``; that of the study otherwise.
        """
        return open_door(WORKBENCH, self, language=language)

    def back_up(self, path: str | Path) -> Path:
        """Write a copy of the project to a new file."""
        target = Path(path)
        with self._database.read():
            back_up(self.path, target)
        return target

    def state_stamp(self) -> str:
        """What a figure or table says of the state it was made from: title, number of the last event, time."""
        return f"{self.title} · #{self.last_event} · {datetime.now(UTC).astimezone():%Y-%m-%d %H:%M}"

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Project {self.path.name} · {self.coder}>"


def create_project(
    path: str | Path,
    title: str | None = None,
    prefix: str = "QK",
    *,
    waves: Sequence[str] = ("pre", "post"),
    language: str = "zh",
    coder: str | None = None,
) -> Project:
    """Make a new project file and open it; an error when the file exists.

    ``prefix`` begins every id, so that case A1 of one study is not A1 of another.

    >>> import tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> with create_project(pathlib.Path(folder.name) / "deviance.qualkit", title="交往偏差", prefix="DEV") as project:
    ...     text = "访谈者：下课呢？\\nA3：自己待着。"
    ...     source = project.sources.add_text("pre/A3", text, kind="interview", case="A3", wave="pre")
    ...     code = project.codes.add("type.withdrawal", label={"zh": "退缩型", "en": "withdrawal"})
    ...     coding = project.codings.add(source, 12, 16, code, coder="Lin")
    ...     project.codings.table()[["source", "turn", "text", "code", "coder", "case"]]
       source  turn  text             code coder case
    0  pre/A3     2  自己待着  type.withdrawal   Lin   A3
    >>> folder.cleanup()
    """
    if not isinstance(prefix, str) or not _PREFIX.fullmatch(prefix):
        raise OptionError(f"prefix={prefix!r} cannot begin ids. Choose up to 12 letters and digits, such as 'DEV'.")
    require_choice("language", language, LANGUAGES)
    coder = to_text(coder) or DEFAULT_CODER
    values: dict[str, Any] = {
        "title": to_text(title) or Path(path).stem,
        "prefix": prefix,
        "waves": _require_waves(waves),
        "sites": {},
        "language": language,
    }
    database = make_file(Path(path))

    def work(action: Action) -> None:
        action.summary = values["title"]
        write_settings(action, values)

    try:
        Journal(database, coder=coder, prefix=prefix).run(CREATION, work)
    except BaseException:
        database.close()
        database.path.unlink()
        raise
    return Project(database, coder=coder)


def open_project(path: str | Path, coder: str | None = None) -> Project:
    """Open a project file as ``coder``; one of an older qualkit is backed up and migrated first.

    Every coding is checked against its quote; when one does not fit, a warning points to
    ``project.check()``.
    """
    database = open_file(Path(path))
    try:
        project = Project(database, coder=coder)
        problems = len(check_quotes(database))
    except BaseException:
        database.close()
        raise
    if problems:
        warnings.warn(
            f"{project.path.name}: {problems} codings do not fit their text. See project.check().", stacklevel=2
        )
    return project


def _require_waves(waves: Sequence[str]) -> list[str]:
    names = [to_text(wave) for wave in waves] if isinstance(waves, Sequence) and not isinstance(waves, str) else []
    if not names or None in names or len(set(names)) < len(names):
        raise OptionError(f"waves={waves!r}: give different names in order, such as ('pre', 'post').")
    return [str(name) for name in names]
