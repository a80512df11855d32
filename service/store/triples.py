"""N-Triples in and out of sets of triples, without blank nodes where the merge is kept."""

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

from ontology.namespaces import Minter
from service.errors import ServiceError

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def parse_triples(data: bytes) -> set[ox.Triple]:
    """Read N-Triples; raise ServiceError with the place of the first error."""
    try:
        return {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)}
    except SyntaxError as error:
        raise ServiceError(f"not N-Triples: {error}") from error


def has_blank_node(triple: ox.Triple) -> bool:
    """Tell whether a triple names anything by a blank node."""
    return any(
        isinstance(term, ox.BlankNode) or (isinstance(term, ox.Triple) and has_blank_node(term))
        for term in (triple.subject, triple.object)
    )


def _named(term: Term, graph: str, minter: Minter) -> Term:
    if isinstance(term, ox.BlankNode):
        key = hashlib.sha256(f"{graph}\n{term.value}".encode()).hexdigest()[:32]
        return ox.NamedNode(minter.genid(key))
    if isinstance(term, ox.Triple):
        return skolemise_triple(term, graph, minter)
    return term


def skolemise_triple(triple: ox.Triple, graph: str, minter: Minter) -> ox.Triple:
    """Replace the blank nodes of a triple by IRIs that depend on graph and label alone."""
    if not has_blank_node(triple):
        return triple
    subject = _named(triple.subject, graph, minter)
    return ox.Triple(subject, triple.predicate, _named(triple.object, graph, minter))  # type: ignore[arg-type]


def skolemise(triples: Iterable[ox.Triple], graph: str, minter: Minter) -> set[ox.Triple]:
    """Replace all blank nodes of one graph by IRIs."""
    return {skolemise_triple(triple, graph, minter) for triple in triples}


def to_block(triples: Iterable[ox.Triple]) -> str:
    """Write triples as sorted N-Triples: the engine takes them in faster than in no order."""
    return "".join(f"{line}\n" for line in to_lines(triples))


def to_lines(triples: Iterable[ox.Triple]) -> list[str]:
    """Write triples as sorted N-Triples lines."""
    return sorted(f"{triple} ." for triple in triples)


def in_graph(graph: str, body: str) -> str:
    """Put triples in the form of an update into a graph; no name is the default graph."""
    return f"GRAPH <{graph}> {{\n{body}\n}}\n" if graph else f"{body}\n"
