"""Fields of a source as declared statements, beside what its text states."""

import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from corpus.documents import Block, CaseStudy, Source
from extract.graph import build_graph
from extract.records import Entity, Extraction, Statement
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter
from service.ingest.declared import DeclaredFields, declared_literals
from service.ingest.gate import find_violations

MINTER = Minter()
TEXT = "A corridor\n\nIn Kenya a road was closed for elephants."
STUDY = CaseStudy(
    "c", "A corridor", "en", TEXT,
    (Block(0, 10, "title"), Block(12, len(TEXT), "prose")), (),
    Source("c.json", "sha256:" + "0" * 64, "application/json"),
)  # fmt: skip
KENYA = Entity(MINTER.country("KE"), "place", "Kenya", place_type="country", countries=("KE",))


def extraction(gazetteer: Gazetteer, *declared: tuple[str, str]) -> Extraction:
    """Return what a text about Kenya states, with what fields declare."""
    iri = MINTER.case_study("c")
    stated = Statement(
        iri, "takesPlaceInCountry", KENYA.iri, 0.9, evidence=((12, len(TEXT)),), rule="t:1"
    )
    read = Extraction(
        "c", iri, STUDY.title, "en", TEXT, STUDY.source, MINTER.solution("c"),
        blocks=STUDY.blocks, entities=(KENYA,), statements=(stated,),
    )  # fmt: skip
    fields = DeclaredFields(gazetteer, MINTER)
    return fields.add_to(read, replace(STUDY, declared=declared))


@pytest.mark.parametrize(
    ("field", "value", "predicate", "target"),
    [
        ("country", "NP", "takesPlaceInCountry", "place/np"),
        ("country", "Viet Nam", "takesPlaceInCountry", "place/vn"),
        ("country", "Costa Rica", "takesPlaceInCountry", "place/cr"),
        ("sdg", "15", "contributesToSDG", "sdg/15"),
        ("sdg", "15.5", "contributesToSDG", "sdg/15.5"),
        ("gbf_target", "3", "contributesToTarget", "kmgbf/3"),
        ("contributor", "A. Writer", "hasContributor", "actor/person-a-writer"),
    ],
)
def test_ingest_declared_states_what_fields_say(
    gazetteer: Gazetteer, field: str, value: str, predicate: str, target: str
) -> None:
    found = [s for s in extraction(gazetteer, (field, value)).statements if s.basis == "declared"]
    assert [(s.predicate, s.object, s.rule) for s in found] == [
        (predicate, MINTER.base + target, f"declared:{field}")
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("country", "Nowhere"), ("sdg", "99"), ("gbf_target", "x"), ("scale", "Local")],
)
def test_ingest_declared_states_nothing_of_what_it_does_not_know(
    gazetteer: Gazetteer, field: str, value: str
) -> None:
    assert len(extraction(gazetteer, (field, value)).statements) == 1


def test_ingest_declared_passes_the_gate_and_stands_apart(gazetteer: Gazetteer) -> None:
    read = extraction(
        gazetteer, ("country", "Kenya"), ("organisation", "Some Trust"), ("sdg", "15")
    )
    graphs = build_graph(read, MINTER)
    assert find_violations(graphs, MINTER) == ""
    stated = graphs[MINTER.document_graph("c")].decode()
    assert stated.count("ontology#declared>") == 3
    assertions = {
        line.split()[0] for line in stated.splitlines() if "#takesPlaceInCountry>" in line
    }
    assert len({iri for iri in assertions if "/assertion/" in iri}) == 2


def test_ingest_declared_keeps_words_of_the_source() -> None:
    study = replace(
        STUDY,
        declared=(("theme", 'Access "and" benefit'), ("published", "2022-07-29"), ("theme", " ")),
    )
    lines = declared_literals(study, MINTER).decode().splitlines()
    assert len(lines) == 2
    assert 'subject> "Access \\"and\\" benefit" .' in "\n".join(lines)


def test_ingest_declared_agreement_and_conflict_are_queried_as_documented(
    gazetteer: Gazetteer,
) -> None:
    page = Path("docs/for-operators.md").read_text("utf-8")
    (query,) = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    store = ox.Store()
    read = extraction(gazetteer, ("country", "Kenya"), ("country", "Nepal"), ("sdg", "15"))
    for data in build_graph(read, MINTER).values():
        store.load(data, format=ox.RdfFormat.N_TRIPLES)
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = {}
    for row in solutions:
        names = [row[name].value for name in ("property", "value", "verdict")]
        rows[names[0].rpartition("#")[2], names[1].removeprefix(MINTER.base)] = names[2]
    assert rows == {
        ("takesPlaceInCountry", "place/ke"): "both",
        ("takesPlaceInCountry", "place/np"): "declared only",
        ("contributesToSDG", "sdg/15"): "declared only",
    }
