import pytest

from ontology.gazetteer.folding import fold, same_accents, split_words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Grey Wolf", "gray wolf"),
        ("Pallas’s cat", "pallas cat"),
        ("red-crowned\ncrane", "red crowned crane"),
        ("São Paulo", "sao paulo"),
        ("Sa\u0303o Paulo", "sao paulo"),
        ("U.S. Fish & Wildlife Service", "us fish and wildlife service"),
        ("St. Helena", "st helena"),
        ("Côte d’Ivoire", "cote d ivoire"),
        ("Environment, Forestry and Fisheries", "environment , forestry and fisheries"),
        ("Kavango–Zambezi", "kavango zambezi"),
        ("ele\u00adphant", "elephant"),
        ("  ", ""),
    ],
)
def test_folding_keys(text: str, key: str) -> None:
    assert fold(text) == key


def test_folding_offsets_leave_possessive_out() -> None:
    words = split_words("The jaguar’s home.\n\nNext – line")
    assert words.keys == ("the", "jaguar", "home", ".", "¶", "next", "-", "line")
    assert words.surface(1, 2) == "jaguar"
    assert words.surface(0, 3) == "The jaguar’s home"


def test_folding_is_the_same_on_its_own_output() -> None:
    for text in ("Grey-headed albatross", "Cook's petrel", "Rio São Francisco"):
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "name", "same"), [("mais", "maïs", False), ("Maïs", "maïs", True), ("a", "b", True)]
)
def test_folding_same_accents(written: str, name: str, same: bool) -> None:
    assert same_accents(written, name) is same
