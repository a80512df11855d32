import pytest

from extract.matching.place_cues import load_setting_cues
from ontology.gazetteer.folding import split_words


def kind_beside(text: str, name: str) -> str:
    words = split_words(text)
    key = name.casefold()
    at = words.keys.index(key)
    cue = load_setting_cues().read(words, 0, at + 1, at)
    return cue.kind if cue else ""


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The fence was funded by the Government of Norway", "Norway", "donor"),
        ("The fence stands in Norway", "Norway", ""),
        ("Funding from partners was spent in Kenya", "Kenya", ""),
        ("Horn is exported to China", "China", "trade"),
        ("It was inspired by a project in Mongolia", "Mongolia", "comparison"),
        ("Visitors from Peru came", "Peru", "origin"),
        ("In Chile the model is being copied", "Chile", "comparison"),
        ("Le projet est financé par la Suisse", "Suisse", "donor"),
        ("El proyecto recibe el apoyo de Alemania", "Alemania", "donor"),
        ("The border with Bhutan is open", "Bhutan", "neighbour"),
        ("Two thirds are confined to the basin, mostly in Peru", "Peru", "range"),
        ("The pass is a gateway between Nepal and the plains", "Nepal", "neighbour"),
    ],
)
def test_place_cues_say_why_a_country_is_named(text: str, name: str, kind: str) -> None:
    assert kind_beside(text, name) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Spanish acronym", True),
        ("known in Spanish)", True),
        ("the Spanish coast", False),
        ("in Spanish waters", False),
    ],
)
def test_place_cues_tell_languages_from_nations(text: str, expected: bool) -> None:
    words = split_words(text)
    at = words.keys.index("spanish")
    assert load_setting_cues().is_language(words, at, at + 1) is expected
