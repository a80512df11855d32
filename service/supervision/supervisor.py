"""Start the processes of the service, start those anew that end, and stop all cleanly."""

import errno
import signal
import socket
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from types import FrameType
from typing import Any

from service.config import Settings
from service.errors import ServiceError
from service.logs import say, set_up_logging
from service.store.folder import DataFolder
from service.store.processes import Child
from service.supervision.ingester import run_ingester
from service.supervision.roles import FAILED, run_web, run_writer

_START_S = 600.0
_SILENCE_S = 5.0
"""How long the start of a process goes on without a word about it."""
_STOP_S = 10.0
_PAUSES_S = (0.0, 0.2, 1.0)
"""Waits before a process that ends before it is ready is started again; the last one repeats."""
_INGESTER = "ecoduct-ingester"


def open_listener(host: str, port: int) -> socket.socket:
    """Bind the address; raise ServiceError in plain words where that cannot be."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except socket.gaierror as error:
        raise ServiceError(f"host {host}: {error.strerror}; set another with --host") from error
    except (OSError, OverflowError) as error:
        number = getattr(error, "errno", None)
        if number == errno.EADDRINUSE:
            reason = "is taken by another program; stop that one or choose another with --port"
        elif number == errno.EACCES:
            reason = "may not be used by this user; choose one over 1023 with --port"
        else:
            reason = f"cannot be used: {error}"
        raise ServiceError(f"port {port} on {host} {reason}") from error


class _Role:
    """One process that has to run at all times."""

    def __init__(self, name: str, start: Callable[[], Child]) -> None:
        self.name = name
        self._start = start
        self.child: Child | None = None
        self.resume_at: float | None = 0.0
        self.ready = False
        self._early_ends = 0

    def start(self) -> Child:
        self.child = self._start()
        self.ready = False
        self.resume_at = None
        return self.child

    def ended(self) -> int:
        """Note the end of the process and when it may be started again; its exit code."""
        code = self.child.wait() if self.child is not None else 0
        self.child = None
        self._early_ends = 0 if self.ready else self._early_ends + 1
        pause = _PAUSES_S[min(self._early_ends, len(_PAUSES_S) - 1)]
        self.resume_at = time.monotonic() + pause
        return code


class Supervisor:
    """Run the writer and the web process of one data folder, and what ingests watched sources."""

    def __init__(self, settings: Settings, *, log: Callable[[str], None]) -> None:
        self._log = log
        DataFolder(settings.data_dir).prepare()
        self._listener = open_listener(settings.host, settings.port)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://{_in_url(settings.host)}:{self.port}"
        self._roles = [
            _Role("writer", lambda: Child(run_writer, settings, name="ecoduct-writer")),
            _Role("web", lambda: Child(run_web, settings, self._listener, name="ecoduct-web")),
        ]
        self._ingester = _Role("ingester", lambda: Child(run_ingester, settings, name=_INGESTER))
        if settings.sources:
            self._roles.append(self._ingester)
        self._wake, self._waker = socket.socketpair()
        self._waker.setblocking(False)
        self._stopping = False

    def run(self) -> None:
        """Start everything, say so, and keep it running until SIGTERM or SIGINT."""
        previous = signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            for role in self._roles:
                if role is not self._ingester:
                    self._first_start(role)
            if not self._stopping:
                self._log(f"listening on {self.url}")
            while not self._stopping:
                self._keep_running()
        finally:
            self._shut_down()
            signal.set_wakeup_fd(previous)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _first_start(self, role: _Role) -> None:
        """Start a process and wait until it is ready; raise the reason where it is not."""
        if self._stopping:
            return
        child = role.start()
        signs: list[Any] = [child.connection, child.process.sentinel, self._wake]
        if not wait(signs, _SILENCE_S):
            self._log(f"the {role.name} process is still starting; a missing text index takes long")
            wait(signs, _START_S)
        if self._stopping:
            return
        try:
            if not child.connection.poll():
                raise ServiceError(f"the {role.name} process did not start")
            state, message = child.connection.recv()
        except EOFError as error:
            raise ServiceError(f"the {role.name} process ended ({child.wait(5)})") from error
        if state == FAILED:
            raise ServiceError(message)
        role.ready = True

    def _keep_running(self) -> None:
        waiting: list[Any] = [self._wake]
        waiting += [r.child.process.sentinel for r in self._roles if r.child is not None]
        due = [role.resume_at for role in self._roles if role.resume_at is not None]
        wait(waiting, max(0.0, min(due) - time.monotonic()) if due else None)
        for role in self._roles:
            if self._stopping:
                return
            if role.child is not None and not role.child.alive():
                reason = self._last_words(role, role.child)
                code = role.ended()
                self._log(f"the {role.name} process ended ({code}){reason}; starting it again")
            if role.resume_at is not None and time.monotonic() >= role.resume_at:
                role.start()

    def _last_words(self, role: _Role, child: Child) -> str:
        """Read what a process has said: that it was ready, or why it ended."""
        try:
            while child.connection.poll():
                state, message = child.connection.recv()
                if state == FAILED:
                    return f": {message}"
                role.ready = True
        except (EOFError, OSError):
            pass
        return ""

    def _shut_down(self) -> None:
        """Stop the web process first, so that what it has accepted is still written."""
        self._listener.close()
        for role in reversed(self._roles):
            if role.child is not None:
                role.child.terminate()
                role.child.wait(_STOP_S)
                role.child.kill()


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def serve(settings: Settings) -> None:
    """Serve a data folder until told to stop; messages go to stderr."""

    set_up_logging(settings.log_format, "supervisor")
    Supervisor(settings, log=say).run()
