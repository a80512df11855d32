from functools import cache
from importlib.resources import files
from pathlib import Path

import pyshacl
import pytest
import rdflib

from ontology.errors import OntologyError
from ontology.namespaces import RDF, SH, SHAPE, Minter
from ontology.shape_compiler import Shape, compile_shapes, load_shapes, shape_sources
from ontology.validation import Violation, validate_graph, vocabulary_types

EXAMPLES = Path(__file__).parent / "shapes"


def read_updates() -> tuple[str, list[tuple[str, str, str]]]:
    """Return the prologue and (shape, constraint, update) of each violating example."""
    prologue, *blocks = (EXAMPLES / "violating.ru").read_text(encoding="utf-8").split("\n## ")
    updates = []
    for block in blocks:
        heading, _, update = block.partition("\n")
        shape, _, constraint = heading.partition(" ")
        updates.append((shape, constraint, update))
    return prologue + "\n", updates


PROLOGUE, UPDATES = read_updates()


@cache
def conforming_bytes() -> bytes:
    return rdflib.Graph().parse(EXAMPLES / "conforming.ttl").serialize(format="nt").encode()


def broken_graph(update: str) -> rdflib.Graph:
    graph = rdflib.Graph().parse(data=conforming_bytes(), format="nt")
    graph.update(PROLOGUE + update)
    return graph


@cache
def reference_shapes() -> tuple[rdflib.Graph, rdflib.Graph]:
    shapes, schema = rdflib.Graph(), rdflib.Graph()
    for source in shape_sources().values():
        shapes.parse(data=source, format="turtle")
    schema.parse(data=(files("ontology") / "schema.ttl").read_bytes(), format="turtle")
    return shapes, schema


def run_reference(graph: rdflib.Graph) -> set[tuple[str, str, str]]:
    """Validate with pySHACL: focus node, shape and constraint of each result."""
    shapes, schema = reference_shapes()
    data = rdflib.Graph()
    for triple in graph:
        data.add(triple)
    context = vocabulary_types(Minter())
    for node in {term for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}:
        for name in context.get(node.n3(), ()):
            data.add((node, RDF.type, rdflib.URIRef(name.strip("<>"))))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=schema)
    assert isinstance(report, rdflib.Graph)
    known = set(graph.subjects()) | {None}
    results = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        component = str(report.value(result, SH.sourceConstraintComponent))
        name = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
        focus = report.value(result, SH.focusNode)
        if focus in known:
            results.add((str(focus), str(report.value(result, SH.sourceShape)), name))
    return results


def run_gate(graph: rdflib.Graph | bytes) -> set[tuple[str, str, str]]:
    return {(v.node, v.rule, v.constraint) for v in validate_graph(graph)}


def test_validation_accepts_conforming_graph() -> None:
    assert validate_graph(conforming_bytes()) == ()


def test_validation_agrees_with_reference_on_conforming_graph() -> None:
    graph = rdflib.Graph().parse(data=conforming_bytes(), format="nt")
    assert run_reference(graph) == set()


@pytest.mark.parametrize(
    ("shape", "constraint", "update"), UPDATES, ids=[f"{s}-{c}" for s, c, _ in UPDATES]
)
def test_validation_finds_violation(shape: str, constraint: str, update: str) -> None:
    found = {(rule, name) for _, rule, name in run_gate(broken_graph(update))}
    assert (str(SHAPE[shape]), constraint) in found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "constraint", "update"), UPDATES, ids=[f"{s}-{c}" for s, c, _ in UPDATES]
)
def test_validation_agrees_with_reference(shape: str, constraint: str, update: str) -> None:
    graph = broken_graph(update)
    assert run_gate(graph) == run_reference(graph)


def constraints_of(shape: Shape) -> set[str]:
    """Name the constraints that a shape sets itself."""
    named = {
        "MinCount": shape.min_count,
        "MaxCount": shape.max_count,
        "Class": shape.classes or None,
        "Datatype": shape.datatype or None,
        "NodeKind": shape.node_kind or None,
        "MinInclusive": shape.min_inclusive,
        "MaxInclusive": shape.max_inclusive,
        "Pattern": shape.pattern or None,
        "In": shape.allowed,
        "HasValue": shape.has_value or None,
        "LessThan": shape.less_than or None,
        "UniqueLang": shape.unique_lang or None,
        "Or": shape.alternatives or None,
        "Closed": shape.closed_to,
    }
    return {name for name, value in named.items() if value is not None}


def test_validation_has_violating_example_of_every_constraint() -> None:
    wanted: set[tuple[str, str]] = set()
    waiting = list(load_shapes().shapes)
    while waiting:
        shape = waiting.pop()
        name = shape.name.removeprefix(str(SHAPE))
        wanted |= {(name, constraint) for constraint in constraints_of(shape)}
        waiting += shape.properties
    assert wanted - {(shape, constraint) for shape, constraint, _ in UPDATES} == set()


def test_validation_gives_every_shape_message_and_remedy() -> None:
    waiting, silent = list(load_shapes().shapes), []
    while waiting:
        shape = waiting.pop()
        waiting += shape.properties
        if constraints_of(shape) - {"Closed"} and not (shape.message and shape.remedy):
            silent.append(shape.name)
    assert silent == []


def test_validation_names_node_rule_and_remedy() -> None:
    graph = broken_graph(
        'INSERT DATA { <https://w3id.org/ecoduct/case-study/d> dcterms:language "fr" }'
    )
    violation = validate_graph(graph)[0]
    assert violation == Violation(
        node="https://w3id.org/ecoduct/case-study/d",
        rule=str(SHAPE.language),
        constraint="MaxCount",
        value="",
        message="the language is not one BCP 47 tag",
        remedy="give a tag such as en, or und where it is not known",
    )
    assert str(violation) == (
        "https://w3id.org/ecoduct/case-study/d: the language is not one BCP 47 tag "
        "[language, MaxCount]; give a tag such as en, or und where it is not known"
    )


def test_validation_follows_another_base() -> None:
    base = "http://localhost:8000/"
    text = conforming_bytes().decode()
    ours = "https://w3id.org/ecoduct/ontology#"
    moved = text.replace(ours, "\0").replace("https://w3id.org/ecoduct/", base)
    assert validate_graph(moved.replace("\0", ours).encode(), Minter(base)) == ()


def test_validation_refuses_what_is_no_ntriples() -> None:
    with pytest.raises(OntologyError, match="not N-Triples"):
        validate_graph(b"<a> <b> .\n")


def test_validation_refuses_shapes_beyond_the_engine() -> None:
    shapes = b"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <http://www.w3.org/ns/x#> .
        x:S a sh:NodeShape ; sh:targetClass x:C ; sh:xone ( ) ."""
    with pytest.raises(OntologyError, match="xone"):
        compile_shapes([shapes], b"")
