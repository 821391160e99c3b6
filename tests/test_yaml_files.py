"""YAML becomes a tree that knows its lines; whatever could grow or hang is refused with its line."""

import os

import pytest

from qualkit.errors import CodebookError, ReadError
from qualkit.yaml_files import line_of, read_tree, read_yaml_bytes, to_plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-2.5", -2.5),
        ("1e3", 1000.0),
        ("TRUE", True),
        ("~", None),
        ("'1'", "1"),
        ("yes", "yes"),
        ("2031-04-19", "2031-04-19"),
        ("1.2.3", "1.2.3"),
        ("9" * 16, "9" * 16),
        ("[1, a]", [1, "a"]),
    ],
)
def test_plain_values_are_what_they_look_like_and_quoted_ones_text(text, value):
    root, problems = read_tree(f"a: {text}\n".encode(), "x.yaml")
    assert (to_plain(root), problems) == ({"a": value}, [])


def test_a_place_has_the_line_of_its_innermost_name():
    root, _ = read_tree(b"# top\na:\n  b: 1\n", "x.yaml")
    assert [line_of(root, place) for place in (("a", "b"), ("a", "c"), ("z",))] == [3, 2, 2]


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "data", [b"- a\n" * 200_000, b"[" + b"a: b," * 150_000 + b"]", b"? a\n" * 200_000, b"- " * 400_000, b"[" * 900_000]
)
def test_very_many_or_deep_values_are_refused_in_time(data):
    root, problems = read_tree(data, "x.yaml")
    assert root is None
    assert str(problems[0]).startswith("x.yaml, line ")


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    for path in (tmp_path / "pipe.yaml", tmp_path / "loop.yaml", tmp_path, tmp_path / ("x" * 300), tmp_path / "a\0b"):
        with pytest.raises(ReadError, match=r"\. [A-Z]"):
            read_yaml_bytes(path)
    with pytest.raises(CodebookError, match="does not exist"):
        read_yaml_bytes(tmp_path / "none.yaml", error=CodebookError)
