"""One reader process as its pool sees it: what it is asked, how long, and how it ended."""

import json
import os
import signal
import time

from service.errors import (
    QueryMemoryError,
    QueryTimeoutError,
    ServiceError,
    StoreUnavailableError,
)
from service.store.processes import Child
from service.store.protocol import AnswerCost, QueryRequest
from service.store.reader_wire import END, ERROR, pack_request
from service.store.reader_worker import ERRORS

SLOW_S = 1.0
"""From when on a query counts as slow."""
_STEPPED_BACK = 10


class ReaderProcess:
    """Hold one reader process and what it is doing."""

    def __init__(self, child: Child, *, spare: bool = False) -> None:
        self.child = child
        self.spare = spare
        """Whether it was started for want of others and ends when there are enough."""
        self.deadline: float | None = None
        self.gone = False
        """Whether its process was found to have ended."""
        self.ending = False
        self.client = ""
        self.cost = AnswerCost()
        self._seconds = 0.0
        self._began = 0.0
        self._niceness = os.getpriority(os.PRIO_PROCESS, 0)
        self._stepped_back = False

    def ask(self, request: QueryRequest, seconds: float) -> None:
        """Send a query that has some seconds."""
        self._seconds = seconds
        self._began = time.monotonic()
        self.client = request.client
        self.cost = AnswerCost()
        self.deadline = self._began + seconds
        self.child.connection.send_bytes(pack_request(request))

    def overdue(self) -> bool:
        """Tell whether its query has run longer than it may."""
        return self.deadline is not None and time.monotonic() > self.deadline

    def slow(self) -> bool:
        """Tell whether it is at a query that takes long."""
        return self.deadline is not None and time.monotonic() - self._began > SLOW_S

    def step_back(self) -> None:
        """Let the processes of short queries go first."""
        if not self._stepped_back:
            self._stepped_back = self._set_niceness(self._niceness + _STEPPED_BACK)

    def step_forward(self) -> bool:
        """Take its turn again as any other; False where the system does not let it."""
        if self._stepped_back:
            self._stepped_back = not self._set_niceness(self._niceness)
        return not self._stepped_back

    def _set_niceness(self, value: int) -> bool:
        try:
            os.setpriority(os.PRIO_PROCESS, self.child.pid, value)
        except (PermissionError, ProcessLookupError):
            return False
        return True

    def receive(self) -> tuple[bytes, bytes]:
        """Return the tag and body of the next message; raise where the process has ended."""
        try:
            message = self.child.connection.recv_bytes()
        except (EOFError, OSError) as error:
            # What it has used is gone with it: it was busy all the time.
            self.cost.cpu_s = time.monotonic() - self._began
            ended = self._ended()
            self.gone = True
            raise ended from error
        if message[:1] == ERROR:
            kind, text, self.cost.cpu_s = json.loads(message[1:])
            raise ERRORS[kind](text)
        if message[:1] == END:
            self.cost.rows, self.cost.cpu_s = json.loads(message[1:])
        return message[:1], message[1:]

    def _ended(self) -> ServiceError:
        code = self.child.kill()
        if self.ending:
            return QueryTimeoutError(
                f"the query was ended after {self._seconds:g} s; ask for less, or set a LIMIT"
            )
        if code in (-signal.SIGABRT, -signal.SIGSEGV):
            return QueryMemoryError("the query needs more memory than one query may use")
        return StoreUnavailableError(f"the reader process ended ({code}); ask again")

    def abandon(self) -> None:
        """End the process because nobody wants its answer any more."""
        self.cost.cpu_s = time.monotonic() - self._began
        self.ending = True
        self.child.process.kill()
