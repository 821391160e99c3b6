"""Move labels apart so that none covers another, each as near to its point as can be."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Places near ``wanted`` that are at least ``gap`` apart and lie in ``[low, high]``.

    The squared moves are as small as they can be (isotonic regression by pooling neighbours). Where the
    labels do not fit, the gap is narrowed evenly.

    >>> spread([5, 5, 9], gap=2, low=0, high=10)
    [4.0, 6.0, 9.0]
    """
    if not wanted:
        return []
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    if len(wanted) > 1:
        gap = min(gap, (high - low) / (len(wanted) - 1))
    level = _nondecreasing([wanted[index] - gap * rank for rank, index in enumerate(order)])
    top = high - gap * (len(wanted) - 1)
    places = [0.0] * len(wanted)
    for rank, index in enumerate(order):
        places[index] = min(max(level[rank], low), top) + gap * rank
    return places


def _nondecreasing(values: Sequence[float]) -> list[float]:
    # Pool adjacent violators: a block is [sum, count]; its mean never falls below that of the one before.
    blocks: list[list[float]] = []
    for value in values:
        blocks.append([value, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    return [total / count for total, count in blocks for _ in range(int(count))]
