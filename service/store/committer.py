"""Group commit: one thread writes, publishes one snapshot for what came together, then answers."""

import logging
import queue
import threading
import time
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext

from service.errors import ServiceError, StoreUnavailableError, WriterEndsError
from service.index.building import IndexBuilder
from service.store.folder import DataFolder, explain_disk_error
from service.store.live import LiveStore
from service.store.operations import Operation
from service.store.snapshots import Snapshots
from service.store.update_guard import UpdateGuard

WINDOW_S = 0.05
"""How long writes that wait are gathered into one snapshot."""
OPTIMIZE_BYTES = 64 << 20
"""Triples written by one command from which it leaves the store in order for quick reads."""

_log = logging.getLogger(__name__)
_ENDING = "the writer starts again; this was not carried out: ask again"
_Job = tuple[Operation, "Future[str]"]


class Committer:
    """Own the live store; a write returns when its snapshot is what new reads get."""

    def __init__(
        self,
        folder: DataFolder,
        *,
        merged: bool = True,
        base: str = "",
        guard: UpdateGuard | None = None,
    ) -> None:
        """Open the store and publish what it holds; raise StoreUnavailableError.

        A guard ends this whole process where an update takes more than it may.
        """
        folder.prepare()
        self._folder = folder
        self._live = LiveStore(folder, merged=merged, base=base)
        self._snapshots = Snapshots(folder.snapshots)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._guard = guard
        self._closed = False
        self._ending = False
        self._written = 0
        self._index = IndexBuilder(folder.index, base=base, merged=merged)
        following = self._snapshots.next_name()
        self._index.begin(self._live.engine, self._snapshots.current_name() or "", following)
        self._index.close()
        self._generation = self._publish(following)
        self._thread = threading.Thread(target=self._run, name="committer", daemon=True)
        self._thread.start()

    def write(self, operation: Operation) -> str:
        """Carry out one write and return the generation that holds it."""
        if self._closed:
            raise StoreUnavailableError(f"data folder {self._folder.path}: the store is closed")
        answer: Future[str] = Future()
        if self._ending:
            raise WriterEndsError(_ENDING)
        self._jobs.put((operation, answer))
        return answer.result()

    def close(self) -> None:
        """Finish what is waiting and close the store."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()

    def _publish(self, name: str) -> str:
        try:
            return self._snapshots.publish(self._live.backup, name)
        except OSError as error:
            raise explain_disk_error(error, self._folder.path) from error

    def _run(self) -> None:
        going_on = True
        while going_on:
            job = self._jobs.get()
            if job is None:
                break
            done, changed = [], False
            until = time.monotonic() + WINDOW_S
            while job is not None:
                operation, answer = job
                try:
                    self._index.expect(operation)
                    with self._watch(operation, answer):
                        changed |= self._live.apply(operation)
                    self._count(operation)
                except ServiceError as error:
                    answer.set_exception(error)
                else:
                    done.append(answer)
                if time.monotonic() > until:
                    break
                try:
                    job = self._jobs.get_nowait()
                except queue.Empty:
                    break
                going_on = job is not None
            self._acknowledge(done, changed=changed)
        if self._guard is None and self._written >= OPTIMIZE_BYTES:
            self._optimize()
            self._acknowledge([], changed=True)
        self._index.end()
        self._live.close()

    def _count(self, operation: Operation) -> None:
        """Count what was written; what is big and asked for by hand leaves the store in order."""
        parts = (*operation.graphs.values(), *operation.additions.values())
        self._written += sum(len(part) for part in parts)
        if operation.kind in ("bulk_load", "index"):
            self._optimize()

    def _optimize(self) -> None:
        """Merge the engine's tables: some queries take half the time after it.

        It takes about a second for a million triples, in which no write is carried out; a running
        service does it only when asked, by ``ecoduct index``.
        """
        try:
            self._live.engine.optimize()
        except OSError as error:
            _log.warning("%s", explain_disk_error(error, self._folder.path))
        self._written = 0

    def _watch(self, operation: Operation, answer: "Future[str]") -> AbstractContextManager[None]:
        if self._guard is None:
            return nullcontext()
        return self._guard.watch(operation, answer, self._refuse_waiting)

    def _refuse_waiting(self) -> None:
        """Tell those whose writes have not begun that they will not be carried out."""
        self._ending = True
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is not None:
                job[1].set_exception(WriterEndsError(_ENDING))

    def _acknowledge(self, answers: list[Future[str]], *, changed: bool) -> None:
        try:
            if changed:
                following = self._snapshots.next_name()
                # Before the snapshot: whoever sees the new generation finds its words too.
                self._index.refresh(self._live.engine, following)
                self._generation = self._publish(following)
        except ServiceError as error:
            for answer in answers:
                answer.set_exception(error)
        else:
            for answer in answers:
                answer.set_result(self._generation)
