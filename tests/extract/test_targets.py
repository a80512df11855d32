"""Contributions to policy targets, end to end over a Doc."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from extract.components.mentions import statements_of
from extract.components.policy import PolicyRuler
from extract.components.targets import Targets
from extract.records import Statement

Triples = set[tuple[str, str, str]]


NLP = spacy.blank("en")


def _infer(doc: Doc) -> Doc:
    return Targets(NLP, "targets", threshold=0.5)(PolicyRuler(NLP, "policy_ruler", score=0.9)(doc))


def _targets(doc: Doc) -> dict[str, Statement]:
    return {
        s.object.rpartition("/")[2]: s
        for s in statements_of(doc)
        if s.predicate == "contributesToTarget"
    }


def test_targets_infer_from_an_intervention_with_its_sentences(
    make_doc: Callable[..., Doc],
) -> None:
    doc = _infer(
        make_doc(
            "Rain fell. [Planting|intervention:1.2] reeds began.",
            said=(("usesIntervention", "intervention:1.2"),),
        )
    )
    (statement,) = _targets(doc).values()
    assert statement.object == "https://w3id.org/ecoduct/kmgbf/2"
    assert (statement.basis, statement.score) == ("inferred", 0.765)
    assert (
        statement.rule == "targets:restoration (primary): because it uses 1.2 Planting (1 sentence)"
    )
    assert [doc.text[a:b] for a, b in statement.evidence] == ["Planting reeds began."]


@pytest.mark.parametrize(
    ("said", "targets"),
    [
        ((("usesIntervention", "intervention:6.1"),), {"3"}),
        ((("usesIntervention", "intervention:6.3"),), {"1"}),
        ((("usesIntervention", "intervention:8.1"),), {"21"}),
        ((("usesIntervention", "intervention:9.2"),), {"20"}),
        (
            (("usesIntervention", "intervention:2.1"), ("addressesThreat", "threat:8.1")),
            {"4", "6"},
        ),
        ((("addressesThreat", "threat:8.1"),), set()),
    ],
)
def test_targets_follow_what_is_done_and_against_what(
    make_doc: Callable[..., Doc], said: tuple[tuple[str, str], ...], targets: set[str]
) -> None:
    assert set(_targets(_infer(make_doc("It began in spring.", said=said)))) == targets


@pytest.mark.parametrize(
    ("lang", "text", "target"),
    [
        ("en", "A women's cooperative runs the nursery.", "23"),
        ("fr", "Un groupement de femmes tient la pépinière.", "23"),
        ("es", "Una cooperativa de mujeres lleva el vivero.", "23"),
        ("en", "The [herders|actor:herders/community] took part in participatory mapping.", "22"),
        ("en", "New green roofs and urban parks link the town.", "12"),
        ("en", "A trust fund pays the wardens.", "19"),
    ],
)
def test_targets_follow_wording(
    make_doc: Callable[..., Doc], lang: str, text: str, target: str
) -> None:
    assert target in _targets(_infer(make_doc(text, lang=lang)))


def test_targets_that_a_text_names_are_stated(make_doc: Callable[..., Doc]) -> None:
    doc = _infer(make_doc("The marsh counts towards Target 2 of the GBF, SDG 15 and AEWA."))
    assert {
        (s.predicate, s.object.rpartition("ecoduct/")[2], s.basis) for s in statements_of(doc)
    } == {
        ("contributesToTarget", "kmgbf/2", "stated"),
        ("contributesToSDG", "sdg/15", "stated"),
        ("relevantToInstrument", "cms/aewa", "stated"),
    }


def test_targets_that_are_stated_are_not_inferred_again(make_doc: Callable[..., Doc]) -> None:
    doc = _infer(
        make_doc(
            "Planting reeds serves Target 2 of the GBF.",
            said=(("usesIntervention", "intervention:1.2"),),
        )
    )
    (statement,) = _targets(doc).values()
    assert statement.basis == "stated"


def test_targets_leave_a_text_about_nothing_alone(make_doc: Callable[..., Doc]) -> None:
    assert _targets(_infer(make_doc("The bus was late. We had tea."))) == {}
