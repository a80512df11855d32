"""A text from end to end: what it says as JSON, and the triples of that."""

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from corpus.reading import read_case_studies
from extract.graph import build_graph
from extract.pipeline import Pipeline, load_pipeline
from extract.records import extraction_from_json, extraction_to_json
from ontology.namespaces import PREFIXES, Minter

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/text.md"))
MINTER = Minter()


@pytest.fixture(scope="module")
def pipeline(gazetteer_path: Path) -> Pipeline:
    """Return the whole pipeline."""
    return load_pipeline(gazetteer_path=gazetteer_path, minter=MINTER)


def _graph(line: str) -> Graph:
    graph = Graph()
    for triples in build_graph(extraction_from_json(line), MINTER).values():
        graph.parse(data=triples.decode(), format="nt")
    for name, iri in PREFIXES.items():
        graph.bind(name, iri)
    return graph


def test_cases_are_all_there() -> None:
    assert len(CASES) == 3


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_cases_say_what_is_expected(
    case: Path, pipeline: Pipeline, request: pytest.FixtureRequest
) -> None:
    (study,) = read_case_studies(case / "text.md")
    line = extraction_to_json(pipeline.extract(study))
    graph = _graph(line)
    if request.config.getoption("--update-cases"):
        (case / "expected.jsonl").write_text(line + "\n", encoding="utf-8")
        graph.serialize(case / "expected.ttl", format="turtle", encoding="utf-8")
    assert line + "\n" == (case / "expected.jsonl").read_text(encoding="utf-8")
    assert isomorphic(graph, Graph().parse(case / "expected.ttl", format="turtle"))
