"""Write what follows from a document by the rules of the ontology alone, for quick queries."""

from collections.abc import Iterable

from extract.graph.terms import Triples, iri
from extract.records import Extraction
from ontology.inference import (
    CLOSURE,
    INVERSE,
    LISTING,
    listings_of_taxa,
    rule_iri,
    wider_than,
)
from ontology.namespaces import ECO, SKOS, Minter
from ontology.vocabulary import concept_iri

_KINDS = frozenset({"species", "place"})
"""Kinds that a document describes with what is wider; the vocabularies' own have theirs."""


def write_closure(
    triples: Triples, extraction: Extraction, assertions: Iterable[tuple[str, str]], minter: Minter
) -> None:
    """Write wider taxa and places, listings by taxonomy, and from subjects to their assertions.

    The cost depends on the document alone.
    """
    broader = {entity.iri: entity.broader for entity in extraction.entities}
    listings, rules = listings_of_taxa(minter), {INVERSE}
    for entity in extraction.entities:
        if entity.kind not in _KINDS:
            continue
        wider = wider_than(entity.iri, broader)
        for target in wider:
            rules.add(CLOSURE)
            triples.add(entity.iri, str(SKOS.broaderTransitive), iri(target))
        if entity.kind == "species":
            for taxon in (entity.iri, *wider):
                for listing in listings.get(taxon, ()):
                    rules.add(LISTING)
                    triples.add(entity.iri, str(ECO.listedUnder), iri(listing))
    for subject, assertion in assertions:
        triples.add(subject, str(ECO.isSubjectOf), iri(assertion))
    graph = minter.inferred_graph(extraction.id)
    applied = {concept_iri(minter, "rules", code) for code in rules} | {
        rule_iri(minter, statement.rule)
        for statement in extraction.statements
        if statement.basis == "inferred"
    }
    triples.add_type(graph, "InferredGraph")
    triples.add(graph, str(ECO.basis), iri(str(ECO.inferred)))
    for rule in applied:
        triples.add(graph, str(ECO.inferenceRule), iri(rule))
