"""spaCy cuts as jieba does and knows the sentences of this package."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.errors import OptionError
from qualkit.language import find_sentences, spacy_pipeline
from qualkit.language.segmenter import jieba_cut

TEXT = "幺爸来了。他说：“走吧！我们去赶场。”我……不去。（低头）\n后来呢？"


@pytest.fixture(scope="module", params=["fast", "jieba"])
def chinese(request):
    return spacy_pipeline("zh", dictionary=["幺爸", "赶场"], segmenter=request.param)


def test_tokens_are_jiebas_words(chinese):
    assert [token.text for token in chinese(TEXT)] == jieba_cut(["幺爸", "赶场"])(TEXT)


def test_sentences_are_those_of_find_sentences(chinese):
    doc = chinese(TEXT)
    assert [sentence.text.strip() for sentence in doc.sents] == [TEXT[start:end] for start, end in find_sentences(TEXT)]


def test_english_sentences_end_at_stops_and_not_at_abbreviations():
    doc = spacy_pipeline("en")("Dr. Li came. He said: “Go on!” OK?")
    assert [sentence.text for sentence in doc.sents] == ["Dr. Li came.", "He said: “Go on!”", "OK?"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="我你。！？…“”（）\n a.B1😀", max_size=60))
def test_the_text_comes_back_whole(text):
    doc = spacy_pipeline_once()(text)
    assert doc.text == text


def spacy_pipeline_once(made={}):  # noqa: B006 - one pipeline for all examples
    if "zh" not in made:
        made["zh"] = spacy_pipeline("zh")
    return made["zh"]


def test_a_text_longer_than_spacys_limit_is_taken():
    doc = spacy_pipeline_once()("我不去。" * 260_000)
    assert len(doc.text) == 1_040_000


def test_other_languages_are_refused():
    with pytest.raises(OptionError, match="language"):
        spacy_pipeline("fr")
