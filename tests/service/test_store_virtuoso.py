"""A real Virtuoso takes an export and answers the questions with the same rows as our store."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from extract.bench.generator import generate_extractions
from extract.graph import build_graph
from ontology.build.graphs import vocabulary_graphs
from ontology.competency import Question, load_questions
from ontology.namespaces import Minter
from ontology.portable import render_portable
from service.errors import QuerySyntaxError, QueryTimeoutError
from service.store.embedded import EmbeddedStore, open_embedded
from service.store.folder import DataFolder
from service.store.protocol import QueryRequest, Reader
from service.store.remote import RemoteStore
from service.store.sparql_client import Endpoint

pytestmark = pytest.mark.slow

CORPUS = Path(__file__).parents[1] / "ontology" / "questions" / "corpus.ttl"
GRAPH = "https://data.test/export"
NUMERIC = ("decimal", "integer", "double", "float", "int")
SETTINGS = """
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 4
MaxClientConnections = 4
[SPARQL]
ResultSetMaxRows = 100000
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def program(name: str) -> str:
    path = shutil.which(name)
    assert path, f"{name} is not installed: apt-get install virtuoso-opensource-7-bin"
    return path


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """Return a store with the vocabularies, a small corpus and some generated documents."""
    minter = Minter()
    graphs = dict(vocabulary_graphs(minter))
    parsed = ox.parse(path=str(CORPUS), format=ox.RdfFormat.TURTLE)
    triples = ox.serialize((quad.triple for quad in parsed), format=ox.RdfFormat.N_TRIPLES)
    assert triples is not None
    graphs[minter.document_graph("questions")] = triples
    for extraction in generate_extractions(15, seed=3, minter=minter):
        graphs |= build_graph(extraction, minter)
    store = open_embedded(DataFolder(tmp_path_factory.mktemp("embedded")))
    store.replace_graphs(graphs)
    yield store
    store.close()


@pytest.fixture(scope="module")
def virtuoso(
    embedded: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RemoteStore]:
    """Start a server of its own on loopback and load an export into it."""
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = free_port(), free_port()
    (folder / "v.ini").write_text(SETTINGS.format(folder=folder, sql=sql, http=http))
    export = folder / "export.nt"
    with export.open("wb") as output:
        output.writelines(embedded.export(media_type="application/n-triples"))
    command = [program("virtuoso-t"), "+foreground", "+configfile", str(folder / "v.ini")]
    with (folder / "out.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        wait_for(http, process, folder / "out.log")
        # The packaged account and its password: the server is ours alone and lives a minute.
        load = f"exec=DB.DBA.TTLP (file_to_string_output ('{export}'), '', '{GRAPH}', 0);"
        isql = [program("isql-vt"), f"127.0.0.1:{sql}", "dba", "dba", load]
        done = subprocess.run(isql, capture_output=True, text=True, timeout=120)
        assert "Done." in done.stdout, done.stdout + done.stderr
        url = f"http://127.0.0.1:{http}/sparql"
        endpoint = Endpoint(url, url, timeout_parameter="timeout", timeout_scale=1000)
        yield RemoteStore(endpoint, timeout_s=60)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"virtuoso did not start: {log.read_text(errors='replace')[-2000:]}")


def cell(term: dict[str, str] | None) -> object:
    """Return a value that two engines agree on: numbers as numbers, lists in any order."""
    if term is None:
        return None
    if term["type"] == "uri":
        return term["value"]
    if term.get("datatype", "").rpartition("#")[2] in NUMERIC:
        return round(float(term["value"]), 4)
    return tuple(sorted(term["value"].split(" ")))


def rows(reader: Reader, text: str, *graphs: str) -> list[tuple[object, ...]]:
    request = QueryRequest(text, "application/sparql-results+json", default_graphs=graphs)
    data = json.loads(b"".join(reader.query(request).chunks))
    found = data["results"]["bindings"]
    table = [tuple(cell(row.get(name)) for name in data["head"]["vars"]) for row in found]
    return sorted(table, key=repr)


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.key)
def test_virtuoso_answers_a_question_with_the_same_rows(
    embedded: EmbeddedStore, virtuoso: RemoteStore, question: Question
) -> None:
    expected = rows(embedded, question.render())
    assert rows(embedded, render_portable(question)) == expected
    assert rows(virtuoso, render_portable(question), GRAPH) == expected


def test_virtuoso_holds_the_whole_export(embedded: EmbeddedStore, virtuoso: RemoteStore) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert rows(virtuoso, count, GRAPH) == rows(embedded, count) != [(0.0,)]


def test_virtuoso_partial_answers_are_recognised(virtuoso: RemoteStore) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }"
    request = QueryRequest(heavy, default_graphs=(GRAPH,), timeout_s=2)
    with pytest.raises(QueryTimeoutError):
        virtuoso.query(request)
    with pytest.raises(QuerySyntaxError):
        virtuoso.query(QueryRequest("SELECT ?s { ?s ?p }", default_graphs=(GRAPH,)))


def test_virtuoso_marks_a_part_as_such(virtuoso: RemoteStore) -> None:
    """The server gives what it has when time is up, with status 200 and one header."""
    heavy = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?c)) < 9) }"
    request = QueryRequest(heavy, default_graphs=(GRAPH,), timeout_s=3)
    with pytest.raises(QueryTimeoutError, match="a part of the answer only"):
        virtuoso.query(request)
