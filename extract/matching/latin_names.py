"""Tell scientific names and abbreviations by their shape alone."""

import re

from extract.matching.taxon_words import is_ordinary_word
from ontology.gazetteer.folding import Words

LATIN = re.compile(r"[a-z]{2,}(?:us|um|ii|ae|ensis|ense|oides|orum|arum|icola|[^aeiou]i)\Z")
_SPECIFIC = re.compile(r"[a-z]{3,}(?:us|ii|ae|ensis|ense|oides|orum|arum|icola|[lnrst]i)\Z")
GENUS = re.compile(r"[A-Z][a-z]{2,}(?:us|um|a|is|es|os|on|as|ops|ys|yx|ax|ix|ex|io|e|er|o)\Z")
_SHORT = 4
_ABBREVIATED = re.compile(r"\.\s{0,2}[A-Z][a-z]{0,4}\.")
_PAGE = re.compile(r",\s?\d")
_GOES_ON = re.compile(r"\.\s{0,2}[a-z0-9,;(]")
_NAME = r",?\s\(?(?:[A-Z]\.\s?){0,2}[A-Z][a-z]{0,12}\b"
_AUTHOR = re.compile(_NAME + r"(?:\.|,|\)|;|\s(?:&|et|ex|in)\s|\s?\(?\d{4})")
_CITED_AUTHOR = re.compile(
    _NAME + r"(?:\.,?\s\(?[A-Z0-9]|\)|\.?\s(?:&|ex)\s[A-Z]|\s?\(?1[789]\d\d)"
)
ANY_LATIN = re.compile(
    r"[a-z]{2,}(?:us|um|a|is|e|ii|i|ae|ens|ans|or|ax|ix|ex|ops|es|on|er|oides)\Z"
)
_BEFORE = re.compile(r"[A-Z][a-z]{0,5}\.\s{0,2}\Z")
_REACH = 40


def is_abbreviation(words: Words, position: int) -> bool:
    """Tell whether a short capitalised word with a dot is cut short: Bull. Mus., Cat. No. 5.

    A dot that only ends a sentence is followed by a capital, with no other short form beside.
    """
    text, start, end = words.text, words.starts[position], words.ends[position]
    if end - start > _SHORT or text[end : end + 1] not in (".", ","):
        return False
    after = text[end : end + _REACH]
    before = text[max(0, start - _REACH) : start]
    if text[end] == ",":
        return bool(_PAGE.match(after) and _BEFORE.search(before))
    return bool(_GOES_ON.match(after) or _ABBREVIATED.match(after) or _BEFORE.search(before))


def is_authored_binomial(words: Words, start: int) -> bool:
    """Tell whether two words by shape, ending and author are a scientific name in any genus.

    The less an ending is Latin only, the more the author must look cited: (L.), Boie 1828.
    """
    genus, epithet = words.surface(start, start + 1), words.keys[start + 1]
    at = words.ends[start + 1]
    strict = LATIN.match(epithet) and _AUTHOR.match(words.text, at)
    cited = ANY_LATIN.match(epithet) and _CITED_AUTHOR.match(words.text, at)
    return bool(
        GENUS.match(genus)
        and (strict or cited)
        and not is_ordinary_word(genus.casefold())
        and not is_ordinary_word(epithet, ("en",))
    )


def is_latin_pair(genus: str, epithet: str) -> bool:
    """Tell whether two words can only be a scientific name, whatever stands beside them."""
    return bool(
        len(genus) > _SHORT
        and GENUS.match(genus)
        and _SPECIFIC.match(epithet)
        and not is_ordinary_word(genus.casefold())
        and not is_ordinary_word(epithet)
    )


def is_capital_binomial(words: Words, start: int) -> bool:
    """Tell whether two words in capitals, the second with a Latin ending, may be a name."""
    genus, epithet = words.surface(start, start + 1), words.surface(start + 1, start + 2)
    key = words.keys[start + 1]
    return bool(
        genus.isupper()
        and epithet.isupper()
        and len(genus) > _SHORT
        and ANY_LATIN.match(key)
        and not is_ordinary_word(key)
        and words.text[words.ends[start] : words.starts[start + 1]] == " "
    )


def stem(epithet: str) -> str:
    """Return an epithet without the ending that follows the gender of its genus."""
    return re.sub(r"(?:us|um|a|is|e)\Z", "", epithet)


def gap_after(words: Words, position: int) -> str:
    return words.text[words.ends[position] : words.starts[position + 1]]
