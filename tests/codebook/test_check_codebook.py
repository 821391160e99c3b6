"""Every kind of fault is found, with its line, its code and what to do."""

import pytest

from qualkit.codebook import check_codebook

HEAD = "schema: qualkit.codebook/1\nid: x\nversion: 1\ncodes:\n"
TOP = "- id: a\n  label: 甲\n"


def found(path):
    table = check_codebook(path)
    return [(row.line, row.code, row.severity, row.problem) for row in table.itertuples()]


@pytest.mark.parametrize(
    ("codes", "line", "code", "problem"),
    [
        (TOP + TOP, 7, "a", "the id is given twice (first in line 5)."),
        (TOP + "- id: b.c\n  parent: b\n  label: 丙\n", 7, "b.c", "its parent 'b' is not in this codebook."),
        (TOP + "- id: a.b\n  label: 乙\n", 7, "a.b", "it has no parent, but the id says a."),
        (
            TOP + "- id: b\n  parent: a\n  label: 乙\n",
            7,
            "b",
            "its parent is 'a', but the id says that it is a top code.",
        ),
        (TOP + "- id: b\n", 7, "b", "there is no label."),
        (TOP + "- id: b\n  label:\n    zh: ''\n", 8, "b", "there is no label."),
        (TOP + "- label: 乙\n", 7, "", "this code has no id."),
        (TOP + "- 乙\n", 7, "", "this code has no id."),
        (TOP + "- id: b c\n  label: 乙\n", 7, "b c", "the id holds spaces or signs."),
        (TOP + "- id: b\n  label: 乙\n  color: red\n", 9, "b", "the colour is 'red'."),
        (TOP + "- id: b\n  label: 乙\n  valence: good\n", 9, "b", "the valence is 'good'."),
        (TOP + "- id: b\n  label: 乙\n  assignable: perhaps\n", 9, "b", "assignable is 'perhaps'."),
        (TOP + "- id: b\n  label: [乙]\n  definition: 丙\n", 8, "b", "label is a list."),
        (TOP + "- id: b\n  label: 乙\n  parent: [a]\n", 9, "b", "parent is a list or a mapping."),
        (TOP + "- id: b\n  label: 乙\n  label: 丙\n", 9, "", "'label' is given twice (first in line 8)."),
    ],
)
def test_a_fault_of_a_code_is_found(write, codes, line, code, problem):
    assert (line, code, "error", problem) in found(write(HEAD + codes))


def test_a_loop_is_found_once_with_its_way(write):
    codes = "".join(f"- id: {key}\n  parent: {parent}\n  label: 甲\n" for key, parent in ["ab", "bc", "ca"])
    loops = [problem for _, _, _, problem in found(write(HEAD + codes)) if "loop" in problem]
    assert loops == ["its parents form a loop (a → b → c → a)."]


def test_a_code_that_is_its_own_parent_is_a_loop(write):
    assert any("(a → a)" in problem for *_, problem in found(write(HEAD + "- id: a\n  parent: a\n  label: 甲\n")))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("id: x\nversion: 1\ncodes:\n" + TOP, 1, "there is no schema."),
        ("schema: qualkit.codebook/9\nid: x\nversion: 1\ncodes:\n" + TOP, 1, "the schema is 'qualkit.codebook/9', not"),
        ("schema: qualkit.codebook/1\nversion: 1\ncodes:\n" + TOP, 1, "id is missing."),
        ("schema: qualkit.codebook/1\nid: x\ncodes:\n" + TOP, 1, "version is missing."),
        ("schema: qualkit.codebook/1\nid: x\nversion: 1\n", 1, "there are no codes."),
        (HEAD, 4, "there are no codes."),
        (HEAD + "  a: b\n", 4, "there are no codes."),
        (HEAD + TOP + "decision_rules: 一条\n", 7, "decision_rules is no list."),
        (HEAD + TOP + "linked_scale: s\n", 7, "linked_scale names no scale."),
        (
            HEAD + TOP + "linked_scale: {id: s, dimensions: {w: b}}\n",
            7,
            "linked_scale: w is linked to 'b', which is not in",
        ),
        ("- a\n- b\n", 1, "this is not a codebook."),
        ("hello", 1, "this is not a codebook."),
        ("# nothing\n", 1, "this is not a codebook."),
        (HEAD + "- id: a\n label: 甲\n", 6, "not valid YAML"),
        (HEAD + "- id: 'a\n", 6, "not valid YAML"),
        (HEAD + "- id: a\n\tlabel: 甲\n", 6, "not valid YAML"),
        (HEAD + "- id: a\n  label: &l 甲\n", 6, "&l (a YAML reference) is not read"),
        (HEAD + "- *l\n", 5, "*l (a YAML reference) is not read"),
        (HEAD + "- id: !!python/object:os.system a\n", 5, "the YAML tag"),
        (HEAD + TOP + "---\nid: y\n", 7, "a second YAML document begins here."),
        (HEAD + "- ? [a]\n  : b\n", 5, "a list or mapping stands where a name belongs."),
        (HEAD + "- " + "[" * 50_000, 5, "nested more than 12 levels deep."),
        (HEAD + "- id: a\n  label: \x07\n", 1, "not valid YAML"),
    ],
)
def test_a_fault_of_the_file_is_found(write, text, line, problem):
    assert any(row[0] == line and row[3].startswith(problem) for row in found(write(text)))


def test_a_file_that_is_not_utf8_is_named_with_the_line(write):
    data = (HEAD + TOP).encode("gb18030")
    assert found(write(data)) == [(6, "", "error", f"byte {data.index('甲'.encode('gb18030'))} is not UTF-8.")]


def test_a_file_that_is_far_too_large_is_refused(write):
    assert "the file has more than 1,000,000 bytes" in found(write(HEAD + "#" * 1_100_000))[0][3]


@pytest.mark.timeout(5)
def test_a_bomb_of_aliases_is_refused_before_it_grows(write):
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{k}: &{k} [{','.join(['*' + p] * 9)}]\n" for p, k in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert found(write(bomb))[0][3].startswith("&a (a YAML reference)")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (HEAD + TOP + "  colour: red\n", 7, "the field 'colour' is not known."),
        ("author: me\n" + HEAD + TOP, 1, "the field 'author' is not known."),
        (HEAD + "- id: a\n  label:\n    zh: 甲\n    fr: un\n", 8, "label: 'fr' is no known language."),
    ],
)
def test_what_is_not_known_is_a_warning(write, text, line, problem):
    table = check_codebook(write(text))
    assert list(table.severity) == ["warning"]
    assert (table.line.item(), table.problem.item()) == (line, problem)


def test_all_problems_come_in_the_order_of_the_lines(write):
    codes = "- id: b\n- id: a\n  color: x\n  label: 甲\n- id: a\n  label: 甲\n"
    table = check_codebook(write(HEAD + codes))
    assert list(table.columns) == ["file", "line", "code", "severity", "problem", "remedy"]
    assert list(table.line) == sorted(table.line)
    assert len(table) == 3
    assert (table.remedy.str.len() > 0).all()


def test_a_sound_codebook_gives_an_empty_table_with_its_columns(write):
    table = check_codebook(write(HEAD + TOP))
    assert table.empty
    assert list(table.columns) == ["file", "line", "code", "severity", "problem", "remedy"]
