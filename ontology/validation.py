"""The SHACL gate: a graph that breaks a shape is not published."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph
import rdflib

from ontology.build.graphs import vocabulary_graphs
from ontology.errors import OntologyError
from ontology.namespaces import RDF, SHAPE, Minter
from ontology.shape_compiler import Facts, ShapeSet, load_shapes
from ontology.shape_engine import Engine, Finding

_TYPE = f"<{RDF.type}>"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Name a node, the rule that it breaks, and what to do."""

    node: str
    rule: str
    """IRI of the shape, or name of the quality check."""
    constraint: str
    """SHACL component or column that was not met."""
    value: str
    message: str
    remedy: str

    def __str__(self) -> str:
        rule = self.rule.removeprefix(str(SHAPE))
        value = f" ({self.value})" if self.value else ""
        return f"{self.node}: {self.message}{value} [{rule}, {self.constraint}]; {self.remedy}"


@cache
def vocabulary_types(minter: Minter) -> Mapping[str, frozenset[str]]:
    """Return the classes of everything that the vocabulary graphs describe, wider ones too."""
    wider = load_shapes().superclasses
    types: dict[str, set[str]] = {}
    for data in vocabulary_graphs(minter).values():
        for line in data.decode().splitlines():
            subject, predicate, rest = line.split(" ", 2)
            if predicate == _TYPE:
                name = rest[:-2]
                types.setdefault(subject, set()).update(wider.get(name, (name,)))
    return {subject: frozenset(names) for subject, names in types.items()}


def read_triples(triples: bytes | rdflib.Graph) -> Facts:
    """Index N-Triples or an rdflib graph; raise OntologyError where the bytes do not parse."""
    data = triples.serialize(format="nt").encode() if isinstance(triples, rdflib.Graph) else triples
    facts: Facts = {}
    try:
        for triple in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES):
            predicates = facts.setdefault(str(triple.subject), {})
            values = predicates.setdefault(str(triple.predicate), [])
            value = str(triple.object)
            if value not in values:
                values.append(value)
    except SyntaxError as error:
        raise OntologyError(f"not N-Triples: {error}") from error
    return facts


def validate_graph(
    triples: bytes | rdflib.Graph, minter: Minter | None = None, *, shapes: ShapeSet | None = None
) -> tuple[Violation, ...]:
    """Check a graph against the shapes and return its violations, sorted.

    Give a document's own graph and its inferred graph together. What the vocabularies under the
    minter's base describe counts as known.
    """
    context = vocabulary_types(minter or Minter())
    engine = Engine(shapes or load_shapes(), read_triples(triples), context)
    return tuple(sorted({_violation(finding) for finding in engine.run()}))


def _violation(finding: Finding) -> Violation:
    shape = finding.shape
    return Violation(
        node=finding.node.strip("<>"),
        rule=shape.name,
        constraint=finding.constraint,
        value=finding.value.strip("<>"),
        message=shape.message or "it breaks the shape",
        remedy=shape.remedy or "see the shape",
    )
