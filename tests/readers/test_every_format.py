"""Formats have samples, and damaged samples are read or refused, never more."""

import random
from pathlib import Path

import pytest

from qualkit.errors import ReadError
from qualkit.readers.content import Content
from qualkit.readers.formats import FORMATS, find_format
from qualkit.readers.sources import make_source

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
# Recognisers whose files are made in tests of their own, and other JSON, which is only refused.
WITHOUT_SAMPLE = {"youtube_json", "deepgram", "speechmatics", "watson", "funasr", "json"}
N_DAMAGED = 40


def samples_of(name):
    found = []
    for file in sorted(SAMPLES.iterdir()):
        try:
            if find_format(Content(file.read_bytes(), file.name)).name == name:
                found.append(file)
        except ReadError:
            continue
    return found


def damaged(data, rng):
    """The bytes with a piece cut off, turned over, put in, doubled or moved."""
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    piece = data[start : min(end, start + 40)]
    ways = [
        data[:start],
        data[:start] + bytes(255 - one for one in piece) + data[start + len(piece) :],
        data[:start] + rng.randbytes(rng.randrange(1, 20)) + data[start:],
        data[:end] + piece + data[end:],
        data[start:] + data[:start],
    ]
    return rng.choice(ways)


@pytest.mark.parametrize(
    "file_format", [one for one in FORMATS if one.name not in WITHOUT_SAMPLE], ids=lambda one: one.name
)
def test_a_damaged_file_is_read_or_refused(file_format):
    samples = samples_of(file_format.name)
    assert samples, f"{file_format.name} has no sample"
    rng = random.Random(file_format.name)
    refusals = []
    for number in range(N_DAMAGED):
        file = samples[number % len(samples)]
        content = Content(damaged(file.read_bytes(), rng) or b" ", file.name)
        try:
            source = make_source(content, name="x")
        except ReadError as error:
            refusals.append((file.name, str(error)))
            continue
        place = 0
        for turn in source.turns:
            assert place <= turn.start <= turn.end <= len(source.text)
            place = turn.end
        assert all(0 <= one.start <= one.end <= len(source.text) for one in (*source.marks, *source.notes))
    assert all(name in message for name, message in refusals)
