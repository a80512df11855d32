"""A pool of extraction processes: bounded, and unharmed by a document that ends one of them."""

import pickle
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from service.ingest.extraction import (
    MEMORY_EXIT,
    ExtractionSettings,
    Outcome,
    Task,
    extract_documents,
    out_of_memory,
)
from service.store.processes import Child

DOCUMENT_S = 600.0
"""Longest time for one document; far over what a text at the size limit takes."""
AHEAD = 2
"""Tasks that a worker holds: the one it works on and the next, so that it never waits."""


@dataclass(slots=True)
class _Worker:
    child: Child
    tasks: deque[Task] = field(default_factory=deque)
    deadline: float = 0.0


class ExtractionPool:
    """Run tasks in worker processes; at most two tasks a worker are held in memory."""

    def __init__(
        self, settings: ExtractionSettings, *, workers: int = 1, document_s: float = DOCUMENT_S
    ) -> None:
        self._settings = settings
        self._size = workers
        self._document_s = document_s
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        """Tasks whose worker ended before it came to them."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of each task as it comes; a crash or a hang is an outcome too."""
        source = iter(tasks)
        going_on = True
        while True:
            while (worker := self._free()) is not None:
                task = self._again.popleft() if self._again else None
                if task is None and going_on:
                    task = next(source, None)
                    going_on = task is not None
                if task is None:
                    break
                self._assign(worker, task)
            busy = [worker for worker in self._workers if worker.tasks]
            if not busy:
                return
            yield from self._collect(busy)

    def _free(self) -> _Worker | None:
        """Return the worker with the fewest tasks that takes one more; started where it may be."""
        least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
        if least is not None and not least.tasks:
            return least
        if len(self._workers) < self._size:
            child = Child(extract_documents, self._settings, name="ecoduct-extraction")
            self._workers.append(_Worker(child))
            return self._workers[-1]
        return least if least is not None and len(least.tasks) < AHEAD else None

    def _assign(self, worker: _Worker, task: Task) -> None:
        if not worker.tasks:
            worker.deadline = time.monotonic() + self._document_s
        worker.tasks.append(task)
        try:
            worker.child.connection.send(task)
        except OSError:
            # It ended before it took the task: the pipe's end is seen when results are collected.
            return

    def _collect(self, busy: list[_Worker]) -> Iterator[Outcome]:
        until = min(worker.deadline for worker in busy)
        ready = wait(
            [worker.child.connection for worker in busy], max(0.0, until - time.monotonic())
        )
        for worker in busy:
            if worker.child.connection in ready:
                yield self._receive(worker)
            elif time.monotonic() > worker.deadline:
                yield self._give_up(worker, f"not done after {self._document_s:g} s; ended")

    def _receive(self, worker: _Worker) -> Outcome:
        try:
            outcome: Outcome = pickle.loads(worker.child.connection.recv_bytes())
        except (EOFError, OSError):
            code = worker.child.wait(5)
            reason = f"the extraction process ended on it ({code})"
            if code == MEMORY_EXIT:
                reason = out_of_memory(self._settings.memory_mb)
            return self._give_up(worker, reason)
        worker.tasks.popleft()
        worker.deadline = time.monotonic() + self._document_s
        return outcome

    def _give_up(self, worker: _Worker, reason: str) -> Outcome:
        worker.child.kill()
        self._workers.remove(worker)
        task = worker.tasks.popleft()
        self._again.extend(worker.tasks)
        return Outcome(task, reason=reason, passing=True)

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.child.kill()
        self._workers.clear()

    def pids(self) -> tuple[int, ...]:
        """Name the processes that are running."""
        return tuple(worker.child.pid for worker in self._workers)
