"""A pool of reader processes: queries that can be ended for real, on consistent snapshots."""

import json
import queue
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from service.errors import (
    QueryMemoryError,
    QueryTimeoutError,
    ServiceError,
    StoreUnavailableError,
)
from service.store.processes import Child
from service.store.protocol import QueryAnswer, QueryRequest
from service.store.reader_worker import END, ERROR, ERRORS, HEAD, READY, serve_queries
from service.store.snapshots import Snapshots

_TICK_S = 0.05
_QUEUE_S = 10.0
_PAUSE_S = 1.0
"""How long to wait after a reader that ended before it was ready."""


class _Reader:
    """One reader process and what it is doing."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.deadline: float | None = None
        self.ending = False
        self.seconds = 0.0

    def ask(self, request: QueryRequest, seconds: float) -> None:
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        self.child.connection.send(request)

    def overdue(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    def receive(self) -> tuple[bytes, bytes]:
        """Return the tag and body of the next message; raise where the process has ended."""
        try:
            message = self.child.connection.recv_bytes()
        except (EOFError, OSError) as error:
            raise self._ended() from error
        if message[:1] == ERROR:
            kind, text = json.loads(message[1:])
            raise ERRORS[kind](text)
        return message[:1], message[1:]

    def _ended(self) -> ServiceError:
        code = self.child.kill()
        if self.ending:
            return QueryTimeoutError(
                f"the query was ended after {self.seconds:g} s; ask for less, or set a LIMIT"
            )
        if code in (-signal.SIGABRT, -signal.SIGSEGV):
            return QueryMemoryError("the query needs more memory than one query may use")
        return StoreUnavailableError(f"the reader process ended ({code}); ask again")


class _AnswerStream:
    """Iterate over the chunks of one answer and give its reader back at the end."""

    def __init__(self, pool: "ReaderPool", reader: _Reader) -> None:
        self._pool = pool
        self._reader: _Reader | None = reader

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._reader is None:
            raise StopIteration
        try:
            tag, body = self._reader.receive()
        except ServiceError:
            self._leave()
            raise
        if tag == END:
            self._leave()
            raise StopIteration
        return body

    def _leave(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            self._pool.give_back(reader)

    def close(self) -> None:
        """End a query whose answer is no longer wanted."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.child.process.kill()
            reader.ending = True
            self._pool.give_back(reader)

    def __del__(self) -> None:
        self.close()


class ReaderPool:
    """Answer queries in worker processes on the current snapshot.

    A query over its time or memory is ended by ending its process; another takes its place.
    """

    def __init__(
        self, snapshots: Path, *, workers: int = 2, timeout_s: float = 30.0, memory_mb: int = 1500
    ) -> None:
        self._snapshots = Snapshots(snapshots)
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._idle: queue.LifoQueue[_Reader] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._wake = threading.Event()
        self._snapshots.lease().release()
        self._readers = {self._start() for _ in range(workers)}
        self._starting = set(self._readers)
        self._monitor = threading.Thread(target=self._watch, name="readers", daemon=True)
        self._monitor.start()

    def _start(self) -> _Reader:
        return _Reader(
            Child(serve_queries, self._snapshots.folder, self._memory_mb, name="ecoduct-reader")
        )

    def generation(self) -> str:
        return self._snapshots.current_name() or ""

    def pids(self) -> tuple[int, ...]:
        """Name the reader processes that are running."""
        with self._lock:
            return tuple(sorted(r.child.pid for r in self._readers if r.child.alive()))

    def query(self, request: QueryRequest) -> QueryAnswer:
        """Answer a query; the first chunk has been computed on return."""
        seconds = min(request.timeout_s or self._timeout_s, self._timeout_s)
        reader = self._ask(request, seconds)
        try:
            tag, body = reader.receive()
        except ServiceError:
            self.give_back(reader)
            raise
        stream = _AnswerStream(self, reader)
        if tag != HEAD:
            stream.close()
            raise StoreUnavailableError("a reader process broke its protocol; ask again")
        media_type, generation = json.loads(body)
        return QueryAnswer(media_type=media_type, chunks=stream, generation=generation)

    def _ask(self, request: QueryRequest, seconds: float) -> _Reader:
        while True:
            reader = self._take()
            try:
                reader.ask(request, seconds)
            except OSError:
                # It died while idle: the monitor replaces it, another one answers.
                self.give_back(reader)
            else:
                return reader

    def _take(self) -> _Reader:
        while not self._closed.is_set():
            try:
                reader = self._idle.get(timeout=_QUEUE_S)
            except queue.Empty as error:
                raise StoreUnavailableError("all readers are busy; ask again later") from error
            if reader.child.alive():
                return reader
            self._wake.set()
        raise StoreUnavailableError("the readers have been closed")

    def give_back(self, reader: _Reader) -> None:
        """Return a reader after its answer; a dead one is replaced."""
        with self._lock:
            reader.deadline = None
            if reader.child.alive() and not reader.ending:
                self._idle.put(reader)
        self._wake.set()

    def _watch(self) -> None:
        while not self._closed.is_set():
            self._wake.wait(_TICK_S)
            self._wake.clear()
            for reader in list(self._readers):
                with self._lock:
                    if reader.overdue():
                        reader.ending = True
                        reader.child.process.kill()
                if reader.deadline is None and not reader.child.alive():
                    self._replace(reader)
            for reader in list(self._starting):
                self._admit(reader)

    def _replace(self, reader: _Reader) -> None:
        reader.child.wait()
        if reader in self._starting:
            self._closed.wait(_PAUSE_S)
        with self._lock:
            self._readers.discard(reader)
            self._starting.discard(reader)
            if not self._closed.is_set():
                fresh = self._start()
                self._readers.add(fresh)
                self._starting.add(fresh)

    def _admit(self, reader: _Reader) -> None:
        """Let a reader take queries once it has said that it is ready."""
        try:
            if reader.child.connection.poll(0) and reader.child.connection.recv_bytes() == READY:
                self._starting.discard(reader)
                self._idle.put(reader)
        except (EOFError, OSError):
            return

    def close(self) -> None:
        """End all readers."""
        self._closed.set()
        self._wake.set()
        self._monitor.join()
        with self._lock:
            for reader in self._readers:
                reader.child.kill()
            self._readers.clear()
