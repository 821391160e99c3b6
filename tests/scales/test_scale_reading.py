"""Scale files: read as written, refused with file, line and remedy."""

import pytest

from qualkit.errors import ReadError
from qualkit.scales import Norm, check_scale, read_scale

GOOD = """\
# numbers only
schema: qualkit.scale/1
id: behaviour
title: {zh: 行为, en: Behaviour}
range: [1, 5]
items: 6
subscales:
  withdrawal:
    label: {zh: 退缩, en: Withdrawal}
    items: [1, 2, 3]
  aggressive: [4, 5, 6]
reverse: [3]
method: sum
missing: {max_missing: 1, rule: prorate}
direction: lower is better
norms:
  withdrawal: {sd: 3.8, reliability: 0.86, source: screening}
"""


@pytest.fixture
def write(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "behaviour.yaml"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_a_scale_is_read_as_written(write):
    scale = read_scale(write(GOOD))
    assert (scale.id, scale.low, scale.high, scale.items) == ("behaviour", 1, 5, tuple("123456"))
    assert scale.subscales == {"withdrawal": ("1", "2", "3"), "aggressive": ("4", "5", "6")}
    assert (scale.reverse, scale.max_missing, scale.improvement) == (("3",), 1, "decrease")
    assert scale.labels["withdrawal"]["zh"] == "退缩"
    assert scale.norms == {"withdrawal": Norm(sd=3.8, reliability=0.86, source="screening")}
    assert (scale.sd, scale.reliability) == ({"withdrawal": 3.8}, {"withdrawal": 0.86})


def test_a_byte_order_mark_does_not_matter(write):
    assert read_scale(write(GOOD, "utf-8-sig")).id == "behaviour"


def test_every_problem_is_told_with_file_and_line(write):
    bad = GOOD.replace("aggressive: [4, 5, 6]", "aggressive: [3, 4, 5]").replace("reverse: [3]", "reverse: [13]")
    with pytest.raises(ReadError) as refused:
        read_scale(write(bad))
    message = str(refused.value)
    assert "behaviour.yaml, line 11: item 3 is in two subscales: 'withdrawal' and 'aggressive'. Leave it in" in message
    assert "behaviour.yaml, line 7: item 6 is in no subscale; the scale has 6 items, its subscales 5" in message
    assert "behaviour.yaml, line 12: reverse item 13 is not an item of the scale (1 to 6)" in message
    table = check_scale(write(bad))
    assert table["line"].tolist() == [7, 11, 12]
    assert table["field"].tolist() == ["subscales", "subscales.aggressive", "reverse"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema: qualkit.scale/1", "schema: qualkit.codebook/1", "line 2: schema is 'qualkit.codebook/1'"),
        ("id: behaviour", "id:", "line 3: the scale has no id"),
        ("range: [1, 5]", "range: 5", "line 5: the range is 5"),
        ("items: 6", "items: many", "line 6: items is 'many'"),
        ("[1, 2, 3]", "one", "line 10: subscales.withdrawal.items is 'one'"),
        ("reverse: [3]", "revers: [3]", "line 12: 'revers' is not a part of a scale"),
        ("max_missing: 1", "max_missing: some", "line 14: missing is"),
        ("sd: 3.8", "sd: wide", "line 17: sd of 'withdrawal' is 'wide'"),
        ("reliability: 0.86", "reliability: 86", "line 17: the reliability of 'withdrawal' is 86"),
        (", source: screening", "", "line 17: the norm of 'withdrawal' has no source"),
        ("  withdrawal: {sd", "  shyness: {sd", "line 17: norms for 'shyness', which is no subscale"),
        ("reverse: [3]", "reverse: [3]\nreverse: [4]", "line 13: 'reverse' is given twice (first in line 12)"),
        ("range: [1, 5]", "range: [1, 5", "not valid YAML"),
        ("range: [1, 5]", "range: [-.inf, .inf]", "line 5: the range is [-inf, inf]. Give the lowest"),
        ("items: 6", "items: 1000000000", "line 6: 1,000,000,000 items. Scales have up to 1,000"),
        ("items: 6", "items: " + "9" * 5000, "line 6: items is '999"),
        ("[1, 2, 3]", "[1, 2, " + "9" * 5000 + "]", "line 8: item 999"),
        ("max_missing: 1", "max: -1", "line 14: 'max' is not a part of missing. Use: max_missing, rule."),
        ("sd: 3.8", "sd: .nan", "line 17: sd of 'withdrawal' is nan"),
        ("sd: 3.8", "alpha: 3.8", "line 17: 'alpha' is not a part of a norm"),
        (
            "    label: {zh: 退缩, en: Withdrawal}",
            "    label: [退缩]",
            "line 9: subscales.withdrawal.label is ['退缩']",
        ),
        ("items: 6", "items: !!omap [a: 1]", "line 6: the YAML tag"),
        ("items: 6", "items: &six 6", "line 6: &six (a YAML reference) is not read"),
        ("items: 6", "items: " + "[" * 5000, "line 6: nested more than 12 levels deep"),
        ("items: 6", "items: [" + "1," * 60_000 + "]", "line 6: more than 50,000 names and values"),
        ("items: 6", "items: 6 " + "#" * 1_000_000, "line 1: the file has more than 1,000,000 bytes"),
    ],
)
def test_what_cannot_be_understood_names_its_line(write, old, new, message):
    with pytest.raises(ReadError) as refused:
        read_scale(write(GOOD.replace(old, new)))
    assert message in str(refused.value)
    assert "behaviour.yaml" in str(refused.value)


def test_files_that_are_no_scale_are_refused(write, tmp_path):
    with pytest.raises(ReadError, match="this is not a scale"):
        read_scale(write("- a\n- b\n"))
    with pytest.raises(ReadError, match="this is not a scale"):
        read_scale(write("# nothing"))
    with pytest.raises(ReadError, match=r"behaviour\.yaml is empty"):
        read_scale(write(""))
    with pytest.raises(ReadError, match=r"byte \d+ is not UTF-8. Save the file as UTF-8"):
        read_scale(write(GOOD, "gb18030"))
    with pytest.raises(ReadError, match=r"no such file, and no shipped scale of that name \(cyrm-28\)"):
        read_scale(tmp_path / "missing.yaml")


def test_a_device_a_loop_and_an_impossible_name_are_refused(tmp_path):
    with pytest.raises(ReadError, match="a device or a pipe"):
        read_scale("/dev/zero")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    for path in (tmp_path / "loop.yaml", "x" * 5000, "a\0b", tmp_path):
        with pytest.raises(ReadError, match=r"there is no such file|cannot be opened"):
            read_scale(path)


def test_of_many_problems_the_first_are_told_and_the_table_has_all(write):
    path = write(GOOD.replace("reverse: [3]", f"reverse: {list(range(100, 200))}"))
    with pytest.raises(ReadError, match=r"100 problems:(\n.*){20}\nand 80 more; check_scale tells them all\.$"):
        read_scale(path)
    assert len(check_scale(path)) == 100


def test_the_shipped_scale_says_whose_it_is_and_holds_no_wording():
    scale = read_scale("cyrm-28")
    assert "Resilience Research Centre" in scale.permission
    assert "Ungar" in scale.citation
    assert (scale.low, scale.high, len(scale.items), scale.reverse, scale.improvement) == (1, 5, 28, (), "increase")
