"""Write whole stores and graphs with sorted lines, so that equal content gives equal bytes."""

from collections.abc import Collection, Iterator
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


def _turtle(lines: list[str], graph: ox.NamedNode | ox.DefaultGraph) -> bytes:
    """Write sorted triples in TriG; those of the default graph are Turtle too."""
    parsed = ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    quads = (ox.Quad(q.subject, q.predicate, q.object, graph) for q in parsed)
    output = BytesIO()
    ox.serialize(quads, output, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
    return output.getvalue()


def export_store(
    store: ox.Store, *, media_type: str, merged: bool, leave_out: Collection[str] = ()
) -> Iterator[bytes]:
    """Write a store graph by graph, each sorted.

    Formats of quads leave the default graph out where it is the merge of the others; formats of
    triples write the default graph alone, without what only the graphs left out hold.
    """
    names = [name for name in graph_names(store) if name not in leave_out]
    if media_type in (NTRIPLES, TURTLE):
        lines = graph_lines(store, None)
        if leave_out:
            kept = {line for name in names for line in graph_lines(store, name)}
            lines = [line for line in lines if line in kept or not merged]
        if media_type == TURTLE:
            yield _turtle(lines, ox.DefaultGraph())
        else:
            yield from _encode(lines)
        return
    if media_type not in (NQUADS, TRIG):
        raise ServiceError(f"no export as {media_type}; use N-Quads, TriG, N-Triples or Turtle")
    graphs: list[str | None] = [*names] if merged else [None, *names]
    for name in graphs:
        lines = graph_lines(store, name)
        if media_type == TRIG:
            yield _turtle(lines, ox.DefaultGraph() if name is None else ox.NamedNode(name))
        elif name is None:
            yield from _encode(lines)
        else:
            yield from _encode([f"{line[:-1]}<{name}> ." for line in lines])


def _encode(lines: list[str]) -> Iterator[bytes]:
    for start in range(0, len(lines), _CHUNK):
        yield ("\n".join(lines[start : start + _CHUNK]) + "\n").encode()
