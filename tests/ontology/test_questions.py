"""The questions over the shipped case studies: rows that a careful reader expects, or not."""

import json
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from urllib.error import URLError

import pyshacl
import pytest
import rdflib
import yaml

from corpus.reading import read_case_studies
from ontology.competency import load_questions
from ontology.quality import find_violations, make_store
from ontology.shape_compiler import shape_sources
from service.config import Settings
from service.ingest.run import IngestReport, IngestRun
from service.store.embedded import EmbeddedStore
from service.store.folder import DataFolder
from service.store.owner import open_store
from service.store.protocol import QueryRequest

pytestmark = pytest.mark.slow
CORPUS = Path("corpus")
QUESTIONS = {question.key[:2]: question for question in load_questions()}
PARTIAL = frozenset({"countries", "taxa", "sentence"})
"""Columns of which a case gives a part: words of a list, or a piece of a sentence."""
RESULTS = "application/sparql-results+json"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Expectation:
    """Hold cells of a row, and the sentence that asks for the row or forbids it."""

    row: Row
    document: str = ""
    quote: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Hold what one question answers: with its default values, or with others."""

    question: str
    values: dict[str, str] = field(default_factory=dict)
    expected: tuple[Expectation, ...] = ()
    absent: tuple[Expectation, ...] = ()


def read_cases() -> list[Case]:
    text = (Path(__file__).parent / "questions" / "shipped.yaml").read_text(encoding="utf-8")
    return [
        Case(
            entry["question"],
            entry.get("values", {}),
            tuple(Expectation(**item) for item in entry["expected"]),
            tuple(Expectation(**item) for item in entry.get("absent", [])),
        )
        for entry in yaml.safe_load(text)
    ]


CASES = read_cases()
NAMES = [f"{case.question}-{'other' if case.values else 'default'}" for case in CASES]


def matches(row: Row, wanted: Row) -> bool:
    for column, cell in wanted.items():
        found = row[column]
        if column == "countries":
            if not set(cell.split()) <= set(found.split()):
                return False
        elif not (cell in found if column in PARTIAL else cell == found):
            return False
    return True


def parse_rows(answer: bytes) -> list[Row]:
    result = json.loads(answer)
    return [
        {n: binding[n]["value"] if n in binding else "" for n in result["head"]["vars"]}
        for binding in result["results"]["bindings"]
    ]


def check(case: Case, ask: Callable[[str], bytes]) -> None:
    rows = parse_rows(ask(QUESTIONS[case.question].render(values=case.values)))
    missing = [want for want in case.expected if not any(matches(row, want.row) for row in rows)]
    unwanted = [row for row in rows for no in case.absent if matches(row, no.row)]
    assert (missing, unwanted) == ([], []), rows


@pytest.fixture(scope="module")
def store(
    tmp_path_factory: pytest.TempPathFactory, gazetteer_path: Path
) -> Iterator[EmbeddedStore]:
    """Ingest the shipped case studies."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("shipped"))
    folder = DataFolder(settings.data_dir)
    folder.prepare()
    (settings.data_dir / gazetteer_path.name).symlink_to(gazetteer_path)
    with open_store(folder) as opened:
        report = IngestRun(settings, opened, workers=1).ingest([CORPUS])
        assert report == IngestReport(ingested=12)
        yield opened


@pytest.fixture(scope="module")
def exported(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the export, runs included."""
    path = tmp_path_factory.mktemp("export") / "shipped.nq"
    path.write_bytes(b"".join(store.export(media_type="application/n-quads")))
    return path


@pytest.fixture(scope="module")
def server(exported: Path) -> Iterator[str]:
    """Start an Oxigraph server on loopback, load the export, and name its query address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    binary = Path(sys.executable).with_name("oxigraph")
    command = [str(binary), "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        post(f"{address}/store", exported.read_bytes(), "application/n-quads")
        yield f"{address}/query"
    finally:
        process.terminate()
        process.wait(10)


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address):
                return
        except URLError:
            time.sleep(0.05)
    raise AssertionError(f"nothing answers at {address}")


def post(address: str, data: bytes, media_type: str) -> bytes:
    headers = {"Content-Type": media_type, "Accept": RESULTS}
    request = urllib.request.Request(address, data, headers)
    with urllib.request.urlopen(request, timeout=120) as response:
        answer: bytes = response.read()
    return answer


@pytest.fixture(scope="module")
def reference(store: EmbeddedStore) -> rdflib.Graph:
    """Read the merge of all graphs with rdflib."""
    triples = b"".join(store.export(media_type="application/n-triples"))
    return rdflib.Graph().parse(data=triples, format="nt")


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_questions_answer_on_embedded_store(case: Case, store: EmbeddedStore) -> None:
    check(case, lambda text: b"".join(store.query(QueryRequest(text, RESULTS)).chunks))


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_questions_answer_on_oxigraph_server(case: Case, server: str) -> None:
    check(case, lambda text: post(server, text.encode(), "application/sparql-query"))


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_questions_answer_on_rdflib(case: Case, reference: rdflib.Graph) -> None:
    def ask(text: str) -> bytes:
        answer = reference.query(text).serialize(format="json")
        assert answer is not None
        return answer

    check(case, ask)


def test_questions_graph_conforms_to_shapes_by_pyshacl(reference: rdflib.Graph) -> None:
    shapes = rdflib.Graph()
    for source in shape_sources().values():
        shapes.parse(data=source, format="turtle")
    schema = rdflib.Graph().parse(
        data=(files("ontology") / "schema.ttl").read_bytes(), format="turtle"
    )
    conforms, _, report = pyshacl.validate(reference, shacl_graph=shapes, ont_graph=schema)
    assert conforms, report


def test_questions_graph_breaks_no_quality_check(reference: rdflib.Graph) -> None:
    assert find_violations(make_store([reference.serialize(format="nt").encode()])) == ()


def test_questions_have_rows_for_each_default() -> None:
    answered = [case.question for case in CASES if not case.values and case.expected]
    assert answered == sorted(QUESTIONS)


def test_questions_cite_sentences_of_the_shipped_texts() -> None:
    texts = {study.title: " ".join(study.text.split()) for study in read_case_studies(CORPUS)}
    unfounded = []
    for case in CASES:
        for item in (*case.expected, *case.absent):
            found = [text for title, text in texts.items() if title.startswith(item.document)]
            gap = case.question == "06" and not item.document
            if not gap and (len(found) != 1 or not item.quote or item.quote not in found[0]):
                unfounded.append((case.question, item))
    assert unfounded == []


def test_questions_say_why_a_row_must_not_be_there() -> None:
    assert [item for case in CASES for item in case.absent if not item.because] == []
