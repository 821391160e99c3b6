"""What a file of a study is: by the folder it lies in, then by its name, then by the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path, PurePath

from qualkit.errors import ReadError
from qualkit.readers.observation import holds_record
from qualkit.readers.table import read_rows
from qualkit.readers.waves import OCCASIONS, find_wave, split_header

TABLES = (".csv", ".tsv", ".xlsx", ".xlsm")
SPSS = (".sav", ".zsav", ".por")

#: Kinds that hold a text, each with what its source is.
TEXT_KINDS = {
    "interview": "interview",
    "informant": "interview",
    "focus group": "focus_group",
    "session record": "session_record",
    "worker log": "worker_log",
    "observation": "observation",
    "text": "other",
}

# Folders by kind. The first name is the one that is written in messages.
FOLDERS = {
    "interview": ("interviews", "transcripts", "访谈", "访谈记录", "逐字稿", "转录", "组员访谈", "个案访谈"),
    "informant": ("informants", "知情人", "知情人访谈", "监护人", "监护人访谈", "教师", "教师访谈", "家长访谈"),
    "focus group": ("focus_groups", "焦点小组", "焦点小组访谈", "座谈"),
    "session record": ("sessions", "节次", "小组活动", "小组记录", "活动记录", "过程记录"),
    "worker log": ("logs", "worker_logs", "工作日志", "社工日志", "反思日志"),
    "observations": ("observations", "观察", "观察记录", "观察表"),
    "responses": ("scales", "量表"),
    "survey": ("surveys", "questionnaires", "问卷"),
    "codings": ("codings", "编码"),
}

_TABLE_NAMES = {
    "participants": ("participants", "参与者", "参与者信息", "组员", "组员信息", "基本情况", "访谈对象基本情况表"),
    "relations": ("relations", "关系"),
    "sessions": ("sessions", "节次", "活动计划", "小组活动计划", "小组活动计划表"),
    "attendance": ("attendance", "出席", "出勤", "出席情况", "出席表", "签到表"),
    "consents": ("consent", "consents", "知情同意", "同意情况"),
    "logic chain": ("logic_chain", "逻辑链"),
}

_USUAL_WAVES = ("pre", "mid", "post", "follow_up")
_WORD_LISTS = ("dictionary", "词典", "词表")

_CASE = ("case", "编号", "组员编号", "组员")
_SESSION_COLUMN = ("session", "节次")

# A table that lies anywhere is of the first kind of which its header has one name out of each group.
_HEADERS = (
    ("survey", (("序号",), ("提交答卷时间",), ("所用时间",))),
    ("codings", (("quote", "content"), ("code", "tag"))),
    ("attendance", (_SESSION_COLUMN, _CASE, ("attended",))),
    ("observations", (_SESSION_COLUMN, _CASE)),
    ("relations", (("relation", "关系"), ("other", "对象"))),
    ("sessions", (_SESSION_COLUMN, ("aim", "目标", "主题", "name"))),
    ("participants", (_CASE, ("role", "角色", "性别", "sex", "年龄", "age"))),
)

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,3}-?\d{1,4}(?!\d)")
_SESSION = re.compile("第[0-9一二三四五六七八九十]+[节次]|session[ _-]?[0-9]+", re.IGNORECASE)
_LOG = re.compile("日志|反思")
_FOCUS = re.compile("焦点小组|座谈|focus", re.IGNORECASE)
_OBSERVED = re.compile("观察|observ", re.IGNORECASE)

PLACES_ZH = "访谈、监护人访谈、焦点小组、小组记录、工作日志、观察、量表、问卷、编码"
PLACES = "interviews/, informants/, focus_groups/, sessions/, logs/, observations/, scales/, surveys/ or codings/"


def find_kind(path: Path, place: PurePath, suffixes: Collection[str]) -> str | None:
    """What the file ``path`` is, that lies at ``place`` of its study; ``None`` when nothing tells.

    ``suffixes`` are those of texts. An ending in Chinese or upper case folders counts alike.
    """
    suffix = path.suffix.lower()
    if suffix in TABLES:
        return _kind_of_table(path, place)
    if suffix in SPSS:
        return "responses" if _folder_kind(place) == "responses" else "survey"
    if _folder_kind(place) == "codings":
        return "codings"
    if suffix not in suffixes:
        return None
    if len(place.parts) == 1 and place.stem.lower() in _WORD_LISTS:
        return "dictionary"
    kind = _folder_kind(place)
    if kind is None or kind in ("responses", "survey", "codings"):
        kind = kind_of_text(place)
    if kind in ("observation", "observations"):
        return "observations" if _is_record(path) else "observation"
    return kind


def kind_of_text(place: PurePath) -> str:
    """What a text is by the words of its name and of the folders above it.

    >>> kind_of_text(PurePath("第三节小组活动.docx")), kind_of_text(PurePath("A3前测.docx"))
    ('session record', 'interview')
    """
    words = place.with_suffix("").as_posix()
    if _LOG.search(words):
        return "worker log"
    if _FOCUS.search(words):
        return "focus group"
    if _OBSERVED.search(words):
        return "observation"
    return "session record" if _SESSION.search(words) else "interview"


def find_wave_in(parts: Sequence[str], waves: Sequence[str]) -> str | None:
    """The wave that the parts of a path name, as itself or in a usual word; the last part goes first.

    >>> find_wave_in(["访谈", "前测", "A3"], ["pre", "post"]), find_wave_in(["A3后测"], ["pre", "post"])
    ('pre', 'post')
    """
    for part in reversed(parts):
        for token in (part, *re.split(r"[ _\-.()（）]+", part), *OCCASIONS.findall(part)):
            if token and (wave := find_wave(token, waves)) is not None:
                return wave
    return None


def find_case(stem: str, known: Collection[str]) -> str | None:
    """The case that the name of a file names: a known one, or what looks like a code.

    >>> find_case("A3前测", []), find_case("小雨 前测", ["小雨"]), find_case("访谈记录", [])
    ('A3', '小雨', None)
    """
    if stem in known:
        return stem
    named = [case for case in re.split(r"[ _\-.()（）+]+", stem) if case in known]
    if named:
        return named[0]
    codes = _CODE.findall(stem)
    return codes[0] if codes else None


def find_session_name(stem: str) -> str | None:
    """What in a file's name says which session it is of.

    >>> find_session_name("第三节小组活动"), find_session_name("S-12")
    ('第三节', '12')
    """
    match = _SESSION.search(stem)
    if match is not None:
        return match[0] if match[0].startswith("第") else re.sub(r"\D", "", match[0])
    number = re.search(r"\d+", stem)
    return None if number is None else number[0]


def _folder_kind(place: PurePath) -> str | None:
    for part in place.parts[:-1]:
        for kind, names in FOLDERS.items():
            if part.lower() in names:
                return kind
    return None


def _kind_of_table(path: Path, place: PurePath) -> str | None:
    stem = place.stem.lower()
    kind = _folder_kind(place)
    for named, names in _TABLE_NAMES.items():
        fits = kind is None or (kind == "session record" and named in ("sessions", "attendance"))
        if fits and stem in names:
            return named
    if kind in ("observations", "responses", "survey", "codings"):
        return kind
    return _kind_by_header(path)


def _kind_by_header(path: Path) -> str | None:
    try:
        header = read_rows(path).header
    except ReadError:
        # Titles above and merged cells in the header are what records of observations have.
        return "observations" if _is_record(path) else None
    names = {name.strip().lower() for name in header}
    for kind, groups in _HEADERS:
        if all(not names.isdisjoint(group) for group in groups):
            return kind
    has_waves = any(split_header(name, _USUAL_WAVES)[1] for name in header)
    return "participants" if has_waves and not names.isdisjoint(_CASE) else None


def _is_record(path: Path) -> bool:
    try:
        return holds_record(path)
    except ReadError:
        # It cannot be read at all, which is said when it is imported.
        return False
