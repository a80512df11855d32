"""Candidates for single names."""

import pytest

from extract.errors import ExtractError
from extract.reconcile.ranked import RankedCandidate, ReconcileType, best_of
from extract.reconcile.reconciler import Reconciler
from extract.records import Candidate
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter

MINTER = Minter()
TAXON, PLACE = MINTER.taxon, MINTER.place


@pytest.fixture(scope="module")
def reconciler(gazetteer: Gazetteer) -> Reconciler:
    return Reconciler(gazetteer, MINTER)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Lynx lynx", "lynx-lynx"),
        ("Lutra lutra", "lutra-lutra"),
        ("LUTRA LUTRA", "lutra-lutra"),
        ("Felis uncia", "panthera-uncia"),
        ("giraffes", "giraffa"),
        ("tortue luth", "dermochelys-coriacea"),
        ("Dermochelys coriacae", "dermochelys-coriacea"),
        ("Gypaetus barbattus", "gypaetus-barbatus"),
    ],
)
def test_reconciler_matches_taxa(reconciler: Reconciler, name: str, key: str) -> None:
    first = reconciler.reconcile(name, type="taxon")[0]
    assert (first.iri, first.match) == (TAXON(key), True)


@pytest.mark.parametrize(
    ("name", "type"),
    [("robin", "taxon"), ("Georgia", "place"), ("San José", "place"), ("Victoria", "place")],
)
def test_reconciler_matches_no_name_of_several_things(
    reconciler: Reconciler, name: str, type: ReconcileType
) -> None:
    found = reconciler.reconcile(name, type=type)
    assert len(found) > 1
    assert not any(candidate.match for candidate in found)


@pytest.mark.parametrize(
    ("name", "country", "iri"),
    [
        ("Kenya", None, MINTER.country("KE")),
        ("Georgia", "US", PLACE("us-ga")),
        ("Georgia", "ge", MINTER.country("GE")),
        ("Kruger National Park", "ZA", PLACE("kruger-national-park-za")),
    ],
)
def test_reconciler_matches_places(
    reconciler: Reconciler, name: str, country: str | None, iri: str
) -> None:
    first = reconciler.reconcile(name, type="place", country=country)[0]
    assert (first.iri, first.match) == (iri, True)


def test_reconciler_offers_a_misspelt_place_first(reconciler: Reconciler) -> None:
    first = reconciler.reconcile("Kruger Natoinal Park", type="place")[0]
    assert first.iri == PLACE("kruger-national-park-za")
    assert first.score < 0.9


@pytest.mark.parametrize("name", ["BirdLife International", "BirdLife Internatonal"])
def test_reconciler_matches_organisations(reconciler: Reconciler, name: str) -> None:
    first = reconciler.reconcile(name, type="actor")[0]
    assert (first.label, first.match) == ("BirdLife International", True)


@pytest.mark.parametrize(
    ("name", "type", "iri", "match"),
    [
        ("5.4", "threat", MINTER.threat("5.4"), True),
        ("Roads & railroads", "threat", MINTER.threat("4.1"), True),
        ("bycatch", "threat", MINTER.threat("5.4"), False),
        ("Target 3", "target", MINTER.kmgbf("3"), True),
        ("Goal B", "target", MINTER.kmgbf("goal-b"), True),
    ],
)
def test_reconciler_offers_concepts(
    reconciler: Reconciler, name: str, type: ReconcileType, iri: str, match: bool
) -> None:
    first = reconciler.reconcile(name, type=type)[0]
    assert first.iri.startswith(iri)
    assert first.match or not match


def test_reconciler_tells_what_a_score_rests_on(reconciler: Reconciler) -> None:
    first = reconciler.rank("Felis uncia", type="taxon")[0]
    assert first.description == "species, Panthera uncia, Mammalia"
    assert dict(first.features) == {
        "name": "Felis uncia",
        "name_kind": "synonym",
        "source": "MDD 2.4",
        "likeness": 1.0,
        "name_score": 0.9,
    }


@pytest.mark.parametrize("limit", [1, 3])
def test_reconciler_keeps_to_the_limit(reconciler: Reconciler, limit: int) -> None:
    assert len(reconciler.reconcile("Springfield", type="place", limit=limit)) == limit


@pytest.mark.parametrize("name", ["", "  ", "?", "qxzwvk"])
def test_reconciler_offers_nothing_for_no_name(reconciler: Reconciler, name: str) -> None:
    assert reconciler.reconcile(name, type="taxon") == ()


def test_reconciler_refuses_a_limit_of_none(reconciler: Reconciler) -> None:
    with pytest.raises(ExtractError, match="ask for 1 candidate or more"):
        reconciler.reconcile("lynx", type="taxon", limit=0)


def option(iri: str, score: float, *, sure: bool = True) -> RankedCandidate:
    return RankedCandidate(Candidate(iri, iri, score), "place", "", (), sure=sure)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ([option("a", 0.9)], True),
        ([option("a", 0.9), option("b", 0.8)], True),
        ([option("a", 0.9), option("b", 0.85)], False),
        ([option("a", 0.9, sure=False)], False),
        ([option("a", 0.7)], False),
    ],
)
def test_reconciler_match_needs_a_margin(options: list[RankedCandidate], match: bool) -> None:
    assert best_of(options, limit=5)[0].candidate.match is match


def test_reconciler_offers_each_entity_once() -> None:
    found = best_of([option("b", 0.5), option("a", 0.6), option("b", 0.7)], limit=5)
    assert [(o.candidate.iri, o.candidate.score) for o in found] == [("b", 0.7), ("a", 0.6)]
