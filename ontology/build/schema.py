"""Give the hand-written schema in other syntaxes, with the axioms that need blank nodes."""

from functools import cache
from importlib.resources import files
from io import BytesIO

import pyoxigraph as ox


def schema_turtle(name: str = "schema") -> bytes:
    """Return the schema, or the ``imports`` that it needs, as it was written."""
    return files("ontology").joinpath(f"{name}.ttl").read_bytes()


@cache
def schema_triples(name: str = "schema") -> bytes:
    """Return the schema as sorted N-Triples; blank nodes get names that do not change."""
    parsed = ox.parse(schema_turtle(name), format=ox.RdfFormat.TURTLE)
    dataset = ox.Dataset(parsed)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    output = BytesIO()
    ox.serialize((quad.triple for quad in dataset), output, format=ox.RdfFormat.N_TRIPLES)
    return b"".join(sorted(set(output.getvalue().splitlines(keepends=True))))


def declared_terms(name: str) -> list[tuple[str, str]]:
    """Return IRI and class of each thing that a file declares, sorted; blank nodes left out."""
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return sorted(
        (quad.subject.value, quad.object.value)
        for quad in ox.parse(schema_turtle(name), format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
        and quad.predicate == rdf_type
    )
