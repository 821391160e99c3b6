"""spaCy with the study's words: Chinese cut by jieba, sentences by the rules of this package."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualkit.checks import require_choice
from qualkit.language.segmenter import cut_words, jieba_cut
from qualkit.language.sentences import find_sentences
from qualkit.model import LANGUAGES, MOST_CHARACTERS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

SEGMENTERS = ("fast", "jieba")


class _ChineseTokenizer:
    """Cuts with a dictionary of its own, where spaCy's would use the one of the whole process."""

    def __init__(self, vocab: Vocab, dictionary: Iterable[str], segmenter: str) -> None:
        self._vocab = vocab
        self._dictionary = frozenset(dictionary)
        self._cut = jieba_cut(self._dictionary) if segmenter == "jieba" else self._cut_fast

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        words = self._cut(text)
        return Doc(self._vocab, words=words, spaces=[False] * len(words))

    def _cut_fast(self, text: str) -> list[str]:
        return cut_words(text, self._dictionary)


def spacy_pipeline(language: str, *, dictionary: Iterable[str] = (), segmenter: str = "fast") -> Language:
    """A spaCy pipeline of words and sentences; its tokens make up the text exactly.

    Parameters
    ----------
    language : {"zh", "en"}
    dictionary : iterable of str
        Chinese words of the study that are not cut apart. They stay with this pipeline.
    segmenter : {"fast", "jieba"}
        rjieba or jieba; the words are the same.

    >>> nlp = spacy_pipeline("zh", dictionary=["幺爸"])
    >>> doc = nlp("幺爸来了。他说：“走吧！”我……不去。")
    >>> [token.text for token in doc][:3], [sentence.text for sentence in doc.sents]
    (['幺爸', '来', '了'], ['幺爸来了。', '他说：“走吧！”', '我……不去。'])
    """
    require_choice("language", language, LANGUAGES)
    require_choice("segmenter", segmenter, SEGMENTERS)
    import spacy

    nlp = spacy.blank(language)
    if language == "zh":
        nlp.tokenizer = _ChineseTokenizer(nlp.vocab, dictionary, segmenter)
    nlp.max_length = MOST_CHARACTERS
    _register()
    nlp.add_pipe(_COMPONENT)
    return nlp


_COMPONENT = "qualkit_sentences"


def _register() -> None:
    from spacy.language import Language

    if not Language.has_factory(_COMPONENT):
        Language.component(_COMPONENT, func=mark_sentences)


def mark_sentences(doc: Doc) -> Doc:
    """Let the sentences of a spaCy document begin where ``find_sentences`` finds them."""
    import numpy as np

    if len(doc) == 0:
        return doc
    begins = doc.to_array("IDX").astype(np.int64)
    starts = np.array([start for start, _ in find_sentences(doc.text)], dtype=np.int64)
    # A sentence that begins inside a token begins with the token after it. All at once: one by one is quadratic.
    first = np.searchsorted(begins, starts)
    is_start = np.full(len(doc), -1, dtype=np.int64)
    is_start[first[first < len(doc)]] = 1
    is_start[0] = 1
    return doc.from_array(["SENT_START"], is_start.astype(np.uint64).reshape(-1, 1))  # type: ignore[arg-type]
