"""The fast way of cutting words gives jieba's words, and a study's own words stay whole and private."""

from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.language.lexicon import shipped_words
from qualkit.language.segmenter import cut_words, jieba_cut
from qualkit.readers import read_sources

CORPUS = Path(__file__).parents[2] / "corpus" / "deviance"
DICTIONARY = shipped_words() | {"小雨", "T社区", "A3奶奶"}

# What transcripts are made of, and what makes cutting hard.
PIECES = st.sampled_from(
    [*"我你他的了不去学校爸妈说话，。？！：；、（）【】“”…—·0123456789abzAQ%.-_#+& \n\t", "幺爸", "小雨", "T社区", "……",
     "A3", "2031-04-05", "3.5%", "C++", "sys.path", "😀", "é", "〇", "㐂", "\r\n", "\u3000", "１２", "Ａ"]
)  # fmt: skip


@pytest.mark.parametrize("dictionary", [frozenset(), DICTIONARY], ids=["no dictionary", "with a dictionary"])
def test_the_reference_study_is_cut_as_jieba_cuts_it(dictionary):
    text = "\n".join(source.text for source in read_sources(CORPUS / "interviews"))
    assert cut_words(text, dictionary) == jieba_cut(dictionary)(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_cut_as_jieba_cuts_it(text):
    assert cut_words(text, DICTIONARY) == jieba_cut(DICTIONARY)(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_the_pieces_make_up_the_text(text):
    assert "".join(cut_words(text)) == text


def test_words_of_the_study_stay_whole():
    assert cut_words("幺爸带小雨去T社区", DICTIONARY) == ["幺爸", "带", "小雨", "去", "T社区"]


def test_words_of_one_study_are_unknown_to_others_in_the_process():
    invented = "欣霭霭"
    assert cut_words(f"{invented}来了", [invented])[0] == invented
    assert jieba_cut([invented])(f"{invented}来了")[0] == invented
    assert invented not in jieba.lcut(f"{invented}来了")
    assert invented not in cut_words(f"{invented}来了")


def test_no_dictionary_is_left_in_the_shared_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    jieba_cut(["不会留下的词"])("好")
    assert list(tmp_path.iterdir()) == []
