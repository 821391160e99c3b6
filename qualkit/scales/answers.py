"""The answers to a scale as one matrix of people × items; whatever cannot be an answer is named."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qualkit.checks import require_columns, require_keys, require_rows
from qualkit.errors import DataError
from qualkit.scales.key import item_name

if TYPE_CHECKING:
    from qualkit.scales.definition import Scale

_SHOWN = 10


def answer_table(scale: Scale, responses: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Who answered (``case``, ``wave``) and what: one row per person and wave, one column per item.

    Accepts long and wide tables; raises ``DataError`` that names case, wave and item of every
    answer out of range, in letters, given twice or to an item the scale does not have.
    """
    require_rows(responses, what=f"responses to {scale.id}")
    is_long = {"item", "value"} <= set(responses.columns)
    table = _long(scale, responses) if is_long else _melted(scale, responses)
    require_keys(table, ["case", "wave"], what=f"responses to {scale.id}")
    unnamed = table["case"].isna().to_numpy()
    if unnamed.any():
        raise DataError(f"responses to {scale.id}: {unnamed.sum()} answers have no case. Fill in the case codes.")
    table["value"], problems = _numbers(scale, table)
    problems += _key_mismatches(scale, table)
    if problems:
        more = f"\n- and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        lines = "\n".join(f"- {one}" for one in problems[:_SHOWN])
        raise DataError(f"responses to {scale.id}: {len(problems)} answers cannot be used:\n{lines}{more}")
    people = table[["case", "wave"]].drop_duplicates(ignore_index=True)
    rows = people.reset_index(names="row").merge(table, on=["case", "wave"], how="right")["row"].to_numpy()
    columns = pd.Index([str(item) for item in scale.items]).get_indexer(pd.Index(table["item"]))
    answers = np.full((len(people), len(scale.items)), np.nan)
    answers[rows, columns] = table["value"].to_numpy()
    return people, answers


def _long(scale: Scale, responses: pd.DataFrame) -> pd.DataFrame:
    require_columns(responses, ["case", "item", "value"], what=f"responses to {scale.id}")
    if "scale" in responses.columns:
        known = [str(one) for one in responses["scale"].dropna().unique()]
        if scale.id not in known:
            raise DataError(
                f"responses to {scale.id}: the column 'scale' has only {', '.join(known) or 'blanks'}. "
                f"Write {scale.id!r} there, or drop the column."
            )
        responses = responses[responses["scale"] == scale.id]
    table = responses.assign(item=[item_name(item) for item in responses["item"]])
    never = [str(item) for item in scale.items if str(item) not in set(table["item"])]
    if never:
        raise DataError(
            f"responses to {scale.id}: items {', '.join(never)} do not occur. Import all items of the scale."
        )
    return _with_wave(table)


def _melted(scale: Scale, responses: pd.DataFrame) -> pd.DataFrame:
    require_columns(responses, ["case"], what=f"responses to {scale.id}")
    names = {column: item_name(column) for column in responses.columns if column not in ("case", "wave", "scale")}
    # A column named like an item is one even when the scale lacks it: item 29 of 28 is an error, not an attribute.
    items = {column: name for column, name in names.items() if name.isdecimal() or name in scale.items}
    missing = [str(item) for item in scale.items if str(item) not in items.values()]
    if missing:
        raise DataError(
            f"responses to {scale.id}: no column for item {', '.join(missing)}. "
            f"Add it, or name the columns 1, 2 … or item_1 …"
        )
    ids = [column for column in ("case", "wave") if column in responses.columns]
    melted = responses.melt(ids, list(items), var_name="item").astype({"item": object})
    return _with_wave(melted.assign(item=[items[column] for column in melted["item"]]))


def _with_wave(table: pd.DataFrame) -> pd.DataFrame:
    table = table if "wave" in table.columns else table.assign(wave=None)
    wave = table["wave"].astype(object)
    return table.assign(wave=wave.where(wave.notna(), None))[["case", "wave", "item", "value"]]


def _numbers(scale: Scale, table: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    given = table["value"].astype(object)
    # A list or a complex number in a cell is told like a word: it is not a number.
    given = given.map(lambda one: one if isinstance(one, (str, Real)) or one is None or one is pd.NA else str(one))
    is_blank = given.isna() | (given.astype(str).str.strip() == "")
    numbers = pd.to_numeric(given.where(~is_blank, None), errors="coerce").to_numpy(dtype=float)
    blank = is_blank.to_numpy()
    whole = float(scale.low).is_integer() and float(scale.high).is_integer()
    letters = np.isnan(numbers) & ~blank
    outside = (numbers < scale.low) | (numbers > scale.high)
    broken = whole & ~np.isnan(numbers) & ~outside & (numbers != np.round(numbers))
    accepted = (
        f"Correct it to a{' whole' if whole else ''} number from {scale.low:g} to {scale.high:g}, or leave it blank."
    )
    problems = []
    for row in np.flatnonzero(letters | outside | broken).tolist():
        what = "is not a number" if letters[row] else "is not a whole number" if broken[row] else "is out of range"
        problems.append(f"{_place(table, row)}: {given.iloc[row]} {what}. {accepted}")
    return numbers, problems


def _key_mismatches(scale: Scale, table: pd.DataFrame) -> list[str]:
    known = {str(item) for item in scale.items}
    unknown = ~table["item"].isin(known).to_numpy()
    problems = [
        f"item {item} is not an item of {scale.id}, which has {len(known)}. Correct the number or leave the item out."
        for item in dict.fromkeys(table["item"].to_numpy()[unknown])
    ]
    twice = table.duplicated(["case", "wave", "item"]).to_numpy()
    problems += [f"{_place(table, row)}: answered twice. Keep one answer." for row in np.flatnonzero(twice).tolist()]
    return problems


def _place(table: pd.DataFrame, row: int) -> str:
    one = table.iloc[row]
    wave = f", wave {one['wave']}" if one["wave"] is not None else ""
    return f"case {one['case']}{wave}, item {one['item']}"
