"""Lists of words that are kept whole: the one shipped here, and those of a study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WORD_KINDS = ("name", "place", "kinship", "dialect", "term", "other")

_SPELLINGS = {
    "name": ("人名", "姓名", "化名", "称呼"),
    "place": ("地名", "地点"),
    "kinship": ("亲属", "亲属称谓", "称谓"),
    "dialect": ("方言", "方言词"),
    "term": ("术语", "专业词"),
    "other": ("其他", ""),
}
_KINDS = {spelling: kind for kind, spellings in _SPELLINGS.items() for spelling in (kind, *spellings)}
_PART = re.compile(r"[\t,，]|[ \u3000]+")
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that is not cut apart: ``kind`` is one of ``WORD_KINDS``."""

    word: str
    kind: str = "other"
    note: str = ""


def parse_words(text: str) -> Iterator[tuple[int, Word | str]]:
    """The words of a list, a line each, with the number of the line; what cannot be used is a text saying why.

    A line is the word, then perhaps its kind and a note, after spaces, tabs or commas. ``#`` begins a
    remark. The frequency and the part of speech of a list made for jieba are passed over.

    >>> list(parse_words("# 本村\\n幺爸 亲属 爸爸最小的弟弟\\n"))
    [(2, Word(word='幺爸', kind='kinship', note='爸爸最小的弟弟'))]
    """
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        word, *rest = [part for part in _PART.split(line) if part]
        if len(word) > _LONGEST:
            yield number, f"{word[:20]!r}… has {len(word)} characters. Shorten it to {_LONGEST} or fewer."
            continue
        if rest and rest[0].isdecimal():
            # jieba's form: word, frequency, part of speech.
            rest = []
        kind = _KINDS.get(rest[0].lower()) if rest else None
        note = " ".join(rest if kind is None else rest[1:])
        yield number, Word(word=word, kind=kind or "other", note=note)


@lru_cache(maxsize=1)
def shipped_words() -> frozenset[str]:
    """Kinship and dialect words and terms of the field that jieba alone would cut apart or confuse.

    >>> {"幺爸", "晓得", "抗逆力"} <= shipped_words()
    True
    """
    text = Path(__file__).with_name("lexicon_zh.txt").read_text(encoding="utf-8")
    return frozenset(word.word for _, word in parse_words(text) if isinstance(word, Word))
