"""Where the words of a text stand in its corrected version: equal blocks of both, and what becomes of a segment."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

#: ``old[old_start : old_start + length] == new[new_start : new_start + length]``
Block = tuple[int, int, int]
#: ``old[from_old:to_old]`` against ``new[from_new:to_new]``
_Stretch = tuple[int, int, int, int]

# Pieces in which both texts are compared, from coarse to fine; only where two pieces differ their parts are looked at.
_PIECES = tuple(
    re.compile(pattern) for pattern in (r"[^\n]*\n|[^\n]+", r"[^。！？!?；;…\n]+|[。！？!?；;…\n]+", r"[^\W_]+|[\W_]+")
)
# Lines that differ are compared character by character when both have up to 2,000 of them, longer ones by their pieces
# first. In the end characters are compared up to the second area (20,000 × 20,000: a tenth of a second), and all of
# them together up to the third one; beyond, a stretch counts as rewritten.
_SMALL_AREA = 4_000_000
_AREA = 400_000_000
_ALL_AREAS = 2_000_000_000
_DEPTH = 30
# Equal stretches of up to this length inside rewritten text are taken for chance.
_CHANCE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What becomes of a segment in the new text; without a place when it is ``unplaced``."""

    outcome: str
    start: int | None = None
    end: int | None = None


_UNPLACED = Carried(outcome="unplaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionMap:
    """The equal blocks of two versions of a text, in the order of both.

    Every block is equal character by character. Blocks keep their order: words that were cut out and put in
    elsewhere count as taken out and added.

    >>> found = PositionMap.between("A3：我听见丁铃响。", "A3：后来我听见叮铃响。")
    >>> found.blocks
    ((0, 0, 3), (3, 5, 3), (7, 9, 3))
    >>> found.map_segment(3, 6), found.map_segment(3, 9)
    ((5, 8), None)
    """

    blocks: tuple[Block, ...]
    old_length: int
    new_length: int
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(block[0] for block in self.blocks))

    @classmethod
    def between(cls, old: str, new: str) -> PositionMap:
        """Compare two versions of a text."""
        blocks = tuple(_drop_chance(_joined(_equal_blocks(old, new)), len(old), len(new)))
        return cls(blocks=blocks, old_length=len(old), new_length=len(new))

    def to_json(self) -> dict[str, Any]:
        """A compact form: for each block what is left out of the old and of the new text before it, and its length."""
        steps: list[int] = []
        old_end = new_end = 0
        for old_start, new_start, length in self.blocks:
            steps += (old_start - old_end, new_start - new_end, length)
            old_end, new_end = old_start + length, new_start + length
        return {"old": self.old_length, "new": self.new_length, "blocks": steps}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> PositionMap:
        """The map that ``to_json`` wrote."""
        steps = value["blocks"]
        blocks = []
        old_end = new_end = 0
        for skip_old, skip_new, length in zip(steps[::3], steps[1::3], steps[2::3], strict=True):
            old_start, new_start = old_end + skip_old, new_end + skip_new
            blocks.append((old_start, new_start, length))
            old_end, new_end = old_start + length, new_start + length
        return cls(blocks=tuple(blocks), old_length=value["old"], new_length=value["new"])

    def map_segment(self, start: int, end: int) -> tuple[int, int] | None:
        """Where ``[start, end)`` of the old text stands in the new one with the same words, else ``None``."""
        place = bisect_right(self._starts, start) - 1
        if place < 0:
            return None
        old_start, new_start, length = self.blocks[place]
        if start >= end or end > old_start + length:
            return None
        return start - old_start + new_start, end - old_start + new_start

    def carry(self, old: str, new: str, start: int, end: int) -> Carried:
        """What becomes of the segment ``[start, end)`` of ``old`` in ``new``.

        ``moved``
            The same words, character by character, stand in an equal block of both texts.
        ``changed``
            The words were corrected: where the segment begins and ends is certain, and at least half of its old
            characters stand there still and make up at least half of the new ones. It goes along, and a person
            should look at it.
        ``unplaced``
            Anything else: the words were taken out or rewritten, or an edit reaches over the edge of the
            segment, so that its place would be a guess.

        >>> old, new = "A3：我听见丁铃响。", "A3：后来我听见叮铃响。"
        >>> [PositionMap.between(old, new).carry(old, new, *segment).outcome for segment in ((3, 6), (3, 9), (6, 7))]
        ['moved', 'changed', 'unplaced']
        """
        same = self.map_segment(start, end) or self._slide(old, new, start, end)
        if same is not None:
            return Carried(outcome="moved", start=same[0], end=same[1])
        new_start, new_end = self._begin(start), self._finish(end)
        if new_start is None or new_end is None or new_start >= new_end:
            return _UNPLACED
        kept = self._n_kept(start, end)
        if 2 * kept < max(end - start, new_end - new_start):
            return _UNPLACED
        outcome = "moved" if old[start:end] == new[new_start:new_end] else "changed"
        return Carried(outcome=outcome, start=new_start, end=new_end)

    def nearest(self, position: int) -> int:
        """Where a place of the old text would be in the new one: at its character, or after the last words before it.

        >>> PositionMap.between("我走了。你呢？", "你呢？").nearest(2)
        0
        """
        place = bisect_right(self._starts, position) - 1
        old_start, new_start, length = self._block(place)
        if position == self.old_length:
            return self.new_length
        return new_start + min(position - old_start, length)

    def first_kept(self, start: int, end: int) -> int | None:
        """Where the first character of ``[start, end)`` stands that is still there; ``None`` when none is."""
        first, last = self._inside(start, end)
        if start >= end or first >= last:
            return None
        old_start, new_start, _ = self.blocks[first]
        return new_start + max(start - old_start, 0)

    def _slide(self, old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
        # 很好 became 很很好: whether the first or the second 很 was added nobody can say, and perhaps no block holds
        # 很好. The words stand unchanged at the shift of the block after or of the block before.
        first, last = self._inside(start, end)
        if last - first == 1:
            first -= start < self.blocks[first][0]
            last = first + 2
        if last - first != 2:
            return None
        (old_start, new_start, length), (next_old, next_new, next_length) = self._block(first), self._block(first + 1)
        is_pure = old_start + length == next_old or new_start + length == next_new
        if not is_pure or start < old_start or end > next_old + next_length:
            return None
        for shift in (next_new - next_old, new_start - old_start):
            begin, stop = start + shift, end + shift
            if new_start <= begin and stop <= next_new + next_length and new[begin:stop] == old[start:end]:
                return begin, stop
        return None

    def _inside(self, start: int, end: int) -> tuple[int, int]:
        # The blocks that share characters with [start, end).
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.blocks[first][0] + self.blocks[first][2] <= start:
            first += 1
        return first, bisect_left(self._starts, end)

    def _n_kept(self, start: int, end: int) -> int:
        first, last = self._inside(start, end)
        return sum(
            min(end, old_start + length) - max(start, old_start) for old_start, _, length in self.blocks[first:last]
        )

    def _begin(self, start: int) -> int | None:
        # A segment takes with it what was put in the place of its first characters, not what was added before them.
        place = bisect_right(self._starts, start) - 1
        old_start, new_start, length = self._block(place)
        return start - old_start + new_start if start < old_start + length else self._across(start, place)

    def _finish(self, end: int) -> int | None:
        place = bisect_left(self._starts, end) - 1
        old_start, new_start, length = self._block(place)
        return end - old_start + new_start if end <= old_start + length else self._across(end, place)

    def _across(self, position: int, place: int) -> int | None:
        # A position in the gap after a block: certain at the ends of the gap, where its characters were taken out,
        # and where each was replaced by one other.
        old_start, new_start, length = self._block(place)
        to_old, to_new, _ = self._block(place + 1)
        from_old, from_new = old_start + length, new_start + length
        if position == from_old or from_new == to_new:
            return from_new
        if position == to_old:
            return to_new
        return from_new + position - from_old if to_old - from_old == to_new - from_new else None

    def _block(self, place: int) -> Block:
        # Both ends of the texts count as empty blocks.
        if place < 0:
            return 0, 0, 0
        return self.blocks[place] if place < len(self.blocks) else (self.old_length, self.new_length, 0)


# ── the equal blocks ─────────────────────────────────────────────────────────


def _equal_blocks(old: str, new: str) -> list[Block]:
    # Lines that stand once in both texts and in the same order are anchors; between two anchors the parts of the
    # lines are compared, in the end their characters.
    blocks: list[Block] = []
    areas = 0
    waiting = [((0, len(old), 0, len(new)), 0, 0)]
    while waiting:
        stretch, level, depth = waiting.pop()
        if stretch[0] == stretch[1] or stretch[2] == stretch[3]:
            continue
        area = (stretch[1] - stretch[0]) * (stretch[3] - stretch[2])
        if level < len(_PIECES) and not (level and area <= _SMALL_AREA):
            anchors, gaps = _compare_pieces(old, new, stretch, _PIECES[level])
            blocks += anchors
            is_finer = not anchors or depth >= _DEPTH
            waiting += [(gap, level + is_finer, 0 if is_finer else depth + 1) for gap in gaps]
            continue
        if area <= _AREA and areas + area <= _ALL_AREAS:
            areas += area
            blocks += _compare_characters(old, new, stretch)
        else:
            blocks += _common_ends(old, new, stretch)
    blocks.sort()
    return blocks


def _compare_pieces(old: str, new: str, stretch: _Stretch, pieces: re.Pattern) -> tuple[list[Block], list[_Stretch]]:
    # Equal blocks of whole pieces, and the stretches between them where both texts have something.
    old_pieces = pieces.findall(old, stretch[0], stretch[1])
    new_pieces = pieces.findall(new, stretch[2], stretch[3])
    old_places = list(accumulate(map(len, old_pieces), initial=stretch[0]))
    new_places = list(accumulate(map(len, new_pieces), initial=stretch[2]))
    blocks: list[Block] = []
    gaps: list[_Stretch] = []
    old_end = new_end = 0
    for first_old, first_new, count in _equal_runs(old_pieces, new_pieces):
        gaps.append((old_places[old_end], old_places[first_old], new_places[new_end], new_places[first_new]))
        old_end, new_end = first_old + count, first_new + count
        if count:
            blocks.append((old_places[first_old], new_places[first_new], old_places[old_end] - old_places[first_old]))
    return blocks, [gap for gap in gaps if gap[0] < gap[1] and gap[2] < gap[3]]


def _equal_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    # Patience: pieces that stand once in both and keep their order, and equal neighbours of them; both ends are
    # anchors as well, the last one always (as a run that may be empty).
    n_old, n_new = len(old), len(new)
    counts_old, counts_new = Counter(old), Counter(new)
    place_new = {piece: number for number, piece in enumerate(new)}
    unique = [
        (number, place_new[piece])
        for number, piece in enumerate(old)
        if counts_old[piece] == 1 and counts_new[piece] == 1
    ]
    old_end = new_end = 0
    for first_old, first_new in [(0, 0), *_longest_rise(unique), (n_old, n_new)]:
        if first_old < old_end:
            continue
        while first_old > old_end and first_new > new_end and old[first_old - 1] == new[first_new - 1]:
            first_old, first_new = first_old - 1, first_new - 1
        count = 0
        while first_old + count < n_old and first_new + count < n_new:
            if old[first_old + count] != new[first_new + count]:
                break
            count += 1
        if count or (first_old, first_new) == (n_old, n_new):
            yield first_old, first_new, count
        old_end, new_end = first_old + count, first_new + count


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    # The longest part of the pairs, in order of the first number, in which the second number rises too.
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    rise = []
    number = ends[-1] if ends else -1
    while number >= 0:
        rise.append(pairs[number])
        number = before[number]
    return rise[::-1]


def _compare_characters(old: str, new: str, stretch: _Stretch) -> list[Block]:
    from rapidfuzz.distance import Levenshtein

    from_old, to_old, from_new, to_new = stretch
    steps = Levenshtein.opcodes(old[from_old:to_old], new[from_new:to_new])
    return [
        (from_old + step.src_start, from_new + step.dest_start, step.src_end - step.src_start)
        for step in steps
        if step.tag == "equal"
    ]


def _common_ends(old: str, new: str, stretch: _Stretch) -> list[Block]:
    from_old, to_old, from_new, to_new = stretch
    most = min(to_old - from_old, to_new - from_new)
    head = _largest(most, lambda n: old.startswith(new[from_new : from_new + n], from_old))
    tail = _largest(most - head, lambda n: old.endswith(new[to_new - n : to_new], 0, to_old))
    return [(from_old, from_new, head)] * bool(head) + [(to_old - tail, to_new - tail, tail)] * bool(tail)


def _largest(most: int, holds: Callable[[int], bool]) -> int:
    # The largest number up to `most` for which it holds; it holds for all smaller ones.
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _joined(blocks: Iterable[Block]) -> list[Block]:
    joined: list[Block] = []
    for old_start, new_start, length in blocks:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (old_start, new_start):
            joined[-1] = (*joined[-1][:2], joined[-1][2] + length)
        else:
            joined.append((old_start, new_start, length))
    return joined


def _drop_chance(blocks: list[Block], old_length: int, new_length: int) -> list[Block]:
    # A few equal characters between stretches that were rewritten are no place to hold on to.
    for _ in range(_DEPTH):
        kept: list[Block] = []
        following = [*blocks[1:], (old_length, new_length, 0)]
        for block, after in zip(blocks, following, strict=False):
            if not _is_chance(kept[-1] if kept else (0, 0, 0), block, after):
                kept.append(block)
        if len(kept) == len(blocks):
            break
        blocks = kept
    return blocks


def _is_chance(before: Block, block: Block, after: Block) -> bool:
    (old_start, new_start, length), (before_old, before_new, before_length) = block, before
    if length > _CHANCE:
        return False
    taken = (old_start - before_old - before_length, after[0] - old_start - length)
    added = (new_start - before_new - before_length, after[1] - new_start - length)
    # Where something was only added on both sides, or only taken out, the old words still stand in their order.
    around = min(max(taken[0], added[0]), max(taken[1], added[1]))
    return length <= min(around, sum(taken), sum(added))
