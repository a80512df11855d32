import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client import generate_latest

from service.app import create_app
from service.config import Settings
from service.errors import QueryTimeoutError, ServiceError
from service.sparql.answering import name_client
from service.sparql.delivery import AbortedAnswerError, WatchedChunks, keep_whole
from service.sparql.monitor import Monitor
from service.sparql.query_log import QueryLog
from service.store.protocol import AnswerCost, QueryAnswer


class Chunks:
    """Give two chunks, then end or fail; note whether it was closed."""

    def __init__(self, error: ServiceError | None = None) -> None:
        self._left = [b"one", b"two"]
        self._error = error
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._left:
            return self._left.pop(0)
        if self._error is not None:
            raise self._error
        raise StopIteration

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "queries.jsonl"


@pytest.fixture
def monitor(log: Path) -> Iterator[Monitor]:
    lines = QueryLog(log)
    yield Monitor(lines)
    lines.close()


def read(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def answered(chunks: Chunks) -> QueryAnswer:
    return QueryAnswer("text/csv", chunks, "g7", AnswerCost(rows=3, cpu_s=0.25))


def test_delivery_notes_a_whole_answer(monitor: Monitor, log: Path) -> None:
    watch = monitor.begin("query", "SELECT")
    assert b"".join(WatchedChunks(answered(Chunks()), watch)) == b"onetwo"
    (line,) = read(log)
    assert {name: line[name] for name in line if name not in ("time", "ms")} == {
        "kind": "query",
        "hash": "6e4261695ad1aa36",
        "cpu_ms": 250.0,
        "rows": 3,
        "bytes": 6,
        "outcome": "ok",
        "generation": "g7",
    }


def test_delivery_aborts_where_the_answer_breaks_off(monitor: Monitor, log: Path) -> None:
    watch = monitor.begin("query")
    chunks = WatchedChunks(answered(Chunks(QueryTimeoutError("late"))), watch)
    assert [next(chunks), next(chunks)] == [b"one", b"two"]
    with pytest.raises(AbortedAnswerError):
        next(chunks)
    chunks.close()
    assert [line["outcome"] for line in read(log)] == ["timeout"]


def test_delivery_ends_a_query_whose_client_has_gone(monitor: Monitor, log: Path) -> None:
    inner = Chunks()
    chunks = WatchedChunks(answered(inner), monitor.begin("query"))
    next(chunks)
    chunks.close()
    assert inner.closed
    assert [line["outcome"] for line in read(log)] == ["abandoned"]


def test_delivery_keeps_an_answer_whole_or_fails_before_it_begins() -> None:
    body, length = keep_whole(answered(Chunks()), Monitor().begin("query"))
    assert (b"".join(body), length) == (b"onetwo", 6)
    with pytest.raises(QueryTimeoutError):
        keep_whole(answered(Chunks(QueryTimeoutError("late"))), Monitor().begin("query"))


def test_delivery_counts_for_prometheus() -> None:
    monitor = Monitor()
    b"".join(WatchedChunks(answered(Chunks()), monitor.begin("query")))
    monitor.begin("update").fail(QueryTimeoutError("late"))
    text = generate_latest(monitor.registry).decode()
    for line in (
        'ecoduct_sparql_requests_total{kind="query",outcome="ok"} 1.0',
        'ecoduct_sparql_requests_total{kind="update",outcome="timeout"} 1.0',
        "ecoduct_query_cpu_seconds_total 0.25",
        "ecoduct_query_rows_total 3.0",
        "ecoduct_query_bytes_total 6.0",
    ):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1%eth0", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("a socket", "a socket"),
    ],
)
def test_delivery_names_clients_by_address_or_network(address: str, key: str) -> None:
    assert name_client(address) == key


def test_delivery_asks_with_limits_and_the_client(client: FlaskClient, memory_reader) -> None:
    client.get("/sparql?query=ASK{}", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    asked = memory_reader.requests[-1]
    assert (asked.client, asked.max_rows, asked.max_bytes) == ("192.0.2.7", 1_000_000, 200 << 20)
    client.get("/query?query=ASK{}", environ_base={"REMOTE_ADDR": "192.0.2.8"})
    assert memory_reader.requests[-1].client == "192.0.2.8"


def test_delivery_reads_no_query_that_is_too_long(memory_reader, memory_texts) -> None:
    app = create_app(Settings(query_length=10), memory_reader, memory_texts)
    assert app.test_client().get("/sparql?query=ASK{}").status_code == 200
    assert app.test_client().get("/sparql?query=ASK{}%23%23%23%23%23%23").status_code == 413
    assert memory_reader.requests[1:] == []


def test_delivery_logs_only_where_asked(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        Monitor().begin("query").end()
    assert caplog.records == []


def test_delivery_sets_a_log_aside_that_is_large(log: Path) -> None:
    lines = QueryLog(log, large=20, kept=2)
    for number in range(7):
        lines.write(f"line {number} of seven")
    lines.close()
    assert {path.name: path.read_text() for path in log.parent.iterdir()} == {
        "queries.jsonl": "line 6 of seven\n",
        "queries.jsonl.1": "line 4 of seven\nline 5 of seven\n",
        "queries.jsonl.2": "line 2 of seven\nline 3 of seven\n",
    }


def test_delivery_says_once_that_a_log_takes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lines = QueryLog(tmp_path / "queries.jsonl")
    (tmp_path / "queries.jsonl").mkdir()
    lines.write("one")
    lines.write("two")
    assert [record.message[:28] for record in caplog.records] == ["queries.jsonl is not written"]
