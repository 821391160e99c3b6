"""Chinese and English text: marks, characters, sentences."""

from qualkit.language.characters import count_characters, language_of
from qualkit.language.marks import find_marks
from qualkit.language.sentences import find_sentences

__all__ = ["count_characters", "find_marks", "find_sentences", "language_of"]
