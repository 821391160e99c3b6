"""What the coding widget tells the browser of a project: texts, codebook, people, one document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from qualkit.model import LANGUAGES
from qualkit.widgets.document_tables import document_rows, plain

if TYPE_CHECKING:
    from qualkit.project import Project
    from qualkit.project.sources import StoredSource

_TEXTS = ("label", "definition", "include", "exclude", "example")
_LISTED = ("id", "name", "case", "wave", "characters", "codings")
MOST_QUICK = 9


def project_id(project: Project) -> str:
    """Names the project to the browser's store of waiting actions, without saying where it lies."""
    return hashlib.sha256(f"{project.prefix}|{project.path.resolve()}".encode()).hexdigest()[:32]


def welcome(project: Project) -> dict[str, Any]:
    """Everything a view needs before a document."""
    # The author sees all that is there, also of people who withdrew.
    counts = project.codings.counts(include_withdrawn=True)
    own = counts[counts["coder"] == project.coder].groupby("code")["n_codings"].sum()
    return {
        "coder": project.coder,
        "sources": wire_sources(project.sources.table(include_withdrawn=True), counts),
        "codes": wire_codes(project.codes.table()),
        "quick": own.sort_values(ascending=False, kind="stable").index[:MOST_QUICK].tolist(),
    }


def count_by_source(counts: pd.DataFrame) -> dict[str, int]:
    """How many codings each document has, from ``project.codings.counts``."""
    return {str(source): int(n) for source, n in counts.groupby("source_id")["n_codings"].sum().items()}


def wire_sources(sources: pd.DataFrame, counts: pd.DataFrame) -> list[dict[str, Any]]:
    """The list of documents, each with how many codings it has."""
    return [{name: row[name] for name in _LISTED} for row in document_rows(sources, count_by_source(counts))]


def wire_codes(codes: pd.DataFrame) -> list[dict[str, Any]]:
    """The codebook in its order, texts by language."""
    return [
        {
            "key": row["code"],
            "parent": plain(row["parent"]),
            **{text: by_language(row, text) for text in _TEXTS},
            "color": plain(row["color"]),
            "assignable": bool(row["is_assignable"]),
        }
        for row in codes.to_dict("records")
    ]


def wire_document(source: StoredSource, codings: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One document without its text, which travels beside it as bytes."""
    return {
        "id": source.source_id,
        "name": source.name,
        "language": source.language or "zh",
        "turns": [(turn.start, turn.end, turn.speaker, turn.time_ms) for turn in source.turns],
        "codings": [tuple(coding.values()) for coding in codings],
    }


def by_language(row: Mapping[Any, Any], text: str) -> dict[str, str]:
    """A text of a code in the languages it has, from a row of ``project.codes.table``."""
    values = {language: row[f"{text}_{language}"] for language in LANGUAGES}
    return {language: value for language, value in values.items() if not pd.isna(value)}
