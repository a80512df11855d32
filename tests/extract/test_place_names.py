import pytest

from extract.matching.place_names import PlaceGrammar, PlaceName
from extract.matching.place_types import load_place_types
from ontology.gazetteer.folding import Words, split_words


def find(text: str, lang: str = "en") -> tuple[Words, tuple[PlaceName, ...]]:
    words = split_words(text)
    starts = {0} | {at + 1 for at, key in enumerate(words.keys) if key in (".", "¶")}
    return words, PlaceGrammar(load_place_types()).find(words, frozenset(starts), lang=lang)


def surfaces(text: str, lang: str = "en") -> list[str]:
    words, names = find(text, lang)
    return [words.surface(n.start, n.end) for n in names]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Rangers of Sable Ridge National Park met.", "en", ["Sable Ridge National Park"]),
        ("We sailed on Lake Oro and up Mount Veda.", "en", ["Lake Oro", "Mount Veda"]),
        ("Ships left the Gulf of Maro.", "en", ["Gulf of Maro"]),
        ("Farms in Tolo province dried up.", "en", ["Tolo province"]),
        ("A village called Al Marsa lies inland.", "en", ["village called Al Marsa"]),
        ("Ewaso Ng'iro River floods.", "en", ["Ewaso Ng'iro River"]),
        ("Cerca del río Zúñiga y del lago Oro.", "es", ["río Zúñiga", "lago Oro"]),
        ("El Parque Nacional de la Sierra Parda.", "es", ["Parque Nacional de la Sierra Parda"]),
        ("Le parc national d'Andaro est vaste.", "fr", ["parc national d'Andaro"]),
        ("A Serra do Mel e a Bacia do Rio Preto.", "pt", ["Serra do Mel", "Bacia do Rio Preto"]),
        ("In Gunung Tiga the Serra da Lua National Park ends.", "en",
         ["Gunung Tiga", "Serra da Lua National Park"]),
    ],
)  # fmt: skip
def test_place_names_type_word_beside_the_name(text: str, lang: str, expected: list[str]) -> None:
    assert surfaces(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("The Arco, Tero and Mira National Parks.", "en", ["Arco", "Tero", "Mira National Parks"]),
        ("the villages of Oro, Tala and Puna.", "en", ["villages of Oro", "Tala", "Puna"]),
        ("dans les régions de Zanda, Mora et Difa.", "fr", ["régions de Zanda", "Mora", "Difa"]),
        ("los ríos Magda, Caro y Sinú.", "es", ["ríos Magda", "Caro", "Sinú"]),
    ],
)
def test_place_names_lists_share_a_plural_type_word(
    text: str, lang: str, expected: list[str]
) -> None:
    words, names = find(text, lang)
    assert [words.surface(n.start, n.end) for n in names] == expected
    assert all(name.listed for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "They met in Orona. National Park staff came.",
        "A heading about Oro\n\nNational parks are many.",
        "The national parks of the region.",
        "Paths to the river and the lake.",
    ],
)
def test_place_names_never_reach_over_a_break_or_without_a_name(text: str) -> None:
    assert surfaces(text) == []


def test_place_names_tell_the_name_from_its_type_word() -> None:
    words, (name,) = find("In the Oro Valley they plant.")
    assert words.surface(name.name_start, name.name_end) == "Oro"
    assert {t.kind for t in name.types} == {"region"}
    assert not name.before


def test_place_names_keep_the_number_of_a_road() -> None:
    assert surfaces("Trucks use National Road 42 at night.") == ["National Road 42"]
