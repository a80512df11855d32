"""Read graphs from files of any RDF syntax as N-Triples."""

from pathlib import Path

import pyoxigraph

from ontology.errors import OntologyError

_FORMATS = {
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".owl": pyoxigraph.RdfFormat.RDF_XML,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def graph_files(path: Path) -> tuple[Path, ...]:
    """List a file, or the RDF files of a folder; raise OntologyError where there is none."""
    if path.is_dir():
        found = tuple(sorted(p for p in path.rglob("*") if p.suffix in _FORMATS))
        if not found:
            raise OntologyError(f"{path} holds no RDF file ({', '.join(_FORMATS)})")
        return found
    if path.suffix not in _FORMATS:
        raise OntologyError(f"{path}: the ending is none of {', '.join(_FORMATS)}")
    return (path,)


def read_graph_file(path: Path) -> bytes:
    """Read a file as N-Triples, its named graphs merged; raise OntologyError where it is broken."""
    lines = []
    try:
        for quad in pyoxigraph.parse(path=str(path), format=_FORMATS[path.suffix]):
            lines.append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
    except SyntaxError as error:
        raise OntologyError(f"{path}: line {error.lineno}: {error.msg}") from error
    except OSError as error:
        raise OntologyError(f"cannot read {path}: {error.strerror}") from error
    return "".join(sorted(set(lines))).encode()
