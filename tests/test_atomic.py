"""A file is written whole or not at all, and a place that cannot be written is named."""

import pytest

from qualkit.atomic import write_atomically
from qualkit.errors import OptionError


def test_the_folder_is_made_and_nothing_else_is_left(tmp_path):
    path = write_atomically(tmp_path / "new" / "a.txt", b"one")
    assert path.read_bytes() == b"one"
    assert [one.name for one in path.parent.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("name", ["taken", "a\0b", "\ud800", "x" * 300])
def test_a_place_that_cannot_be_written_is_named_with_the_remedy(tmp_path, name):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OptionError, match=r"cannot be written \(.+\)\. Close the file"):
        write_atomically(tmp_path / name, b"one")
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]
