"""Write whole stores and graphs with sorted lines, so that equal content gives equal bytes."""

from collections.abc import Callable, Collection, Iterator, Sequence
from io import BytesIO

import pyoxigraph as ox

from ontology.namespaces import PREFIXES
from service.errors import ServiceError
from service.store.triples import to_lines

NQUADS = "application/n-quads"
TRIG = "application/trig"
NTRIPLES = "application/n-triples"
TURTLE = "text/turtle"
_CHUNK = 10_000


def graph_names(store: ox.Store) -> list[str]:
    """List the named graphs, sorted."""
    return sorted(graph.value for graph in store.named_graphs())


def graph_lines(store: ox.Store, iri: str | None) -> list[str]:
    """List the triples of a graph as sorted N-Triples lines; None is the default graph."""
    graph = ox.DefaultGraph() if iri is None else ox.NamedNode(iri)
    return to_lines(quad.triple for quad in store.quads_for_pattern(None, None, None, graph))


def _header() -> bytes:
    lines = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(PREFIXES.items())]
    return "".join(lines).encode()


def _turtle(lines: list[str], name: str | None) -> bytes:
    """Write sorted triples in TriG; those of the default graph are Turtle too."""
    graph = ox.DefaultGraph() if name is None else ox.NamedNode(name)
    parsed = ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    quads = (ox.Quad(q.subject, q.predicate, q.object, graph) for q in parsed)
    output = BytesIO()
    ox.serialize(quads, output, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    written = output.getvalue()
    # The engine writes its prefixes in no fixed order: our sorted header stands for them.
    while written.startswith(b"@prefix "):
        written = written.partition(b"\n")[2]
    return written


def export_graphs(
    names: Sequence[str],
    lines_of: Callable[[str | None], list[str]],
    *,
    media_type: str,
    merged: bool,
    leave_out: Collection[str] = (),
) -> Iterator[bytes]:
    """Write graphs one by one, each sorted.

    Formats of quads leave the default graph out where it is the merge of the others; formats of
    triples write the default graph alone, without what only the graphs left out hold.
    """
    kept = [name for name in names if name not in leave_out]
    if media_type in (NTRIPLES, TURTLE):
        lines = lines_of(None)
        if merged and len(kept) < len(names):
            held = {line for name in kept for line in lines_of(name)}
            lines = [line for line in lines if line in held]
        if media_type == TURTLE:
            yield _header()
            yield _turtle(lines, None)
        else:
            yield from _encode(lines)
        return
    if media_type not in (NQUADS, TRIG):
        raise ServiceError(f"no export as {media_type}; use N-Quads, TriG, N-Triples or Turtle")
    if media_type == TRIG:
        yield _header()
    graphs: list[str | None] = [*kept] if merged else [None, *kept]
    for name in graphs:
        lines = lines_of(name)
        if media_type == TRIG:
            yield _turtle(lines, name)
        else:
            end = "." if name is None else f"<{name}> ."
            yield from _encode([f"{line[:-1]}{end}" for line in lines])


def _encode(lines: list[str]) -> Iterator[bytes]:
    for start in range(0, len(lines), _CHUNK):
        yield ("\n".join(lines[start : start + _CHUNK]) + "\n").encode()
