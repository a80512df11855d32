import pyoxigraph
import pytest

from ontology.build.graphs import vocabulary_graphs
from ontology.namespaces import PREFIXES, SSSOM, Minter
from ontology.quality import find_violations, load_checks, make_store

PROLOGUE = "".join(f"@prefix {p}: <{n}> .\n" for p, n in (PREFIXES | {"sssom": str(SSSOM)}).items())
PROLOGUE += "@prefix : <https://w3id.org/ecoduct/x/> .\n"

BROKEN = {
    "broader-cycle": ":a a skos:Concept ; skos:broader :b . :b skos:broader :a .",
    "conflicting-match": ":a skos:exactMatch :b ; skos:broadMatch :b .",
    "dangling-broader": ":a a eco:Place ; skos:broader :b .",
    "deprecated-without-successor": ":a owl:deprecated true ; skos:inScheme :s .",
    "direct-without-assertion": ":s eco:addressesThreat :t . :x eco:assertedSubject :s ;"
    " eco:assertedPredicate eco:addressesThreat ; eco:assertedObject :t ;"
    " eco:assertionStatus eco:planned .",
    "duplicate-label": ':a skos:inScheme :s ; skos:prefLabel "A"@en ; eco:conceptKind "k" .'
    ' :b skos:inScheme :s ; skos:prefLabel "A"@en ; eco:conceptKind "k" .',
    "duplicate-notation": ':a skos:inScheme :s ; skos:notation "1" .'
    ' :b skos:inScheme :s ; skos:notation "1" .',
    "listing-without-appendix": ':a a eco:Listing ; eco:listingStatus "adopted" .',
    "mapping-without-justification": ":a skos:inScheme :s ; skos:closeMatch :b .",
    "missing-label": ":a a eco:Actor .",
    "notation-without-version": ':a skos:inScheme :s ; skos:notation "4.1" .',
    "quote-of-wrong-length": ":a oa:hasSelector :p, :q . :p oa:start 0 ; oa:end 5 ."
    ' :q oa:exact "pumas!" .',
    "recalled-official-mapping": ':a a sssom:Mapping ; sssom:other "official" .',
    "same-as": ":a owl:sameAs <http://purl.obolibrary.org/obo/ENVO_01000930> .",
    "scope-without-reading": ":a a eco:Instrument ; eco:coversTaxon :t .",
    "several-points": ":a wgs84:lat 1.0, 2.0 .",
    "statement-without-evidence": ":a a eco:Assertion ; eco:basis eco:stated ;"
    " eco:assertedPredicate eco:focalTaxon .",
    "undefined-term": ":a eco:inventedProperty :b .",
}


def store_of(turtle: str) -> pyoxigraph.Store:
    store = make_store(())
    store.load((PROLOGUE + turtle).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.name)
def test_quality_check_is_seen_to_fail(check) -> None:
    violations = find_violations(store_of(BROKEN[check.name]), (check,))
    assert {v.rule for v in violations} == {check.name}
    assert all(v.message == check.title and v.remedy == check.remedy for v in violations)


def test_quality_has_broken_example_of_every_check() -> None:
    assert sorted(BROKEN) == [check.name for check in load_checks()]


def test_quality_accepts_vocabularies() -> None:
    assert find_violations(make_store(vocabulary_graphs(Minter()).values())) == ()


def test_quality_names_node_and_value() -> None:
    (violation,) = find_violations(store_of(":a owl:sameAs :b ."))
    assert violation.node == "https://w3id.org/ecoduct/x/a"
    assert violation.value == "https://w3id.org/ecoduct/x/b"
