"""Read an answer of a running service into a pandas frame, and count in it.

python docs/examples/query_with_pandas.py http://127.0.0.1:8000/sparql
"""

import sys
from urllib.parse import urlencode

import pandas

QUERY = """
PREFIX eco: <https://w3id.org/ecoduct/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?title ?country ?code
WHERE {
  ?solution eco:takesPlaceInCountry/eco:countryCode ?country ;
    eco:usesIntervention/skos:notation ?code ;
    rdfs:label ?title .
}
"""


def read(endpoint: str, query: str) -> pandas.DataFrame:
    """Ask for CSV; codes such as 1.10 stay text, and the country NA stays a country."""
    address = f"{endpoint}?{urlencode({'query': query, 'format': 'csv'})}"
    return pandas.read_csv(address, dtype=str, keep_default_na=False)


def main(endpoint: str) -> None:
    frame = read(endpoint, QUERY)
    matrix = frame.pivot_table(
        index="country", columns="code", values="title", aggfunc="nunique", fill_value=0
    )
    print(matrix.to_csv(sep="\t"), end="")


if __name__ == "__main__":
    main(sys.argv[1])
