"""Words that decide whether the name of a taxon is meant as one, read from tables."""

from dataclasses import dataclass
from functools import cache, lru_cache

import simplemma

from ontology.gazetteer.folding import fold
from ontology.gazetteer.tables import read_table

_DICTIONARIES = ("en", "fr", "es")


@dataclass(frozen=True, slots=True)
class Reading:
    """Tell what a name usually is and what to do with it."""

    reading: str
    default: str
    """reject, needs_context, accept_if_plural, accept_if_capitalised or accept."""


@dataclass(frozen=True, slots=True)
class AmbiguousNames:
    """Hold names that often are no taxa, by folded key, and by form where the capital matters."""

    by_key: dict[str, Reading]
    capitalised: dict[str, Reading]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    """Rejected names of several words, by their first word."""

    def of(self, surface: str, key: str) -> Reading | None:
        """Return the reading of a written name, None where it is not ambiguous."""
        if surface[:1].isupper():
            reading = self.capitalised.get(key)
            if reading is not None:
                return reading
        return self.by_key.get(key)


@cache
def ambiguous_names() -> AmbiguousNames:
    """Read the table of ambiguous names."""
    by_key: dict[str, Reading] = {}
    capitalised: dict[str, Reading] = {}
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for row in read_table("ambiguous_words"):
        key = fold(row["name"])
        reading = Reading(row["reading"], row["default"])
        (capitalised if row["name"][:1].isupper() else by_key)[key] = reading
        words = tuple(key.split(" "))
        if len(words) > 1 and row["default"] == "reject":
            phrases.setdefault(words[0], []).append(words)
    ordered = {
        first: tuple(sorted(found, key=len, reverse=True)) for first, found in phrases.items()
    }
    return AmbiguousNames(by_key, capitalised, ordered)


@cache
def context_words(role: str, lang: str) -> frozenset[str]:
    """Return the folded words and phrases of a role in a language."""
    return frozenset(
        fold(row["word"])
        for row in read_table("species_context")
        if row["role"] == role and row["language"] == lang
    )


@cache
def name_type_words() -> frozenset[str]:
    """Return the words that, capitalised after a taxon's name, make a place or a body of it."""
    places = {
        fold(row["word"])
        for row in read_table("place_type_words")
        if row["lang"] == "en" and row.get("position", "after") in ("after", "both")
    }
    bodies = {
        fold(row["word"])
        for row in read_table("org_type_words")
        if row["lang"] == "en" and row["is_organisation"] == "yes"
    }
    return frozenset(word for word in places | bodies if " " not in word)


@lru_cache(maxsize=1 << 14)
def is_ordinary_word(word: str, langs: tuple[str, ...] = _DICTIONARIES) -> bool:
    """Tell whether a word in small letters stands in the dictionary of one of some languages."""
    return any(simplemma.is_known(word, lang=lang) for lang in langs if lang in _DICTIONARIES)
