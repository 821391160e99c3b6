"""The words of a text, as places in it, and how often each word is used."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from qualkit.checks import require_columns
from qualkit.language.characters import language_of
from qualkit.language.marks import find_marks
from qualkit.language.segmenter import cut_words
from qualkit.model import Mark

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {"word": "str", "n": "int64", "n_turns": "int64"}

_WORD = re.compile(r"\w")
# An English word with its apostrophes and inner hyphens; a number with its decimals.
_ENGLISH_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*\d*|\w+")


def find_words(
    text: str,
    *,
    language: str | None = None,
    dictionary: Iterable[str] = (),
    marks: Sequence[Mark] | None = None,
) -> list[tuple[int, int]]:
    """Find the words of ``text`` as ``(start, end)``; punctuation and non-verbal marks are no words.

    Parameters
    ----------
    language : {"zh", "en"}, optional
        ``zh`` where the text has Han characters, if not given.
    dictionary : iterable of str
        Chinese words of the study that are not cut apart: names, kinship and dialect words.
    marks : sequence of Mark, optional
        Found in the text, if not given.

    >>> text = "我不去学校。（低头）他们会笑话。"
    >>> [text[start:end] for start, end in find_words(text)]
    ['我', '不', '去', '学校', '他们', '会', '笑话']
    """
    spans = _chinese(text, dictionary) if (language or language_of(text)) == "zh" else _english(text)
    marks = find_marks(text) if marks is None else sorted(marks, key=lambda mark: mark.start)
    if not marks:
        return list(spans)
    starts = [mark.start for mark in marks]
    return [
        (start, end)
        for start, end in spans
        if (place := bisect_right(starts, start) - 1) < 0 or start >= marks[place].end
    ]


def count_words(
    turns: pd.DataFrame,
    *,
    by: str | None = None,
    language: str | None = None,
    dictionary: Iterable[str] = (),
    stop_words: Collection[str] = (),
    shortest: int = 1,
) -> pd.DataFrame:
    """Count the words of the turns of a table.

    Parameters
    ----------
    turns : DataFrame
        Column ``text``, as in ``project.turns.table()``.
    by : str, optional
        A column, such as ``case`` or ``wave``, for each value of which is counted apart; turns
        without a value are left out.
    stop_words : collection of str
        Words that are not counted, such as ``stop_words("zh")``; English without regard to case.
    shortest : int
        Words with fewer characters are not counted.

    Returns
    -------
    DataFrame
        One row is one word (of one value of ``by``): ``word``, ``n`` (how often), ``n_turns`` (in how
        many turns), the most frequent first.

    >>> import pandas as pd
    >>> count_words(pd.DataFrame({"text": ["去学校，也去学校。", "学校远"]}), stop_words=["也", "去"])
      word  n  n_turns
    0   学校  3        2
    1    远  1        1
    """
    import pandas as pd

    require_columns(turns, ["text"] if by is None else ["text", by], what="turns")
    own = frozenset(dictionary)
    left_out = {word.casefold() for word in stop_words}
    groups = [("", turns)] if by is None else list(turns.groupby(by, sort=False))
    tables = []
    for value, group in groups:
        words, in_turns = _count(group["text"], language=language, own=own)
        rows = [
            (word, n, in_turns[word])
            for word, n in sorted(words.items(), key=lambda item: (-item[1], item[0]))
            if len(word) >= shortest and word not in left_out
        ]
        table = pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)
        if by is not None:
            table.insert(0, by, value)
        tables.append(table)
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=[by, *_TYPES])


def _count(texts: Iterable[str], *, language: str | None, own: frozenset[str]) -> tuple[Counter[str], Counter[str]]:
    words: Counter[str] = Counter()
    in_turns: Counter[str] = Counter()
    for text in texts:
        spans = find_words(text, language=language, dictionary=own)
        here = Counter(text[start:end].casefold() for start, end in spans)
        words.update(here)
        in_turns.update(here.keys())
    return words, in_turns


def _chinese(text: str, dictionary: Iterable[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for piece in cut_words(text, dictionary):
        end = start + len(piece)
        if _WORD.search(piece):
            yield start, end
        start = end


def _english(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _ENGLISH_WORD.finditer(text))
