"""What the Documents tab tells the browser: documents, speakers, participants, completeness as plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from qualkit.headings import attribute_heading
from qualkit.model import LANGUAGES
from qualkit.project.attributes import split_wave

Row = dict[str, Any]

#: What every case has, before its attributes.
FIELDS = ("case", "role", "site", "group", "about")

_DOCUMENT = {
    "id": "source_id",
    **{name: name for name in ("name", "kind", "case", "wave", "session", "date")},
    "turns": "n_turns",
    "characters": "n_characters",
}
_SPEAKER = {
    "source": "source_id",
    "name": "source",
    "label": "speaker",
    "case": "case",
    "turns": "n_turns",
    "characters": "n_characters",
    "first": "first_words",
    "role": "role",
}
_CELL = {name: name for name in ("case", "role", "wave", "session", "kind", "n", "status", "reason")}


def document_rows(sources: pd.DataFrame, n_codings: Mapping[str, int]) -> list[Row]:
    """One row per document; ``n_codings`` says how many codings each one has."""
    return [{**row, "codings": n_codings.get(row["id"], 0)} for row in _wire(sources, _DOCUMENT)]


def speaker_rows(speakers: pd.DataFrame) -> list[Row]:
    """One row per document and label; turns without a label have no speaker to be named."""
    return _wire(speakers[speakers["speaker"].notna()], _SPEAKER)


def completeness_rows(cells: pd.DataFrame) -> list[Row]:
    """One row per case, wave and kind of material."""
    return _wire(cells, _CELL)


def participant_table(cases: pd.DataFrame, types: pd.DataFrame, waves: Sequence[str]) -> dict[str, Any]:
    """The cases with what is known of each, and how each column is to be filled in."""
    names = [str(name) for name in cases.columns if name != "case_id"]
    known = {row["attribute"]: row for row in types.to_dict("records")}
    rows = [[plain(value) for value in row] for row in cases[names].itertuples(index=False, name=None)]
    return {"columns": [_column(name, known, waves) for name in names], "rows": rows}


def plain(value: Any) -> Any:
    """A value as JSON holds it; nothing where it is missing."""
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, bool | int | float | str) else str(value)


def _column(name: str, types: Mapping[str, Any], waves: Sequence[str]) -> Row:
    attribute, wave = (name, None) if name in FIELDS else split_wave(name, waves, known=types)
    known = types.get(attribute, {})
    levels = known.get("levels")
    labels = {
        language: plain(known.get(f"label_{language}")) or attribute_heading(attribute, language)
        for language in LANGUAGES
    }
    return {
        "name": name,
        "attribute": attribute,
        "wave": wave,
        "type": known.get("type") or "text",
        "levels": [str(level) for level in levels] if isinstance(levels, list | tuple) else [],
        "label": labels,
    }


def _wire(table: pd.DataFrame, columns: Mapping[str, str]) -> list[Row]:
    # Column by column: a row of a DataFrame is slow to make.
    values = [[plain(value) for value in table[column]] for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
