"""Definite mentions in later sentences."""

from collections.abc import Callable

from spacy.tokens import Doc

from extract.components.definites import Definites
from extract.components.mentions import entities_of
from extract.components.scopes import read_scopes
from ontology.phrases import load_phrases


def _carried(doc: Doc, *focal: str) -> list[tuple[int, str, str]]:
    scopes = read_scopes(doc)
    Definites(load_phrases("definites"), "en").carry(doc.text, scopes, focal, entities_of(doc))
    return [
        (scope.number, draft.text, draft.entity.label)
        for scope in scopes
        for draft in scope.drafts
        if draft.entity and draft.rule == "relations:definite"
    ]


def test_definites_take_up_a_place_by_its_last_word(make_doc: Callable[..., Doc]) -> None:
    doc = make_doc(
        "[Great Vesk Marsh|place:vesk-marsh] lies low. Herons nest in the marsh. A marsh is wet."
    )
    assert _carried(doc) == [(1, "marsh", "Great Vesk Marsh")]


def test_definites_take_up_the_one_taxon_in_focus(make_doc: Callable[..., Doc]) -> None:
    doc = make_doc("[Herons|species:ardea] nest here. These birds feed at dusk.")
    iri = "https://w3id.org/ecoduct/taxon/ardea"
    assert _carried(doc, iri) == [(1, "birds", "Herons")]
    assert _carried(doc, iri, "https://w3id.org/ecoduct/taxon/other") == []


def test_definites_take_up_a_body_by_the_word_of_its_kind(make_doc: Callable[..., Doc]) -> None:
    doc = make_doc(
        "The [Vesk Research Centre|actor:vesk] is old. Eels are bred at the centre. The centre of "
        "the town lies south. The Centre Court is closed. A centre opened."
    )
    assert _carried(doc) == [(1, "centre", "Vesk Research Centre")]
