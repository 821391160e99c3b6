"""Find sources, codes and quotations under the names that another program gave them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from sqlalchemy import Connection, select

from qualkit.errors import NotFoundError, ReadError
from qualkit.positions import find_unique
from qualkit.project.journal import Row
from qualkit.project.lookups import find_code, find_source, present
from qualkit.project.schema import code_revisions, codes, sources

# A quotation in which more words stand is looked for as it is.
_MOST_WORDS = 2_000


def find_source_named(connection: Connection, name: str) -> Row:
    """The source of this name; else the only one whose file, or the last part of whose name, is called so."""
    return _find_or_guess(connection, name, find_source, _sources_like, "source")


def find_code_named(connection: Connection, name: str) -> Row:
    """The code with this key; else the only one with this label in Chinese or English."""
    return _find_or_guess(connection, name, find_code, _codes_like, "code")


def find_quote(text: str, quote: str, name: str) -> tuple[int, int]:
    """Where a quotation stands in the text, whatever white space is between its words; it must stand there once."""
    start = find_unique(text, quote)
    if start is not None:
        return start, start + len(quote)
    if quote and quote in text:
        raise ReadError(f"the quote {quote[:20]!r} is in {name!r} more than once. Make it longer.")
    places = _loose_places(text, quote)
    if len(places) == 1:
        return places[0]
    if places:
        raise ReadError(f"the quote {quote[:20]!r} is in {name!r} more than once. Make it longer.")
    raise ReadError(f"the quote {quote[:20]!r} is not in {name!r}. Copy it from the text.")


def _loose_places(text: str, quote: str) -> list[tuple[int, int]]:
    words = quote.split()
    if not 1 < len(words) <= _MOST_WORDS:
        return []
    pattern = re.compile(r"\s*".join(map(re.escape, words)))
    first = pattern.search(text)
    if first is None:
        return []
    second = pattern.search(text, first.start() + 1)
    return [match.span() for match in (first, second) if match]


def _find_or_guess(
    connection: Connection,
    name: str,
    find: Callable[[Connection, str], Row],
    find_like: Callable[[Connection, str], list[str]],
    what: str,
) -> Row:
    try:
        return find(connection, name)
    except NotFoundError as error:
        found = find_like(connection, name) if name else []
        if len(found) == 1:
            return find(connection, found[0])
        if found:
            several = ", ".join(sorted(found)[:5])
            raise ReadError(f"{name!r} may be the {what} {several}. Write which one.") from error
        raise


def _sources_like(connection: Connection, name: str) -> list[str]:
    rows = connection.execute(select(sources.c.name, sources.c.meta).where(present(sources))).all()
    by_file = [own for own, meta in rows if name == PurePath(str(meta.get("file", ""))).name]
    if by_file:
        return by_file
    stem = PurePath(name).stem if PurePath(name).suffix else name
    return [own for own, meta in rows if stem in (own, PurePath(own).name, PurePath(str(meta.get("file", ""))).stem)]


def _codes_like(connection: Connection, name: str) -> list[str]:
    statement = (
        select(codes.c.code, code_revisions.c.label)
        .join(
            code_revisions,
            (code_revisions.c.code_id == codes.c.code_id) & (code_revisions.c.revision == codes.c.revision),
        )
        .where(present(codes))
    )
    return [code for code, label in connection.execute(statement) if name in label.values()]
