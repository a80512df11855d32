"""One reader process: answers queries on the current snapshot, one at a time."""

import resource
import select
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
from service.store.reader_wire import (
    CHUNK,
    CHUNK_BYTES,
    END,
    ERROR,
    HEAD,
    READY,
    WHOLE_BYTES,
    pack_head,
    pack_whole,
    unpack_request,
)
from service.store.snapshots import SnapshotLease, Snapshots

IDLE_S = 0.5
"""How often the snapshot is followed while nobody asks."""
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
    """Send what is written: whole where it is short, else in chunks, the head before them."""

    def __init__(
        self, connection: Connection, media_type: str, generation: str, meter: Meter
    ) -> None:
        self._connection = connection
        self._meter = meter
        self._head = (media_type, generation)
        self._begun = False
        self._buffer = bytearray()

    def write(self, data: bytes) -> int:
        self._meter.take(data)
        self._buffer += data
        if len(self._buffer) >= (CHUNK_BYTES if self._begun else WHOLE_BYTES):
            self._send()
        return len(data)

    def flush(self) -> None:
        """Do nothing: the engine asks for it at the end, and then all is sent."""

    def _send(self) -> None:
        if not self._begun:
            self._begun = True
            self._connection.send_bytes(pack_head(HEAD, *self._head))
        for start in range(0, len(self._buffer), CHUNK_BYTES):
            self._connection.send_bytes(CHUNK + self._buffer[start : start + CHUNK_BYTES])
        self._buffer.clear()

    def end(self, began: float) -> None:
        """Send what is left and the cost."""
        if self._begun:
            self._send()
            cost = time.process_time() - began
            self._connection.send_bytes(pack_head(END, self._meter.rows, cost))
        else:
            cost = time.process_time() - began
            body = bytes(self._buffer)
            self._connection.send_bytes(pack_whole(body, *self._head, self._meter.rows, cost))


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
    """Answer requests from the pipe until it closes."""
    ignore_interrupts()
    watch_parent(lifeline)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    snapshot = _Snapshot(folder, memory_mb)
    snapshot.follow()
    connection.send_bytes(READY)
    asked = select.poll()
    asked.register(connection, select.POLLIN)
    while True:
        try:
            if not asked.poll(IDLE_S * 1000):
                snapshot.follow()
                continue
            request = unpack_request(connection.recv_bytes())
        except (EOFError, ConnectionError):
            return
        began = time.process_time()
        try:
            _answer(connection, snapshot, request, began)
        except ServiceError as error:
            kind = type(error).__name__
            known = kind if kind in ERRORS else ServiceError.__name__
            cost = time.process_time() - began
            connection.send_bytes(pack_head(ERROR, known, str(error), cost))
