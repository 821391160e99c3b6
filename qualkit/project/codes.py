"""The codes of a project: keys in a tree, with every definition they ever had."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from qualkit.checks import require_choice
from qualkit.codebook.fields import VALENCES
from qualkit.errors import DataError, OptionError, ProjectError
from qualkit.language import language_of
from qualkit.model import LANGUAGES
from qualkit.project.frames import to_frame
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import find_code, present
from qualkit.project.references import require_unused
from qualkit.project.schema import code_revisions, codes
from qualkit.project.section import Section
from qualkit.project.values import require_unchanged, to_text

#: What a code says in words, by language; each change of it is a revision.
WORDS = ("label", "definition", "include", "exclude", "example", "note")
_COLOR = re.compile("#[0-9a-fA-F]{6}")
_OWN = ("color", "valence", "is_assignable", "position", "codebook_id")
_COLUMNS = {
    **dict.fromkeys(("code_id", "code", "parent"), "text"),
    **{f"{word}_{language}": "text" for word in WORDS for language in LANGUAGES},
    "is_assignable": "yes or no",
    "color": "text",
    "valence": "text",
    "position": "integer",
    "revision": "integer",
}


class Codes(Section):
    """The codes of a project: ``project.codes``."""

    def add(
        self,
        key: str,
        *,
        parent: str | None = None,
        label: Mapping[str, str] | str | None = None,
        definition: Mapping[str, str] | str | None = None,
        include: Mapping[str, str] | str | None = None,
        exclude: Mapping[str, str] | str | None = None,
        example: Mapping[str, str] | str | None = None,
        note: Mapping[str, str] | str | None = None,
        color: str | None = None,
        valence: str | None = None,
        is_assignable: bool = True,
        op_id: str | None = None,
    ) -> str:
        """Add a code; its id.

        ``key`` is dotted (``type.withdrawal``). Without ``parent`` the code comes under the one its key
        names (``type``), when that is there. Texts are by language: ``{"zh": "退缩型", "en": "withdrawal"}``;
        a bare text belongs to the language it is written in.
        """
        words = {"label": label, "definition": definition, "include": include, "exclude": exclude}
        words |= {"example": example, "note": note}
        fields = {"color": color, "valence": valence, "is_assignable": is_assignable}

        def work(action: Action) -> str:
            action.summary = str(key)
            return add_code(action, key, {**words, **fields, "parent": parent})

        return self._journal.run("codes.add", work, op_id=op_id)

    def update(
        self,
        code: str,
        *,
        instead_of: Mapping[str, Mapping[str, str]] | None = None,
        op_id: str | None = None,
        **values: Any,
    ) -> None:
        """Change key, parent, texts, color, valence or is_assignable of a code.

        Changed texts make a new revision; codings keep the revision they were made under. With
        ``instead_of``, the texts one has seen (``{"definition": {"zh": …}}``), the change is refused when
        somebody has written something else there since.
        """

        for name in values:
            require_choice("value to change", name, ("key", "parent", "color", "valence", "is_assignable", *WORDS))

        def work(action: Action) -> None:
            row = find_code(action.connection, code)
            action.summary = f"{row['code']}: {', '.join(values)}"
            current = _read_revision(action.connection, row["code_id"], row["revision"])
            for word, texts in (instead_of or {}).items():
                for language, seen in texts.items():
                    require_unchanged(current[word].get(language, ""), seen)
            update_code(action, row, values)

        self._journal.run("codes.update", work, op_id=op_id)

    def remove(self, code: str, *, op_id: str | None = None) -> None:
        """Mark a code as removed; refused while codings or other codes refer to it."""

        def work(action: Action) -> None:
            row = find_code(action.connection, code)
            action.summary = row["code"]
            require_unused(action.connection, codes, row["code_id"], what=f"The code {row['code']!r}")
            action.remove(codes, [row["code_id"]])

        self._journal.run("codes.remove", work, op_id=op_id)

    def table(self) -> pd.DataFrame:
        """One row per code, in the order of the codebook; texts by language (``label_zh``)."""
        with self._database.read() as connection:
            rows = read_codes(connection)
        cells = [
            (
                *(row[name] for name in ("code_id", "code", "parent")),
                *(row[word].get(language) for word in WORDS for language in LANGUAGES),
                *(row[name] for name in ("is_assignable", "color", "valence", "position", "revision")),
            )
            for row in rows
        ]
        return to_frame(cells, _COLUMNS)

    def revisions(self, code: str) -> pd.DataFrame:
        """One row per revision of a code's texts, oldest first."""
        columns = {"revision": "integer", **dict.fromkeys(WORDS, "any"), "made_at": "integer"}
        with self._database.read() as connection:
            code_id = find_code(connection, code)["code_id"]
        statement = select(*(code_revisions.c[name] for name in columns)).where(code_revisions.c.code_id == code_id)
        return self._frame(statement.order_by(code_revisions.c.revision), columns)


def read_codes(connection: Connection) -> list[Row]:
    """The present codes with the texts of their revision, in order."""
    parent = codes.alias()
    statement = (
        select(codes, parent.c.code.label("parent"), *(code_revisions.c[word] for word in WORDS))
        .outerjoin_from(codes, parent, codes.c.parent_id == parent.c.code_id)
        .join(
            code_revisions,
            (code_revisions.c.code_id == codes.c.code_id) & (code_revisions.c.revision == codes.c.revision),
        )
        .where(present(codes))
        .order_by(codes.c.position, codes.c.code_id)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]


def add_code(action: Action, key: str, values: Mapping[str, Any]) -> str:
    """Add a code with its first revision; its id."""
    _require_sound(values)
    connection = action.connection
    key = _require_key(connection, key)
    parent_id = _parent_id(connection, key, values.get("parent"))
    last = connection.execute(select(func.coalesce(func.max(codes.c.position), 0))).scalar_one()
    row = {
        "code_id": action.new_id(),
        "code": key,
        "parent_id": parent_id,
        "codebook_id": values.get("codebook_id"),
        "revision": 1,
        "color": values.get("color"),
        "valence": values.get("valence"),
        "is_assignable": values.get("is_assignable", True),
        "position": values.get("position", last + 1),
    }
    action.insert(codes, [row])
    _write_revision(action, row["code_id"], 1, {word: _by_language(word, values.get(word)) for word in WORDS})
    return row["code_id"]


def update_code(action: Action, row: Row, values: Mapping[str, Any]) -> None:
    """Change a code; changed texts make a new revision."""
    _require_sound(values)
    connection = action.connection
    changed: Row = {name: values[name] for name in _OWN if name in values}
    if "key" in values and values["key"] != row["code"]:
        changed["code"] = _require_key(connection, values["key"])
    if "parent" in values:
        changed["parent_id"] = _require_no_loop(connection, row, values["parent"])
    words = {word: _by_language(word, values[word]) for word in WORDS if word in values}
    current = _read_revision(connection, row["code_id"], row["revision"])
    if any(current[word] != text for word, text in words.items()):
        changed["revision"] = _next_revision(connection, row["code_id"])
        _write_revision(action, row["code_id"], changed["revision"], {**current, **words})
    if changed:
        action.update(codes, row["code_id"], **changed)


def _require_sound(values: Mapping[str, Any]) -> None:
    color = values.get("color")
    if color is not None and not (isinstance(color, str) and _COLOR.fullmatch(color)):
        raise OptionError(f"color={color!r} is no colour. Write it as '#cc6677', or None for none.")
    require_choice("valence", values.get("valence"), (*VALENCES, None))
    require_choice("is_assignable", values.get("is_assignable", True), (True, False))


def _require_key(connection: Connection, key: str) -> str:
    cleaned = to_text(key)
    if cleaned is None or any(not part.strip() for part in cleaned.split(".")):
        raise DataError(f"key={key!r} is no key of a code. Write words with dots between, such as type.withdrawal.")
    if connection.execute(select(codes.c.code_id).where(codes.c.code == cleaned, present(codes))).first():
        raise ProjectError(f"The code {cleaned!r} exists already. Change it with project.codes.update.")
    return cleaned


def _parent_id(connection: Connection, key: str, parent: str | None) -> str | None:
    if parent is not None:
        return find_code(connection, parent)["code_id"]
    above = key.rpartition(".")[0]
    return connection.execute(select(codes.c.code_id).where(codes.c.code == above, present(codes))).scalar()


def _require_no_loop(connection: Connection, row: Row, parent: str | None) -> str | None:
    if parent is None:
        return None
    above: Row | None = find_code(connection, parent)
    parent_id = above["code_id"] if above else None
    while above is not None:
        if above["code_id"] == row["code_id"]:
            raise ProjectError(
                f"The code {row['code']!r} cannot come under {parent!r}: that lies below it, which would be a loop. "
                "Choose a parent outside of it."
            )
        above = None if above["parent_id"] is None else find_code(connection, above["parent_id"])
    return parent_id


def _by_language(name: str, value: Mapping[str, str] | str | None) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, str):
        return {language_of(value): value} if value else {}
    if not isinstance(value, Mapping):
        raise DataError(f"{name}={value!r} is no text. Write a text, or {{'zh': …, 'en': …}}.")
    for language, text in value.items():
        if language not in LANGUAGES:
            raise OptionError(f"{name}: {language!r} is no language of qualkit. Write {{'zh': …, 'en': …}}.")
        if not isinstance(text, str | None):
            raise DataError(f"{name} in {language} is {text!r}, which is no text. Write it in quotes.")
    return {language: text for language, text in value.items() if text}


def _write_revision(action: Action, code_id: str, revision: int, words: Mapping[str, Mapping[str, str]]) -> None:
    row = {"code_id": code_id, "revision": revision, "made_at": action.event_id}
    action.write_once(code_revisions, [{**row, **{word: dict(words[word]) for word in WORDS}}])


def _read_revision(connection: Connection, code_id: str, revision: int) -> Row:
    statement = select(*(code_revisions.c[word] for word in WORDS)).where(
        code_revisions.c.code_id == code_id, code_revisions.c.revision == revision
    )
    return dict(connection.execute(statement).mappings().one())


def _next_revision(connection: Connection, code_id: str) -> int:
    statement = select(func.max(code_revisions.c.revision)).where(code_revisions.c.code_id == code_id)
    return connection.execute(statement).scalar_one() + 1
