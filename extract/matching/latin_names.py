"""Tell scientific names and abbreviations by their shape alone."""

import re

from extract.matching.taxon_words import is_ordinary_word
from ontology.gazetteer.folding import Words

LATIN = re.compile(r"[a-z]{2,}(?:us|um|ii|ae|ensis|ense|oides|orum|arum|icola|[^aeiou]i)\Z")
GENUS = re.compile(r"[A-Z][a-z]{2,}(?:us|um|a|is|es|os|on|as|ops|ys|yx|ax|ix|ex|io|e|er|o)\Z")
_SHORT = 4
_ABBREVIATED = re.compile(r"\.\s{0,2}[A-Z][a-z]{0,4}\.")
_GOES_ON = re.compile(r"\.\s{0,2}[a-z0-9,;(]")
_AUTHOR = re.compile(
    r",?\s\(?(?:[A-Z]\.\s?){0,2}[A-Z][a-z]{1,12}\b(?:\.|,|\)|;|\s(?:&|et|ex|in)\s|\s?\(?\d{4})"
)
_BEFORE = re.compile(r"[A-Z][a-z]{0,5}\.\s{0,2}\Z")
_REACH = 40


def is_abbreviation(words: Words, position: int) -> bool:
    """Tell whether a short capitalised word with a dot is cut short: Bull. Mus., Cat. No. 5.

    A dot that only ends a sentence is followed by a capital, with no other short form beside.
    """
    text, start, end = words.text, words.starts[position], words.ends[position]
    if end - start > _SHORT or text[end : end + 1] != ".":
        return False
    after = text[end : end + _REACH]
    before = text[max(0, start - _REACH) : start]
    return bool(_GOES_ON.match(after) or _ABBREVIATED.match(after) or _BEFORE.search(before))


def has_author(words: Words, end: int) -> bool:
    """Tell whether an author stands after a name: Linn., (L.), Hack & Stapf, Boie 1828."""
    at = words.ends[end - 1]
    return bool(_AUTHOR.match(words.text, at))


def is_authored_binomial(words: Words, start: int) -> bool:
    """Tell whether two words by shape, ending and author are a scientific name in any genus."""
    genus, epithet = words.surface(start, start + 1), words.keys[start + 1]
    return bool(
        GENUS.match(genus)
        and LATIN.match(epithet)
        and has_author(words, start + 2)
        and not is_ordinary_word(genus.casefold())
        and not is_ordinary_word(epithet)
    )


def is_capital_binomial(words: Words, start: int) -> bool:
    """Tell whether two words in capitals may be a name in a heading: a Latin epithet is needed."""
    genus, epithet = words.surface(start, start + 1), words.surface(start + 1, start + 2)
    key = words.keys[start + 1]
    return bool(
        genus.isupper()
        and epithet.isupper()
        and len(genus) > _SHORT
        and LATIN.match(key)
        and not is_ordinary_word(key)
        and words.text[words.ends[start] : words.starts[start + 1]] == " "
    )
