"""What material there is of whom, and what is missing and why: case × wave × kind of material."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd
from sqlalchemy import Connection

from qualkit.errors import OptionError
from qualkit.project.frames import to_frame
from qualkit.project.material import INFORMANTS, Material, Person, Place, read_material

_COLUMNS = {
    **dict.fromkeys(("case", "role", "wave"), "text"),
    "session": "integer or missing",
    "kind": "text",
    "n": "integer",
    **dict.fromkeys(("status", "reason"), "text"),
}

#: Role → kind of material → the waves at which it is expected.
Expected = Mapping[str, Mapping[str, Sequence[str]]]


def completeness(
    connection: Connection, *, kinds: Collection[str] | None = None, expected: Expected | None = None
) -> pd.DataFrame:
    """One row per case and place of material; see ``project.completeness``."""
    known = read_material(connection)
    places = _places(known)
    if kinds is not None:
        unknown = [kind for kind in kinds if kind not in {kind for _, _, kind in places}]
        if unknown:
            there = ", ".join(dict.fromkeys(kind for _, _, kind in places)) or "nothing yet"
            raise OptionError(f"kinds: there is no material {', '.join(map(str, unknown))}. The project has {there}.")
        places = [place for place in places if place[2] in kinds]
    wanted = _expected(known, places, expected)
    rows = []
    for case in known.cases:
        for place in places:
            n = known.counts.get((case.case_id, place), 0)
            status, reason = _status(known, case, place, n, is_expected=(case.rule, place) in wanted)
            wave, session, kind = place
            rows.append((case.case, case.role, wave, session, kind, n, status, reason))
    return to_frame(rows, _COLUMNS)


def _status(known: Material, case: Person, place: Place, n: int, *, is_expected: bool) -> tuple[str, str | None]:
    wave, session, kind = place
    if kind == "consent" and n:
        return _consent_status(known.consents[case.case_id])
    if n:
        return "present", "consent withdrawn" if case.case in known.withdrawn else None
    if not is_expected:
        return "not_expected", None
    reason = next(
        (
            known.absences[case.case_id, kind, when, where]
            for when in dict.fromkeys((wave, None))
            for where in dict.fromkeys((session, None))
            if (case.case_id, kind, when, where) in known.absences
        ),
        None,
    )
    if reason is not None:
        return "excused", reason
    if case.case in known.withdrawn:
        return "excused", "consent withdrawn"
    if session is not None:
        was_there, note = known.attended.get((case.case_id, session), (None, None))
        if was_there is False:
            # Who was not there could not be observed either.
            is_excused = note is not None or kind == "observation"
            return ("excused" if is_excused else "missing"), note or "absent"
    return "missing", "not recorded"


def _consent_status(statuses: Sequence[str]) -> tuple[str, str | None]:
    for status in ("withdrawn", "refused"):
        if status in statuses:
            return "excused", f"consent {status}"
    return ("missing", "not asked") if "not_asked" in statuses else ("present", None)


def _places(known: Material) -> list[Place]:
    # Waves in their order, then what belongs to none, then the sessions.
    found = dict.fromkeys(place for _, place in known.counts)
    repeated = dict.fromkeys(kind for _, _, kind in found if _is_repeated(kind))
    found |= dict.fromkeys((wave, None, kind) for wave in known.waves for kind in repeated)
    found |= dict.fromkeys((None, session, "attendance") for session in known.sessions if known.attended)
    waves = {wave: place for place, wave in enumerate(known.waves)}
    return sorted(
        found,
        key=lambda place: (
            place[1] is not None,
            place[1] or 0,
            waves.get(place[0] or "", len(waves)),
            place[2],
        ),
    )


def _is_repeated(kind: str) -> bool:
    return kind == "interview" or kind.startswith("scale/")


def _expected(known: Material, places: Iterable[Place], expected: Expected | None) -> set[tuple[str, Place]]:
    if expected is not None:
        return {
            (role, place)
            for place in places
            for role, kinds in expected.items()
            if place[2] in kinds and (place[0] is None or place[0] in kinds[place[2]])
        }
    roles = {case.case_id: case.rule for case in known.cases}
    had = {(roles[case_id], place) for case_id, place in known.counts}
    return {(role, place) for role in set(roles.values()) for place in places if _is_expected(role, place, had)}


def _is_expected(role: str, place: Place, had: Collection[tuple[str, Place]]) -> bool:
    wave, _, kind = place
    if kind == "consent":
        # Whoever takes part is asked.
        return True
    if role in INFORMANTS or (role == "comparison" and not kind.startswith("scale/")):
        return False
    if _is_repeated(kind) and wave is None:
        # An interview whose wave is not known yet is missing from nobody else.
        return False
    if kind == "attendance" or _is_repeated(kind):
        return any(role == one and kind == other for one, (_, _, other) in had)
    return (role, place) in had
