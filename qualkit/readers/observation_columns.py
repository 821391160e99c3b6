"""What a column of an observation table is: by its header, a role such as 出席, or an item with its range."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualkit.errors import ReadError
from qualkit.headings import plain
from qualkit.readers.cells import read_ordinal
from qualkit.readers.grid import Grid

#: What a column can be beside an item; the first name of each is the one to recommend.
ROLES = {
    "session": ("节次", "第几节", "活动节次", "小组节次", "场次", "session", "sessionno"),
    "date": ("日期", "活动日期", "观察日期", "活动时间", "观察时间", "date"),
    "case": (
        *("组员编号", "组员", "编号", "成员编号", "成员", "个案编号", "个案", "观察对象", "儿童编号", "学生编号"),
        *("组员姓名", "姓名", "化名", "学生", "儿童", "case", "member", "participant", "child", "code", "name"),
    ),
    "attended": ("出席", "出勤", "到场", "考勤", "签到", "出席情况", "出勤情况", "是否出席", "attended", "attendance"),
    "observer": ("观察员", "观察者", "观察人", "记录员", "评分者", "评分员", "observer", "rater"),
    "key_event": ("关键事件", "重要事件", "特殊事件", "key_event", "keyevent", "criticalincident"),
    "remark": ("备注", "说明", "remarks", "remark", "note", "notes"),
    "number": ("序号", "no", "no.", "#"),
}

# 参与度(1-5), 参与度（1分很低，5分很高）: the range a rating must keep to.
_RANGE = re.compile(
    r"(?P<item>.+?)\s*[（(\[【]\s*(?P<low>[-+]?\d{1,3})[^\d（()）\[\]【】]{0,10}?[-–—－~～至到,，;；、/]"
    r"[^\d（()）\[\]【】+-]{0,6}(?P<high>[-+]?\d{1,3})[^\d（()）\[\]【】]{0,12}[)）\]】]"
)
_BRACKET = re.compile(r"\s*[（(\[【][^（()）\[\]【】]{0,20}[)）\]】]$")

_ORDINAL = r"第\s*[0-9一二三四五六七八九十]{1,4}\s*[节次]"
_SESSION = re.compile(
    rf"(?P<session>{_ORDINAL}|session\s*[0-9]{{1,3}})(?:[\s:：（(]*[0-9年月日./-]{{3,12}}[)）]?)?", re.I
)
_BESIDE_SESSION = re.compile(
    rf"(?:(?P<before>{_ORDINAL})[\s_/·:：-]*(?P<item>.+)|(?P<name>.+?)[\s_/·-]*(?P<after>{_ORDINAL}))"
)
_RATER = "观察[员者人]|评分[员者]|记录员|observer|rater"
_OBSERVER = re.compile(
    rf"(?:(?:{_RATER})[\s_-]*)?(?P<code>O[0-9]{{1,2}})|(?:{_RATER})[\s_-]*(?:[A-Za-z]?[0-9]{{0,2}}|[甲乙丙丁一二三])",
    re.I,
)
_BESIDE_OBSERVER = re.compile(
    rf"(?P<item>.+?)\s*[_/·（(\[-]?\s*(?P<observer>O[0-9]{{1,2}}|(?:{_RATER})[\s_-]*[A-Za-z0-9甲乙丙丁一二三]{{1,3}})\s*[)）\]]?"
    r"|(?P<before>O[0-9]{1,2})[\s_/·:：-]+(?P<rest>.+)"
)
_MEMBER = re.compile(r"(?:组员|成员|学员)?\s*(?P<code>[A-Za-z]{1,3}[-_]?[0-9]{1,4})(?:\s*[（(].{1,12}[)）])?")
_CHOICE = re.compile(r"(?P<value>-?[0-9]{1,2})\s*分?")

_ROLE_OF = {name: role for role, names in ROLES.items() for name in names}

_LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column holds; ``session`` and ``observer`` are given where the header says them.

    ``role`` is one of ``ROLES`` and empty for an item. ``low`` and ``high`` are the range of a rating;
    ``choice`` is the value that a tick in this column stands for.
    """

    place: int
    header: str
    path: tuple[str, ...] = ()
    role: str = ""
    item: str = ""
    low: float | None = None
    high: float | None = None
    session: int | None = None
    observer: str | None = None
    choice: float | None = None


def role_of(header: str) -> str:
    """What a header such as 组员编号 or 出席(√/×) says of its column; empty for an item.

    >>> role_of("出席（√/×）"), role_of("Key event:"), role_of("参与度(1-5)")
    ('attended', 'key_event', '')
    """
    return _ROLE_OF.get(role_name(header), "")


def role_name(header: str) -> str:
    """The name in ``ROLES`` that a header comes to; the header as it is compared when it is none."""
    words = plain(header).rstrip(":")
    bare = plain(_BRACKET.sub("", words))
    return bare if words not in _ROLE_OF and bare in _ROLE_OF else words


def member_code(text: str) -> str | None:
    """The code of a member that stands alone in a cell.

    >>> member_code("组员A3"), member_code("A3（小雨）"), member_code("小雨")
    ('A3', 'A3', None)
    """
    match = _MEMBER.fullmatch(text)
    return match["code"] if match and not _OBSERVER.fullmatch(text) else None


def is_session(text: str) -> bool:
    """Whether a header names a session and nothing else: 第3节, Session 3, 第3节（4月19日）."""
    return bool(_SESSION.fullmatch(text))


def make_column(place: int, path: tuple[str, ...], grid: Grid) -> Column:
    """The column under the names of ``path``, from the widest group down."""
    session: int | None = None
    observer: str | None = None
    names: list[str] = []
    for part in path:
        if match := _SESSION.fullmatch(part):
            session = _ordinal(match["session"], grid)
        elif (match := _OBSERVER.fullmatch(part)) and not role_of(part):
            observer = match["code"] or part
        else:
            names.append(part)
    header = " / ".join(path)
    if names and not role_of(names[-1]):
        if match := _BESIDE_SESSION.fullmatch(names[-1]):
            session = _ordinal(match["before"] or match["after"], grid)
            names[-1] = match["item"] or match["name"]
        if (match := _BESIDE_OBSERVER.fullmatch(names[-1])) and not role_of(names[-1]):
            observer = _observer(match["observer"] or match["before"])
            names[-1] = match["item"] or match["rest"]
    role = role_of(names[-1]) if names else ""
    column = Column(place=place, header=header, path=tuple(names), role=role, session=session, observer=observer)
    return column if role else with_range(column, grid)


def _ordinal(text: str, grid: Grid) -> int:
    return read_ordinal(re.sub(r"\s|session", "", text, flags=re.IGNORECASE), f"{grid.title}, header {text!r}")


def _observer(text: str) -> str:
    match = _OBSERVER.fullmatch(text)
    return match["code"] if match and match["code"] else text


def with_range(column: Column, grid: Grid) -> Column:
    """The column with the range that stands at its item, or at the group above it."""
    names = list(column.path)
    low = high = None
    for place in range(len(names) - 1, -1, -1):
        if len(names[place]) <= _LONGEST_HEADER and (match := _RANGE.fullmatch(names[place])):
            names[place] = match["item"]
            if low is None:
                low, high = float(match["low"]), float(match["high"])
    if low is not None and high is not None and low >= high:
        raise ReadError(f"{grid.title}, header {column.header!r}: the range runs backwards. Write it as (1-5).")
    return replace(column, path=tuple(names), item=names[-1] if names else "", low=low, high=high)


def name_items(columns: Sequence[Column], grid: Grid) -> tuple[Column, ...]:
    """The columns with items told apart: by the groups above them where they have the same name."""
    found = _find_choices(columns)
    keys = Counter(_key(one) for one in found if not one.role)
    named = [replace(one, item=" / ".join(one.path)) if not one.role and keys[_key(one)] > 1 else one for one in found]
    counts = Counter(_key(one) for one in named if not one.role)
    if doubled := next((key[0] for key, count in counts.items() if count > 1), None):
        raise ReadError(f"{grid.title}: two columns rate {doubled!r}. Give each a name of its own.")
    return tuple(named)


def _key(column: Column) -> tuple[str, int | None, str | None, float | None]:
    return column.item, column.session, column.observer, column.choice


def _find_choices(columns: Sequence[Column]) -> list[Column]:
    # 参与度 above 1 2 3 4 5: a tick below one of them is the rating.
    groups: dict[tuple[str, ...], list[float]] = {}
    for one in columns:
        if (value := _choice(one)) is not None:
            groups.setdefault(one.path[:-1], []).append(value)
    found = []
    for one in columns:
        values, value = groups.get(one.path[:-1], []), _choice(one)
        if value is not None and len(values) > 1:
            low, high = min(values), max(values)
            one = replace(one, path=one.path[:-1], item=one.path[-2], choice=value, low=low, high=high)
        found.append(one)
    return found


def _choice(column: Column) -> float | None:
    match = _CHOICE.fullmatch(column.path[-1]) if not column.role and len(column.path) > 1 else None
    return float(match["value"]) if match else None
