"""A scale: items by number, subscales, reverse items, range, missing rule, norms; never item wording."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from qualkit.errors import DataError
from qualkit.scales.key import Problem, item_name, key_problems
from qualkit.scales.scoring import score_responses

if TYPE_CHECKING:
    import pandas as pd

METHODS = ("sum", "mean")

MISSING_RULES = ("prorate", "none")

# What the file says of a scale → which change of its score is an improvement.
DIRECTIONS = {"lower is better": "decrease", "higher is better": "increase"}

TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """Spread and reliability of one subscale in a norm sample, and where they stand."""

    sd: float | None = None
    reliability: float | None = None
    mean: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A questionnaire scored by a key.

    ``items`` are item numbers; ``subscales`` gives each its items, no item in two. An answer
    x to a ``reverse`` item counts as low + high - x. ``method`` is ``sum`` or ``mean``. At most
    ``max_missing`` items of a subscale may be unanswered (below 1: as a share of its items);
    ``missing_rule`` then says ``prorate`` (the mean of the answered items stands for the
    others) or ``none`` (no score). ``direction`` says which end is better.

    >>> scale = Scale(id="mood", low=1, high=5, items=range(1, 5), reverse=[3])
    >>> scale.items, scale.parts
    (('1', '2', '3', '4'), {'total': ('1', '2', '3', '4')})
    """

    id: str
    low: float
    high: float
    items: Sequence[object]
    subscales: Mapping[str, Sequence[object]] = field(default_factory=dict)
    reverse: Sequence[object] = ()
    method: str = "sum"
    max_missing: float = 0
    missing_rule: str = "prorate"
    direction: str | None = None
    norms: Mapping[str, Norm] = field(default_factory=dict)
    title: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    citation: str = ""
    permission: str = ""

    def __post_init__(self) -> None:
        subscales = {name: _names(items) for name, items in self.subscales.items()}
        for name, value in (("items", _names(self.items)), ("subscales", subscales), ("reverse", _names(self.reverse))):
            object.__setattr__(self, name, value)
        problems = scale_problems({one.name: getattr(self, one.name) for one in fields(self)})
        if problems:
            lines = "\n".join(f"- {'.'.join(one.place)}: {one.problem}. {one.remedy}" for one in problems)
            raise DataError(f"Scale {self.id!r} contradicts itself ({len(problems)} problems):\n{lines}")

    def score(self, responses: pd.DataFrame, *, total: bool = False) -> pd.DataFrame:
        """Scores of each case at each wave; see ``qualkit.scales.scoring.score_responses``."""
        return score_responses(self, responses, total=total)

    @property
    def parts(self) -> dict[str, tuple[str, ...]]:
        """Items by subscale; a scale without subscales is one part, ``total``."""
        parts = {name: _names(items) for name, items in self.subscales.items()}
        return parts or {TOTAL: _names(self.items)}

    @property
    def improvement(self) -> str | None:
        """``increase`` or ``decrease``: the change of the score that is an improvement."""
        return DIRECTIONS[self.direction] if self.direction else None

    @property
    def sd(self) -> dict[str, float]:
        """Standard deviation of the norm sample by subscale, as ``reliable_change`` takes it."""
        return {name: norm.sd for name, norm in self.norms.items() if norm.sd is not None}

    @property
    def reliability(self) -> dict[str, float]:
        """Reliability by subscale, as ``reliable_change`` takes it."""
        return {name: norm.reliability for name, norm in self.norms.items() if norm.reliability is not None}


def scale_problems(scale: Mapping[str, Any]) -> list[Problem]:
    """Everything that contradicts itself in the fields of a scale, all at once."""
    return [
        *key_problems(scale["items"], scale["subscales"], scale["reverse"]),
        *_rule_problems(scale),
        *_norm_problems(scale["norms"], [*scale["subscales"], TOTAL]),
    ]


def _rule_problems(scale: Mapping[str, Any]) -> Iterator[Problem]:
    low, high = scale["low"], scale["high"]
    if not (math.isfinite(low) and math.isfinite(high)):
        yield Problem(("range",), f"the range is {low:g} to {high:g}", "Give the lowest and highest answer as numbers.")
    elif not low < high:
        yield Problem(
            ("range",), f"the range {low:g} to {high:g} is empty", "Give the lowest answer, then the highest."
        )
    for name, place, accepted in _CHOICES:
        if scale[name] not in accepted:
            named = ", ".join(str(choice) for choice in accepted if choice)
            yield Problem(place, f"{'.'.join(place)} is {scale[name]!r}", f"Choose one of: {named}.")
    if scale["max_missing"] < 0:
        yield Problem(("missing", "max_missing"), f"max_missing is {scale['max_missing']:g}", "Give 0 or more.")


def _norm_problems(norms: Mapping[str, Norm], parts: list[str]) -> Iterator[Problem]:
    for name, norm in norms.items():
        place = ("norms", name)
        if name not in parts:
            yield Problem(place, f"norms for {name!r}, which is no subscale", f"Choose one of: {', '.join(parts)}.")
        if norm.sd is not None and norm.sd <= 0:
            yield Problem((*place, "sd"), f"the sd of {name!r} is {norm.sd:g}", "Give a number above 0.")
        if norm.reliability is not None and not 0 < norm.reliability < 1:
            yield Problem(
                (*place, "reliability"),
                f"the reliability of {name!r} is {norm.reliability:g}",
                "Give a number between 0 and 1.",
            )


def _names(items: Sequence[object]) -> tuple[str, ...]:
    return tuple(item_name(item) for item in items)


_CHOICES = (
    ("method", ("method",), METHODS),
    ("missing_rule", ("missing", "rule"), MISSING_RULES),
    ("direction", ("direction",), (*DIRECTIONS, None)),
)
