"""Codebooks are read as they are meant, and refused with everything that is wrong."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.codebook import check_codebook, read_codebook
from qualkit.errors import CodebookError, ReadError


def test_a_codebook_is_read(small, write):
    book = read_codebook(write(small))
    assert (book.id, book.version, book.title) == ("small", "1.0", {"zh": "小手册"})
    top, withdrawal, aggressive = book.codes
    assert (top.key, top.parent, top.label, top.is_assignable) == ("type", None, {"zh": "类型", "en": "Type"}, False)
    assert (withdrawal.parent, withdrawal.example, withdrawal.is_assignable) == ("type", {"zh": "我不去。"}, True)
    assert (aggressive.label, aggressive.color, aggressive.valence) == ({"zh": "攻击型"}, "#cc6677", "negative")


def test_a_codebook_with_byte_order_mark_and_crlf_is_read(small, write):
    assert read_codebook(write("\ufeff" + small.replace("\n", "\r\n"))) == read_codebook(write(small))


def test_the_codebook_of_the_deviance_study_is_sound(deviance):
    book = read_codebook(deviance)
    assert check_codebook(deviance).empty
    assert len(book.codes) == 34
    assert book.linked_scale["id"] == "social-behaviour"
    assert book.linked_scale["dimensions"] == {
        "withdrawal": "type.withdrawal",
        "cathartic": "type.cathartic",
        "aggressive": "type.aggressive",
    }


def test_each_code_of_the_deviance_study_is_bilingual_and_each_leaf_has_an_example(deviance):
    book = read_codebook(deviance)
    parents = {code.parent for code in book.codes}
    for code in book.codes:
        assert set(code.label) == set(code.definition) == {"zh", "en"}
        if code.key not in parents:
            assert set(code.example) == set(code.include) == set(code.exclude) == {"zh", "en"}


def test_all_errors_are_told_at_once(small, write):
    text = small.replace("parent: type\n  label:\n", "parent: typo\n  label:\n").replace("'#cc6677'", "red")
    with pytest.raises(CodebookError) as caught:
        read_codebook(write(text))
    first, second = str(caught.value).split("\n")
    assert first == (
        "book.yaml, line 11: code 'type.withdrawal': its parent 'typo' is not in this codebook. "
        "Add 'typo' or correct the name."
    )
    assert (
        second == "book.yaml, line 22: code 'type.aggressive': the colour is 'red'. Write it as '#cc6677', in quotes."
    )


@pytest.mark.parametrize(("content", "message"), [(b"", "book.yaml is empty"), (b" \n", "book.yaml is empty")])
def test_an_empty_file_is_refused(write, content, message):
    with pytest.raises(CodebookError, match=message):
        read_codebook(write(content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(CodebookError, match=r"book\.yaml does not exist"):
        read_codebook(tmp_path / "book.yaml")
    with pytest.raises(CodebookError, match="cannot be opened"):
        read_codebook(tmp_path)


FUZZ = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(
    place=st.integers(0, 600),
    junk=st.text(alphabet="-:{}[]&*!|>'\"%@#?,\n \t类a0\x00\ufeff", max_size=6),
    n=st.integers(0, 40),
)
def test_a_damaged_codebook_gives_a_codebook_or_a_read_error(small, write, place, junk, n):
    path = write(small[:place] + junk + small[place + n :])
    try:
        read_codebook(path)
    except ReadError as error:
        message = str(error)
    else:
        message = "book.yaml"
    assert "book.yaml" in message


@FUZZ
@given(data=st.binary(max_size=200))
def test_random_bytes_are_refused(write, data):
    with pytest.raises(CodebookError):
        read_codebook(write(data))
