"""Use a running service as an rdflib graph, and join its answer with a graph of your own.

python docs/examples/query_with_rdflib.py http://127.0.0.1:8000/sparql
"""

import sys

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS
from rdflib.plugins.stores.sparqlstore import SPARQLStore

MATCHES = """
PREFIX eco: <https://w3id.org/ecoduct/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?outside ?title
WHERE {
  ?solution eco:focalTaxon|eco:mentionsTaxon/skos:exactMatch ?outside ; rdfs:label ?title .
}
ORDER BY ?outside ?title
"""


def our_species() -> Graph:
    """Make the graph that stands for a database of your own, with NCBI identifiers."""
    graph = Graph()
    for taxid, name in (("9690", "jaguar"), ("9646", "giant panda"), ("9913", "cattle")):
        species = URIRef(f"http://purl.obolibrary.org/obo/NCBITaxon_{taxid}")
        graph.add((species, RDFS.label, Literal(name)))
    return graph


def main(endpoint: str) -> None:
    service = Graph(store=SPARQLStore(endpoint, returnFormat="json"))
    ours = our_species()
    for row in service.query(MATCHES):
        for name in ours.objects(row["outside"], RDFS.label):
            print(name, row["title"], sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
