"""Fold words and look up their lemmas, without a tagger."""

import re
import unicodedata

from simplemma import Lemmatizer


def fold_word(word: str) -> str:
    """Reduce a word to small letters without accents, for look-up keys only."""
    lower = word.casefold()
    if lower.isascii():
        return lower
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_PARTICIPLES: dict[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = {
    "fr": ((re.compile(r"ée?s?$"), ("er",)),),
    "es": (
        (re.compile(r"ad[oa]s?$"), ("ar",)),
        (re.compile(r"[ií]d[oa]s?$"), ("er", "ir")),
    ),
}
"""Endings of past participles, which the look-up tables often leave as they are."""


class Lemmas:
    """Give the folded lemma of a word in one language."""

    __slots__ = ("_lemmatizer", "lang")

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._lemmatizer = Lemmatizer()

    def of(self, word: str) -> str:
        return fold_word(self._lemmatizer.lemmatize(word.lower(), lang=self.lang))

    def all_of(self, word: str) -> tuple[str, ...]:
        """Return the lemma, and the infinitives that the word may be a past participle of."""
        lower = word.lower()
        found = [self.of(lower)]
        for ending, infinitives in _PARTICIPLES.get(self.lang, ()):
            stem, count = ending.subn("", lower)
            if count:
                found.extend(fold_word(stem + infinitive) for infinitive in infinitives)
        return tuple(dict.fromkeys(found))
