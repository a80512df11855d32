import pytest

from extract.matching.bracket_forms import bracket_forms
from ontology.gazetteer.folding import split_words


def _pairs(text: str) -> list[tuple[str, str]]:
    words = split_words(text)
    return [(words.surface(*f.short), words.surface(*f.long)) for f in bracket_forms(words)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "the Department of Wildlife Conservation (DWC) said",
            [("DWC", "Department of Wildlife Conservation")],
        ),
        ("many protected areas (PAs) are", [("PAs", "protected areas")]),
        ("the crown-of-thorns starfish (COTS) eats", [("COTS", "crown-of-thorns starfish")]),
        ("the BLM (Bureau of Land Management) owns", [("BLM", "Bureau of Land Management")]),
        (
            "the National System of Conservation Areas (SINAC in Spanish) leads",
            [("SINAC", "National System of Conservation Areas")],
        ),
        ("a big tree (see below) and more (1999)", []),
        ("lions were seen. They (WWF) said", []),
    ],
)
def test_bracket_forms_pairs(text: str, pairs: list[tuple[str, str]]) -> None:
    assert _pairs(text) == pairs
