"""Sentences of Chinese and English text, as places in the text."""

from __future__ import annotations

import re

from qualkit.positions import trim

# A sentence ends with its stop, any further stops and the quotes or brackets that close after it.
_STOP = re.compile(
    r"(?P<stop>[。！？!?；;]+|…{2,}|\.(?=[\s”’\"')）」』】]|$))[。！？!?…]*(?P<close>[”’\"')）」』】]*)|\n+"
)

_ABBREVIATION = re.compile(
    r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|e\.g|i\.e|cf|al|ca|[ap]\.m|approx|No|Fig|Tab|pp?|Vol|ed|eds|[A-Z])\.$",
)


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of ``text`` as ``(start, end)``, without the space around them.

    Closing quotes belong to the sentence they close; …… ends one only before a new line, a
    quote or the end, since speakers trail off in the middle; English abbreviations end none.

    >>> text = "他说：“我不去。”我就……走了！Dr. Li came. OK?"
    >>> [text[start:end] for start, end in find_sentences(text)]
    ['他说：“我不去。”', '我就……走了！', 'Dr. Li came.', 'OK?']
    """
    sentences = []
    start = 0
    for match in _STOP.finditer(text):
        if not _ends_sentence(text, start, match):
            continue
        sentences.append(trim(text, start, match.end()))
        start = match.end()
    sentences.append(trim(text, start, len(text)))
    return [(begin, end) for begin, end in sentences if begin < end]


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    stop = match["stop"]
    if stop is None:
        return True
    if stop.startswith("…"):
        return bool(match["close"]) or text[match.end() : match.end() + 1] in ("", "\n")
    if stop == ".":
        return not _ABBREVIATION.search(text, max(start, match.start() - 12), match.start() + 1)
    return True
