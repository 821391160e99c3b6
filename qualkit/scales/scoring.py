"""From answers to scores: reverse items, missing rule, one score per subscale, case and wave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qualkit.scales.answers import answer_table

if TYPE_CHECKING:
    from qualkit.scales.definition import Scale

COLUMNS = ["scale", "subscale", "case", "wave", "score", "n_items", "n_answered", "note"]


def score_responses(scale: Scale, responses: pd.DataFrame, *, total: bool = False) -> pd.DataFrame:
    """Score the answers of cases by the key of a scale.

    Parameters
    ----------
    scale : Scale
        The key.
    responses : DataFrame
        Long (``case``, ``wave``, ``item``, ``value``; with a ``scale`` column only the rows of
        this scale are taken) or wide (``case``, ``wave`` and one column per item, named 1 or
        item_1). Without a ``wave`` column there is one wave without a name. Answers are as
        ticked, before any reversing; NaN or blank is "not answered".
    total : bool
        Also score all items together, as subscale ``total``.

    Returns
    -------
    DataFrame, one row per case, wave and subscale
        ``scale``, ``subscale``, ``case``, ``wave``, ``score`` (NaN when too many items are
        missing), ``n_items``, ``n_answered``, ``note`` (why a score is missing or prorated).

    References
    ----------
    Schafer & Graham (2002), Psychological Methods 7(2), 147-177 (averaging the available items).

    Examples
    --------
    >>> from qualkit.scales import Scale
    >>> scale = Scale(id="mood", low=1, high=5, items=[1, 2, 3], reverse=[3], max_missing=1)
    >>> responses = pd.DataFrame({"case": ["A1", "A2"], "wave": "pre", "1": [5, 4], "2": [4, None], "3": [1, 2]})
    >>> scale.score(responses)[["case", "score", "n_items", "n_answered"]]
      case  score  n_items  n_answered
    0   A1   14.0        3           3
    1   A2   12.0        3           2
    """
    people, answers = answer_table(scale, responses)
    position = {str(item): column for column, item in enumerate(scale.items)}
    keyed = reversed_answers(scale, answers)
    parts = dict(scale.parts)
    if total:
        parts["total"] = tuple(str(item) for item in scale.items)
    tables = [
        _score_part(scale, name, people, keyed[:, [position[item] for item in items]]) for name, items in parts.items()
    ]
    table = pd.concat(tables, ignore_index=True)
    # All subscales of a person stand together, people in the order of the answers.
    order = np.argsort(np.tile(np.arange(len(people)), len(parts)), kind="stable")
    return table.iloc[order].reset_index(drop=True)[COLUMNS]


def reversed_answers(scale: Scale, answers: np.ndarray) -> np.ndarray:
    """The answers with those to reverse items turned round: x becomes low + high - x."""
    is_reversed = np.isin([str(item) for item in scale.items], [str(item) for item in scale.reverse])
    return np.where(is_reversed, scale.low + scale.high - answers, answers)


def _score_part(scale: Scale, name: str, people: pd.DataFrame, answers: np.ndarray) -> pd.DataFrame:
    n_items = answers.shape[1]
    n_answered = (~np.isnan(answers)).sum(axis=1)
    allowed = scale.max_missing if scale.max_missing >= 1 else scale.max_missing * n_items
    if scale.missing_rule == "none":
        allowed = 0
    n_missing = n_items - n_answered
    # The allowance is a count or a share; 0.2 · 10 must allow 2 in spite of floating point.
    scored = (n_missing <= allowed + 1e-9) & (n_answered > 0)
    mean = np.divide(np.nansum(answers, axis=1), n_answered, out=np.full(len(answers), np.nan), where=scored)
    notes = [
        _note(n_items, answered, allowed, is_scored) for answered, is_scored in zip(n_answered, scored, strict=True)
    ]
    score = mean * n_items if scale.method == "sum" else mean
    return people.assign(scale=scale.id, subscale=name, score=score, n_items=n_items, n_answered=n_answered, note=notes)


def _note(n_items: int, n_answered: int, allowed: float, is_scored: bool) -> str:
    if n_answered == n_items:
        return ""
    if is_scored:
        return f"prorated from {n_answered} of {n_items} answered"
    return f"no score: {n_items - n_answered} of {n_items} items not answered, at most {int(allowed + 1e-9)} allowed"
