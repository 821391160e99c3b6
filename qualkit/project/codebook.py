"""The codebook of a project: loaded from a file, kept as codes with revisions, given back whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from qualkit.codebook import read_codebook
from qualkit.model import LANGUAGES, Code, Codebook
from qualkit.project.codes import WORDS, add_code, read_codes, update_code
from qualkit.project.journal import Action, Row
from qualkit.project.lookups import present
from qualkit.project.schema import codebooks, codes, codings
from qualkit.project.section import Section


class CodebookSection(Section):
    """The codebook of a project: ``project.codebook``."""

    def load(self, path: str | Path, *, op_id: str | None = None) -> str:
        """Load a codebook file; what changed, in words.

        Loaded again, codes that are new are added, changed texts become revisions, and codes no longer
        in the file are removed unless codings use them.
        """
        codebook = read_codebook(path)

        def work(action: Action) -> str:
            action.summary = f"{codebook.id} {codebook.version}"
            return load_codebook(action, codebook)

        return self._journal.run("codebook.load", work, op_id=op_id)

    def get(self) -> Codebook:
        """All codes of the project with the rules of the codebook loaded last."""
        with self._database.read() as connection:
            rows = read_codes(connection)
            statement = select(codebooks).where(present(codebooks)).order_by(codebooks.c.codebook_id.desc())
            whole = connection.execute(statement).mappings().first()
        own = tuple(_to_code(row) for row in rows)
        if whole is None:
            return Codebook(id="project", version=_fingerprint(rows), codes=own)
        rules = tuple(whole["decision_rules"])
        return Codebook(
            id=whole["codebook"],
            version=whole["version"],
            codes=own,
            title=whole["title"],
            description=whole["description"],
            decision_rules=rules,
            linked_scale=whole["linked_scale"],
        )


def load_codebook(action: Action, codebook: Codebook) -> str:
    """Bring the codes of a codebook to what it says now; how many are new, changed, gone, kept."""
    codebook_id = _write_whole(action, codebook)
    known = {row["code"]: row for row in read_codes(action.connection)}
    own = [row["position"] for row in known.values() if row["codebook_id"] == codebook_id]
    first = min(own) if own else max((row["position"] for row in known.values()), default=0) + 1
    positions = {code.key: position for position, code in enumerate(codebook.codes, start=first)}
    counts = {"new": 0, "changed": 0}
    for code in _parents_first(codebook):
        values = {**_values(code), "position": positions[code.key], "codebook_id": codebook_id}
        row = known.get(code.key)
        if row is None:
            add_code(action, code.key, values)
            counts["new"] += 1
        else:
            before = len(action.changes)
            update_code(action, row, values)
            counts["changed"] += len(action.changes) > before
    counts |= _drop_missing(action, codebook, codebook_id, known)
    return ", ".join(f"{number} {name}" for name, number in counts.items() if number) or "unchanged"


def _parents_first(codebook: Codebook) -> list[Code]:
    by_key = {code.key: code for code in codebook.codes}
    depths = {key: len(_upwards({one.key: one.parent for one in codebook.codes}, key)) for key in by_key}
    return sorted(codebook.codes, key=lambda code: depths[code.key])


def _drop_missing(action: Action, codebook: Codebook, codebook_id: str, known: Mapping[str, Row]) -> dict[str, int]:
    keys = {code.key for code in codebook.codes}
    gone = {row["code_id"] for key, row in known.items() if row["codebook_id"] == codebook_id and key not in keys}
    used = {code_id for code_id in gone if _is_used(action.connection, code_id)}
    # What stands above a code that is kept is kept with it.
    parents = {row["code_id"]: row["parent_id"] for row in known.values()}
    kept = {above for code_id in used for above in _upwards(parents, code_id)} & gone
    action.remove(codes, sorted(gone - kept))
    return {"removed": len(gone - kept), "kept because codings use them": len(kept)}


def _upwards(parents: Mapping[str, str | None], code_id: str | None) -> list[str]:
    way = []
    while code_id is not None and code_id not in way:
        way.append(code_id)
        code_id = parents.get(code_id)
    return way


def _write_whole(action: Action, codebook: Codebook) -> str:
    values: dict[str, Any] = {
        "version": codebook.version,
        "title": dict(codebook.title),
        "description": dict(codebook.description),
        "decision_rules": [dict(rule) for rule in codebook.decision_rules],
        "linked_scale": dict(codebook.linked_scale),
    }
    same = select(codebooks.c.codebook_id).where(codebooks.c.codebook == codebook.id, present(codebooks))
    codebook_id = action.connection.execute(same).scalar()
    if codebook_id is not None:
        action.update(codebooks, codebook_id, **values)
        return codebook_id
    codebook_id = action.new_id()
    action.insert(codebooks, [{"codebook_id": codebook_id, "codebook": codebook.id, **values}])
    return codebook_id


def _values(code: Code) -> Row:
    words = {word: _languages_of(getattr(code, word)) for word in WORDS}
    fields = {"color": code.color, "valence": code.valence, "is_assignable": code.is_assignable}
    return {**words, **fields, "parent": code.parent}


def _languages_of(words: Mapping[str, str]) -> dict[str, str]:
    return {language: words[language] for language in LANGUAGES if words.get(language)}


def _is_used(connection: Connection, code_id: str) -> bool:
    statement = select(codings.c.coding_id).where(codings.c.code_id == code_id, present(codings))
    return connection.execute(statement).first() is not None


def _to_code(row: Row) -> Code:
    words = {word: row[word] for word in WORDS}
    names = ("parent", "color", "valence", "is_assignable")
    return Code(key=row["code"], **words, **{name: row[name] for name in names})


def _fingerprint(rows: list[Row]) -> str:
    state = ";".join(f"{row['code_id']}.{row['revision']}" for row in rows)
    return hashlib.sha256(state.encode()).hexdigest()[:8]
