"""Write extractions in the formats of the command line."""

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from extract.graph import build_graph
from extract.records import Extraction, extraction_to_json
from ontology.namespaces import PREFIXES, Minter

RDF_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}


def write_extractions(
    out: BinaryIO, extractions: Iterable[Extraction], format_: str, minter: Minter
) -> None:
    """Write extractions as JSON lines, each as it comes, or their triples in one RDF document."""
    if format_ == "jsonl":
        for extraction in extractions:
            out.write(extraction_to_json(extraction).encode("utf-8") + b"\n")
            out.flush()
        return
    rdf_format = RDF_FORMATS[format_]
    quads = list(_quads(extractions, minter))
    prefixes = None if rdf_format == RdfFormat.JSON_LD else PREFIXES
    if rdf_format.supports_datasets:
        data = serialize(quads, format=rdf_format, prefixes=prefixes)
    else:
        triples = sorted({quad.triple for quad in quads}, key=str)
        data = serialize(triples, format=rdf_format, prefixes=prefixes)
    out.write(sort_prefixes(data or b""))


def sort_prefixes(data: bytes) -> bytes:
    """Sort the prefix lines at the head of Turtle or TriG, which the engine writes in any order."""
    lines = data.splitlines(keepends=True)
    count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix")), len(lines))
    return b"".join([*sorted(lines[:count]), *lines[count:]])


def _quads(extractions: Iterable[Extraction], minter: Minter) -> Iterator[Quad]:
    for extraction in extractions:
        for graph, triples in build_graph(extraction, minter).items():
            name = NamedNode(graph)
            for quad in parse(io.BytesIO(triples), format=RdfFormat.N_TRIPLES):
                yield Quad(quad.subject, quad.predicate, quad.object, name)
