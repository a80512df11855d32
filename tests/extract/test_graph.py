"""Triples of a document."""

from dataclasses import replace

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

from corpus.documents import Block, Display, Source
from extract.graph import build_graph
from extract.graph.terms import decimal, text
from extract.records import AssertionStatus, Entity, Extraction, Mention, Statement
from ontology.namespaces import ECO, PREFIXES, Minter

MINTER = Minter("https://eco.test/")
CASE = MINTER.case_study("vesk")
SOLUTION = MINTER.solution("vesk")
OTTER = Entity(
    MINTER.taxon("lutra-lutra"), "species", "otter", scientific_name="Lutra lutra", rank="species"
)
VESK = Entity(
    MINTER.place("vesk"), "place", "Vesk", place_type="river", countries=("RO",), lat=0.0, lon=90.0
)
TEXT = "Otters\n\nOtters live in the Vesk."
STATEMENT = Statement(CASE, "focalTaxon", OTTER.iri, 0.8, evidence=((8, 32),), rule="title")


def _extraction(*statements: Statement, display: Display = "full") -> Extraction:
    return Extraction(
        id="vesk",
        iri=CASE,
        solution=SOLUTION,
        title="Otters",
        lang="en",
        text=TEXT,
        source=Source("vesk.md", "sha256:1", "text/markdown", display=display),
        blocks=(Block(0, 6, "title"), Block(8, 32, "prose")),
        mentions=(Mention("m1", 8, 14, "Otters", "species", OTTER.iri, 0.9, "species:name"),),
        entities=(OTTER, VESK),
        statements=statements,
    )


def _ask(graphs: dict[str, bytes], query: str) -> list[tuple[str, ...]]:
    graph = Graph()
    for data in graphs.values():
        graph.parse(data=data.decode(), format="nt")
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return sorted(tuple(str(v) for v in row) for row in graph.query(prefixes + query))


def test_graph_ties_a_mention_to_its_words() -> None:
    rows = _ask(
        build_graph(_extraction(), MINTER),
        "SELECT ?entity ?start ?end ?exact WHERE {"
        " ?m a oa:Annotation, eco:Mention ; oa:hasBody ?entity ;"
        f" oa:hasTarget ?t . ?t oa:hasSource <{CASE}> ; oa:hasSelector ?p, ?q ."
        " ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact }",
    )
    assert rows == [(OTTER.iri, "8", "14", "Otters")]


def test_graph_states_a_fact_of_the_solution_with_its_sentence() -> None:
    rows = _ask(
        build_graph(_extraction(STATEMENT), MINTER),
        "SELECT ?s ?o ?score ?exact WHERE { ?s eco:focalTaxon ?o . ?a eco:assertedSubject ?s ;"
        " eco:assertedPredicate eco:focalTaxon ; eco:assertedObject ?o ; eco:confidence ?score ;"
        " eco:assertionStatus eco:affirmed ; eco:basis eco:stated ;"
        " prov:wasDerivedFrom/oa:hasTarget/oa:hasSelector/oa:exact ?exact }",
    )
    assert rows == [(SOLUTION, OTTER.iri, "0.8", "Otters live in the Vesk.")]


@pytest.mark.parametrize(
    ("status", "score", "direct"),
    [
        ("affirmed", 0.5, True),
        ("historical", 0.9, True),
        ("affirmed", 0.49, False),
        ("negated", 0.9, False),
        ("planned", 0.9, False),
        ("hypothetical", 0.9, False),
    ],
)
def test_graph_makes_a_direct_triple_only_of_what_holds(
    status: AssertionStatus, score: float, direct: bool
) -> None:
    statement = replace(STATEMENT, assertion=status, score=score)
    graphs = build_graph(_extraction(statement), MINTER)
    assert bool(_ask(graphs, "SELECT ?o WHERE { ?s eco:focalTaxon ?o }")) is direct
    assert len(_ask(graphs, "SELECT ?a WHERE { ?a a eco:Assertion }")) == 1


def test_graph_puts_inferences_in_a_graph_of_their_own() -> None:
    graphs = build_graph(_extraction(replace(STATEMENT, basis="inferred")), MINTER)
    inferred = graphs[MINTER.inferred_graph("vesk")]
    assert str(ECO.focalTaxon).encode() in inferred
    assert str(ECO.focalTaxon).encode() not in graphs[MINTER.document_graph("vesk")]


@pytest.mark.parametrize(
    ("display", "quoted"), [("full", True), ("snippets", True), ("none", False)]
)
def test_graph_quotes_as_far_as_rights_go(display: Display, quoted: bool) -> None:
    data = b"".join(build_graph(_extraction(STATEMENT, display=display), MINTER).values())
    assert (b"live in the Vesk" in data) is quoted


def test_graph_places_carry_unit_sphere_coordinates() -> None:
    rows = _ask(
        build_graph(_extraction(), MINTER),
        "SELECT ?x ?y ?z ?c WHERE {"
        " ?p eco:unitX ?x ; eco:unitY ?y ; eco:unitZ ?z ; eco:inCountry ?c }",
    )
    assert rows == [("0.0", "1.0", "0.0", MINTER.country("RO"))]


def test_graph_is_the_same_bytes_and_without_blank_nodes() -> None:
    graphs = build_graph(_extraction(STATEMENT), MINTER)
    assert graphs == build_graph(_extraction(STATEMENT), MINTER)
    quads = [q for data in graphs.values() for q in parse(data, format=RdfFormat.N_TRIPLES)]
    assert quads and not any(
        str(term).startswith("_:") for q in quads for term in (q.subject, q.object)
    )


@pytest.mark.parametrize(
    ("value", "term"),
    [(0.5, '"0.5"'), (1.0, '"1.0"'), (0.12345, '"0.1235"'), (-0.0, '"0.0"'), (1200.0, '"1200.0"')],
)
def test_terms_write_decimals_one_way(value: float, term: str) -> None:
    assert decimal(value).split("^^")[0] == term


def test_terms_escape_strings() -> None:
    assert text('a "b"\n', "en") == '"a \\"b\\"\\n"@en'
