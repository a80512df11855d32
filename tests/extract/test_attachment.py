"""Prepositions and coordination."""

import pytest

from extract.matching.attachment import Passives, Prepositions, coordinated, words_between
from ontology.phrases import load_phrases


@pytest.mark.parametrize(
    ("lang", "before", "cues"),
    [
        ("en", "Otters live in the upper ", {"place"}),
        ("en", "The weir was removed by the ", {"agent"}),
        ("en", "The reeds, cut ", None),
        ("fr", "Le barrage a été retiré par la ", {"agent"}),
        ("fr", "Les loutres vivent le long de la ", {"place"}),
        ("es", "Las nutrias viven dentro de la ", {"place"}),
        ("en", "It began in spring, when ", None),
        ("en", "In the 1970s ", None),
    ],
)
def test_attachment_finds_the_preposition_of_a_name(
    lang: str, before: str, cues: set[str] | None
) -> None:
    prepositions = Prepositions(load_phrases("prepositions"), lang)
    leads = prepositions.before(f"{before}Vesk", 0, len(before))
    if cues is None:
        assert leads == ()
    else:
        assert cues <= leads[0].cues


@pytest.mark.parametrize(
    ("between", "joined"),
    [
        (" and the ", True),
        (", ", True),
        (", and ", True),
        (" (VRT) and ", True),
        (" et la ", True),
        (" thanked ", False),
        ("; ", False),
    ],
)
def test_attachment_tells_coordination(between: str, joined: bool) -> None:
    text = f"Alpha{between}Beta"
    assert coordinated(text, 5, 5 + len(between)) is joined


def test_attachment_counts_words_between() -> None:
    assert words_between("Otters of the old river Vesk", 6, 24) == 4


@pytest.mark.parametrize(
    ("lang", "text", "passive"),
    [
        ("en", "Fishers were trained in the bay.", True),
        ("en", "Fishers have been trained.", True),
        ("en", "Fishers cleaned the bay.", False),
        ("en", "Fishers are many.", False),
        ("en", "Trusts were founded in the bay.", False),
        ("fr", "Pêcheurs ont été formés.", True),
        ("fr", "Pêcheurs ont nettoyé la baie.", False),
        ("es", "Pescadores fueron capacitados.", True),
        ("es", "Pescadores limpiaron la bahía.", False),
    ],
)
def test_attachment_tells_passives(lang: str, text: str, passive: bool) -> None:
    passives = Passives(load_phrases("passives"), lang)
    assert passives.follows(text, text.index(" "), len(text)) is passive
