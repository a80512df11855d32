"""Read what the letters and neighbours of a taxon's name say of it: acronym, title, other thing."""

from extract.matching.taxon_match import TaxonMatch
from extract.matching.taxon_words import name_type_words
from ontology.gazetteer.folding import Words

LONGEST_ACRONYM = 5


def names_another_thing(words: Words, match: TaxonMatch, title: bool) -> bool:
    """Tell whether a capitalised name goes on into the name of a place or body."""
    if match.end >= len(words.keys):
        return False
    gap = words.text[words.ends[match.end - 1] : words.starts[match.end]]
    if not words.text[words.starts[match.end]].isupper() or gap.strip(" \n"):
        return False
    if match.name_kind == "scientific":
        return not title
    return words.keys[match.end] in name_type_words()


def opens_proper_name(words: Words, match: TaxonMatch, title: bool) -> bool:
    """Tell whether two more capitalised words follow a common name in running text."""
    if title or match.name_kind == "scientific" or match.end + 1 >= len(words.keys):
        return False
    following = [words.surface(at, at + 1) for at in (match.end, match.end + 1)]
    gaps = [words.text[words.ends[at - 1] : words.starts[at]] for at in (match.end, match.end + 1)]
    named = all(word[0].isupper() and word[1:].islower() for word in following)
    return named and all(gap == " " for gap in gaps) and not is_all_title(words, match)


def romance_singular(word: str, lang: str) -> str:
    """Return the singular of a Spanish, Portuguese or French word by its ending."""
    if len(word) < 4 or word[-1] not in "sx":
        return word
    if lang == "fr":
        if word.endswith("aux"):
            return word[:-1] if word.endswith("eaux") else word[:-3] + "al"
        return word[:-1] if word.endswith("s") else word
    if word.endswith("ces"):
        return word[:-3] + "z"
    if word.endswith("es") and word[-3] in "nrlzdj":
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def is_all_title(words: Words, match: TaxonMatch) -> bool:
    """Tell whether the words about a match are all capitalised, as in a list or a heading."""
    around = range(max(0, match.start - 4), min(len(words.keys), match.end + 4))
    long_words = [i for i in around if len(words.keys[i]) > 3 and words.keys[i].isalpha()]
    return len(long_words) > 3 and all(words.text[words.starts[i]].isupper() for i in long_words)


def is_acronym(words: Words, position: int, surface: str) -> bool:
    if not surface.isupper() or len(surface) > LONGEST_ACRONYM:
        return False
    around = [n for n in (position - 1, position + 1) if 0 <= n < len(words.keys)]
    return not any(
        words.surface(n, n + 1).isupper() and words.keys[n].isalpha() and len(words.keys[n]) > 1
        for n in around
    )
