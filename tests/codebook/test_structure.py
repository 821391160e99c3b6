"""How codes hang together, without a file."""

from hypothesis import given
from hypothesis import strategies as st

from qualkit.codebook.structure import check_structure
from qualkit.model import Code

KEYS = st.sampled_from(["a", "b", "c", "d"])


def loops(pairs):
    codes = [Code(key=key, parent=parent) for key, parent in pairs.items()]
    return [problem for problem in check_structure(codes, range(len(codes)), "x") if "loop" in problem.problem]


@given(st.dictionaries(KEYS, st.none() | KEYS))
def test_a_loop_is_found_exactly_where_walking_up_never_ends(pairs):
    def ends(key):
        seen = set()
        while key in pairs and key not in seen:
            seen.add(key)
            key = pairs[key]
        return key not in seen

    assert bool(loops(pairs)) == (not all(ends(key) for key in pairs))


def test_a_chain_of_many_codes_takes_no_time():
    pairs = {f"k{n}": f"k{n + 1}" for n in range(100_000)}
    assert loops(pairs) == []
