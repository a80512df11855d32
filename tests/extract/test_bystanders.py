import pytest

from extract.matching.bystanders import domesticated, line_words, load_bystanders


@pytest.mark.parametrize(
    ("lang", "text", "name", "meant"),
    [
        ("en", "old larch forests", "larch", "habitat"),
        ("en", "tea growers left", "tea", "land use"),
        ("es", "un bosque de roble", "roble", "habitat"),
        ("fr", "des plantations de cacao", "cacao", "land use"),
        ("en", "all dog species", "dog", "group"),
        ("en", "three species of dog", "dog", "group"),
        ("en", "wild dogs bark", "dogs", "group"),
        ("en", "the dog barked", "dog", ""),
    ],
)
def test_bystanders_read_the_words_beside_a_name(
    lang: str, text: str, name: str, meant: str
) -> None:
    reader = load_bystanders()[lang]
    start = text.index(name)
    span = (text, start, start + len(name))
    found = {
        "habitat": reader.is_habitat(*span),
        "land use": reader.is_land_use(*span),
        "group": reader.is_group(*span),
    }
    assert found.get(meant, not any(found.values()))


def test_bystanders_know_livestock_and_crops_from_wild_kin() -> None:
    assert {"Bos taurus", "Saccharum", "Elaeis guineensis"} <= domesticated()
    assert not {"Sus scrofa", "Panthera leo"} & domesticated()
    assert {"railway", "fence"} <= line_words()
