"""Count and log what is asked: numbers for Prometheus, and a line of JSON for each request."""

import hashlib
import json
import time
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.process_collector import ProcessCollector

from service.errors import (
    AnswerTooLargeError,
    BusyError,
    QueryMemoryError,
    QueryTimeoutError,
    RemoteAccessError,
    RemoteEndpointError,
    ServiceError,
    ShareUsedError,
    StoreUnavailableError,
)
from service.problems import status_of
from service.sparql.query_log import QueryLog
from service.store.protocol import AnswerCost

_OUTCOMES: tuple[tuple[type[ServiceError], str], ...] = (
    (QueryTimeoutError, "timeout"),
    (QueryMemoryError, "memory"),
    (AnswerTooLargeError, "too-large"),
    (ShareUsedError, "share-used"),
    (BusyError, "busy"),
    (StoreUnavailableError, "unavailable"),
    (RemoteAccessError, "refused"),
    (RemoteEndpointError, "remote-failed"),
)
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


def outcome_of(error: ServiceError) -> str:
    """Name in one word why a request was not answered."""
    for kind, outcome in _OUTCOMES:
        if isinstance(error, kind):
            return outcome
    return "refused" if status_of(error) in (401, 403) else "bad-request"


class Monitor:
    """Hold the counters of one application, and the log where there is one."""

    def __init__(self, log: QueryLog | None = None) -> None:
        self.registry = CollectorRegistry()
        self._log = log
        ProcessCollector(registry=self.registry)
        names = ("kind", "outcome")
        self._requests = Counter(
            "ecoduct_sparql_requests", "Queries and updates.", names, registry=self.registry
        )
        self._seconds = Histogram(
            "ecoduct_sparql_seconds",
            "Time to the end of the answer.",
            ("kind",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._cpu = Counter(
            "ecoduct_query_cpu_seconds", "Computing time of queries.", registry=self.registry
        )
        self._rows = Counter("ecoduct_query_rows", "Rows answered.", registry=self.registry)
        self._bytes = Counter("ecoduct_query_bytes", "Bytes answered.", registry=self.registry)

    def begin(self, kind: str, text: str | bytes = "") -> "Watch":
        """Begin to watch a ``query``, ``update`` or ``graph`` request."""
        return Watch(self, kind, text)

    def note(self, watch: "Watch", outcome: str) -> None:
        """Count and log a request that has ended."""
        seconds, cost = time.monotonic() - watch.began, watch.cost
        self._requests.labels(watch.kind, outcome).inc()
        self._seconds.labels(watch.kind).observe(seconds)
        self._cpu.inc(cost.cpu_s)
        self._rows.inc(max(0, cost.rows))
        self._bytes.inc(watch.bytes)
        if self._log is not None:
            text = watch.text.encode() if isinstance(watch.text, str) else watch.text
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "kind": watch.kind,
                "hash": hashlib.sha256(text).hexdigest()[:16],
                "ms": round(seconds * 1000, 1),
                "cpu_ms": round(cost.cpu_s * 1000, 1),
                "rows": max(0, cost.rows),
                "bytes": watch.bytes,
                "outcome": outcome,
                "generation": watch.generation,
            }
            self._log.write(json.dumps(line))


class Watch:
    """Follow one request to its end."""

    def __init__(self, monitor: Monitor, kind: str, text: str | bytes) -> None:
        self._monitor = monitor
        self._ended = False
        self.kind = kind
        self.text = text
        self.began = time.monotonic()
        self.cost = AnswerCost()
        self.bytes = 0
        self.generation = ""

    def end(self, outcome: str = "ok") -> None:
        """Note how it ended; only the first time counts."""
        if not self._ended:
            self._ended = True
            self._monitor.note(self, outcome)

    def fail(self, error: ServiceError) -> None:
        """Note that it failed."""
        self.end(outcome_of(error))
