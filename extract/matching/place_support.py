"""Tell from its surroundings that a bare name means a feature: articles, lists, shared heads."""

from collections.abc import Callable, Sequence

from extract.matching.place_candidates import PlaceCandidate
from ontology.gazetteer.folding import Words
from ontology.gazetteer.rows import PlaceRow

_ARTICLES = frozenset(
    ("the", "el", "la", "los", "las", "del", "al", "le", "les", "l", "du", "des", "au", "aux")
)
_DISTRICTS = frozenset(("admin1", "admin2"))
_WITH_ARTICLE = frozenset(
    (
        "river",
        "mountains",
        "islands",
        "desert",
        "delta",
        "basin",
        "plateau",
        "plain",
        "sea",
        "ocean",
        "gulf",
        "strait",
        "tundra",
        "peninsula",
        "region",
        "depression",
        "coast",
        "valley",
    )
)
"""Kinds of features whose bare names take an article in English: the Rhine, the Hebrides."""
_QUOTES = frozenset(('"', "”", "“", "»"))
_LISTS = frozenset((",", "and", "y", "e", "et"))
_LEAST = 3
"""Names of one kind in a row that are a list of such features."""


def has_article(words: Words, start: int) -> bool:
    """Tell whether an article stands right before a name; Al in Al Ain is none."""
    if start == 0 or words.keys[start - 1] not in _ARTICLES:
        return False
    return words.keys[start - 1] == "the" or words.text[words.starts[start - 1]].islower()


def find_glosses(words: Words) -> frozenset[int]:
    """Return where names end that brackets with a name like Genus epithet alone follow."""
    keys = words.keys
    return frozenset(
        at - (at > 0 and keys[at - 1] in _QUOTES)
        for at in range(len(keys) - 3)
        if keys[at] == "("
        and keys[at + 3] == ")"
        and words.surface(at + 1, at + 2).istitle()
        and words.surface(at + 2, at + 3).islower()
    )


def features_of(rows: Sequence[PlaceRow]) -> list[PlaceRow]:
    """Return the natural features among rows."""
    return [row for row in rows if row.table == "natural_features"]


def takes_article(rows: Sequence[PlaceRow], lang: str) -> bool:
    """Tell whether a bare name takes an article in a language where it means one of some rows."""
    if any(row.kind in _WITH_ARTICLE for row in features_of(rows)):
        return True
    return lang == "fr" and any(row.kind in _DISTRICTS for row in rows)


def find_kin_lists(
    words: Words,
    candidates: Sequence[PlaceCandidate],
    rows_of: Callable[[PlaceCandidate], Sequence[PlaceRow]],
) -> frozenset[int]:
    """Return the first tokens of names in lists of features of one kind: Rhine, Elbe and Oder."""
    found: set[int] = set()
    chain: list[int] = []
    shared: frozenset[str] = frozenset()
    end = -1
    for candidate in sorted(candidates, key=lambda c: c.start):
        kinds = frozenset(row.kind for row in features_of(rows_of(candidate)))
        between = words.keys[end : candidate.start] if 0 <= end <= candidate.start else ()
        linked = bool(between) and len(between) <= 2 and all(key in _LISTS for key in between)
        common = kinds & shared if linked else frozenset[str]()
        if common:
            chain.append(candidate.start)
            shared = common
        else:
            chain, shared = [candidate.start], kinds
        if len(chain) >= _LEAST:
            found.update(chain)
        end = candidate.end
    return frozenset(found)
