"""The places that both sides of the widgets must agree on; the browser side reads the same file."""

import json
from pathlib import Path

import pytest

from qualkit.language import find_sentences
from qualkit.positions import Utf16Index

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "positions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["positions"], ids=lambda vector: vector["name"])
def test_code_points_and_utf16_units_agree_with_the_vectors(vector):
    index = Utf16Index(vector["text"])
    for position, offset in vector["pairs"]:
        assert index.to_utf16(position) == offset
        assert index.to_code_point(offset) == position
    for offset, position in vector["inside"]:
        assert index.to_code_point(offset) == position


@pytest.mark.parametrize("vector", VECTORS["sentences"], ids=lambda vector: vector["text"][:12])
def test_sentences_agree_with_the_vectors(vector):
    assert find_sentences(vector["text"]) == [tuple(place) for place in vector["sentences"]]
