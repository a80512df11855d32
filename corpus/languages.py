"""Tell the language of a text."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_MIN_PROBABILITY = 0.4
_SAMPLE = 4000
_LONGEST = 60
"""Longest run of letters that is taken for a word: longer ones are addresses and the like."""
_CAPITALS = 0.5
"""Share of capital letters above which a text is read in small ones, as its words mostly stand."""


@cache
def _identifier() -> "LanguageIdentifier":
    # Brings numpy along, which many that read texts never need.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> str:
    """Return the BCP 47 tag of the language that a text is most likely in, else ``und``."""
    sample = " ".join(word for word in text[:_SAMPLE].split() if len(word) <= _LONGEST)
    letters = [letter for letter in sample if letter.isalpha()]
    if sum(map(str.isupper, letters)) > _CAPITALS * len(letters):
        sample = sample.lower()
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _MIN_PROBABILITY else "und"
