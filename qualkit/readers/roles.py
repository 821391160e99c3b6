"""Guess the role of who speaks from the words of a label; never who it is."""

from __future__ import annotations

import re
import unicodedata

from qualkit.readers.label_words import CHINESE_ROLES, ENGLISH_ROLES, SINGLE_ROLES
from qualkit.readers.labels import split_speakers

#: What ``guess_role`` may answer.
ROLES = ("interviewer", "observer", "worker", "teacher", "guardian", "sibling", "member", "informant", "several", "")


def _pattern(words: dict[str, str], *, bound: str = "") -> tuple[re.Pattern[str], dict[str, str]]:
    # The longest word first, so that 班主任 is no 主任; each role is a group of its own.
    names = {f"role{place}": role for place, role in enumerate(words)}
    pairs = [(word, name) for name, role in names.items() for word in _split(words[role])]
    pairs.sort(key=lambda pair: -len(pair[0]))
    alternatives = "|".join(f"(?P<{name}_{place}>{word})" for place, (word, name) in enumerate(pairs))
    return re.compile(f"{bound}(?:{alternatives}){bound}", re.IGNORECASE), names


def _split(pattern: str) -> list[str]:
    # At the bars that lie in no bracket.
    return re.findall(r"(?:[^|(\[]|\([^)]*\)|\[[^\]]*\])+", pattern)


_CHINESE, _CHINESE_NAMES = _pattern(CHINESE_ROLES)
_ENGLISH, _ENGLISH_NAMES = _pattern(ENGLISH_ROLES, bound=r"\b")
_KIN_AT_END = re.compile(r".*[爸妈爷奶][0-9A-Za-z]{0,3}")


def guess_role(label: str) -> str:
    """The role a label names, by its own words; empty when it names none.

    The last word for a role counts, as in 小雨的奶奶 or 社工小林. A code or a name alone says nothing.

    >>> [guess_role(label) for label in ("访谈者", "A3奶奶", "班主任李老师", "社工L", "组员A1、组员A2", "A3")]
    ['interviewer', 'guardian', 'teacher', 'worker', 'several', '']
    """
    plain = " ".join(unicodedata.normalize("NFKC", label).split()).strip("*_ ")
    if len(split_speakers(plain)) > 1:
        return "several"
    if plain.upper() in SINGLE_ROLES:
        return SINGLE_ROLES[plain.upper()]
    for pattern, names in ((_CHINESE, _CHINESE_NAMES), (_ENGLISH, _ENGLISH_NAMES)):
        found = [match.lastgroup or "" for match in pattern.finditer(plain)]
        if found:
            return names[found[-1].partition("_")[0]]
    return "guardian" if _KIN_AT_END.fullmatch(plain) else ""
