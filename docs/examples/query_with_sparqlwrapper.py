"""Ask a running service with SPARQLWrapper: which solutions are about which cats, and where.

python docs/examples/query_with_sparqlwrapper.py http://127.0.0.1:8000/sparql
"""

import sys

from SPARQLWrapper import JSON, SPARQLWrapper

QUERY = """
PREFIX dwc: <http://rs.tdwg.org/dwc/terms/>
PREFIX eco: <https://w3id.org/ecoduct/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?cat ?country ?title
WHERE {
  ?family dwc:scientificName "Felidae" .
  ?taxon skos:broader* ?family ; dwc:scientificName ?cat .
  ?solution eco:focalTaxon|eco:mentionsTaxon ?taxon ;
    eco:takesPlaceInCountry/eco:countryCode ?country ;
    rdfs:label ?title .
}
ORDER BY ?cat ?country ?title
"""


def main(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setReturnFormat(JSON)
    client.setQuery(QUERY)
    for row in client.query().convert()["results"]["bindings"]:
        print(row["cat"]["value"], row["country"]["value"], row["title"]["value"], sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
