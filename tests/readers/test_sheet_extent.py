"""How far a sheet reaches is the same however its references are spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.readers import sheet_extent as sheet_extent_module
from qualkit.readers.sheet_extent import _any_extent, sheet_extent

references = st.from_regex(r"[A-Za-z]{0,3}[0-9]{1,7}", fullmatch=True)


@given(st.lists(references), st.sampled_from("'\""))
def test_the_quick_way_finds_the_same_extent_as_the_thorough_one(cells, quote):
    content = "".join(f"<c s={quote}1{quote} r={quote}{one}{quote}><v>1=2</v></c>" for one in cells).encode("ascii")
    assert sheet_extent(content) == _any_extent(content)


@given(st.lists(references, min_size=1), st.integers(1, 40))
def test_a_reference_is_found_wherever_a_piece_of_the_sheet_ends(cells, size):
    content = "".join(f'<c r="{one}"/>' for one in cells).encode("ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_extent_module, "_PIECE", size)
        assert sheet_extent(content) == _any_extent(content)


@pytest.mark.parametrize("cell", ['<c r = "C7"/>', "<c\nr='C7'/>", '<c t="n"r="C7"/>', '<c r="  C7 "/>', '<c r="c7"/>'])
def test_odd_spellings_are_understood(cell):
    assert sheet_extent(cell.encode()) == (7, 3)


@given(st.binary())
def test_any_bytes_have_an_extent(content):
    rows, columns = sheet_extent(content)
    assert rows >= 1
    assert columns >= 1
