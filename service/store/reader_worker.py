"""One reader process: answers queries on the current snapshot, one at a time."""

import json
import resource
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from service.errors import (
    AnswerTooLargeError,
    QueryMemoryError,
    QuerySyntaxError,
    RemoteAccessError,
    RemoteEndpointError,
    ServiceError,
    StoreUnavailableError,
)
from service.store.answers import choose_media_type, evaluate, write_answer
from service.store.metering import Meter
from service.store.processes import ignore_interrupts, watch_parent
from service.store.protocol import QueryRequest
from service.store.snapshots import SnapshotLease, Snapshots

CHUNK_BYTES = 1 << 16
HEAD, CHUNK, END, ERROR, READY, WHOLE = b"H", b"C", b"E", b"X", b"R", b"W"
"""First byte of each message; a short answer is one message, its head and cost on a line first."""
IDLE_S = 0.5
ERRORS: dict[str, type[ServiceError]] = {
    error.__name__: error
    for error in (
        AnswerTooLargeError,
        QueryMemoryError,
        QuerySyntaxError,
        RemoteAccessError,
        RemoteEndpointError,
        ServiceError,
        StoreUnavailableError,
    )
}


class _Output:
    """Send what is written in chunks; the head goes with the first."""

    def __init__(
        self, connection: Connection, media_type: str, generation: str, meter: Meter
    ) -> None:
        self._connection = connection
        self._meter = meter
        self._head: list[str] | None = [media_type, generation]
        self._buffer = bytearray(CHUNK)

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= CHUNK_BYTES:
            self.flush()
        return len(data)

    def flush(self) -> None:
        self._meter.take(self._buffer[len(CHUNK) :])
        if self._head is not None:
            self._connection.send_bytes(HEAD + json.dumps(self._head).encode())
            self._head = None
        if len(self._buffer) > len(CHUNK):
            self._connection.send_bytes(self._buffer)
            self._buffer = bytearray(CHUNK)

    def end(self, began: float) -> None:
        """Send what is left and the cost; in one message where nothing has been sent."""
        if self._head is None:
            self.flush()
            cost = json.dumps([self._meter.rows, time.process_time() - began])
            self._connection.send_bytes(END + cost.encode())
            return
        body = self._buffer[len(CHUNK) :]
        self._meter.take(body)
        head = json.dumps([*self._head, self._meter.rows, time.process_time() - began])
        self._connection.send_bytes(WHOLE + head.encode() + b"\n" + body)


class _Snapshot:
    """Hold the snapshot that is open and follow the current one."""

    def __init__(self, folder: Path, memory_mb: int) -> None:
        self._snapshots = Snapshots(folder)
        self._memory = memory_mb << 20
        self._lease: SnapshotLease | None = None
        self._store: ox.Store | None = None

    def follow(self) -> tuple[ox.Store, str]:
        """Return the open store and its generation, reopened where the pointer has moved."""
        name = self._snapshots.current_name()
        if self._store is None or self._lease is None or name != self._lease.generation:
            lease = self._snapshots.lease()
            try:
                store = _without_limit(lease.path)
            except OSError as error:
                lease.release()
                raise StoreUnavailableError(f"{lease.path}: {error}") from error
            self._store = None
            if self._lease is not None:
                self._lease.release()
            self._store, self._lease = store, lease
            _limit_memory(self._memory)
        return self._store, self._lease.generation


def _without_limit(path: Path) -> ox.Store:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    return ox.Store.read_only(str(path))


def _limit_memory(extra: int) -> None:
    """Cap the address space at what is in use now and ``extra`` bytes for the query."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with Path("/proc/self/statm").open() as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    limit = used + extra if hard == resource.RLIM_INFINITY else min(used + extra, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _answer(
    connection: Connection, snapshot: _Snapshot, request: QueryRequest, began: float
) -> None:
    store, generation = snapshot.follow()
    results = evaluate(store, request)
    media_type = choose_media_type(results, request.media_type)
    meter = Meter(media_type, max_rows=request.max_rows, max_bytes=request.max_bytes)
    output = _Output(connection, media_type, generation, meter)
    write_answer(results, media_type, output, meter)
    output.end(began)


def serve_queries(
    connection: Connection, lifeline: Connection, folder: Path, memory_mb: int
) -> None:
    """Answer requests from the pipe until it closes.

    An answer is a head, chunks and an end; or an error at any place, which ends it.
    """
    ignore_interrupts()
    watch_parent(lifeline)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    snapshot = _Snapshot(folder, memory_mb)
    snapshot.follow()
    connection.send_bytes(READY)
    while True:
        try:
            if not connection.poll(IDLE_S):
                snapshot.follow()
                continue
            request: QueryRequest = connection.recv()
        except (EOFError, ConnectionError):
            return
        began = time.process_time()
        try:
            _answer(connection, snapshot, request, began)
        except ServiceError as error:
            kind = type(error).__name__
            message = [
                kind if kind in ERRORS else ServiceError.__name__,
                str(error),
                time.process_time() - began,
            ]
            connection.send_bytes(ERROR + json.dumps(message).encode())
