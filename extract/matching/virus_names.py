"""Find the names of viruses, which the optional names of the NCBI Taxonomy have."""

from collections.abc import Iterator

from extract.matching.bracket_forms import bracket_forms
from extract.matching.taxon_match import TaxonMatch
from ontology.gazetteer.folding import Words
from ontology.gazetteer.ncbi import NcbiNames

_LONGEST = 6
_TYPED = 2
"""Tokens that may follow: type 1."""


def is_virus(name: str) -> bool:
    """Tell whether a name has a word that ends in -virus."""
    return any(word.endswith("virus") for word in name.casefold().split())


def find_viruses(words: Words, names: NcbiNames) -> list[TaxonMatch]:
    """Return the longest listed name about each word that ends in -virus.

    A name that no list has is one too where brackets give its acronym: "West Nile virus (WNV)".
    """
    ends = [at for at, key in enumerate(words.keys) if key.endswith("virus")]
    if not ends:
        return []
    introduced = {words.keys[start:end]: name for start, end, name in _with_acronym(words)}
    found = [
        TaxonMatch(start, at + 1, "scientific", "virus with its acronym", 0.8, scientific=name)
        for at in ends
        for keys, name in introduced.items()
        for start in (at + 1 - len(keys),)
        if start >= 0 and words.keys[start : at + 1] == keys
    ]
    taken = {at for match in found for at in range(match.start, match.end)}
    last = 0
    for at in ends:
        if at in taken:
            continue
        match = _longest(words, names, at, last)
        if match is not None:
            found.append(match)
            last = match.end
    return sorted(found, key=lambda match: match.start)


def _with_acronym(words: Words) -> Iterator[tuple[int, int, str]]:
    """Yield the names of viruses of two words and more beside an acronym in V, and the names."""
    for form in bracket_forms(words):
        start, end = form.long
        acronym = words.surface(*form.short).rstrip("0123456789-s")
        name = " ".join(words.surface(start, end).split())
        if end - start > 1 and acronym.endswith("V") and is_virus(name):
            yield start, end, name[0].upper() + name[1:]


def _longest(words: Words, names: NcbiNames, at: int, first: int) -> TaxonMatch | None:
    for end in (at + 1 + _TYPED, at + 1):
        if end > len(words.keys) or (end > at + 1 and words.keys[at + 1] != "type"):
            continue
        for start in range(max(first, at + 1 - _LONGEST), at + 1):
            written = " ".join(words.surface(start, end).split())
            name = written[0].upper() + written[1:]
            if end - start > 1 and names.taxid(name):
                rule = "name of the NCBI Taxonomy"
                return TaxonMatch(start, end, "scientific", rule, 0.9, scientific=name)
    return None
