"""Read a questionnaire from an SPSS file: variables become questions, with value labels and missing values kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from qualkit.checks import require_choice
from qualkit.errors import OptionError, ReadError
from qualkit.readers.sav_file import SavFile, Variable, is_portable, read_sav_file
from qualkit.readers.sav_groups import Group, find_groups, question_text
from qualkit.readers.sav_layout import is_sav
from qualkit.readers.sav_states import is_date, number_states, text_states, to_moment
from qualkit.readers.survey_build import People, build_survey, unique_names
from qualkit.readers.survey_cells import find_kind, option_of, read_cells
from qualkit.readers.survey_leads import read_moment, read_seconds
from qualkit.readers.survey_model import ANSWERED, KINDS, Column, Survey, words_where
from qualkit.readers.survey_people import is_case
from qualkit.readers.survey_rows import Wanted

_LEADS = {
    "respondent": ("index", "序号", "respondent", "respondent_id"),
    "submitted_at": ("submittime", "submit_time", "submitted_at", "endtime", "end_time", "timestamp", "starttime"),
    "seconds": ("totalseconds", "total_seconds", "seconds", "duration", "timetaken"),
}
_IDENTIFYING = {
    "sourcedetail": "who sent it",
    "source_detail": "who sent it",
    "ip": "a network address",
    "ipaddress": "a network address",
    "ip_address": "a network address",
}
_NUMBER = re.compile(r"[qQ](\d{1,3})")


def is_spss(data: bytes) -> bool:
    """Whether the bytes are an SPSS file, system or portable."""
    return is_sav(data) or is_portable(data)


def read_spss(path: Path, data: bytes, wanted: Wanted) -> Survey:
    """The survey in a ``.sav``, ``.zsav`` or ``.por`` file."""
    file = read_sav_file(path, data)
    if not file.n_rows:
        raise ReadError(f"{path.name} has no respondents: it holds variables, but no row of answers. Export it again.")
    by_name = {one.name.lower(): one for one in file.variables}
    leads = {role: next((by_name[one] for one in names if one in by_name), None) for role, names in _LEADS.items()}
    case = _find_case(file.variables, wanted.case, path.name)
    beside = [one for one in (*leads.values(), case) if one is not None]
    hidden = [] if wanted.keep_identifying else [one for one in file.variables if one.name.lower() in _IDENTIFYING]
    beside += hidden
    groups = find_groups([one for one in file.variables if not any(one is other for other in beside)], file.sets)
    is_wjx = "totalseconds" in by_name and "index" in by_name
    columns = _columns(groups, is_wjx=is_wjx, wanted=wanted)
    if not columns:
        raise ReadError(f"{path.name} has no questions, only variables about who answered. Export the answers as well.")
    return build_survey(
        name=wanted.name,
        kind="sav" if is_sav(data) else "por",
        columns=columns,
        people=_people(file, leads, case),
        dropped=[(one.name, _IDENTIFYING[one.name.lower()]) for one in hidden],
        notes=[f"text in {file.encoding}"],
        keep_identifying=wanted.keep_identifying,
    )


def _find_case(variables: Sequence[Variable], wanted: str | None, file: str) -> Variable | None:
    for one in variables:
        if wanted is not None and wanted in (one.name, one.label):
            return one
        if wanted is None and (is_case(one.name) or is_case(question_text(one.label))):
            return one
    if wanted is None:
        return None
    names = ", ".join(one.name for one in variables)
    raise OptionError(f"case={wanted!r} is no variable of {file}. It has {names}.")


def _columns(groups: Sequence[Group], *, is_wjx: bool, wanted: Wanted) -> list[Column]:
    kinds = dict(wanted.kinds or {})
    for kind in kinds.values():
        require_choice("kinds", kind, KINDS)
    columns: list[Column] = []
    names: set[str] = set()
    for place, group in enumerate(groups, start=1):
        match = _NUMBER.fullmatch(group.name)
        number = int(match[1]) if match else place
        name = group.name
        while name in names:
            name += "_"
        names.add(name)
        columns += _of_group(group, name, number, is_wjx=is_wjx, wanted=kinds.pop(name, None))
    if kinds:
        raise OptionError(f"kinds: there is no question {', '.join(kinds)}. There are {', '.join(sorted(names))}.")
    return columns


def _of_group(group: Group, name: str, number: int, *, is_wjx: bool, wanted: str | None) -> list[Column]:
    if group.kind == "codes":
        return _of_codes(group, name, number, is_wjx=is_wjx)
    columns = []
    for place, one in enumerate(group.members):
        column = _of_variable(one, is_wjx=is_wjx)
        column.question, column.number, column.text = name, number, group.text
        if group.kind is not None:
            column.kind, column.part, column.part_number = group.kind, group.parts[place], group.numbers[place]
        if wanted is not None:
            column.kind = wanted
        if group.kind == "multiple":
            _mark(column, 1.0 if group.counted is None else group.counted)
        columns.append(column)
    return columns


def _of_variable(one: Variable, *, is_wjx: bool) -> Column:
    if one.values is None:
        labels, states = text_states(one)
        values = np.full(len(labels), np.nan)
        given = [label for label, state in zip(labels.tolist(), states.tolist(), strict=True) if state == ANSWERED]
        kind = find_kind(read_cells(given, is_wjx=False), one.label or one.name, None)[0] if given else "open"
        kind = "single" if one.labels else "open" if kind in ("multiple", "ranking", "number") else kind
        options = {label: label for label in dict.fromkeys(map(option_of, given))} if kind == "single" else {}
    else:
        values, labels, states = number_states(one, is_wjx=is_wjx)
        kind = "single" if any(isinstance(key, float) and key >= 0 for key in one.labels) else "number"
        options = {
            f"{key:g}": label
            for key, label in one.labels.items()
            if isinstance(key, float) and not _is_missing(one, key)
        }
        if is_date(one):
            kind, options = "date", {}
            labels, values = _moments(values, labels, states), np.full(len(values), np.nan)
    return Column(
        place=one.name,
        header=one.name,
        question=one.name,
        number=0,
        text="",
        kind=kind,
        values=values,
        labels=labels,
        states=states,
        options=options,
    )


def _moments(values: np.ndarray, labels: np.ndarray, states: np.ndarray) -> np.ndarray:
    # Days and moments in words; one beyond the calendar stays the number it is.
    moments = {value: to_moment(value) or f"{value:g}" for value in np.unique(values[states == ANSWERED]).tolist()}
    named = [moments.get(value, label) for value, label in zip(values.tolist(), labels.tolist(), strict=True)]
    return np.array([*named, None], dtype=object)[:-1]


def _is_missing(one: Variable, key: float) -> bool:
    return any(isinstance(low, float) and isinstance(high, float) and low <= key <= high for low, high in one.missing)


def _mark(column: Column, counted: float) -> None:
    # Chosen or not: the option's own words where it was chosen.
    is_answered = column.states == ANSWERED
    chosen = is_answered & (column.values == counted)
    column.values = np.where(is_answered, chosen.astype(float), np.nan)
    column.labels = np.where(is_answered, words_where(chosen, column.part), column.labels)
    column.options = {}


def _of_codes(group: Group, name: str, number: int, *, is_wjx: bool) -> list[Column]:
    # Each variable holds one of the chosen options by its code: option by option, who chose it?
    found = [_of_variable(one, is_wjx=is_wjx) for one in group.members]
    options = {value: label for column in found for value, label in column.options.items()}
    states = np.min([column.states for column in found], axis=0)
    columns = []
    for place, (value, label) in enumerate(options.items(), start=1):
        chosen = np.any([column.values == float(value) for column in found], axis=0)
        values = np.where(states == ANSWERED, chosen.astype(float), np.nan)
        labels = words_where(chosen, label)
        columns.append(
            Column(
                place=group.members[0].name,
                header=name,
                question=name,
                number=number,
                text=group.text,
                kind="multiple",
                values=values,
                labels=labels,
                states=states.astype(np.int8),
                part=label,
                part_number=place,
            )
        )
    return columns


def _people(file: SavFile, leads: dict[str, Variable | None], case: Variable | None) -> People:
    rows = list(range(1, file.n_rows + 1))
    names = _words(leads["respondent"], file.n_rows)
    submitted = leads["submitted_at"]
    moments: list[str | None]
    if submitted is not None and submitted.values is not None:
        is_moment = is_date(submitted)
        moments = [to_moment(value) if is_moment and value == value else None for value in submitted.values.tolist()]
    else:
        moments = [read_moment(text or "") for text in _words(submitted, file.n_rows)]
    taken = leads["seconds"]
    if taken is not None and taken.values is not None:
        seconds = np.where(taken.values >= 0, taken.values, np.nan)
    else:
        seconds = np.array([read_seconds(text or "") for text in _words(taken, file.n_rows)])
    return People(
        respondents=unique_names([name or "" for name in names], rows),
        rows=rows,
        cases=_words(case, file.n_rows),
        submitted_at=moments,
        seconds=seconds,
        case_column="" if case is None else f"{case.name} ({case.label})" if case.label else case.name,
    )


def _words(variable: Variable | None, n_rows: int) -> list[str | None]:
    if variable is None:
        return [None] * n_rows
    if variable.values is None:
        return [text.strip() or None for text in variable.texts or []]
    return [None if value != value else f"{value:.15g}" for value in variable.values.tolist()]
