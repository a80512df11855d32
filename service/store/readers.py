"""A pool of reader processes: queries that can be ended for real, on consistent snapshots."""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from service.errors import (
    BusyError,
    QueryMemoryError,
    QueryTimeoutError,
    ServiceError,
    ShareUsedError,
    StoreUnavailableError,
)
from service.store.pool_limits import PoolLimits, PoolState
from service.store.processes import Child
from service.store.protocol import QueryAnswer, QueryRequest
from service.store.reader_process import SLOW_S, ReaderProcess
from service.store.reader_wire import END, HEAD, READY, WHOLE, unpack_whole
from service.store.reader_worker import serve_queries
from service.store.shares import ClientShares
from service.store.snapshots import Snapshots

_TICK_S = 0.05
_PAUSE_S = 1.0
"""How long to wait after a reader that ended before it was ready."""


class _AnswerStream:
    """Iterate over the chunks of one answer and give its reader back at the end."""

    def __init__(self, pool: "ReaderPool", reader: ReaderProcess) -> None:
        self._pool = pool
        self._reader: ReaderProcess | None = reader

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._reader is None:
            raise StopIteration
        try:
            tag, body = self._reader.receive()
        except ServiceError as error:
            self._leave(error)
            raise
        if tag == END:
            self._leave()
            raise StopIteration
        return body

    def _leave(self, error: ServiceError | None = None) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            self._pool.give_back(reader, error)

    def close(self) -> None:
        """End a query whose answer is no longer wanted."""
        if self._reader is not None:
            self._reader.abandon()
            self._leave()

    def __del__(self) -> None:
        self.close()


class ReaderPool:
    """Answer queries in worker processes on the current snapshot.

    A query over its time or memory is ended by ending its process; another takes its place.
    """

    def __init__(
        self,
        snapshots: Path,
        *,
        workers: int = 2,
        timeout_s: float = 30.0,
        memory_mb: int = 1500,
        limits: PoolLimits | None = None,
        shares: ClientShares | None = None,
    ) -> None:
        self._snapshots = Snapshots(snapshots)
        self._workers = workers
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._limits = limits or PoolLimits()
        self._shares = shares or ClientShares()
        self._ready = threading.Condition()
        """Guards everything below; told when a reader becomes free."""
        self._idle: deque[ReaderProcess] = deque()
        self._waiting: deque[str] = deque()
        """The clients of those that wait."""
        self._counts = {QueryTimeoutError: 0, QueryMemoryError: 0, StoreUnavailableError: 0}
        self._closed = threading.Event()
        self._wake = threading.Event()
        self._snapshots.lease().release()
        self._readers = {self._start() for _ in range(workers)}
        self._starting = set(self._readers)
        self._monitor = threading.Thread(target=self._watch, name="readers", daemon=True)
        self._monitor.start()

    def _start(self, *, spare: bool = False) -> ReaderProcess:
        folder = self._snapshots.folder
        child = Child(serve_queries, folder, self._memory_mb, name="ecoduct-reader")
        return ReaderProcess(child, spare=spare)

    def generation(self) -> str:
        return self._snapshots.current_name() or ""

    def pids(self) -> tuple[int, ...]:
        """Name the reader processes that are running."""
        with self._ready:
            return tuple(sorted(r.child.pid for r in self._readers if r.child.alive()))

    def state(self) -> PoolState:
        """Count what there is just now, and the ends of readers so far."""
        with self._ready:
            return PoolState(
                len(self._readers),
                sum(reader.deadline is not None for reader in self._readers),
                len(self._waiting),
                *self._counts.values(),
            )

    def query(self, request: QueryRequest) -> QueryAnswer:
        """Answer a query; the first chunk has been computed on return.

        Raise ShareUsedError where its client has used its share, BusyError where too many wait.
        """
        self._shares.admit(request.client)
        seconds = min(request.timeout_s or self._timeout_s, self._timeout_s)
        reader = self._ask(request, seconds)
        try:
            tag, body = reader.receive()
        except ServiceError as error:
            self.give_back(reader, error)
            raise
        if tag == WHOLE:
            (media_type, generation, rows, cpu_s), whole = unpack_whole(body)
            cost = reader.cost
            cost.rows, cost.cpu_s = rows, cpu_s
            self.give_back(reader)
            return QueryAnswer(media_type, iter([whole] if whole else []), generation, cost, whole)
        stream = _AnswerStream(self, reader)
        if tag != HEAD:
            stream.close()
            raise StoreUnavailableError("a reader process broke its protocol; ask again")
        media_type, generation = json.loads(body)
        return QueryAnswer(media_type, stream, generation, reader.cost)

    def _ask(self, request: QueryRequest, seconds: float) -> ReaderProcess:
        while True:
            reader = self._take(request.client)
            try:
                reader.ask(request, seconds)
            except OSError:
                # It died while idle: the monitor replaces it, another one answers.
                reader.gone = True
                self.give_back(reader)
            else:
                return reader

    def _take(self, client: str) -> ReaderProcess:
        until = time.monotonic() + self._limits.queue_s
        with self._ready:
            self._admit_to_queue(client)
            self._waiting.append(client)
            try:
                while not self._closed.is_set():
                    if self._idle:
                        return self._idle.pop()
                    left = until - time.monotonic()
                    if left <= 0:
                        raise BusyError("all readers are busy; ask again later")
                    self._ready.wait(left)
            finally:
                self._waiting.remove(client)
        raise StoreUnavailableError("the readers have been closed")

    def _admit_to_queue(self, client: str) -> None:
        """Refuse a client that holds its share of readers already, and all where many wait."""
        most = self._limits.client_slow_queries
        if client and most:
            running = sum(r.slow() for r in self._readers if r.client == client)
            if running >= most:
                raise ShareUsedError(
                    f"{running} slow queries of yours are running; wait for one to end", SLOW_S
                )
        if self._idle:
            return
        length = self._limits.queue_length
        if len(self._waiting) >= length:
            raise BusyError("too many queries wait; ask again later")
        if client and self._waiting.count(client) > length // 2 and len(set(self._waiting)) > 1:
            raise BusyError("too many queries of yours wait; ask again later")

    def give_back(self, reader: ReaderProcess, error: ServiceError | None = None) -> None:
        """Return a reader after its answer; a dead one is replaced."""
        self._shares.charge(reader.client, reader.cost.cpu_s)
        with self._ready:
            for kind in self._counts:
                self._counts[kind] += type(error) is kind
            reader.deadline = None
            reader.client = ""
            unneeded = reader.spare and not self._waiting and self._quick() > self._workers
            if not reader.step_forward() or unneeded:
                reader.ending = True
                reader.child.process.kill()
            elif not reader.gone and not reader.ending:
                self._idle.append(reader)
                self._ready.notify()
                return
        self._wake.set()

    def _watch(self) -> None:
        while not self._closed.is_set():
            self._wake.wait(_TICK_S)
            self._wake.clear()
            for reader in list(self._readers):
                with self._ready:
                    if reader.overdue():
                        reader.ending = True
                        reader.child.process.kill()
                    elif reader.slow():
                        reader.step_back()
                if reader.deadline is None and not reader.child.alive():
                    self._replace(reader)
            for reader in list(self._starting):
                self._admit(reader)
            self._add_spare()

    def _replace(self, reader: ReaderProcess) -> None:
        reader.child.wait()
        if reader in self._starting:
            self._closed.wait(_PAUSE_S)
        with self._ready:
            self._readers.discard(reader)
            self._starting.discard(reader)
            with suppress(ValueError):
                self._idle.remove(reader)
            if not self._closed.is_set() and len(self._readers) < self._workers:
                self._add(self._start())

    def _add(self, reader: ReaderProcess) -> None:
        self._readers.add(reader)
        self._starting.add(reader)

    def _add_spare(self) -> None:
        """Start one more reader in place of one at a slow query, where others wait."""
        with self._ready:
            room = len(self._readers) < self._workers + self._limits.spares
            if room and self._waiting and self._quick() < self._workers:
                self._add(self._start(spare=True))

    def _quick(self) -> int:
        """Count the readers that are at no slow query."""
        return sum(not reader.slow() for reader in self._readers)

    def _admit(self, reader: ReaderProcess) -> None:
        """Let a reader take queries once it has said that it is ready."""
        try:
            ready = reader.child.connection.poll(0)
            if ready and reader.child.connection.recv_bytes() == READY:
                with self._ready:
                    self._starting.discard(reader)
                    self._idle.append(reader)
                    self._ready.notify()
        except (EOFError, OSError):
            return

    def close(self) -> None:
        """End all readers."""
        self._closed.set()
        self._wake.set()
        self._monitor.join()
        with self._ready:
            self._ready.notify_all()
            for reader in self._readers:
                reader.child.kill()
            self._readers.clear()
