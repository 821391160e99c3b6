"""The words of the study: names, kinship and dialect words that are not cut apart when words are counted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, select

from qualkit.atomic import write_atomically
from qualkit.checks import require_choice
from qualkit.errors import DataError, NotFoundError
from qualkit.language.lexicon import WORD_KINDS, Word, shipped_words
from qualkit.project.journal import Action
from qualkit.project.lookups import present
from qualkit.project.schema import dictionary
from qualkit.project.section import Section
from qualkit.project.study import Study
from qualkit.project.values import to_text
from qualkit.readers.dictionary import read_dictionary
from qualkit.remarks import Remark

_COLUMNS = dict.fromkeys(("word", "kind", "note"), "text")


class Dictionary(Section):
    """The words of a project: ``project.dictionary``."""

    def add(self, word: str, kind: str = "other", *, note: str | None = None, op_id: str | None = None) -> str:
        """Add a word, or change kind and note of one that is there; its id."""
        require_choice("kind", kind, WORD_KINDS)
        plain = to_text(word)
        if plain is None or len(plain.split()) != 1:
            raise DataError(f"word={word!r} is no single word. Give one without spaces.")

        def work(action: Action) -> str:
            action.summary = plain
            write_words(action, [Word(word=plain, kind=kind, note=note or "")])
            return _known(action.connection)[plain]

        return self._journal.run("dictionary.add", work, op_id=op_id)

    def remove(self, word: str, *, op_id: str | None = None) -> None:
        """Mark a word as removed."""

        def work(action: Action) -> None:
            action.summary = word
            known = _known(action.connection)
            if word not in known:
                raise NotFoundError(f"{word!r} is not in the dictionary. Look at project.dictionary.table().")
            action.remove(dictionary, [known[word]])

        self._journal.run("dictionary.remove", work, op_id=op_id)

    def load(self, path: str | Path, *, op_id: str | None = None) -> int:
        """Add the words of a file, a word a line with its kind; how many the file has."""
        words = read_dictionary(path)

        def work(action: Action) -> int:
            action.summary = Path(path).name
            write_words(action, words)
            return len(words)

        return self._journal.run("dictionary.load", work, op_id=op_id)

    def export(self, path: str | Path) -> Path:
        """Write the words to a file that ``load`` reads."""
        lines = [" ".join(filter(None, row)) for row in self.table().fillna("").itertuples(index=False)]
        return write_atomically(Path(path), ("\n".join(lines) + "\n").encode())

    def words(self) -> frozenset[str]:
        """All words that are kept whole: those of the study and the kinship and dialect words shipped.

        >>> import tempfile, pathlib, qualkit as qk
        >>> folder = tempfile.TemporaryDirectory()
        >>> with qk.create_project(pathlib.Path(folder.name) / "a.qualkit") as project:
        ...     _ = project.dictionary.add("小雨", "name")
        ...     {"小雨", "幺爸"} <= project.dictionary.words()
        True
        >>> folder.cleanup()
        """
        with self._database.read() as connection:
            return shipped_words() | frozenset(_known(connection))

    def table(self) -> pd.DataFrame:
        """One row per word: ``word``, ``kind``, ``note``."""
        statement = select(*(dictionary.c[name] for name in _COLUMNS)).where(present(dictionary))
        return self._frame(statement.order_by(dictionary.c.word_id), _COLUMNS)


def write_words(action: Action, words: Iterable[Word]) -> None:
    """Store words; one that is there already gets the kind and note given."""
    known = _known(action.connection)
    new = []
    for word in words:
        values = {"word": word.word, "kind": word.kind, "note": word.note or None}
        if word.word in known:
            action.update(dictionary, known[word.word], **values)
        else:
            known[word.word] = action.new_id()
            new.append({"word_id": known[word.word], **values})
    action.insert(dictionary, new)


def import_dictionary(action: Action, path: Path, study: Study) -> str:
    """Add the words of a study's file."""
    words = read_dictionary(path)
    write_words(action, words)
    return Remark(f"{len(words)} words", f"{len(words)} 个词")


def _known(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(dictionary.c.word, dictionary.c.word_id).where(present(dictionary)))
    return {row.word: row.word_id for row in rows}
