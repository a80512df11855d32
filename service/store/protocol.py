"""What every store does; the only way to triples."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """Ask one SPARQL query; graphs empty means the default dataset."""

    text: str
    media_type: str | None = None
    """Media type of the answer; None lets the store choose by query form."""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    timeout_s: float | None = None
    base: str | None = None
    relay: str = ""
    """Start of the addresses that SERVICE may ask; empty where it is refused."""
    client: str = ""
    """Who asks, where fair shares are kept; empty for what the service asks itself."""
    max_rows: int = 0
    """Rows or triples of the answer; more is an error. 0 sets no limit."""
    max_bytes: int = 0


@dataclass(slots=True)
class AnswerCost:
    """Tell what an answer took; filled at its end."""

    rows: int = 0
    cpu_s: float = 0.0


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """Stream the bytes of an answer; the first chunk has been computed when this exists."""

    media_type: str
    chunks: Iterator[bytes]
    generation: str
    cost: AnswerCost = field(default_factory=AnswerCost)
    whole: bytes | None = None
    """The whole answer where it was short and came at once; its chunks give it too."""


@dataclass(frozen=True, slots=True)
class StoreStats:
    """Count what a store holds."""

    generation: str
    triples: int
    """Distinct triples of the default graph."""
    graphs: int


class Reader(Protocol):
    """Answer queries on one consistent generation at a time."""

    def query(self, request: QueryRequest) -> QueryAnswer:
        """Answer a query; raise QuerySyntaxError, QueryTimeoutError or QueryMemoryError."""
        ...

    def generation(self) -> str:
        """Name the generation that new queries read."""
        ...

    def close(self) -> None: ...


class Store(Reader, Protocol):
    """Read and write triples. Graph data goes in and out as N-Triples bytes."""

    def update(self, text: str, *, base: str = "") -> None: ...

    def get_graph(self, iri: str | None) -> Iterator[bytes]: ...

    def put_graph(self, iri: str | None, triples: bytes) -> None: ...

    def post_graph(self, iri: str | None, triples: bytes) -> None: ...

    def delete_graph(self, iri: str | None) -> None: ...

    def replace_graphs(
        self, graphs: Mapping[str, bytes], *, additions: Mapping[str, bytes] | None = None
    ) -> None:
        """Replace named graphs in one step and keep the merged default graph; empty bytes retire.

        ``additions`` are added to their graphs in the same step. On return the write is in what
        new reads get.
        """
        ...

    def bulk_load(self, path: str) -> None: ...

    def graph_iris(self) -> tuple[str, ...]: ...

    def export(self, *, media_type: str, leave_out: Collection[str] = ()) -> Iterator[bytes]:
        """Write all graphs but those left out, sorted, so that equal content gives equal bytes."""
        ...

    def snapshot(self) -> str:
        """Publish a snapshot and name its generation."""
        ...

    def stats(self) -> StoreStats: ...
