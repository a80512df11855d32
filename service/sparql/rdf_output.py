"""Write triples that were made here in the media type that a client asked for."""

from io import BytesIO

import pyoxigraph as ox

from ontology.namespaces import PREFIXES

FORMATS: dict[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def write_triples(triples: bytes, media_type: str) -> bytes:
    """Write sorted N-Triples in another syntax; the same triples give the same bytes."""
    rdf_format = FORMATS[media_type]
    if rdf_format == ox.RdfFormat.N_TRIPLES:
        return triples
    parsed = [quad.triple for quad in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)]
    output = BytesIO()
    if rdf_format != ox.RdfFormat.TURTLE:
        ox.serialize(parsed, output, format=rdf_format)
        return output.getvalue()
    ox.serialize(parsed, output, format=rdf_format, prefixes=PREFIXES)
    written = output.getvalue()
    # The engine writes its prefixes in no fixed order: a sorted header stands for them.
    while written.startswith(b"@prefix "):
        written = written.partition(b"\n")[2]
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))
    return header.encode() + written
