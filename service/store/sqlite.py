"""SQLite files of a data folder: one connection a thread, one transaction a block."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import StoreUnavailableError
from service.store.folder import disk_advice

_WAIT_S = 30.0


class Database:
    """Open a file with its tables when first used; usable from any thread."""

    def __init__(self, path: Path, schema: str) -> None:
        self._path = path
        self._schema = schema
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection; commit at the end, roll back on an error."""
        try:
            with self._connect() as connection:
                yield connection
        except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
            raise StoreUnavailableError(f"{self._path}: {disk_advice(error)}") from error

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            if self._path.exists() and not os.access(self._path.parent, os.W_OK):
                # Nobody writes beside this process, and no lock file can be made.
                address = f"{self._path.resolve().as_uri()}?immutable=1"
                connection = sqlite3.connect(address, uri=True)
            else:
                connection = sqlite3.connect(self._path, timeout=_WAIT_S)
                _keep_journal(connection)
                connection.executescript(self._schema)
            self._local.connection = connection
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


def _keep_journal(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on; SQLite itself does not wait for others that do so just now."""
    until = time.monotonic() + _WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
