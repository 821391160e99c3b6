"""Writing a codebook loses nothing: not a byte when unchanged, no comment and no field when changed."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualkit.codebook import read_codebook, write_codebook
from qualkit.errors import CodebookError, OptionError
from qualkit.model import Code, Codebook


@pytest.fixture
def again(tmp_path):
    """Write a codebook and give the text and what is read from it."""

    def write_and_read(book):
        path = tmp_path / "again.yaml"
        write_codebook(book, path)
        return path.read_bytes().decode(), read_codebook(path)

    return write_and_read


@pytest.mark.parametrize("variant", [str, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_an_unchanged_codebook_is_written_byte_for_byte(small, write, again, variant):
    assert again(read_codebook(write(variant(small))))[0] == variant(small)


def test_the_deviance_codebook_is_written_byte_for_byte(deviance, again):
    assert again(read_codebook(deviance))[0] == deviance.read_bytes().decode()


def test_a_changed_label_changes_one_line_of_the_deviance_codebook(deviance, again):
    book = read_codebook(deviance)
    codes = (replace(book.codes[0], label={**book.codes[0].label, "en": "Kind of deviance"}), *book.codes[1:])
    text, read = again(replace(book, codes=codes))
    assert text == deviance.read_bytes().decode().replace("en: Type of deviance", "en: Kind of deviance")
    assert read.codes == codes


def test_comments_and_unknown_fields_survive_a_change(small, write, again):
    book = read_codebook(write(small))
    codes = (*book.codes[:2], replace(book.codes[2], color="#332288", note={"zh": "慎用"}))
    text, read = again(replace(book, codes=codes, version="1.1"))
    assert read.codes == codes
    assert read.version == "1.1"
    for kept in ("# 一份小编码手册", "# 标题", "my_own_field: kept   # 自己加的", "invented: true"):
        assert kept in text


def test_line_ends_and_byte_order_mark_survive_a_change(small, write, again):
    book = read_codebook(write("\ufeff" + small.replace("\n", "\r\n")))
    text, _ = again(replace(book, version="2"))
    assert text.startswith("\ufeff#")
    assert text.count("\n") == text.count("\r\n")


def test_codes_can_be_added_removed_and_moved(small, write, again):
    book = read_codebook(write(small))
    added = Code(key="type.cathartic", parent="type", label={"zh": "宣泄型", "en": "Cathartic"})
    codes = (book.codes[2], added, book.codes[0])
    _, read = again(replace(book, codes=codes))
    assert read.codes == codes


def test_a_codebook_made_in_python_is_written_and_read_back(again):
    book = Codebook(
        id="new",
        version="0.1",
        codes=(
            Code(key="a", label={"zh": "甲: #1"}),
            Code(key="a.b", parent="a", label={"en": "yes"}, is_assignable=False),
        ),
        title={"zh": "新"},
        decision_rules=({"zh": "先甲后乙。"},),
        linked_scale={"id": "s", "dimensions": {"x": "a.b"}},
    )
    assert again(book)[1] == book


def test_a_faulty_codebook_is_refused_and_the_file_stays(small, write):
    path = write(small)
    book = read_codebook(path)
    with pytest.raises(CodebookError, match="its parent 'typo' is not in this codebook"):
        write_codebook(replace(book, codes=(Code(key="typo.a", parent="typo", label={"zh": "甲"}),)), path)
    assert path.read_text("utf-8") == small


def test_a_place_that_cannot_be_written_is_named(small, write, tmp_path):
    (tmp_path / "taken.yaml").mkdir()
    with pytest.raises(OptionError, match=r"taken\.yaml' cannot be written"):
        write_codebook(read_codebook(write(small)), tmp_path / "taken.yaml")


TEXTS = st.text(alphabet=st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12)
TEXTS = TEXTS.filter(lambda text: text.strip())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(label=TEXTS, definition=TEXTS)
def test_any_text_survives(small, write, again, label, definition):
    book = read_codebook(write(small))
    codes = (*book.codes[:2], replace(book.codes[2], label={"zh": label}, definition={"en": definition}))
    assert again(replace(book, codes=codes))[1].codes == codes
