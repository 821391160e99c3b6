"""Decide by the whole text which labels are speakers: in doubt they are none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualkit.language.marks import is_nonverbal
from qualkit.readers.header import is_header_key
from qualkit.readers.label_words import Grade, is_code, is_likely_name, is_plausible_name
from qualkit.readers.labels import Label, grade_label, split_speakers

Key = tuple[str, str]

# Somebody asks, calls out, or speaks of himself or to somebody.
_SPEECH = re.compile(
    r"[？！?!~～…]|[吗呢吧啊呀嘛哦啦嗯哎]|[我你您咱]|\b(?:i|i'm|you|we|my|your|me|us|yes|no|yeah|ok|okay|thanks?|hello|hi)\b",
    re.IGNORECASE,
)

# These speak when their counterpart does too, with or without a number beside them.
_PAIRS = ({"q", "a"}, {"i", "r"}, {"i", "p"}, {"q", "r"}, {"问题", "回答"}, {"question", "answer"})
_NUMBER = re.compile(r"\s?\d{1,3}$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """All lines of a possible speaker."""

    key: Key
    numbers: list[int]
    grade: Grade
    parts: list[str]
    n_timed: int

    @property
    def speaker(self) -> str:
        return self.key[1]

    @property
    def stem(self) -> str:
        return _NUMBER.sub("", self.speaker).lower()

    @property
    def count(self) -> int:
        return len(self.numbers)


def accept_labels(
    lines: Sequence[str], found: Mapping[int, Label], *, first: int = 0, bold: Collection[int] = ()
) -> set[Key]:
    """The keys of the labels that are speakers, told from those that head lists, remarks and other people's words."""
    candidates = _candidates(found)
    if not candidates:
        return set()
    headings = _accepted_headings(lines, found, [one for one in candidates if one.key[0] == "heading"])
    if headings:
        # A program wrote a line above each turn: what stands before a colon in the words is speech.
        known = {speaker for _, speaker in headings}
        return headings | {one.key for one in candidates if one.speaker in known}
    rest = [one for one in candidates if one.key[0] in ("colon", "bracket", "dot")]
    accepted = _accepted_typed(lines, found, rest)
    accepted |= _accepted_bold(found, bold, rest, accepted)
    if _is_lone(lines, [one for one in rest if one.key in accepted], first):
        return set()
    return accepted | _accepted_several(rest, accepted)


def accept_bare_labels(lines: Sequence[str], found: Mapping[int, Label]) -> set[Key]:
    """The keys of labels that no sign sets off, where the text is made of such turns from end to end."""
    n_filled = sum(1 for line in lines if line.strip())
    for form in ("title", "tab", "alone"):
        keyed = [one for one in _candidates(found) if one.key[0] == form]
        sure = [one for one in keyed if one.grade == Grade.SURE]
        n_turns = sum(one.count for one in sure)
        recur = any(one.count >= 2 or one.n_timed for one in sure)
        if len(sure) < 2 or not recur or 4 * n_turns < n_filled:
            continue
        if form == "alone" and not all(
            _has_words_below(lines, number, found) for one in sure for number in one.numbers
        ):
            continue
        if form == "tab" and not _is_speech(lines, found, [number for one in sure for number in one.numbers]):
            continue
        names = [one for one in keyed if one.grade >= Grade.NAME and one.count >= 2 and form != "alone"]
        return {one.key for one in [*sure, *names]}
    return set()


def _candidates(found: Mapping[int, Label]) -> list[_Candidate]:
    by_key: dict[Key, list[int]] = defaultdict(list)
    for number, label in found.items():
        by_key[label.key].append(number)
    candidates = []
    for key, numbers in by_key.items():
        timed = sum(1 for number in numbers if found[number].time_ms is not None)
        grade = grade_label(key[1])
        candidates.append(_Candidate(key, numbers, grade, split_speakers(key[1]), timed))
    return candidates


def _accepted_headings(lines: Sequence[str], found: Mapping[int, Label], headings: list[_Candidate]) -> set[Key]:
    known = [one for one in headings if one.grade >= Grade.NAME]
    numbers = sorted(number for one in known for number in one.numbers)
    n_with_words = sum(1 for number in numbers[:-1] if _has_words_below(lines, number, found))
    if len(numbers) < 2 or 4 * n_with_words < 3 * (len(numbers) - 1):
        return set()
    times = [found[number].time_ms or 0 for number in numbers]
    n_back = sum(1 for before, after in pairwise(times) if after < before)
    if 10 * n_back > len(times):
        return set()
    accepted = set()
    for one in known:
        is_set_off = any(number == 0 or not lines[number - 1].strip() for number in one.numbers)
        if one.grade >= Grade.ROLE or one.count >= 2 or is_set_off:
            accepted.add(one.key)
    return accepted


def _has_words_below(lines: Sequence[str], number: int, found: Mapping[int, Label]) -> bool:
    below = next((place for place in range(number + 1, min(number + 4, len(lines))) if lines[place].strip()), None)
    return below is not None and (below not in found or found[below].form != found[number].form)


def _accepted_typed(lines: Sequence[str], found: Mapping[int, Label], candidates: list[_Candidate]) -> set[Key]:
    sure = _sure(lines, found, candidates)
    accepted = {one.key for one in sure}
    is_dialogue = _is_dialogue(lines, candidates)
    part_counts = Counter(part for one in candidates for part in one.parts)
    names = [
        one
        for one in candidates
        if one.grade == Grade.NAME
        and not is_header_key(one.speaker)
        and (one.key[0] != "bracket" or not is_nonverbal(one.speaker))
        and (all(map(is_plausible_name, one.parts)) or _is_speech(lines, found, one.numbers))
    ]
    recurring = [one for one in names if is_dialogue and max(one.count, part_counts[one.speaker]) >= 2]
    roles = [one for one in candidates if one.grade == Grade.ROLE and not is_header_key(one.speaker)]
    if recurring and not sure and not roles and _is_dense(lines, names):
        recurring = names
    timed = [one for one in names if one.n_timed and is_dialogue and recurring]
    if not sure and not _is_talk(lines, found, [*recurring, *roles, *timed]):
        return set()
    if _are_options([one for one in candidates if len(one.speaker) == 1 and one.speaker.isascii()]):
        recurring = [one for one in recurring if len(one.speaker) > 1]
    accepted |= {one.key for one in [*recurring, *roles]}
    if any(one.n_timed and one.key in accepted for one in candidates):
        accepted |= {one.key for one in names if one.n_timed}
    return _without_untimed(candidates, accepted)


def _sure(lines: Sequence[str], found: Mapping[int, Label], candidates: list[_Candidate]) -> list[_Candidate]:
    paired = _paired(lines, candidates)
    sure = [one for one in candidates if one.grade == Grade.SURE or one.stem in paired]
    questions = [one for one in sure if one.speaker[0] in "Q问"]
    if len(questions) == len(sure) and len({one.speaker[0] for one in sure}) <= 1 and len(sure) > 1:
        # Questions alone are a guide for interviews.
        return []
    dots = [one for one in sure if one.key[0] == "dot"]
    if dots and not {"Q", "问"} & {one.speaker[0].upper() for one in dots} < {one.speaker[0].upper() for one in dots}:
        sure = [one for one in sure if one.key[0] != "dot"]
    is_list = all(is_code(part) for one in sure for part in one.parts) and all(one.count == 1 for one in sure)
    if is_list and len(sure) > 2 and not _is_speech(lines, found, [number for one in sure for number in one.numbers]):
        # A line on each member is a record, no talk.
        return []
    return sure


def _paired(lines: Sequence[str], candidates: list[_Candidate]) -> set[str]:
    counts: Counter[str] = Counter()
    for one in candidates:
        if one.key[0] != "bracket":
            counts[one.stem] += one.count
    n_filled = sum(1 for line in lines if line.strip())
    pairs = [pair for pair in _PAIRS if all(counts[stem] for stem in pair)]
    return {stem for pair in pairs if 10 * sum(counts[stem] for stem in pair) >= n_filled for stem in pair}


def _is_dialogue(lines: Sequence[str], candidates: list[_Candidate]) -> bool:
    # At least a quarter of the lines begin with a possible speaker, and there are two of them or more.
    possible = [one for one in candidates if one.grade >= Grade.NAME]
    return len(possible) >= 2 and 4 * sum(one.count for one in possible) >= sum(1 for line in lines if line.strip())


def _is_dense(lines: Sequence[str], candidates: list[_Candidate]) -> bool:
    # Line after line begins with a name.
    return 5 * sum(one.count for one in candidates) >= 4 * sum(1 for line in lines if line.strip())


def _is_talk(lines: Sequence[str], found: Mapping[int, Label], candidates: list[_Candidate]) -> bool:
    # Nobody is surely a speaker: the labels are built as names, or what follows them is spoken.
    if len({one.speaker for one in candidates}) < 2:
        return False
    if all(is_likely_name(part) for one in candidates for part in one.parts):
        return True
    return _is_speech(lines, found, [number for one in candidates for number in one.numbers])


def _is_speech(lines: Sequence[str], found: Mapping[int, Label], numbers: Sequence[int]) -> bool:
    spoken = sum(1 for number in numbers if _SPEECH.search(lines[number], found[number].words))
    return 3 * spoken >= len(numbers)


def _are_options(letters: list[_Candidate]) -> bool:
    # A: B: C: again and again in this order are answers to choose from.
    placed = sorted((number, one.speaker) for one in letters for number in one.numbers)
    order = "".join(letter for _, letter in placed).upper()
    return len(set(order)) >= 3 and re.fullmatch("(?:AB(?:C(?:D(?:E(?:F)?)?)?)?)+", order) is not None


def _without_untimed(candidates: list[_Candidate], accepted: set[Key]) -> set[Key]:
    # Where every turn has its time, a label without one stands inside somebody's words.
    speakers = [one for one in candidates if one.key in accepted]
    n_timed = sum(one.n_timed for one in speakers)
    if n_timed < 3 or 5 * n_timed < 4 * sum(one.count for one in speakers):
        return accepted
    known = {part for one in speakers if one.n_timed for part in one.parts}
    return {one.key for one in speakers if one.n_timed or known.issuperset(one.parts)}


def _is_lone(lines: Sequence[str], speakers: list[_Candidate], first: int) -> bool:
    # One label in the middle of a text that has no other is a quotation.
    if len(speakers) != 1 or speakers[0].count > 1:
        return False
    number = speakers[0].numbers[0]
    return any(line.strip() for line in lines[first:number]) and any(line.strip() for line in lines[number + 1 :])


def _accepted_bold(
    found: Mapping[int, Label], bold: Collection[int], candidates: list[_Candidate], accepted: set[Key]
) -> set[Key]:
    # A bold label is a speaker even under an unusual name, but the bold headings of a record are none:
    # each stands there once, and nobody speaks.
    keys = {found[number].key for number in bold if number in found}
    return {
        one.key for one in candidates if one.key in keys and one.grade > Grade.NEVER and (accepted or one.count >= 2)
    }


def _accepted_several(candidates: list[_Candidate], accepted: set[Key]) -> set[Key]:
    known = {speaker for _, speaker in accepted}
    return {
        one.key
        for one in candidates
        if len(one.parts) > 1
        and accepted
        and all(part in known or grade_label(part) >= Grade.ROLE for part in one.parts)
    }
