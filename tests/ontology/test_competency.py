import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib

from extract.matching.bystanders import domesticated
from ontology.build.graphs import vocabulary_graphs
from ontology.competency import load_questions, near_point, read_question
from ontology.errors import OntologyError
from ontology.namespaces import Minter
from ontology.quality import make_store

CORPUS = Path(__file__).parent / "questions" / "corpus.ttl"
BASE = "https://w3id.org/ecoduct/"
QUESTIONS = {question.key[:2]: question for question in load_questions()}
BRIDGE = f"<{BASE}solution/bridge>"
Rows = list[dict[str, str]]

CASES: dict[str, tuple[dict[str, str], list[dict[str, str]]]] = {
    "01": (
        {},
        [
            {
                "title": "A bridge for lions",
                "countries": "KE",
                "basis": "https://w3id.org/ecoduct/ontology#inferred",
                "confidence": "0.7",
                "sentence": "They built the bridge.",
            }
        ],
    ),
    "02": (
        {},
        [
            {
                "scientificName": "Buteo rufinus",
                "appendix": "II",
                "listedAs": "Accipitridae spp.",
                "solutions": "1",
                "countries": "KZ UZ",
            },
            {"scientificName": "Panthera leo", "appendix": "II", "countries": "KE"},
            {"scientificName": "Saiga tatarica", "listedAs": "Saiga spp.", "appendix": "II"},
            {"scientificName": "Saiga tatarica", "listedAs": "Saiga tatarica tatarica"},
        ],
    ),
    "03": ({}, [{"code": "6.5", "solutions": "1", "taxa": "lion"}]),
    "04": (
        {},
        [
            {
                "name": "Park service",
                "type": "Government body",
                "title": "A park for saigas",
                "countryCount": "2",
            }
        ],
    ),
    "05": (
        {"solution": BRIDGE},
        [
            {
                "label": "Site Infrastructure",
                "status": "https://w3id.org/ecoduct/ontology#affirmed",
                "confidence": "0.9",
                "rule": "triggers:wildlife bridge",
                "sentence": "They built the bridge.",
                "start": "10",
                "end": "32",
            },
            {
                "label": "Laws, Regulations & Codes",
                "status": "https://w3id.org/ecoduct/ontology#planned",
                "sentence": "",
            },
        ],
    ),
    "06": (
        {"region": f"<{BASE}place/central-asia>"},
        [{"number": str(number)} for number in range(1, 24) if number != 3],
    ),
    "07": (
        {},
        [
            {
                "title": "A bridge for lions",
                "threatCode": "4.1",
                "how": "addressed by the solution",
            },
            {"title": "A bridge for lions", "how": "threatens the taxon"},
            {
                "title": "A forest for cats",
                "taxonName": "cats",
                "form": "wild",
                "threatCode": "5.3",
            },
        ],
    ),
    "08": (
        near_point(-1.2921, 36.8219, 500),
        [
            {"title": "A bridge for lions", "placeName": "Nairobi National Park"},
            {"title": "A bridge for lions", "placeName": "Kenya"},
        ],
    ),
    "09": (
        {},
        [
            {"threatCode": "4", "interventionCode": "6.1", "solutions": "1"},
            {"threatCode": "4", "interventionCode": "6.5", "solutions": "1"},
            {"threatCode": "4.1", "interventionCode": "6.5", "solutions": "1"},
            {"threatCode": "5.3", "interventionCode": "6.1", "solutions": "1"},
        ],
    ),
    "10": (
        {"identifier": "<http://www.wikidata.org/entity/Q140>"},
        [
            {"name": "lion", "title": "A bridge for lions", "relation": f"{BASE}ontology#{name}"}
            for name in ("focalTaxon", "mentionsTaxon")
        ],
    ),
    "11": (
        {"solution": f"<{BASE}solution/steppe>"},
        [
            {"instrument": f"{BASE}cms/cami", "taxonName": "saiga", "countryCode": "KZ"},
            {"instrument": f"{BASE}cms/cami", "taxonName": "saiga", "countryCode": "UZ"},
            {"instrument": f"{BASE}cms/raptors-mou", "taxonName": "long-legged buzzard"},
            {"instrument": f"{BASE}cms/raptors-mou", "countryCode": "UZ"},
            {"instrument": f"{BASE}cms/saiga-mou", "countryCode": "KZ"},
            {"instrument": f"{BASE}cms/saiga-mou", "countryCode": "UZ"},
        ],
    ),
    "12": (
        {},
        [{"version": "ecoduct 0.1.0", "graph": f"{BASE}graph/bridge"}],
    ),
}


@cache
def engine() -> pyoxigraph.Store:
    store = make_store(vocabulary_graphs(Minter()).values())
    store.load(path=str(CORPUS), format=pyoxigraph.RdfFormat.TURTLE)
    return store


@cache
def reference() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name, data in vocabulary_graphs(Minter()).items():
        if not name.endswith(("/mappings", "/panorama", "/sdg", "/habitats")):
            graph.parse(data=data, format="nt")
    return graph.parse(CORPUS)


def ask_engine(text: str) -> Rows:
    solutions: Any = engine().query(text)
    names = [variable.value for variable in solutions.variables]
    return [{n: row[n].value if row[n] is not None else "" for n in names} for row in solutions]


def ask_reference(text: str) -> Rows:
    result = reference().query(text)
    names = [str(variable) for variable in result.vars or ()]
    return [{n: str(row[n]) if row[n] is not None else "" for n in names} for row in result]


def normalise(rows: Rows) -> Rows:
    """Sort lists within a cell: SPARQL does not order what GROUP_CONCAT joins."""
    for row in rows:
        for name in ("countries", "taxa"):
            if name in row:
                row[name] = " ".join(sorted(row[name].split(" ")))
    return rows


def check(number: str, ask: Callable[[str], Rows]) -> None:
    values, expected = CASES[number]
    rows = normalise(ask(QUESTIONS[number].render(values=values)))
    assert [
        {name: row[name] for name in want} for row, want in zip(rows, expected, strict=True)
    ] == expected


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_competency_question_answers(number: str) -> None:
    check(number, ask_engine)


@pytest.mark.slow
@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_competency_question_answers_alike_elsewhere(number: str) -> None:
    check(number, ask_reference)


def test_competency_tells_domestic_taxa_from_wild_ones() -> None:
    names = set(re.findall(r'"([A-Z][a-z]+ [a-z]+)"', QUESTIONS["07"].text))
    assert "Felis catus" in names
    assert names <= domesticated()


def test_competency_has_twelve_questions() -> None:
    assert sorted(QUESTIONS) == sorted(CASES) == [f"{n:02}" for n in range(1, 13)]


@pytest.mark.parametrize("question", load_questions(), ids=lambda q: q.key)
def test_competency_question_is_described(question) -> None:
    assert question.title.endswith("?")
    assert question.description.endswith(".")
    assert question.view in ("table", "map", "matrix")
    assert "GRAPH" not in question.text


def test_competency_renders_base_and_values() -> None:
    text = QUESTIONS["01"].render("http://localhost/", {"target": "<http://localhost/kmgbf/3>"})
    assert "VALUES ?target { <http://localhost/kmgbf/3> }" in text
    assert "PREFIX eco: <https://w3id.org/ecoduct/ontology#>" in text
    assert text.count("https://w3id.org/ecoduct/") == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"goal": "<x:y>"}, "has no parameter 'goal'"),
        ({"target": "<x:y> } DROP ALL {"}, "is no iri"),
        ({"target": '"2"'}, "is no iri"),
    ],
)
def test_competency_refuses_values_of_another_kind(values: dict[str, str], message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        QUESTIONS["01"].render(values=values)


def test_competency_point_is_on_unit_sphere() -> None:
    terms = near_point(9.93, -84.08, 500)
    point = {name: float(term.split('"')[1]) for name, term in terms.items()}
    assert sum(point[name] ** 2 for name in ("px", "py", "pz")) == pytest.approx(1, abs=1e-5)
    assert {p.name: p.default for p in QUESTIONS["08"].parameters} == terms
    assert QUESTIONS["08"].render(values=terms) == QUESTIONS["08"].text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# title: A?\nSELECT *", "has no description"),
        ("# author: me\n", "is no title"),
        ("# title: A?\n# description: B.\n# parameter: x | colour | X\n", "is not 'name"),
        ("# title: A?\n# description: B.\n# parameter: x | iri | X\nSELECT *", "gives a default"),
    ],
)
def test_competency_refuses_broken_heads(text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        read_question("q", text)
