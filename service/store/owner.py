"""One owner of a data folder: a lock, the store, and a socket through which others write.

Whoever holds the lock is the owner: the writer of a running service, or a command. Both listen on
``owner.sock`` in the folder, so that any number of commands work at once whoever came first.
"""

import errno
import fcntl
import os
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from service import errors
from service.errors import (
    QueryTimeoutError,
    ServiceError,
    StoreUnavailableError,
    UncertainWriteError,
    WriterEndsError,
)
from service.store.committer import Committer
from service.store.embedded import EmbeddedStore
from service.store.folder import DataFolder, explain_disk_error
from service.store.operations import Operation, Writer
from service.store.update_guard import UpdateGuard
from service.store.wire import receive_frame, receive_operation, send_frame, send_operation

_LONGEST = 100
"""Unix socket addresses hold 108 bytes, the closing zero included."""
_PATIENCE_S = 30.0
_PAUSE_S = 0.05
_REPLACED = (errno.ENOENT, errno.ECONNREFUSED, errno.EAGAIN, errno.ECONNRESET, errno.EPIPE)
_GREETING = {"ready": True}
"""Said first: who is being killed still takes connections for a moment, and never says it."""


@contextmanager
def socket_address(path: Path) -> Iterator[str]:
    """Give an address of a socket that fits, however deep its folder lies."""
    if len(os.fsencode(path)) <= _LONGEST:
        yield str(path)
        return
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{path.name}"
    finally:
        os.close(descriptor)


class OwnerLock:
    """Hold the lock of a data folder; it ends with the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def acquire(self) -> bool:
        """Try to take the lock; False where another process holds it."""
        try:
            file = self._path.open("a+b")
        except OSError as error:
            raise explain_disk_error(error, self._path.parent) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        self._file = file
        return True

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def owner_pid(folder: DataFolder) -> int | None:
    """Name the process that owns a data folder now; None where none does."""
    try:
        with folder.lock.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read() or b"0") or None
    except FileNotFoundError:
        pass
    return None


class _Handler(socketserver.BaseRequestHandler):
    """Carry out the writes of one connection, one after another."""

    def handle(self) -> None:
        server = cast("_Server", self.server)
        connection = cast("socket.socket", self.request)
        with suppress(ConnectionError):
            send_frame(connection, _GREETING)
        while True:
            try:
                operation = receive_operation(connection)
            except (EOFError, ConnectionError):
                return
            try:
                reply = {"generation": server.committer.write(operation)}
            except ServiceError as error:
                reply = {"error": type(error).__name__, "message": str(error)}
            try:
                send_frame(connection, reply)
            except ConnectionError:
                return


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, address: str, committer: Committer) -> None:
        self.committer = committer
        super().__init__(address, _Handler)


class Owner:
    """Own a data folder: hold its lock, its store and its socket."""

    def __init__(
        self,
        folder: DataFolder,
        lock: OwnerLock,
        *,
        merged: bool = True,
        base: str = "",
        guard: UpdateGuard | None = None,
    ) -> None:
        """Open the store under a lock that has been acquired, and listen."""
        self._folder = folder
        self._lock = lock
        self.committer = Committer(folder, merged=merged, base=base, guard=guard)
        folder.socket.unlink(missing_ok=True)
        before = os.umask(0o077)
        try:
            with socket_address(folder.socket) as address:
                self._server = _Server(address, self.committer)
        except OSError as error:
            self.committer.close()
            raise explain_disk_error(error, folder.path) from error
        finally:
            os.umask(before)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.2,), name="owner", daemon=True
        )
        self._thread.start()

    def write(self, operation: Operation) -> str:
        return self.committer.write(operation)

    def close(self) -> None:
        """Finish what is waiting, close the store and let another own the folder."""
        self._server.shutdown()
        self._server.server_close()
        self._folder.socket.unlink(missing_ok=True)
        self.committer.close()
        self._lock.release()


def try_to_own(
    folder: DataFolder, *, merged: bool = True, base: str = "", guard: UpdateGuard | None = None
) -> Owner | None:
    """Own a data folder where no other process does."""
    folder.prepare()
    lock = OwnerLock(folder.lock)
    if not lock.acquire():
        return None
    try:
        return Owner(folder, lock, merged=merged, base=base, guard=guard)
    except ServiceError:
        lock.release()
        raise


def _has_ended(connection: socket.socket) -> bool:
    """Tell whether the other side has closed a connection on which nothing is awaited."""
    try:
        return connection.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


class OwnerConnection:
    """Write through the owner of a data folder; each thread has a connection of its own.

    An owner that is being replaced is waited for. A write whose connection breaks is repeated
    where repeating cannot change the outcome, else reported.
    """

    def __init__(
        self,
        folder: DataFolder,
        *,
        patience_s: float = _PATIENCE_S,
        answer_s: float | None = None,
    ) -> None:
        """Set how long a writer is waited for, and its answer; None waits as long as it takes."""
        self._folder = folder
        self._answer_s = answer_s
        self._patience_s = patience_s
        self._local = threading.local()

    def write(self, operation: Operation) -> str:
        """Carry out one write and return the generation that holds it."""
        until = time.monotonic() + self._patience_s
        while True:
            connection = self._connect()
            try:
                send_operation(connection, operation)
                connection.settimeout(self._answer_s)
                head, _ = receive_frame(connection)
                connection.settimeout(None)
                if head.get("error") != WriterEndsError.__name__ or time.monotonic() > until:
                    break
                self.close()
                time.sleep(_PAUSE_S)
            except TimeoutError as error:
                self.close()
                raise QueryTimeoutError(
                    f"no answer from the writer in {self._answer_s:g} s; the write goes on and may "
                    "be kept: look before you repeat it"
                ) from error
            except (EOFError, ConnectionError) as error:
                self.close()
                # An owner that is being killed may still take connections for a moment.
                if operation.kind == "update" or time.monotonic() > until:
                    raise UncertainWriteError(
                        "the writer ended during a write; whether it was kept is not known: "
                        "look before you repeat it"
                    ) from error
                time.sleep(_PAUSE_S)
        if "error" in head:
            kind = getattr(errors, head["error"], ServiceError)
            raise kind(head["message"])
        return str(head["generation"])

    def _connect(self) -> socket.socket:
        connection: socket.socket | None = getattr(self._local, "connection", None)
        if connection is not None and _has_ended(connection):
            self.close()
            connection = None
        until = time.monotonic() + self._patience_s
        while connection is None:
            candidate = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                with socket_address(self._folder.socket) as address:
                    candidate.connect(address)
                candidate.settimeout(self._patience_s)
                receive_frame(candidate)
                candidate.settimeout(None)
            except (OSError, EOFError) as error:
                candidate.close()
                waiting = isinstance(error, EOFError) or error.errno in _REPLACED
                if not waiting or time.monotonic() > until:
                    raise StoreUnavailableError(
                        f"data folder {self._folder.path}: its writer does not answer"
                    ) from error
                time.sleep(_PAUSE_S)
            else:
                connection = self._local.connection = candidate
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: socket.socket | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


@contextmanager
def open_store(
    folder: DataFolder, *, merged: bool = True, base: str = ""
) -> Iterator[EmbeddedStore]:
    """Open a data folder for reading and writing: as its owner, or through the owner."""
    writer: Writer = try_to_own(folder, merged=merged, base=base) or OwnerConnection(folder)
    store = EmbeddedStore(folder, writer, merged=merged)
    try:
        yield store
    finally:
        store.close()
