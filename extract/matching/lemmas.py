"""Fold words and look up their lemmas, without a tagger."""

import unicodedata

from simplemma import Lemmatizer


def fold_word(word: str) -> str:
    """Reduce a word to small letters without accents, for look-up keys only."""
    lower = word.casefold()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class Lemmas:
    """Give the folded lemma of a word in one language."""

    __slots__ = ("_lemmatizer", "lang")

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._lemmatizer = Lemmatizer()

    def of(self, word: str) -> str:
        return fold_word(self._lemmatizer.lemmatize(word.lower(), lang=self.lang))
