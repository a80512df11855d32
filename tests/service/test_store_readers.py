"""The pool of reader processes: real ends for runaway queries, and respawn."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service.errors import (
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    RemoteAccessError,
    ShareUsedError,
    StoreUnavailableError,
)
from service.store.embedded import EmbeddedStore, open_embedded
from service.store.folder import DataFolder
from service.store.pool_limits import PoolLimits
from service.store.protocol import QueryRequest
from service.store.readers import ReaderPool

GRAPH = "https://data.test/graph/a"
COUNT = QueryRequest("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "text/csv")
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
LONG = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"


def lines(first: int, last: int) -> bytes:
    return b"".join(
        f'<https://data.test/s{i}> <https://data.test/p> "{i}" .\n'.encode()
        for i in range(first, last)
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    made = open_embedded(DataFolder(tmp_path))
    made.replace_graphs({GRAPH: lines(0, 1000)})
    yield made
    made.close()


@pytest.fixture
def pool(store: EmbeddedStore, tmp_path: Path) -> Iterator[ReaderPool]:
    made = ReaderPool(DataFolder(tmp_path).snapshots, workers=1, timeout_s=20, memory_mb=200)
    yield made
    made.close()


def ask(pool: ReaderPool, request: QueryRequest = COUNT) -> bytes:
    return b"".join(pool.query(request).chunks)


def eventually(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_readers_see_a_write_as_soon_as_it_is_acknowledged(
    store: EmbeddedStore, pool: ReaderPool
) -> None:
    assert ask(pool) == b"n\r\n1000\r\n"
    for i in range(5):
        store.post_graph(GRAPH, lines(1000 + i, 1001 + i))
        answer = pool.query(COUNT)
        assert b"".join(answer.chunks) == f"n\r\n{1001 + i}\r\n".encode()
        assert answer.generation == store.generation() == pool.generation()


def test_readers_end_a_runaway_query_and_answer_the_next(pool: ReaderPool) -> None:
    ask(pool)
    before = pool.pids()
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"ended after 0\.5 s"):
        pool.query(QueryRequest(RUNAWAY, timeout_s=0.5))
    assert time.monotonic() - began < 2
    assert ask(pool) == b"n\r\n1000\r\n"
    assert pool.pids() != before
    with pytest.raises(ProcessLookupError):
        os.kill(before[0], 0)


@pytest.mark.slow
def test_readers_end_a_query_over_its_memory(pool: ReaderPool) -> None:
    with pytest.raises(QueryMemoryError, match="memory"):
        pool.query(QueryRequest(HUNGRY))
    assert ask(pool) == b"n\r\n1000\r\n"


@pytest.mark.slow
def test_readers_break_off_an_answer_whose_time_is_up(pool: ReaderPool) -> None:
    ask(pool)
    answer = pool.query(QueryRequest(LONG, "text/csv", timeout_s=0.7))
    with pytest.raises(QueryTimeoutError):
        for _ in answer.chunks:
            time.sleep(0.1)
    assert ask(pool) == b"n\r\n1000\r\n"


def test_readers_stream_in_chunks_and_stop_when_nobody_listens(pool: ReaderPool) -> None:
    answer = pool.query(QueryRequest(LONG, "text/csv"))
    assert len(next(answer.chunks)) < 1 << 18
    del answer
    assert ask(pool) == b"n\r\n1000\r\n"


def test_readers_replace_one_that_was_killed(pool: ReaderPool) -> None:
    ask(pool)
    (victim,) = pool.pids()
    os.kill(victim, signal.SIGKILL)
    assert eventually(lambda: pool.pids() not in ((victim,), ()))
    assert ask(pool) == b"n\r\n1000\r\n"


def test_readers_report_one_that_dies_during_a_query(pool: ReaderPool) -> None:
    answer = pool.query(QueryRequest(LONG, "text/csv"))
    os.kill(pool.pids()[0], signal.SIGKILL)
    with pytest.raises(StoreUnavailableError, match="reader process ended"):
        list(answer.chunks)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("SELECT * {", QuerySyntaxError),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", RemoteAccessError),
    ],
)
def test_readers_pass_errors_on_and_live(
    pool: ReaderPool, text: str, error: type[Exception]
) -> None:
    ask(pool)
    before = pool.pids()
    with pytest.raises(error):
        pool.query(QueryRequest(text))
    assert ask(pool) == b"n\r\n1000\r\n"
    assert pool.pids() == before


def test_readers_need_a_snapshot(tmp_path: Path) -> None:
    DataFolder(tmp_path).prepare()
    with pytest.raises(StoreUnavailableError, match="no snapshot to read"):
        ReaderPool(DataFolder(tmp_path).snapshots)


def test_readers_leave_no_process_behind(store: EmbeddedStore, tmp_path: Path) -> None:
    pool = ReaderPool(DataFolder(tmp_path).snapshots, workers=2)
    assert eventually(lambda: len(pool.pids()) == 2)
    pids = pool.pids()
    pool.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_readers_at_slow_queries_let_others_go_first(pool: ReaderPool) -> None:
    ask(pool)
    (reader,) = pool.pids()
    ordinary = os.getpriority(os.PRIO_PROCESS, 0)
    answer = pool.query(QueryRequest(LONG, "text/csv", timeout_s=15))
    assert eventually(lambda: os.getpriority(os.PRIO_PROCESS, reader) > ordinary)
    answer.chunks.close()
    assert ask(pool) == b"n\r\n1000\r\n"
    assert os.getpriority(os.PRIO_PROCESS, pool.pids()[0]) == ordinary


@pytest.mark.slow
def test_readers_are_joined_by_a_spare_one_where_one_is_slow(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    limits = PoolLimits(spares=1, client_slow_queries=1)
    pool = ReaderPool(DataFolder(tmp_path).snapshots, workers=1, timeout_s=20, limits=limits)
    try:
        ask(pool)
        slow = pool.query(QueryRequest(LONG, "text/csv", client="greedy"))
        assert ask(pool) == b"n\r\n1000\r\n"
        assert pool.state().readers == 2
        with pytest.raises(ShareUsedError, match="slow queries of yours"):
            pool.query(QueryRequest(COUNT.text, client="greedy"))
        slow.chunks.close()
        assert eventually(lambda: pool.state().readers == 1)
        assert ask(pool) == b"n\r\n1000\r\n"
        assert pool.state().busy == 0
    finally:
        pool.close()
