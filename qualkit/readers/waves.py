"""Which measurement occasion of a study a word such as 前测 stands for, also within the header of a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualkit.headings import plain

# In the order in which the occasions follow each other.
_WORDS = (
    ("pre", "前测", "前", "t1", "基线", "干预前", "介入前", "活动前", "before", "baseline"),
    ("mid", "中测", "中期", "干预中", "during"),
    ("post", "后测", "后", "t2", "干预后", "介入后", "活动后", "after"),
    ("follow_up", "追踪", "追踪测", "追踪测试", "随访", "t3", "followup", "follow-up"),
)
#: An occasion written together with something else: A3后测.
OCCASIONS = re.compile(
    "|".join(
        sorted(
            (one for words in _WORDS for one in words if re.search("[\u4e00-\u9fff]{2}", one)), key=len, reverse=True
        )
    )
)

# Chinese headers put the occasion before the thing: 前测年级.
_BEFORE = ("前测", "中测", "后测", "追踪测", "干预前", "干预后", "介入前", "介入后")


def find_wave(text: str, waves: Sequence[str]) -> str | None:
    """The wave of the study that ``text`` stands for; ``None`` when it is none of them.

    >>> find_wave("前测", ["pre", "post"]), find_wave("后测", ["T1", "T2"]), find_wave("T7", ["pre", "post"])
    ('pre', 'T2', None)
    """
    given = plain(text)
    for wave in waves:
        if plain(wave) == given:
            return wave
    group = next((words for words in _WORDS if given in words), ())
    return next((wave for wave in waves if plain(wave) in group), None)


def split_header(header: str, waves: Sequence[str]) -> tuple[str, str | None]:
    """The name in a header and the wave it is of, if any.

    >>> [split_header(one, ["pre", "post"]) for one in ("年级_pre", "年级@后测", "前测年级", "年级（后测）")]
    [('年级', 'pre'), ('年级', 'post'), ('年级', 'pre'), ('年级', 'post')]
    >>> split_header("住校_前", ["pre", "post"]), split_header("年级", ["pre", "post"])
    (('住校', 'pre'), ('年级', None))
    """
    for pattern in (r"(?P<name>.+)[_@](?P<wave>[^_@]+)", r"(?P<name>.+)[（(](?P<wave>[^（()）]+)[)）]"):
        match = re.fullmatch(pattern, header, re.DOTALL)
        if match and (wave := find_wave(match["wave"], waves)):
            return match["name"].strip(), wave
    for wave in sorted(waves, key=len, reverse=True):
        for joint in "_@":
            # A wave whose own name has such a sign: follow_up.
            if header.endswith(joint + wave) and len(header) > len(wave) + 1:
                return header[: -len(wave) - 1].strip(), wave
            if header.startswith(wave + joint) and len(header) > len(wave) + 1:
                return header[len(wave) + 1 :].strip(), wave
    for word in _BEFORE:
        if header.startswith(word) and len(header) > len(word) and (found := find_wave(word, waves)):
            return header[len(word) :].strip("_@ 的"), found
    return header, None
