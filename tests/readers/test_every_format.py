"""Every format has a sample, and samples damaged at random are read with sound places or refused, never more."""

import io
import os
import zipfile
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.errors import ReadError
from qualkit.project.study import read_study
from qualkit.readers import (
    read_attendance,
    read_consents,
    read_observation_record,
    read_observations,
    read_people,
    read_responses,
    read_survey,
    read_table,
)
from qualkit.readers.coded_segments import read_segments
from qualkit.readers.content import Content
from qualkit.readers.dictionary import read_dictionary
from qualkit.readers.formats import FORMATS, find_format
from qualkit.readers.sources import make_source

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
CORPUS = Path(__file__).parents[2] / "corpus" / "deviance"

TABLES = {
    "people": (read_people, [CORPUS / "participants.csv"]),
    "attendance": (read_attendance, [CORPUS / "sessions" / "attendance.csv"]),
    "consents": (read_consents, ["编号,用途,状态,日期\nA3,访谈,同意,2031-04-05\nA5,录音,撤回,2031年4月6日\n"]),
    "responses": (read_responses, [CORPUS / "scales" / "pre.csv", CORPUS / "scales" / "post.xlsx"]),
    "table": (read_table, [SAMPLES / "prepost_total.csv", CORPUS / "scales" / "post.xlsx"]),
    "survey": (read_survey, [SAMPLES / "wjx_text.csv", SAMPLES / "wjx_seq.csv", SAMPLES / "survey_labels.sav"]),
    "observations": (read_observations, [SAMPLES / "observation_merged_header.xlsx", SAMPLES / "observation_long.csv"]),
    "record": (read_observation_record, [SAMPLES / "observation_table.docx", SAMPLES / "observation_long.csv"]),
    "coded segments": (
        read_segments,
        [*sorted(SAMPLES.glob("*_highlights.*")), SAMPLES / "qualcoder_codings.csv"],
    ),
    "dictionary": (read_dictionary, ["幺爸 亲属 爸爸最小的弟弟\n晓得 方言\n# 说明\n"]),
    "study": (lambda path: read_study(path.parent), [CORPUS / "study.yaml"]),
}

FUZZ = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "30")), deadline=None, suppress_health_check=list(HealthCheck)
)
WAYS = st.sampled_from(["cut", "flip", "insert", "double", "swap"])
DAMAGE = st.lists(
    st.tuples(WAYS, st.floats(0, 1), st.floats(0, 1), st.binary(min_size=1, max_size=12)), min_size=1, max_size=4
)


def damaged(data, damage):
    """The bytes with pieces cut off, turned over, put in, doubled and exchanged."""
    for way, one, other, junk in damage:
        start, end = sorted((int(one * len(data)), int(other * len(data))))
        piece = data[start : min(end, start + 60)]
        if way == "cut":
            data = data[:start] + data[start + len(piece) :] if junk[0] % 2 else data[:end]
        elif way == "flip":
            data = data[:start] + bytes(value ^ junk[0] for value in piece) + data[start + len(piece) :]
        elif way == "insert":
            data = data[:start] + junk + data[start:]
        elif way == "double":
            data = data[:end] + piece * (1 + junk[0] % 4) + data[end:]
        else:
            data = data[:start] + data[end : end + 60] + data[start + 60 : end] + piece + data[end + 60 :]
    return data


def damaged_member(data, which, damage):
    """The archive with one of its parts damaged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        parts = [one for one in old.namelist() if one.endswith((".xml", ".rels"))]
        chosen = parts[int(which * (len(parts) - 1))]
        for name in old.namelist():
            new.writestr(name, damaged(old.read(name), damage) if name == chosen else old.read(name))
    return stream.getvalue()


def damaged_sample(data, which, damage):
    # An archive as such is damaged as well: its parts alone would leave its directory sound.
    return damaged_member(data, which, damage) if data.startswith(b"PK") and which < 0.8 else damaged(data, damage)


@lru_cache
def seeds_of(name):
    """The samples that a format reads, and what it alone refuses."""
    if name == "json":
        return [("A3.json", b'{"cells": [{"start": 0, "text": "x"}], "nbformat": 4}')]
    found = []
    for file in sorted(SAMPLES.iterdir()):
        try:
            if find_format(Content(file.read_bytes(), file.name)).name == name:
                found.append((file.name, file.read_bytes()))
        except ReadError:
            continue
    return found


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
@FUZZ
@given(which=st.floats(0, 1), place=st.floats(0, 1), damage=DAMAGE)
def test_a_damaged_file_of_every_format_is_read_or_refused(name, which, place, damage):
    seeds = seeds_of(name)
    assert seeds, f"the format {name} has no sample in {SAMPLES}"
    file, data = seeds[int(which * (len(seeds) - 1))]
    try:
        source = make_source(Content(damaged_sample(data, place, damage), file), name="x")
    except ReadError as error:
        message = str(error)
    else:
        message = file
        require_sound(source)
    assert file in message


def require_sound(source):
    end = 0
    for turn in source.turns:
        assert end <= turn.start <= turn.end <= len(source.text)
        end = turn.end
    assert all(0 <= one.start <= one.end <= len(source.text) for one in (*source.marks, *source.notes))
    source.text.encode()


@pytest.mark.parametrize("name", TABLES)
@FUZZ
@given(which=st.floats(0, 1), place=st.floats(0, 1), damage=DAMAGE)
def test_a_damaged_table_of_every_kind_is_read_or_refused(tmp_path, name, which, place, damage):
    read, seeds = TABLES[name]
    seed = seeds[int(which * (len(seeds) - 1))]
    data = seed.encode() if isinstance(seed, str) else seed.read_bytes()
    file = tmp_path / (seed.name if isinstance(seed, Path) else "A3.csv")
    file.write_bytes(damaged_sample(data, place, damage))
    try:
        read(file)
    except ReadError as error:
        message = str(error)
    else:
        message = file.name
    assert file.name in message
