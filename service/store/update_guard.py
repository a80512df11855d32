"""End an update that takes more time or memory than it may, for real: with its process.

The engine cannot be told to stop. What an unfinished update has written is in no transaction that
was kept, so ending the process undoes it; the supervisor starts the next writer at once.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

import psutil

from service.errors import QueryMemoryError, QueryTimeoutError, ServiceError
from service.store.operations import Operation

_TICK_S = 0.1
_LAST_WORDS_S = 0.3
"""How long those who wait are given to hear the reason."""
ENDED = 75
"""Exit code of a process that ended itself for an update."""


class UpdateGuard:
    """Watch one update at a time from a thread of its own."""

    def __init__(
        self, *, timeout_s: float, memory_mb: int, end: Callable[[int], None] = os._exit
    ) -> None:
        self._timeout_s = timeout_s
        self._memory = memory_mb << 20
        self._end = end

    @contextmanager
    def watch(
        self, operation: Operation, answer: "Future[str]", before_end: Callable[[], None]
    ) -> Iterator[None]:
        """Watch while an update runs; other writes are bounded by the size of what is sent.

        At the limit the reason goes to ``answer``, then ``before_end`` is called, then it ends.
        """
        if operation.kind != "update":
            yield
            return
        seconds = min(operation.timeout_s or self._timeout_s, self._timeout_s)
        finished = threading.Event()

        def watch() -> None:
            reason = self._wait(seconds, finished)
            if reason is not None:
                answer.set_exception(reason)
                before_end()
                time.sleep(_LAST_WORDS_S)
                self._end(ENDED)

        thread = threading.Thread(target=watch, name="update-guard", daemon=True)
        thread.start()
        try:
            yield
        finally:
            finished.set()

    def _wait(self, seconds: float, finished: threading.Event) -> ServiceError | None:
        """Return why an update has to end; None where it has finished before."""
        process = psutil.Process()
        before = process.memory_info().rss
        until = time.monotonic() + seconds
        while not finished.wait(min(_TICK_S, max(0.0, until - time.monotonic()))):
            if time.monotonic() >= until:
                return QueryTimeoutError(
                    f"the update was ended after {seconds:g} s; "
                    "look whether it was kept, and do it in smaller steps"
                )
            if self._memory and process.memory_info().rss - before > self._memory:
                return QueryMemoryError(
                    "the update was ended since it needs more memory than one may use; "
                    "do it in smaller steps"
                )
        return None
