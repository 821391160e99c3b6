"""Read the words of a study, which are not cut apart, from a text file."""

from __future__ import annotations

from pathlib import Path

from qualkit.errors import ReadError
from qualkit.language.lexicon import Word, parse_words
from qualkit.readers.decode import decode_text
from qualkit.readers.files import read_bytes

_MOST_WORDS = 100_000
_MOST_SHOWN = 20


def read_dictionary(path: str | Path) -> list[Word]:
    """Read a list of words: a word a line, perhaps with its kind and a note, ``#`` before remarks.

    Kinds are 人名, 地名, 亲属, 方言, 术语, 其他, or name, place, kinship, dialect, term, other. A word that
    stands there twice counts as it stood first.

    Raises
    ------
    ReadError
        Naming the lines that cannot be used.
    """
    path = Path(path)
    text, _ = decode_text(read_bytes(path), path.name)
    words: dict[str, Word] = {}
    problems = []
    for number, word in parse_words(text):
        if isinstance(word, str):
            problems.append(f"{path.name}, line {number}: {word}")
        else:
            words.setdefault(word.word, word)
        if len(words) > _MOST_WORDS:
            raise ReadError(f"{path.name} has more than {_MOST_WORDS:,} words. Keep those of the study.")
    if problems:
        raise ReadError("\n".join(problems[:_MOST_SHOWN]))
    if not words:
        raise ReadError(f"{path.name} has no words. Write one a line, such as 幺爸 亲属.")
    return list(words.values())
