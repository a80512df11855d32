"""Find the names of viruses, which the optional names of the NCBI Taxonomy have."""

from extract.matching.taxon_match import TaxonMatch
from ontology.gazetteer.folding import Words
from ontology.gazetteer.ncbi import NcbiNames

_LONGEST = 6
_TYPED = 2
"""Tokens that may follow: type 1."""


def find_viruses(words: Words, names: NcbiNames) -> list[TaxonMatch]:
    """Return the longest listed name about each word that ends in -virus."""
    found: list[TaxonMatch] = []
    last = 0
    for at, key in enumerate(words.keys):
        if not key.endswith("virus"):
            continue
        match = _longest(words, names, at, last)
        if match is not None:
            found.append(match)
            last = match.end
    return found


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
