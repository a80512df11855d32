"""Write what the vocabularies alone entail, in a graph that says so."""

from ontology.build.cms import taxon_iri
from ontology.build.turtle import Triples, iri
from ontology.gazetteer.tables import iterate_table
from ontology.inference import CLOSURE, LISTING, listings_of_taxa, wider_than
from ontology.namespaces import ECO, SKOS, Minter
from ontology.vocabulary import concept_iri, load_vocabulary, read_rows, scheme_table, split_cell

REGION = "region-of-country"


def write_entailed(triples: Triples, graph: str, minter: Minter) -> None:
    """Write all that is wider, listings of taxa by wider taxa, and regions of countries."""
    broader = _broader_taxa(minter)
    for name in scheme_table():
        for code, concept in load_vocabulary(name).concepts.items():
            if concept.broader is not None:
                wider = (concept_iri(minter, name, concept.broader),)
                broader[concept_iri(minter, name, code)] = wider
    for subject in broader:
        for target in wider_than(subject, broader):
            triples.add(subject, str(SKOS.broaderTransitive), iri(target))
    listings = listings_of_taxa(minter)
    for taxon in {*listings, *_broader_taxa(minter)}:
        for wider_taxon in (taxon, *wider_than(taxon, broader)):
            for listing in listings.get(wider_taxon, ()):
                triples.add(taxon, str(ECO.listedUnder), iri(listing))
    for row in iterate_table("regions"):
        for code in row["countries"].split():
            region = minter.place(row["id"])
            triples.add(minter.country(code), str(SKOS.broaderTransitive), iri(region))
    triples.add_type(graph, "InferredGraph")
    triples.add(graph, str(ECO.basis), iri(str(ECO.inferred)))
    for rule in (CLOSURE, LISTING, REGION):
        triples.add(graph, str(ECO.inferenceRule), iri(concept_iri(minter, "rules", rule)))


def _broader_taxa(minter: Minter) -> dict[str, tuple[str, ...]]:
    return {
        taxon_iri(minter, name): (taxon_iri(minter, row["broader_taxon"]),)
        for row in read_rows("cms_appendices")
        if row["broader_taxon"]
        for name in split_cell(row["taxon"])
    }
