"""Read the current snapshot inside this process: exports, graphs, counts, trusted queries."""

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from service.store.answers import choose_media_type, evaluate, write_answer
from service.store.exporting import export_graphs, graph_lines, graph_names
from service.store.protocol import QueryAnswer, QueryRequest, StoreStats
from service.store.snapshots import SnapshotLease, Snapshots

_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


class SnapshotReader:
    """Open the current snapshot, keep it open, and follow the pointer.

    Queries run here without a limit on time or memory: those from outside go to a ReaderPool.
    """

    def __init__(self, snapshots: Path, *, merged: bool = True) -> None:
        self._snapshots = Snapshots(snapshots)
        self._merged = merged
        self._lock = threading.Lock()
        self._lease: SnapshotLease | None = None
        self._store: ox.Store | None = None
        self._stats: StoreStats | None = None

    @contextmanager
    def _open(self) -> Iterator[tuple[ox.Store, str]]:
        with self._lock:
            name = self._snapshots.current_name()
            if self._store is None or self._lease is None or self._lease.generation != name:
                lease = self._snapshots.lease()
                self.release()
                self._store, self._lease = ox.Store.read_only(str(lease.path)), lease
            yield self._store, self._lease.generation

    def generation(self) -> str:
        return self._snapshots.current_name() or ""

    def query(self, request: QueryRequest) -> QueryAnswer:
        """Answer a query whole; its time is not limited."""
        with self._open() as (store, generation):
            results = evaluate(store, request)
            media_type = choose_media_type(results, request.media_type)
            output = BytesIO()
            write_answer(results, media_type, output)
        return QueryAnswer(media_type, iter((output.getvalue(),)), generation)

    def get_graph(self, iri: str | None) -> Iterator[bytes]:
        """Give a graph as sorted N-Triples."""
        with self._open() as (store, _):
            lines = graph_lines(store, iri)
        return (f"{line}\n".encode() for line in lines)

    def graph_iris(self) -> tuple[str, ...]:
        with self._open() as (store, _):
            return tuple(graph_names(store))

    def export(self, *, media_type: str, leave_out: Collection[str] = ()) -> Iterator[bytes]:
        """Write everything, sorted; see ``export_graphs``."""
        with self._open() as (store, _):
            yield from export_graphs(
                graph_names(store),
                lambda iri: graph_lines(store, iri),
                media_type=media_type,
                merged=self._merged,
                leave_out=leave_out,
            )

    def stats(self) -> StoreStats:
        """Count distinct triples of the default graph and named graphs."""
        with self._open() as (store, generation):
            if self._stats is None or self._stats.generation != generation:
                solutions = cast("ox.QuerySolutions", store.query(_COUNT))
                triples = int(next(solutions)["n"].value)
                self._stats = StoreStats(generation, triples, len(graph_names(store)))
            return self._stats

    def release(self) -> None:
        """Close the snapshot that is open, so that it may be removed."""
        self._store = None
        if self._lease is not None:
            self._lease.release()
            self._lease = None

    def close(self) -> None:
        with self._lock:
            self.release()
