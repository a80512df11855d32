"""Give the hand-written schema in other syntaxes, with the axioms that need blank nodes."""

from functools import cache
from importlib.resources import files
from io import BytesIO

import pyoxigraph as ox


def schema_turtle() -> bytes:
    """Return the schema as it was written."""
    return files("ontology").joinpath("schema.ttl").read_bytes()


@cache
def schema_triples() -> bytes:
    """Return the schema as sorted N-Triples; blank nodes get names that do not change."""
    parsed = ox.parse(schema_turtle(), format=ox.RdfFormat.TURTLE)
    dataset = ox.Dataset(parsed)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    output = BytesIO()
    ox.serialize((quad.triple for quad in dataset), output, format=ox.RdfFormat.N_TRIPLES)
    return b"".join(sorted(set(output.getvalue().splitlines(keepends=True))))
