"""One suite for every store; each test runs on the embedded one and on a real HTTP server."""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from ontology.namespaces import PREFIXES
from service.errors import (
    DefaultGraphWriteError,
    QuerySyntaxError,
    RemoteAccessError,
    ServiceError,
)
from service.store.embedded import open_embedded
from service.store.folder import DataFolder
from service.store.protocol import QueryRequest, Store
from service.store.remote import RemoteStore
from service.store.sparql_client import Endpoint

A, B, C = "https://data.test/graph/a", "https://data.test/graph/b", "https://data.test/graph/c"
P = "<https://data.test/p>"
ONE = f'<https://data.test/s> {P} "one" .\n'.encode()
TWO = f'<https://data.test/s> {P} "two"@en .\n'.encode()
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start an Oxigraph server on loopback and name its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    binary = Path(sys.executable).with_name("oxigraph")
    process = subprocess.Popen(
        [binary, "serve", "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                with urlopen(address):
                    break
            except URLError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def make(kind: str, tmp_path: Path, server: str, *, merged: bool) -> Store:
    if kind == "embedded":
        return open_embedded(DataFolder(tmp_path), merged=merged)
    store = RemoteStore(Endpoint(f"{server}/query", f"{server}/update"), merged=False)
    store.update("DROP ALL")
    return RemoteStore(Endpoint(f"{server}/query", f"{server}/update"), merged=merged)


@pytest.fixture(params=["embedded", "remote"])
def store(request: pytest.FixtureRequest, tmp_path: Path, server: str) -> Iterator[Store]:
    made = make(request.param, tmp_path, server, merged=True)
    yield made
    made.close()


@pytest.fixture(params=["embedded", "remote"])
def own_store(request: pytest.FixtureRequest, tmp_path: Path, server: str) -> Iterator[Store]:
    made = make(request.param, tmp_path, server, merged=False)
    yield made
    made.close()


def rows(store: Store, text: str) -> list[tuple[str, ...]]:
    answer = store.query(QueryRequest(text))
    data = json.loads(b"".join(answer.chunks))
    names = data["head"]["vars"]
    return sorted(tuple(r[n]["value"] for n in names) for r in data["results"]["bindings"])


def count(store: Store) -> int:
    return int(rows(store, COUNT)[0][0])


def default_graph(store: Store) -> bytes:
    return b"".join(store.get_graph(None))


def test_store_counts_a_triple_of_two_graphs_once_and_drops_it_with_the_last(store: Store) -> None:
    store.replace_graphs({A: ONE, B: ONE + TWO})
    assert count(store) == 2
    assert rows(store, "SELECT ?g WHERE { GRAPH ?g { ?s ?p 'one' } }") == [(A,), (B,)]
    store.replace_graphs({B: b""})
    assert default_graph(store) == ONE
    store.replace_graphs({A: b""})
    assert count(store) == 0
    assert store.graph_iris() == ()


def test_store_replaces_graphs_together(store: Store) -> None:
    store.replace_graphs({A: ONE, B: TWO})
    store.replace_graphs({A: TWO, B: ONE})
    assert b"".join(store.get_graph(A)) == TWO
    assert b"".join(store.get_graph(B)) == ONE
    assert default_graph(store) == ONE + TWO


def test_store_adds_to_graphs_in_the_same_step(store: Store) -> None:
    store.replace_graphs({A: ONE}, additions={B: ONE})
    store.replace_graphs({A: b""}, additions={B: TWO})
    assert b"".join(store.get_graph(B)) == ONE + TWO == default_graph(store)
    assert store.graph_iris() == (B,)


def test_store_moves_a_triple_between_graphs_without_losing_it(store: Store) -> None:
    store.replace_graphs({A: ONE})
    store.replace_graphs({A: b"", C: ONE})
    assert default_graph(store) == ONE
    assert store.graph_iris() == (C,)


@pytest.mark.parametrize(
    ("update", "left"),
    [
        (f"INSERT DATA {{ GRAPH <{C}> {{ <https://data.test/s> {P} 'new' }} }}", 3),
        (f"DELETE DATA {{ GRAPH <{A}> {{ <https://data.test/s> {P} 'one' }} }}", 2),
        (f"DELETE DATA {{ GRAPH <{B}> {{ <https://data.test/s> {P} 'two'@en }} }}", 1),
        (f"DROP GRAPH <{B}>", 1),
        (f"WITH <{B}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", 1),
        ("DELETE { GRAPH ?g { ?s ?p 'one' } } WHERE { GRAPH ?g { ?s ?p 'one' } }", 1),
        (f"MOVE <{B}> TO <{A}>", 2),
        (f"COPY <{A}> TO <{B}>;", 1),
        ("PREFIX x: <https://data.test/graph/> CLEAR GRAPH x:b # DEFAULT", 1),
        ("DROP ALL", 0),
        ("CLEAR NAMED", 0),
    ],
)
def test_store_keeps_the_merge_true_after_updates(store: Store, update: str, left: int) -> None:
    store.replace_graphs({A: ONE, B: ONE + TWO})
    store.update(update)
    assert count(store) == left
    distinct = "SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert rows(store, distinct) == rows(store, "SELECT ?s ?p ?o WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    "update",
    [
        f"INSERT DATA {{ <https://data.test/s> {P} 'x' }}",
        "DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP DEFAULT",
        "CLEAR SILENT DEFAULT",
        f"ADD <{A}> TO DEFAULT",
        f"MOVE DEFAULT TO <{A}>",
        f"INSERT DATA {{ GRAPH <{C}> {{ <urn:a:b> {P} 1 }} <urn:a:b> {P} 2 }}",
    ],
)
def test_store_refuses_writes_to_the_merged_default_graph(store: Store, update: str) -> None:
    store.replace_graphs({A: ONE})
    with pytest.raises(DefaultGraphWriteError, match="name a graph"):
        store.update(update)
    assert b"".join(store.get_graph(A)) == ONE == default_graph(store)


def test_store_reads_the_default_graph_in_where(store: Store) -> None:
    store.replace_graphs({A: ONE})
    store.update(f"INSERT {{ GRAPH <{B}> {{ ?s ?p 'copied' }} }} WHERE {{ ?s ?p 'one' }}")
    assert count(store) == 2


def test_store_puts_posts_and_deletes_graphs(store: Store) -> None:
    store.put_graph(A, ONE)
    store.post_graph(A, TWO)
    assert b"".join(store.get_graph(A)) == ONE + TWO
    store.put_graph(A, TWO)
    assert default_graph(store) == TWO
    store.delete_graph(A)
    assert default_graph(store) == b""
    for write in (store.put_graph, store.post_graph):
        with pytest.raises(DefaultGraphWriteError):
            write(None, ONE)


def test_store_names_blank_nodes_the_same_way_each_time(store: Store) -> None:
    data = f"_:x {P} _:y .\n_:y {P} _:x .\n".encode()
    store.put_graph(A, data)
    first = b"".join(store.get_graph(A))
    assert b"_:" not in first
    assert first.count(b"/.well-known/genid/") == 4
    store.put_graph(A, data)
    assert b"".join(store.get_graph(A)) == first


def test_store_exports_equal_bytes_for_equal_content(store: Store) -> None:
    store.replace_graphs({A: ONE + TWO, B: ONE})
    exported = b"".join(store.export(media_type="application/n-quads"))
    expected = [f"{t.decode()[:-2]}<{g}> .\n" for g, t in ((A, ONE), (A, TWO), (B, ONE))]
    assert exported.decode() == "".join(expected)
    store.update("DROP ALL")
    store.replace_graphs({B: ONE})
    store.replace_graphs({A: TWO + ONE})
    assert b"".join(store.export(media_type="application/n-quads")) == exported
    left = b"".join(store.export(media_type="application/n-triples", leave_out=(A,)))
    assert left == ONE
    trig = b"".join(store.export(media_type="application/trig")).splitlines()
    assert trig[: len(PREFIXES)] == sorted(trig[: len(PREFIXES)])
    assert f"<{A}> {{".encode() in trig
    with pytest.raises(ServiceError, match="no export as text/csv"):
        b"".join(store.export(media_type="text/csv"))


def test_store_loads_files_of_quads(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "load.nq"
    file.write_bytes(ONE[:-3] + f" <{A}> .\n".encode() + ONE[:-3] + f" <{B}> .\n".encode())
    store.bulk_load(str(file))
    assert store.graph_iris() == (A, B)
    assert default_graph(store) == ONE


def test_store_reports_syntax_errors_and_changes_nothing(store: Store) -> None:
    store.replace_graphs({A: ONE})
    with pytest.raises(QuerySyntaxError):
        store.query(QueryRequest("SELECT * WHERE {"))
    with pytest.raises(QuerySyntaxError):
        store.update(f"DROP GRAPH <{A}> ; INSERT DATA {{ GRAPH <{B}> {{")
    with pytest.raises(ServiceError, match="N-Triples"):
        store.put_graph(A, b"<a> <b> .")
    assert default_graph(store) == ONE


@pytest.mark.parametrize(
    "text",
    ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "LOAD <http://127.0.0.1:9/>"],
)
def test_store_opens_no_connections(store: Store, text: str) -> None:
    with pytest.raises(RemoteAccessError, match="refused"):
        store.update(text) if text.startswith("LOAD") else store.query(QueryRequest(text))


@pytest.mark.parametrize(
    ("text", "media_type", "expected"),
    [
        ("ASK { ?s ?p 'one' }", None, rb'\{"head":\{\},"boolean":true\}'),
        ("SELECT ?o { ?s ?p ?o }", "text/csv", rb"o\r\none\r\n"),
        ("SELECT ?o { ?s ?p ?o }", "text/tab-separated-values", rb'\?o\n"one"\n'),
        ("SELECT ?o { ?s ?p ?o }", "application/sparql-results+xml", rb"<\?xml.*</sparql>"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", None, re.escape(ONE)),
        ("DESCRIBE <https://data.test/s>", "text/turtle", rb"<https://data.test/s> .*"),
    ],
)
def test_store_answers_in_the_media_type_asked_for(
    store: Store, text: str, media_type: str | None, expected: bytes
) -> None:
    store.replace_graphs({A: ONE})
    answer = store.query(QueryRequest(text, media_type))
    body = b"".join(answer.chunks)
    assert re.fullmatch(expected, body.strip(b"\n") + b"\n" * body.endswith(b"\n"), re.DOTALL)
    assert answer.media_type == media_type or media_type is None
    with pytest.raises(ServiceError, match="no answer in image/png"):
        store.query(QueryRequest(text, "image/png"))


def test_store_takes_the_dataset_of_the_request(store: Store) -> None:
    store.replace_graphs({A: ONE, B: TWO})
    answer = store.query(QueryRequest(COUNT, "text/csv", default_graphs=(A,)))
    assert b"".join(answer.chunks) == b"n\r\n1\r\n"
    request = QueryRequest("SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "text/csv")
    named = QueryRequest(request.text, "text/csv", named_graphs=(B,))
    assert b"".join(store.query(named).chunks).count(b"\n") == 2


def test_store_changes_its_generation_with_each_write(store: Store) -> None:
    store.replace_graphs({A: ONE})
    first = store.generation()
    assert store.query(QueryRequest(COUNT)).generation == first == store.stats().generation
    store.replace_graphs({A: TWO})
    assert store.generation() != first
    assert (store.stats().triples, store.stats().graphs) == (1, 1)
    assert store.snapshot() == store.generation()


def test_store_keeps_escapes_and_characters(store: Store) -> None:
    data = (
        f'<https://data.test/s> {P} "a\\\\b \\"q\\" \\n\\t é 😀" .\n'
        f'<https://data.test/s> {P} "D\'Óleo"@pt-br .\n'
    ).encode()
    store.replace_graphs({A: data})
    assert b"".join(store.get_graph(A)) == b"".join(sorted(data.splitlines(keepends=True)))


def test_store_with_its_own_default_graph_keeps_graphs_apart(own_store: Store) -> None:
    own_store.replace_graphs({A: ONE})
    assert count(own_store) == 0
    own_store.update(f"INSERT DATA {{ <https://data.test/s> {P} 'two'@en }}")
    assert default_graph(own_store) == TWO
    own_store.put_graph(None, ONE)
    own_store.post_graph(None, TWO)
    assert default_graph(own_store) == ONE + TWO
    assert b"".join(own_store.export(media_type="application/n-quads")).startswith(ONE + TWO)
    own_store.delete_graph(None)
    assert (count(own_store), own_store.graph_iris()) == (0, (A,))


DOCUMENT = "https://w3id.org/ecoduct/graph/a-text"
INFERRED = f"{DOCUMENT}/inferred"
VOCABULARY = "https://w3id.org/ecoduct/graph/vocabulary/threats"


@pytest.mark.parametrize(
    "update",
    [
        f"DROP GRAPH <{DOCUMENT}>",
        f"DELETE WHERE {{ GRAPH <{DOCUMENT}> {{ ?s ?p ?o }} }}",
        f"MOVE <{DOCUMENT}> TO <{C}>",
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p 'one' }} ?s ?p ?o "
        f"FILTER(?g = <{DOCUMENT}>) }}",
        "",
    ],
)
def test_store_retires_what_was_inferred_with_its_document(store: Store, update: str) -> None:
    kept = f'<https://data.test/s> {P} "kept" .\n'.encode()
    store.replace_graphs({DOCUMENT: ONE, INFERRED: TWO, VOCABULARY: kept})
    if update:
        store.update(update)
    else:
        store.delete_graph(DOCUMENT)
    # A graph that has been emptied may go on to exist.
    left = [iri for iri in store.graph_iris() if b"".join(store.get_graph(iri))]
    moved = [C] if "MOVE" in update else []
    assert left == [*moved, VOCABULARY]
    assert default_graph(store) == kept + (ONE if moved else b"")


CONCLUDED = "https://w3id.org/ecoduct/ontology#"
TAXON = "https://data.test/taxon"
ASSERTION = "https://data.test/assertion"
SUBJECT = f"<{ASSERTION}> <{CONCLUDED}assertedSubject> <https://data.test/s> .\n"
CHAIN = "".join(
    f"<{TAXON}{n}> <http://www.w3.org/2004/02/skos/core#broader> <{TAXON}{n + 1}> .\n"
    for n in range(2)
)
KIND = f"<{TAXON}0> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{CONCLUDED}Taxon> .\n"


def wider(store: Store) -> list[int]:
    """Name which taxa are inferred to be wider than the first."""
    query = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        f"SELECT ?o {{ GRAPH <{INFERRED}> {{ <{TAXON}0> skos:broaderTransitive ?o }} }}"
    )
    data = b"".join(store.query(QueryRequest(query, "text/csv")).chunks).decode()
    return sorted(int(line[-1]) for line in data.split()[1:])


def test_store_keeps_what_was_inferred_while_its_document_only_grows(store: Store) -> None:
    store.replace_graphs({DOCUMENT: ONE, INFERRED: TWO})
    store.update(f"INSERT DATA {{ GRAPH <{DOCUMENT}> {{ <https://data.test/t> {P} 1 }} }}")
    store.update("DELETE { GRAPH ?g { ?s ?p 2 } } WHERE { GRAPH ?g { ?s ?p 2 } }")
    assert store.graph_iris() == (DOCUMENT, INFERRED)
    store.post_graph(DOCUMENT, (CHAIN + KIND + SUBJECT).encode())
    assert TWO in b"".join(store.get_graph(INFERRED))
    assert wider(store) == [1, 2]


@pytest.mark.parametrize(
    "update",
    [
        f"DELETE DATA {{ GRAPH <{DOCUMENT}> {{ {CHAIN.splitlines()[1]} }} }}",
        f"DELETE {{ GRAPH ?g {{ <{TAXON}1> ?p ?o }} }} WHERE {{ GRAPH ?g {{ <{TAXON}1> ?p ?o }} }}",
        "",
    ],
)
def test_store_infers_anew_from_a_document_that_is_edited(store: Store, update: str) -> None:
    whole = (CHAIN + KIND + SUBJECT).encode()
    store.replace_graphs({DOCUMENT: whole, INFERRED: TWO})
    if update:
        store.update(update)
    else:
        store.put_graph(DOCUMENT, (CHAIN.splitlines()[0] + "\n" + KIND + SUBJECT).encode())
    inferred = b"".join(store.get_graph(INFERRED))
    assert TWO not in inferred
    assert f"<https://data.test/s> <{CONCLUDED}isSubjectOf> <{ASSERTION}>".encode() in inferred
    assert wider(store) == [1]
    assert default_graph(store) == b"".join(
        sorted({*b"".join(store.get_graph(DOCUMENT)).splitlines(True), *inferred.splitlines(True)})
    )
