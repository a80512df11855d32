"""Bare names of features: articles, brackets, words broken at line ends."""

import pytest

from extract.matching.common_words import load_common_words
from extract.matching.place_support import find_glosses, has_article
from ontology.gazetteer.folding import split_words


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [("The Rhine", 1, True), ("le Rhin", 1, True), ("Al Ain", 1, False), ("Rhine", 0, False)],
)
def test_place_support_article(text: str, start: int, expected: bool) -> None:
    assert has_article(split_words(text), start) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Ghaf (Prosopis cineraria) grows", frozenset({2})),
        ('the "Ghaf" (Prosopis cineraria) grows', frozenset({3})),
        ("the Ghaf (near Dubai) grows", frozenset()),
    ],
)
def test_place_support_gloss(text: str, expected: frozenset[int]) -> None:
    assert find_glosses(split_words(text)) == expected


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a leop-\nard", ("a", "leopard")),
        ("the north-\nwestern side", ("the", "north", "western", "side")),
        ("Moun-\nTains", ("moun", "tains")),
    ],
)
def test_place_support_words_broken_at_line_ends(text: str, keys: tuple[str, ...]) -> None:
    words = split_words(text, is_broken=load_common_words("en").are_halves)
    assert words.keys == keys
    assert words.surface(0, len(keys)) == text
