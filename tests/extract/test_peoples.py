from extract.matching.actor_lexicon import load_actor_lexicon
from extract.matching.marked_words import mark_words
from extract.matching.peoples import find_peoples
from ontology.gazetteer.folding import split_words


def _peoples(text: str) -> list[tuple[str, str, str]]:
    marked = mark_words(split_words(text), frozenset({0}))
    found = find_peoples(marked, load_actor_lexicon(), [False] * len(marked.keys))
    return [(p.name, p.type, p.country) for p in found]


def test_peoples_tells_peoples_from_nationalities() -> None:
    assert _peoples("We met Zorba communities and Kenyan communities.") == [
        ("Zorba communities", "community", "")
    ]


def test_peoples_names_governments_by_their_country() -> None:
    assert _peoples("Since then the Peruvian government has agreed.") == [
        ("Peruvian government", "government", "PE")
    ]


def test_peoples_finds_peoples_without_a_noun() -> None:
    assert _peoples("Land of the Maasai, and of local iwi.") == [
        ("Maasai", "community", ""),
        ("iwi", "community", ""),
    ]


def test_peoples_takes_bodies_named_by_their_place() -> None:
    assert _peoples("Permits came from the municipality of Santa Rosa.") == [
        ("municipality of Santa Rosa", "government", "")
    ]
    assert _peoples("Permits came from the municipality of the coast.") == []
