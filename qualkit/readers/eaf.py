"""Read an ELAN file: each annotation of an independent tier is speech, the tiers that hang on it are notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from qualkit.errors import ReadError
from qualkit.model import Note
from qualkit.readers.content import Content
from qualkit.readers.format import Draft, Format
from qualkit.readers.pieces import Piece, join_pieces, on_one_line, speaker_name

# A day of speech in five tiers stays far below.
_MOST_BYTES = 60_000_000
# An attribute takes twice the memory of a tag; together they stay below 400 MB.
_MOST_MARKUP = 3_000_000

# How many milliseconds a unit of time is; frames stem from early versions of ELAN.
_UNITS = {"milliseconds": 1.0, "PAL-frames": 40.0, "NTSC-frames": 1001 / 30}
_TIME = re.compile(r"\s*-?\d{1,12}\s*")

_REMEDY = "Open it in ELAN and save it again."


@dataclass(slots=True)
class _Annotation:
    words: str
    start: int | None
    end: int | None
    parent: str | None


@dataclass(slots=True)
class _Tier:
    name: str
    parent: str | None
    speaker: str | None
    annotator: str | None
    annotations: dict[str, _Annotation] = field(default_factory=dict)


def read_eaf(content: Content) -> Draft:
    """The turns of all speakers in the order of time.

    A tier that hangs on no other holds speech; its speaker is PARTICIPANT, or the tier's own name.
    What stands in the tiers below becomes a note ``tier: words`` at the place of the annotation it
    belongs to. A time that was left open lies between its neighbours, or is not known.
    """
    root = _parse(content)
    times = _times(root)
    tiers = _tiers(root, times)
    ids = {tier.name for tier in tiers}
    spoken = _in_order(tier for tier in tiers if tier.parent not in ids)
    pieces = [
        Piece(words=one.words, speaker=tier.speaker, time_ms=None if one.start is None else max(one.start, 0))
        for tier, _, one in spoken
    ]
    if not any(piece.words for piece in pieces):
        raise ReadError(f"{content.name} has no annotation with words in an independent tier. {_REMEDY}")
    joined = join_pieces(pieces)
    places = {key: place for (_, key, _), place in zip(spoken, joined.places, strict=True)}
    notes, n_lost = _notes(tiers, ids, places)
    meta = _meta(root, tiers)
    if n_lost:
        meta["odd"] = f"{n_lost} annotations of dependent tiers belong to no speech and are left out"
    return Draft(text=joined.text, turns=joined.turns, meta=meta, notes=notes)


def _parse(content: Content) -> etree._Element:
    data = content.data
    if len(data) > _MOST_BYTES or data.count(b"<") + 2 * data.count(b"=") > _MOST_MARKUP:
        raise ReadError(f"{content.name} is larger than any recording of one day. Split it, one interview per file.")
    # Looked for in the bytes as well as without the NULs of UTF-16.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise ReadError(
            f"{content.name}: declares a document type or entities, which ELAN never writes and which can do harm. "
            f"{_REMEDY}"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise ReadError(f"{content.name}: not valid XML ({error}). {_REMEDY}") from error
    if root.tag != "ANNOTATION_DOCUMENT":
        raise ReadError(f"{content.name} is not an ELAN file: it begins with {str(root.tag)[:40]!r}. {_REMEDY}")
    return root


def _times(root: etree._Element) -> dict[str, int | None]:
    header = root.find("HEADER")
    unit = _UNITS.get(header.get("TIME_UNITS", "") if header is not None else "", 1.0)
    ids: list[str] = []
    values: list[int | None] = []
    for slot in root.iterfind("TIME_ORDER/TIME_SLOT"):
        value = slot.get("TIME_VALUE", "")
        ids.append(slot.get("TIME_SLOT_ID", ""))
        values.append(round(int(value) * unit) if _TIME.fullmatch(value) else None)
    return dict(zip(ids, _interpolate(values), strict=True))


def _interpolate(values: list[int | None]) -> list[int | None]:
    """Times left open lie evenly between the known ones.

    >>> _interpolate([None, 1000, None, None, 4000, None])
    [None, 1000, 2000, 3000, 4000, None]
    """
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    filled = list(values)
    for (left, first), (right, last) in pairwise(known):
        for place in range(left + 1, right):
            filled[place] = first + round((last - first) * (place - left) / (right - left))
    return filled


def _tiers(root: etree._Element, times: Mapping[str, int | None]) -> list[_Tier]:
    tiers = []
    for number, element in enumerate(root.iterfind("TIER"), start=1):
        name = element.get("TIER_ID", "") or f"TIER {number}"
        speaker = speaker_name(element.get("PARTICIPANT", "")) or speaker_name(name)
        tier = _Tier(name, element.get("PARENT_REF"), speaker, element.get("ANNOTATOR", "").strip() or None)
        for place, annotation in enumerate(element.iterfind("ANNOTATION/*")):
            if not isinstance(annotation.tag, str):
                continue
            words = on_one_line(annotation.findtext("ANNOTATION_VALUE") or "")
            start = times.get(annotation.get("TIME_SLOT_REF1", ""))
            end = times.get(annotation.get("TIME_SLOT_REF2", ""))
            key = annotation.get("ANNOTATION_ID") or f"{name}/{place}"
            tier.annotations[key] = _Annotation(words, start, end, annotation.get("ANNOTATION_REF"))
        tiers.append(tier)
    return tiers


def _in_order(tiers: Iterable[_Tier]) -> list[tuple[_Tier, str, _Annotation]]:
    # An annotation without time stays behind the one above it in its tier.
    timed = []
    for tier in tiers:
        now = 0
        for key, annotation in tier.annotations.items():
            now = now if annotation.start is None else annotation.start
            timed.append((now, (tier, key, annotation)))
    return [one for _, one in sorted(timed, key=lambda pair: pair[0])]


def _notes(tiers: list[_Tier], ids: set[str], places: Mapping[str, tuple[int, int]]) -> tuple[list[Note], int]:
    by_name = {tier.name: tier for tier in tiers}
    parents = {key: one.parent for tier in tiers for key, one in tier.annotations.items() if one.parent}
    notes: list[Note] = []
    n_lost = 0
    spans: dict[str, _Spans] = {}
    roots: dict[str, str] = {}
    for tier in tiers:
        if tier.parent not in ids:
            continue
        root = _root_tier(tier, by_name)
        for key, annotation in tier.annotations.items():
            if not annotation.words:
                continue
            place = places.get(_root_annotation(key, parents, roots))
            if place is None and annotation.start is not None and root is not None:
                found = spans.setdefault(root.name, _Spans(root)).at(annotation.start)
                place = places.get(found) if found is not None else None
            if place is None:
                n_lost += 1
                continue
            text = f"{tier.name}: {annotation.words}"
            notes.append(Note(start=place[0], end=place[1], text=text, author=tier.annotator, kind="tag"))
    return sorted(notes, key=lambda note: (note.start, note.end)), n_lost


class _Spans:
    """The annotations of a tier, found by a time they cover."""

    def __init__(self, tier: _Tier) -> None:
        timed = [(one.start, one.end, key) for key, one in tier.annotations.items() if one.start is not None]
        self._timed = sorted(timed, key=lambda span: span[0])
        self._starts = [start for start, _, _ in self._timed]

    def at(self, time: int) -> str | None:
        place = bisect_right(self._starts, time) - 1
        if place < 0:
            return None
        _, end, key = self._timed[place]
        return key if end is None or time < end else None


def _root_tier(tier: _Tier, by_name: Mapping[str, _Tier]) -> _Tier | None:
    seen = set()
    while tier.name not in seen:
        seen.add(tier.name)
        above = by_name.get(tier.parent or "")
        if above is None:
            return tier
        tier = above
    return None


def _root_annotation(key: str, parents: Mapping[str, str], roots: dict[str, str]) -> str:
    # What was found once on the way up is kept, so that a long chain is gone up once.
    way: list[str] = []
    seen = set()
    while key in parents and key not in seen and key not in roots:
        seen.add(key)
        way.append(key)
        key = parents[key]
    root = roots.get(key, key)
    roots.update(dict.fromkeys(way, root))
    return root


def _meta(root: etree._Element, tiers: list[_Tier]) -> dict[str, str]:
    media = [one.get("RELATIVE_MEDIA_URL") or one.get("MEDIA_URL") or "" for one in root.iterfind("HEADER/*")]
    names = [re.split(r"[/\\]", one)[-1] for one in media]
    annotators = {tier.annotator: None for tier in tiers if tier.annotator}
    meta = {
        "author": root.get("AUTHOR", "").strip(),
        "media": ", ".join(name for name in names if name),
        "tiers": ", ".join(tier.name for tier in tiers),
        "annotators": ", ".join(annotators),
    }
    return {key: value for key, value in meta.items() if value and value != "unspecified"}


def _recognises(content: Content) -> bool:
    return b"<ANNOTATION_DOCUMENT" in content.data[:4096].replace(b"\0", b"") or content.suffix == ".eaf"


FORMAT = Format(
    name="eaf",
    label={"zh": "ELAN 标注", "en": "ELAN annotations"},
    suffixes=(".eaf",),
    recognises=_recognises,
    read=read_eaf,
)
