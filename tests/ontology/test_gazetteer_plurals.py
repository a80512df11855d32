import pytest

from ontology.gazetteer.plurals import singular_keys, singular_keys_romance, singular_words


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("jaguars", "jaguar"),
        ("wolves", "wolf"),
        ("butterflies", "butterfly"),
        ("finches", "finch"),
        ("foxes", "fox"),
        ("mice", "mouse"),
        ("dormice", "dormouse"),
        ("swordfishes", "swordfish"),
        ("oxen", "ox"),
    ],
)
def test_plurals_singular_words(word: str, singular: str) -> None:
    assert singular in singular_words(word)


@pytest.mark.parametrize("word", ["grass", "hippopotamus", "ibis", "eel"])
def test_plurals_leave_singulars(word: str) -> None:
    assert singular_words(word) == ()


def test_plurals_change_the_last_word_only() -> None:
    assert singular_keys("hawks bill turtles") == ("hawks bill turtle",)


def test_plurals_romance_changes_several_words() -> None:
    assert "tortue verte" in singular_keys_romance("tortues vertes")
    assert "aguila real" in singular_keys_romance("aguilas reales")
