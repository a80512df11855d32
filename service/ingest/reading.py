"""One reading process: bytes in, case studies out, within limits of time and memory.

What comes from outside may be a bomb: it is parsed where it can be ended without harm.
"""

import pickle
import resource
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Protocol

import psutil

from corpus.documents import CaseStudy
from corpus.errors import CorpusError
from corpus.sources.protocol import Fetched
from service.config import Settings
from service.store.processes import Child, ignore_interrupts, watch_parent

READING_S = 120.0
READING_MB = 1000


class ReadingEndedError(CorpusError):
    """Say that the process that read an item ended on it, or had to be ended."""


class Reader(Protocol):
    """Turn what was fetched into case studies; raise CorpusError with a reason."""

    def read(self, fetched: Fetched) -> tuple[CaseStudy, ...]: ...

    def close(self) -> None: ...


Columns = Mapping[str, str]
"""Field by the name of its column, in tables."""


def table_columns(settings: Settings) -> Columns:
    """Return the columns that the settings name."""
    parted = (entry.partition("=") for entry in settings.columns)
    return {column.strip(): field.strip() for field, _, column in parted}


def read_case_studies(fetched: Fetched, columns: Columns | None = None) -> tuple[CaseStudy, ...]:
    """Read in this process; raise CorpusError."""
    from corpus.reading import read_fetched

    return read_fetched(fetched, columns=columns)


def limit_memory(megabytes: int) -> None:
    """Let this process grow by so much and no more."""
    limit = psutil.Process().memory_info().vms + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def serve_reading(
    connection: Connection, lifeline: Connection, megabytes: int, columns: Columns
) -> None:
    """Read what comes through the pipe until it closes."""
    ignore_interrupts()
    watch_parent(lifeline)
    limit_memory(megabytes)
    while True:
        try:
            fetched: Fetched = pickle.loads(connection.recv_bytes())
        except EOFError:
            return
        connection.send_bytes(_answer(fetched, megabytes, columns))


def _answer(fetched: Fetched, megabytes: int, columns: Columns) -> bytes:
    name = fetched.source.file
    try:
        return pickle.dumps((read_case_studies(fetched, columns), ""), pickle.HIGHEST_PROTOCOL)
    except CorpusError as error:
        reason = str(error)
    except MemoryError:
        reason = f"{name}: reading it takes more than {megabytes} MB of memory; split it"
    except RecursionError:
        reason = f"{name}: its parts are nested too deeply to be read"
    return pickle.dumps(((), reason))


class ReadingProcess:
    """Read in a process of its own, which is started when first needed and ended at its limits."""

    def __init__(
        self,
        *,
        seconds: float = READING_S,
        megabytes: int = READING_MB,
        columns: Columns | None = None,
    ) -> None:
        self._columns = dict(columns or {})
        self._seconds = seconds
        self._megabytes = megabytes
        self._child: Child | None = None

    def read(self, fetched: Fetched) -> tuple[CaseStudy, ...]:
        """Return the case studies of what was fetched; raise CorpusError."""
        name = fetched.source.file
        child = self._child or Child(
            serve_reading, self._megabytes, self._columns, name="ecoduct-reading"
        )
        self._child = child
        try:
            child.connection.send_bytes(pickle.dumps(fetched, pickle.HIGHEST_PROTOCOL))
            if not child.connection.poll(self._seconds):
                self.close()
                raise ReadingEndedError(f"{name}: not read after {self._seconds:g} s; ended")
            case_studies: tuple[CaseStudy, ...]
            case_studies, reason = pickle.loads(child.connection.recv_bytes())
        except (EOFError, OSError) as error:
            code = child.wait(5)
            self.close()
            raise ReadingEndedError(f"{name}: the reading process ended on it ({code})") from error
        if reason:
            raise CorpusError(reason)
        return case_studies

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
