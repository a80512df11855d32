"""Limits of a running service, seen from outside."""

import http.client
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.service.running import Service, eventually

_TRIPLES = "".join(f"<urn:s{n}> <urn:p> {n} .\n" for n in range(2000))
_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
_SMALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
Answer = tuple[int, http.client.HTTPMessage, bytes]


def send(
    service: Service,
    method: str,
    path: str,
    body: str | None = None,
    content_type: str = "",
    **headers: str,
) -> Answer:
    """Send a request; raise IncompleteRead where the answer is cut."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    if content_type:
        headers["Content-Type"] = content_type
    try:
        connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def ask(service: Service, text: str, more: str = "", **headers: str) -> Answer:
    """Send a query for CSV."""
    return send(service, "GET", f"/sparql?format=csv{more}&query={quote(text)}", **headers)


def update(service: Service, token: str, text: str) -> Answer:
    """Send an update."""
    bearer = f"Bearer {token}"
    return send(service, "POST", "/update", text, "application/sparql-update", Authorization=bearer)


def fill(service: Service) -> str:
    """Put a graph of 2,000 triples into a service; a token for it."""
    token = service.add_token()
    path, bearer = "/rdf-graph-store?graph=urn:g", f"Bearer {token}"
    answer = send(service, "PUT", path, _TRIPLES, "text/turtle", Authorization=bearer)
    assert answer[0] == 201
    return token


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    """Start a service with narrow limits and one reader."""
    service = Service(
        tmp_path_factory.mktemp("limited"),
        query_timeout_s=8,
        update_timeout_s=2,
        answer_rows=300_000,
        query_length=2000,
        readers=1,
        spare_readers=0,
        client_cpu_s=0,
        queue_length=1,
    )
    token = fill(service)
    yield service, token
    service.stop()


def problem(answer: Answer, status: int) -> str:
    """Hold an answer to be a problem of a status; its detail."""
    assert answer[0] == status, answer
    assert answer[1]["Content-Type"] == "application/problem+json"
    assert (answer[1]["Retry-After"] is not None) is (status in (429, 503, 504))
    body = json.loads(answer[2])
    assert body["status"] == status
    return str(body["detail"])


@pytest.mark.slow
def test_limits_end_a_query_with_its_reader(limited: tuple[Service, str]) -> None:
    service, _ = limited
    assert eventually(lambda: len(service.readers()) == 1)
    before = service.readers()
    assert "0.5 s" in problem(ask(service, _RUNAWAY, "&timeout=0.5"), 504)
    assert ask(service, _SMALL)[2] == b"n\r\n2000\r\n"
    assert eventually(lambda: len(service.readers()) == 1 and service.readers() != before)


@pytest.mark.slow
def test_limits_cut_no_answer_that_looks_whole(limited: tuple[Service, str]) -> None:
    service, _ = limited
    with pytest.raises(http.client.IncompleteRead):
        ask(service, _LONG)
    with socket.create_connection(("127.0.0.1", service.port)) as connection:
        head = f"GET /sparql?query={quote(_LONG)} HTTP/1.1\r\nHost: x\r\n\r\n"
        connection.sendall(head.encode())
        received = bytearray()
        while data := connection.recv(1 << 20):
            received += data
    assert received.startswith(b"HTTP/1.1 200 OK")
    assert b"Transfer-Encoding: chunked" in received[:2000]
    assert not received.endswith(b"0\r\n\r\n")


@pytest.mark.slow
def test_limits_make_old_clients_wait_for_the_whole_answer(limited: tuple[Service, str]) -> None:
    service, _ = limited
    for text, status in ((_LONG, b"422"), (_SMALL, b"200")):
        with socket.create_connection(("127.0.0.1", service.port)) as connection:
            connection.sendall(f"GET /sparql?query={quote(text)} HTTP/1.0\r\n\r\n".encode())
            received = bytearray()
            while data := connection.recv(1 << 20):
                received += data
        head, _, body = received.partition(b"\r\n\r\n")
        assert head.split()[1] == status
        assert f"Content-Length: {len(body)}".encode() in head


@pytest.mark.slow
def test_limits_end_a_long_update_with_its_writer(limited: tuple[Service, str]) -> None:
    service, token = limited
    before = service.children()
    runaway = (
        "INSERT { GRAPH <urn:h> { ?a <urn:q> ?n } } WHERE { { SELECT ?a (COUNT(*) AS ?n) "
        "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } GROUP BY ?a } }"
    )
    began = time.monotonic()
    assert "2 s" in problem(update(service, token, runaway), 504)
    assert time.monotonic() - began < 30
    assert update(service, token, "INSERT DATA { GRAPH <urn:h> { <urn:a> <urn:b> 1 } }")[0] == 204
    assert len(service.children()) == 2 and service.children() != before
    assert ask(service, "SELECT * { GRAPH <urn:h> { ?s ?p ?o } }")[2].count(b"\r\n") == 2
    assert update(service, token, "DROP GRAPH <urn:h>")[0] == 204


@pytest.mark.slow
def test_limits_keep_no_reader_for_a_client_that_does_not_read(
    limited: tuple[Service, str],
) -> None:
    service, _ = limited
    answered = Path(service.data, "logs", "queries.jsonl")
    large = f"{_LONG} LIMIT 290000"
    with socket.create_connection(("127.0.0.1", service.port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(f"GET /sparql?query={quote(large)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        # The answer of 50 MB has left the reader while the client has read nothing of it.
        assert eventually(lambda: '"rows": 290000' in answered.read_text(), 30)
        assert ask(service, _SMALL)[0] == 200


@pytest.mark.slow
def test_limits_refuse_at_once_where_too_many_wait(limited: tuple[Service, str]) -> None:
    service, _ = limited
    answers: list[Answer] = []

    def run() -> None:
        answers.append(ask(service, _RUNAWAY, "&timeout=3"))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sorted(answer[0] for answer in answers)
    assert statuses in ([503, 503, 504, 504], [429, 503, 503, 504])
    for answer in answers:
        problem(answer, answer[0])


@pytest.mark.slow
def test_limits_bound_the_text_of_a_query_and_what_is_sent(limited: tuple[Service, str]) -> None:
    service, token = limited
    assert "2000" in problem(ask(service, f"{_SMALL} # {'x' * 2000}"), 413)
    bearer = f"Bearer {token}"
    path, body = "/rdf-graph-store?graph=urn:big", "#" * (11 << 20)
    assert send(service, "PUT", path, body, "text/turtle", Authorization=bearer)[0] == 413
    bomb = send(
        service,
        "PUT",
        path,
        "x",
        "text/turtle",
        Authorization=bearer,
        Content_Encoding="gzip",
    )
    problem(bomb, 415)


@pytest.mark.slow
def test_limits_are_logged_and_counted(limited: tuple[Service, str]) -> None:
    service, token = limited
    ask(service, _SMALL)
    ask(service, f"{_RUNAWAY} # once more", "&timeout=0.3")
    ask(service, "SELECT * { SERVICE <http://e.test/> { } }")
    update(service, token, "CREATE SILENT GRAPH <urn:logged>")
    lines = Path(service.data, "logs", "queries.jsonl").read_text().splitlines()
    logged = [json.loads(line) for line in lines]
    found = {(line["kind"], line["outcome"]) for line in logged}
    assert found >= {
        ("query", "ok"),
        ("query", "timeout"),
        ("query", "refused"),
        ("update", "ok"),
    }
    for line in logged:
        assert len(line["hash"]) == 16
        assert line["ms"] > 0
    small = next(line for line in logged if line["outcome"] == "ok" and line["kind"] == "query")
    assert small["rows"] == 1
    assert "SELECT" not in "".join(lines)
    metrics = send(service, "GET", "/metrics")[2].decode()
    assert 'ecoduct_sparql_requests_total{kind="query",outcome="timeout"}' in metrics
    assert "ecoduct_readers_busy 0.0" in metrics
    assert os.fspath(service.data) not in metrics


@pytest.mark.slow
def test_limits_share_computing_time_between_clients(tmp_path: Path) -> None:
    service = Service(
        tmp_path,
        client_cpu_s=1,
        client_cpu_per_s=0.05,
        trusted_proxy="127.0.0.1",
    )
    fill(service)
    greedy, other = {"X_Forwarded_For": "192.0.2.1"}, {"X_Forwarded_For": "192.0.2.2"}
    problem(ask(service, _RUNAWAY, "&timeout=1.5", **greedy), 504)
    refused = ask(service, _SMALL, **greedy)
    assert "1 s of computing" in problem(refused, 429)
    assert int(refused[1]["Retry-After"]) >= 1
    assert ask(service, _SMALL, **other)[0] == 200
    assert send(service, "GET", "/health", **greedy)[0] == 200
    secure = send(service, "GET", "/health", X_Forwarded_Proto="https", **other)
    assert secure[1]["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in send(service, "GET", "/health", **other)[1]
    service.stop()


@pytest.mark.slow
def test_limits_believe_no_proxy_that_is_not_trusted(limited: tuple[Service, str]) -> None:
    service, _ = limited
    answer = send(service, "GET", "/health", X_Forwarded_Proto="https")
    assert "Strict-Transport-Security" not in answer[1]
