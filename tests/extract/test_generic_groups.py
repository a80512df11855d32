import pytest

from extract.matching.actor_lexicon import load_actor_lexicon
from extract.matching.generic_groups import find_groups
from extract.matching.marked_words import mark_words
from ontology.gazetteer.folding import split_words


def _groups(text: str, lang: str = "en") -> list[tuple[str, str, str]]:
    marked = mark_words(split_words(text), frozenset({0}))
    found = find_groups(marked, load_actor_lexicon(), [False] * len(marked.keys), lang)
    return [(marked.words.surface(g.start, g.end), g.lemma, g.group.type) for g in found if g.sure]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It pays small-scale farmers and private boat owners.",
            [
                ("small-scale farmers", "small-scale farmer", "community"),
                ("private boat owners", "private boat owner", "community"),
            ],
        ),
        (
            "Talks with river-dependent communities began.",
            [("river-dependent communities", "river dependent community", "community")],
        ),
        ("The landowner agreed.", [("landowner", "landowner", "community")]),
        ("A landowner survey was made.", []),
        ("A community forest project.", []),
        ("Public awareness of media platforms grew.", []),
        (
            "Several government agencies and relevant authorities came.",
            [
                ("government agencies", "government agency", "government"),
                ("relevant authorities", "authority", "government"),
            ],
        ),
    ],
)
def test_generic_groups_in_english(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _groups(text) == expected


def test_generic_groups_take_adjectives_after_romance_heads() -> None:
    assert _groups("Ayuda a las comunidades costeras.", "es") == [
        ("comunidades costeras", "comunidad costera", "community")
    ]
    assert _groups("Avec les autorités locales.", "fr") == [
        ("autorités locales", "autorité locale", "government")
    ]


def test_generic_groups_keep_to_the_language_of_the_text() -> None:
    assert _groups("Avec les agriculteurs du village.", "en") == []
