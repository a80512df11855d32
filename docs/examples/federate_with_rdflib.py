"""Ask two endpoints with rdflib and join: species of a database of yours, solutions of this one.

python docs/examples/federate_with_rdflib.py http://127.0.0.1:8000/sparql http://127.0.0.1:7878/query
"""

import sys

from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore

SPECIES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?species ?name WHERE { ?species rdfs:label ?name }
"""
SOLUTIONS = """
PREFIX eco: <https://w3id.org/ecoduct/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?species ?title
WHERE {
  VALUES ?species { %s }
  ?taxon skos:exactMatch ?species .
  ?solution eco:focalTaxon|eco:mentionsTaxon ?taxon ; rdfs:label ?title .
}
ORDER BY ?title
"""


def open_endpoint(address: str) -> Graph:
    """Use an endpoint as a graph."""
    return Graph(store=SPARQLStore(address, returnFormat="json"))


def main(ours: str, theirs: str) -> None:
    names = {row["species"]: row["name"] for row in open_endpoint(theirs).query(SPECIES)}
    wanted = " ".join(species.n3() for species in sorted(names))
    for row in open_endpoint(ours).query(SOLUTIONS % wanted):
        print(names[row["species"]], row["title"], sep="\t")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
