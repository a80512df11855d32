"""Child processes that never outlive their parent.

A child is spawned, never forked: the parent may hold an open store and threads. It keeps the
reading end of a pipe whose other end only the parent holds; the end of that pipe is the parent's
end, however the parent died.
"""

import ctypes
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

_PR_SET_PDEATHSIG = 1


def die_with_parent_thread() -> None:
    """Ask the kernel for SIGKILL when the thread that started this process ends.

    Only for children started from a main thread; ``watch_parent`` covers all others.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def watch_parent(lifeline: Connection) -> None:
    """End this process at once when its parent's end of the pipe closes."""

    def wait() -> None:
        try:
            lifeline.recv_bytes()
        except (EOFError, OSError):
            os._exit(1)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that supervises this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Child:
    """Hold one spawned process with a two-way pipe and its lifeline."""

    def __init__(self, target: Callable[..., None], *args: Any, name: str) -> None:
        """Start ``target(connection, lifeline, *args)`` in a new process."""
        context = get_context("spawn")
        self.connection, theirs = context.Pipe(duplex=True)
        lifeline, self._lifeline = context.Pipe(duplex=False)
        self.process: SpawnProcess = context.Process(
            target=target, args=(theirs, lifeline, *args), name=name
        )
        self.process.start()
        theirs.close()
        lifeline.close()

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def alive(self) -> bool:
        return self.process.is_alive()

    def terminate(self) -> None:
        """Ask the process to end."""
        if self.process.is_alive():
            self.process.terminate()

    def kill(self) -> int:
        """End the process for certain and return its exit code; negative is a signal."""
        self.process.kill()
        return self.wait()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the process and free what it held; its exit code."""
        self.process.join(timeout)
        code = self.process.exitcode
        if code is not None:
            self.connection.close()
            self._lifeline.close()
        return 0 if code is None else code
