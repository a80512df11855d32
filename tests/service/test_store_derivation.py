"""What follows from a document's graph alone, beside what ingestion infers."""

import pyoxigraph as ox

from extract.bench.generator import generate_extractions
from extract.graph import build_graph
from ontology.inference import CLOSURE, INVERSE, LISTING, listings_of_taxa
from ontology.namespaces import ECO, RDF, SKOS, Minter
from ontology.vocabulary import concept_iri
from service.store.derivation import conclude
from service.store.triples import parse_triples

_PREDICATES = {str(SKOS.broaderTransitive), str(ECO.listedUnder)}


def test_store_derivation_concludes_what_ingestion_does() -> None:
    minter = Minter()
    seen: set[str] = set()
    for extraction in generate_extractions(30, seed=3, minter=minter):
        graphs = build_graph(extraction, minter)
        inferred = minter.inferred_graph(extraction.id)
        stated, all_inferred = (
            parse_triples(graphs[name]) for name in (minter.document_graph(extraction.id), inferred)
        )
        concluded = conclude(stated, inferred, minter)
        assert concluded <= all_inferred
        for triple in all_inferred - concluded:
            # Only what came of the text is left.
            assert triple.predicate.value not in _PREDICATES, triple
        seen |= {t.object.value for t in concluded if isinstance(t.object, ox.NamedNode)}
    for rule in (CLOSURE, INVERSE):
        assert concept_iri(minter, "rules", rule) in seen


def test_store_derivation_concludes_listings_by_taxonomy() -> None:
    minter = Minter()
    wider, listings = next(iter(sorted(listings_of_taxa(minter).items())))
    narrow = "https://data.test/narrow"
    lines = f"<{narrow}> <{SKOS.broader}> <{wider}> .\n<{narrow}> <{RDF.type}> <{ECO.Taxon}> .\n"
    concluded = conclude(parse_triples(lines.encode()), minter.inferred_graph("a"), minter)
    listed = {t.object for t in concluded if t.predicate.value == str(ECO.listedUnder)}
    assert listed == {ox.NamedNode(listing) for listing in listings}
    assert ox.NamedNode(concept_iri(minter, "rules", LISTING)) in {t.object for t in concluded}


def test_store_derivation_concludes_nothing_of_nothing() -> None:
    minter = Minter()
    assert conclude(set(), minter.inferred_graph("a"), minter) == set()
