"""Chinese and English text: marks, characters, words, sentences."""

from qualkit.language.characters import count_between, count_characters, language_of
from qualkit.language.lexicon import shipped_words
from qualkit.language.marks import find_marks
from qualkit.language.pipeline import spacy_pipeline
from qualkit.language.sentences import find_sentences
from qualkit.language.stop_words import stop_words
from qualkit.language.words import count_words, find_words

__all__ = [
    "count_between",
    "count_characters",
    "count_words",
    "find_marks",
    "find_sentences",
    "find_words",
    "language_of",
    "shipped_words",
    "spacy_pipeline",
    "stop_words",
]
