"""Import the texts of a study: whom each is about, by where it lies, and a new version where a file changed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import Connection, bindparam, select

from qualkit.errors import DataError, NotFoundError, ReadError
from qualkit.model import Source
from qualkit.project import study_kinds
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_case, present
from qualkit.project.schema import cases, sources, speakers
from qualkit.project.sessions import write_session
from qualkit.project.settings import read_settings
from qualkit.project.sources import About, add_source
from qualkit.project.study_kinds import FOLDERS, find_session_name, find_wave_in
from qualkit.project.study_rows import was_imported
from qualkit.project.values import to_iso_date
from qualkit.project.versions import preview_replacement, replace_text
from qualkit.readers.ahead import Read, read_directly
from qualkit.readers.cells import read_ordinal
from qualkit.readers.process_record import PARTS
from qualkit.remarks import Remark, join_remarks

CHANGED = ("offer", "accept", "keep")
TAKE_IT = Remark(
    "Take the new version with changed='accept', or leave the earlier one.",
    "可以更新为新版本（导入时选“更新”，即 changed='accept'），也可以保留原来的文本。",
)

_DATE_NAMES = ("日期", "时间", "访谈时间", "访谈日期", "date", "Date")
_PERSON_NAMES = ("访谈对象", "受访者", "组员编号")
_FEW = 8

# Made once: an import asks for every file.
_SOURCE = select(sources).where(sources.c.name == bindparam("name"), present(sources))
_EVERYWHERE = select(speakers.c.speaker).where(speakers.c.source_id.is_(None), present(speakers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a file."""

    status: str
    detail: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the place of a file says of its text: its name in the study and whom it is about."""

    name: str
    about: About


@dataclass(slots=True)
class Intake:
    """What an import knows of the project for every file, and how it reads texts.

    ``has_participants`` and ``has_sessions``: whether people and sessions came as tables.
    """

    waves: list[str] = dataclasses.field(default_factory=list)
    language: str = "zh"
    cases: set[str] = dataclasses.field(default_factory=set)
    speakers: set[str] = dataclasses.field(default_factory=set)
    has_participants: bool = False
    has_sessions: bool = False
    read: Read = read_directly

    def refresh(self, connection: Connection) -> None:
        """Ask again, after a table has been imported."""
        settings = read_settings(connection)
        self.waves, self.language = settings["waves"], settings["language"]
        self.cases = set(connection.execute(select(cases.c.case).where(present(cases))).scalars())
        self.speakers = set(connection.execute(_EVERYWHERE).scalars())
        self.has_participants = was_imported(connection, "participants")
        self.has_sessions = was_imported(connection, "sessions")


def place_text(place: PurePath, kind: str, *, waves: Sequence[str], known: Collection[str]) -> Place:
    """What folder and name of a file say of its text.

    >>> place_text(PurePath("interviews/pre/A3.docx"), "interview", waves=["pre", "post"], known=[]).name
    'pre/A3'
    """
    in_folder = place.parts[0].lower() in FOLDERS.get(kind, ())
    if kind == "session record":
        number = _read_session(place, in_folder=in_folder)
        if number is not None:
            return Place(name=f"session/{number}", about=About(session=number))
    wave = find_wave_in(place.with_suffix("").parts, waves)
    if kind == "interview" and in_folder and len(place.parts) > 2 and wave is None:
        folders = ", ".join(f"interviews/{one}/" for one in waves)
        raise ReadError(
            Remark(
                f"{place.name} lies in {place.parts[-2]}/, which is no wave. Put it into {folders}.",
                f"{place.name} 所在的文件夹 {place.parts[-2]}/ 不是本研究的时点。请放进 {folders}。",
            )
        )
    if kind == "informant" and wave is None:
        # Whoever is asked about a member is asked at the end, unless the folder says otherwise.
        wave = waves[-1]
    case = study_kinds.find_case(place.stem, known) if kind in ("interview", "informant", "observation") else None
    if case is None and in_folder and kind in ("interview", "informant"):
        case = place.stem
    inner = place.with_suffix("").as_posix()
    name = f"{wave}/{case}" if case and wave else inner.split("/", 1)[1] if in_folder else inner
    return Place(name=name, about=About(case=case, wave=wave))


def store_text(
    action: Action, source: Source, place: Place, *, file: str, changed: str, intake: Intake | None = None
) -> Outcome:
    """Add a source, or offer or take the new version of one that came from the same file before."""
    connection = action.connection
    if intake is None:
        intake = Intake()
        intake.refresh(connection)
    about = place.about
    source = dataclasses.replace(source, name=place.name, meta={**source.meta, "file": file})
    if about.case is not None and intake.has_participants and about.case not in intake.cases:
        _require_participant(connection, about.case, file)
    if about.session is not None and not intake.has_sessions:
        write_session(action, about.session, {})
    known = _find_known(connection, source.name)
    if known is not None and known["meta"].get("file") != file:
        source = dataclasses.replace(source, name=_free_name(connection, source.name, known, file))
        known = _find_known(connection, source.name)
    about, odd = _with_date(about, source)
    odd += _odd_person(source, about) + _odd_parts(source)
    if known is None:
        add_source(action, source, dataclasses.replace(about, language=intake.language))
        if about.case is not None:
            intake.cases.add(about.case)
        odd += _odd_speakers(source, intake.cases, intake.speakers)
        return Outcome(
            status="imported",
            detail=join_remarks([_turns(source), *odd]),
            format=source.meta["format"],
        )
    own = select(speakers.c.speaker).where(speakers.c.source_id == known["source_id"], present(speakers))
    here = set(connection.execute(own).scalars())
    odd += _odd_speakers(source, intake.cases, intake.speakers, here)
    return _renew(action, known, source, changed=changed, odd=odd)


def _renew(action: Action, known: Row, source: Source, *, changed: str, odd: list[str]) -> Outcome:
    file_format = source.meta["format"]
    seen = preview_replacement(action.connection, known, source)
    n_codings = seen.n_moved + len(seen.changed) + len(seen.unplaced)
    if changed == "keep":
        kept = Remark(f"{source.name}: the earlier text was kept", f"{source.name}：保留原来的文本")
        return Outcome(status="changed", detail=kept, format=file_format)
    if changed == "offer" and n_codings:
        what = _describe(seen.n_moved, len(seen.changed), len(seen.unplaced))
        offered = Remark(
            f"{source.name}: the file has changed. {what} {TAKE_IT}",
            f"{source.name}：文件已改动。{what.zh}{TAKE_IT.zh}",
        )
        return Outcome(status="changed", detail=offered, format=file_format)
    done = replace_text(action, known, source)
    moved = [_describe(done.n_moved, len(done.changed), len(done.unplaced))] if n_codings else []
    return Outcome(status="new version", detail=join_remarks([_turns(source), *moved, *odd]), format=file_format)


def _turns(source: Source) -> Remark:
    return Remark(f"{source.name}: {len(source.turns)} turns", f"{source.name}：{len(source.turns)} 个话轮")


def _describe(n_moved: int, n_changed: int, n_unplaced: int) -> Remark:
    parts = [Remark(f"{n_moved} codings move with their words", f"{n_moved} 处编码随文字移动")]
    if n_changed:
        parts.append(
            Remark(
                f"{n_changed} move to words that were edited: project.codings.changed() lists them",
                f"{n_changed} 处编码的文字有改动，请逐条核对（project.codings.changed() 列出）",
            )
        )
    if n_unplaced:
        parts.append(
            Remark(
                f"{n_unplaced} have lost their words and are listed in project.codings.unplaced()",
                f"{n_unplaced} 处编码的文字已不在新文本中，需重新定位（project.codings.unplaced() 列出）",
            )
        )
    said = join_remarks(parts)
    return Remark(f"{said}.", f"{said.zh}。")


def _find_known(connection: Connection, name: str) -> Row | None:
    row = connection.execute(_SOURCE, {"name": name}).mappings().one_or_none()
    return None if row is None else dict(row)


def _free_name(connection: Connection, name: str, known: Row, file: str) -> str:
    # Two interviews with one child at one wave go by their files' names; one interview in two formats does not.
    stem, origin = PurePath(file).stem, known["meta"].get("file", "something else")
    longer = f"{name} {stem}"
    other = _find_known(connection, longer)
    if stem == PurePath(origin).stem or (other is not None and other["meta"].get("file") != file):
        raise ReadError(
            Remark(
                f"{file}: {name!r} was made from {origin} already. Rename or remove one of them.",
                f"{file}：“{name}”已由 {origin} 导入。请改名，或去掉其中一份。",
            )
        )
    return longer


def _read_session(place: PurePath, *, in_folder: bool) -> int | None:
    name = find_session_name(place.stem)
    if name is None and not in_folder:
        return None
    return read_ordinal(name or place.stem, place.name)


def _require_participant(connection: Connection, case: str, file: str) -> None:
    try:
        find_case(connection, case)
    except NotFoundError as error:
        raise ReadError(
            Remark(
                f"{file}: {case!r} is not in participants.csv. Add the person there, or correct the name of the file.",
                f"{file}：参与者名单里没有 {case}。请在名单中补上，或改正文件名。",
            )
        ) from error


def _with_date(about: About, source: Source) -> tuple[About, list[str]]:
    if about.date is not None:
        return about, []
    date = next((source.meta[one] for one in _DATE_NAMES if source.meta.get(one)), None)
    try:
        return dataclasses.replace(about, date=to_iso_date(date)), []
    except DataError as error:
        return about, [Remark(f"no date: {error}", f"没有日期：{date!r} 不是可识别的日期，应写成 2031-04-15 这样")]


def _odd_parts(source: Source) -> list[str]:
    # A process record that has some of its parts and lacks others.
    missing = source.meta.get("parts_missing") if source.meta.get("parts") else None
    names = [PARTS[name]["zh"] for name in missing.split(", ")] if missing else []
    return [Remark(f"no part {', '.join(names)}", f"缺少部分：{'、'.join(names)}")] if names else []


def _odd_person(source: Source, about: About) -> list[str]:
    named = next((source.meta[one] for one in _PERSON_NAMES if source.meta.get(one)), None)
    if named is None or about.case is None or about.case in re.findall(r"[A-Za-z]+\d+|\w+", named):
        return []
    return [Remark(f"the text says it is about {named!r}", f"文稿里写的访谈对象是“{named}”")]


def _odd_speakers(source: Source, *known: Collection[str]) -> list[str]:
    labels = dict.fromkeys(turn.speaker for turn in source.turns if turn.speaker is not None)
    unknown = [label for label in labels if not any(label in some for some in known)]
    if not unknown:
        return []
    rest = len(unknown) - _FEW
    more = Remark(f" and {rest} more", f"等 {len(unknown)} 个") if rest > 0 else Remark("", "")
    return [
        Remark(
            f"no case for the speaker {', '.join(unknown[:_FEW])}{more}",
            f"说话人还没有对应的个案：{'、'.join(unknown[:_FEW])}{more.zh}",
        )
    ]
