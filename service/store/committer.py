"""Group commit: one thread writes, publishes one snapshot for what came together, then answers."""

import queue
import threading
import time
from concurrent.futures import Future

from service.errors import ServiceError, StoreUnavailableError
from service.store.folder import DataFolder, explain_disk_error
from service.store.live import LiveStore
from service.store.operations import Operation
from service.store.snapshots import Snapshots

WINDOW_S = 0.05
"""How long writes that wait are gathered into one snapshot."""

_Job = tuple[Operation, "Future[str]"]


class Committer:
    """Own the live store; a write returns when its snapshot is what new reads get."""

    def __init__(self, folder: DataFolder, *, merged: bool = True, base: str = "") -> None:
        """Open the store and publish what it holds; raise StoreUnavailableError."""
        folder.prepare()
        self._folder = folder
        self._live = LiveStore(folder, merged=merged, base=base)
        self._snapshots = Snapshots(folder.snapshots)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._generation = self._publish()
        self._thread = threading.Thread(target=self._run, name="committer", daemon=True)
        self._thread.start()

    def write(self, operation: Operation) -> str:
        """Carry out one write and return the generation that holds it."""
        if self._closed:
            raise StoreUnavailableError(f"data folder {self._folder.path}: the store is closed")
        answer: Future[str] = Future()
        self._jobs.put((operation, answer))
        return answer.result()

    def close(self) -> None:
        """Finish what is waiting and close the store."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()

    def _publish(self) -> str:
        try:
            return self._snapshots.publish(self._live.backup)
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
                    changed |= self._live.apply(operation)
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
        self._live.close()

    def _acknowledge(self, answers: list[Future[str]], *, changed: bool) -> None:
        try:
            if changed:
                self._generation = self._publish()
        except ServiceError as error:
            for answer in answers:
                answer.set_exception(error)
        else:
            for answer in answers:
                answer.set_result(self._generation)
