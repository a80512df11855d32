"""Tell words of the language from names: a name that is also a word needs more evidence."""

from functools import cache

from simplemma.strategies.dictionaries.dictionary_factory import (
    DefaultDictionaryFactory,
    DictionaryFactory,
)

LANGUAGES = frozenset(("en", "es", "fr", "pt"))


class CommonWords:
    """Look words up in the dictionary of one language; English where it has none."""

    __slots__ = ("_words",)

    def __init__(self, lang: str, factory: DictionaryFactory | None = None) -> None:
        known = lang if lang in LANGUAGES else "en"
        self._words = (factory or DefaultDictionaryFactory()).get_dictionary(known)

    def __contains__(self, word: object) -> bool:
        """Tell whether a word is listed in small letters and not as a name."""
        if not isinstance(word, str):
            return False
        lower = word.lower()
        return lower in self._words and lower.capitalize() not in self._words

    def is_word(self, word: str) -> bool:
        """Tell whether a word is listed in small letters, though it may be a name as well."""
        return word.lower() in self._words

    def are_halves(self, left: str, right: str) -> bool:
        """Tell whether the sides of a hyphen at a line end are one word and not two."""
        return not (self.is_word(left) and self.is_word(right))


@cache
def load_common_words(lang: str) -> CommonWords:
    """Load the dictionary of a language once."""
    return CommonWords(lang)
