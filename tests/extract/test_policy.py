"""Explicit mentions of policy."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extract.components.mentions import drafts_of
from extract.components.policy import PolicyRuler
from extract.matching.policy import PolicyMatcher
from ontology.policy import load_policy


def _find(text: str, lang: str = "en") -> list[tuple[str, str, str]]:
    matcher = PolicyMatcher(load_policy(), lang)
    return [(text[hit.start : hit.end], hit.family, hit.code) for hit in matcher.find(text)]


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        (
            "en",
            "It serves Target 6 of the Kunming-Montreal Global Biodiversity Framework.",
            [
                ("Target 6", "kmgbf", "6"),
                ("Kunming-Montreal Global Biodiversity Framework", "kmgbf", ""),
            ],
        ),
        (
            "en",
            "The GBF names it in Targets 8, 10 and 14.",
            [
                ("GBF", "kmgbf", ""),
                ("Targets 8", "kmgbf", "8"),
                ("10", "kmgbf", "10"),
                ("14", "kmgbf", "14"),
            ],
        ),
        ("en", "The bay joined the 30x30 pledge.", [("30x30", "kmgbf", "3")]),
        (
            "en",
            "Aichi Target 11 and SDG 14.2 guided it.",
            [("Aichi Target 11", "aichi", "11"), ("SDG 14.2", "sdg", "14.2")],
        ),
        ("en", "The NBSAP lists the marsh.", [("NBSAP", "national-plan", "")]),
        (
            "fr",
            "Il répond à la Cible 2 du Cadre mondial de la biodiversité et à l’ODD 15.",
            [
                ("Cible 2", "kmgbf", "2"),
                ("Cadre mondial de la biodiversité", "kmgbf", ""),
                ("ODD 15", "sdg", "15"),
            ],
        ),
        (
            "es",
            "Aporta a la Meta 3 del Marco Mundial de Biodiversidad y a los ODS 13 y 15.",
            [
                ("Meta 3", "kmgbf", "3"),
                ("Marco Mundial de Biodiversidad", "kmgbf", ""),
                ("ODS 13", "sdg", "13"),
                ("15", "sdg", "15"),
            ],
        ),
    ],
)
def test_policy_finds_what_a_text_names(
    lang: str, text: str, found: list[tuple[str, str, str]]
) -> None:
    assert _find(text, lang) == found


@pytest.mark.parametrize(
    "text",
    [
        "Target 3 was met early.",
        "The nursery missed its target of 30 trees by 30 days.",
        "Under the GBF work began. The target 3 km away was reached.",
        "Fodder targets 12% of needs, says the CGBFX report.",
    ],
)
def test_policy_ignores_other_targets(text: str) -> None:
    assert [hit for hit in _find(text) if hit[2]] == []


def test_policy_gives_a_bare_target_to_the_nearest_framework() -> None:
    text = "Aichi Targets shaped it first. Later Target 7 of the GBF did."
    assert ("Target 7", "kmgbf", "7") in _find(text)


def test_policy_spells_out_ranges() -> None:
    (first, last, _) = PolicyMatcher(load_policy(), "en").find("Targets 4 to 7 of the GBF.")
    assert (first.code, last.code, last.between) == ("4", "7", ("5", "6"))


def test_policy_ruler_links_targets_and_instruments(make_doc: Callable[..., Doc]) -> None:
    doc = make_doc(
        "Under AEWA the delta serves Target 2 of the GBF and SDG 15; Target 90 it does not."
    )
    PolicyRuler(doc.vocab, "policy_ruler", score=0.9)(doc)  # type: ignore[arg-type]
    found = {d.text: d.entity and d.entity.iri.rpartition("ecoduct/")[2] for d in drafts_of(doc)}
    assert found == {
        "AEWA": "cms/aewa",
        "Target 2": "kmgbf/2",
        "GBF": None,
        "SDG 15": "sdg/15",
    }
