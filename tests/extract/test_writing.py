"""Formats of extractions."""

import io
import json
import re
from pathlib import Path

import pytest
from rdflib import Dataset, Graph

from corpus.reading import read_case_studies
from extract.pipeline import load_pipeline
from extract.records import Extraction
from extract.writing import RDF_FORMATS, sort_prefixes, write_extractions
from ontology.namespaces import Minter
from ontology.validation import validate_graph

MINTER = Minter()


@pytest.fixture(scope="module")
def extractions(gazetteer_path: Path) -> list[Extraction]:
    """Return what the shipped texts say."""
    pipeline = load_pipeline(gazetteer_path=gazetteer_path, minter=MINTER)
    return [pipeline.extract(study) for study in read_case_studies(Path("corpus"))]


def _write(extractions: list[Extraction], format_: str) -> bytes:
    out = io.BytesIO()
    write_extractions(out, extractions, format_, MINTER)
    return out.getvalue()


@pytest.mark.slow
def test_writing_gives_one_json_line_a_case_study(extractions: list[Extraction]) -> None:
    lines = _write(extractions, "jsonl").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [e.id for e in extractions]
    assert len(lines) == 12


@pytest.mark.slow
def test_writing_gives_codes_as_notations_only(extractions: list[Extraction]) -> None:
    notations = {entity.notation for e in extractions for entity in e.entities if entity.notation}
    code = re.compile(r"[0-9A-Z]+([.\-][0-9a-zA-Z]+)*")
    assert [n for n in sorted(notations) if not code.fullmatch(n)] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # of its own calls
def test_writing_gives_the_same_triples_in_every_format(extractions: list[Extraction]) -> None:
    turtle = Graph().parse(data=_write(extractions, "turtle"), format="turtle")
    triples = set(turtle)
    assert len(triples) > 10_000
    for format_, name in (("trig", "trig"), ("nquads", "nquads"), ("jsonld", "json-ld")):
        dataset = Dataset()
        dataset.parse(data=_write(extractions, format_), format=name)
        assert {(s, p, o) for s, p, o, _ in dataset.quads()} == triples, format_


@pytest.mark.slow
def test_writing_conforms_to_the_shapes(extractions: list[Extraction]) -> None:
    triples = _write(extractions, "turtle")
    graph = Graph().parse(data=triples, format="turtle")
    assert validate_graph(graph.serialize(format="nt").encode()) == ()


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["jsonl", *RDF_FORMATS])
def test_writing_gives_the_same_bytes_again(extractions: list[Extraction], format_: str) -> None:
    assert _write(extractions[:3], format_) == _write(extractions[:3], format_)


def test_writing_sorts_prefix_lines() -> None:
    data = b"@prefix b: <b> .\n@prefix a: <a> .\n<x> a b:c .\n"
    assert sort_prefixes(data) == b"@prefix a: <a> .\n@prefix b: <b> .\n<x> a b:c .\n"
