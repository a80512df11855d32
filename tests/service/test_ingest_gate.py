"""What the gate costs beside reading a document and making its graph, as CPU within one run."""

import time
from pathlib import Path

import pytest

from corpus.documents import CaseStudy
from corpus.reading import read_case_studies
from extract.graph import build_graph
from extract.pipeline import Pipeline, load_pipeline
from ontology.namespaces import Minter
from service.ingest.gate import find_violations

MOST = 0.30
"""Share of a document's CPU that the gate may take; 0.15 is usual."""
MINTER = Minter()


def measure(pipeline: Pipeline, text: CaseStudy) -> tuple[float, float]:
    """Return the CPU of reading a text and making its graph, and that of the gate."""
    started = time.thread_time()
    graphs = build_graph(pipeline.extract(text), MINTER)
    built = time.thread_time()
    assert find_violations(graphs, MINTER) == ""
    return built - started, time.thread_time() - built


@pytest.mark.slow
def test_ingest_gate_takes_a_small_share_of_each_ingestion(gazetteer_path: Path) -> None:
    texts = list(read_case_studies(Path("corpus")))
    pipeline = load_pipeline(gazetteer_path=gazetteer_path, minter=MINTER)
    warm = build_graph(pipeline.extract(texts[0]), MINTER)
    assert find_violations(warm, MINTER) == ""
    gate = rest = 0.0
    for text in texts:
        measured = [measure(pipeline, text) for _ in range(3)]
        rest += min(reading for reading, _ in measured)
        gate += min(checking for _, checking in measured)
    assert len(texts) == 12
    assert gate <= MOST * (rest + gate), f"{gate:.3f} s beside {rest:.3f} s"


def test_ingest_gate_names_what_is_wrong() -> None:
    graphs = {
        "g": b"<x:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        b"<https://w3id.org/ecoduct/ontology#Assertion> .\n"
    }
    reason = find_violations(graphs, MINTER)
    assert reason.startswith("violates the shapes: x:a: ")
    assert "more" in reason
