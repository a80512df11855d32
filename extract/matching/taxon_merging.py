"""Put matches of taxa together, and tell the tokens they cover."""

from extract.matching.taxon_match import TaxonMatch


def covered_tokens(matches: list[TaxonMatch]) -> set[int]:
    return {i for match in matches for i in range(match.start, match.end)}


def merge_matches(matches: list[TaxonMatch], added: list[TaxonMatch]) -> list[TaxonMatch]:
    """Put matches together; rejected ones yield to new ones on the same tokens."""
    return replace_matches(matches, added) if added else matches


def replace_matches(matches: list[TaxonMatch], added: list[TaxonMatch]) -> list[TaxonMatch]:
    taken = covered_tokens(added)
    kept = [m for m in matches if not any(i in taken for i in range(m.start, m.end))]
    return sorted([*kept, *added], key=lambda match: (match.start, match.end))
