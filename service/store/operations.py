"""Writes as records that travel: to the committer in this process or over the owner's socket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

Kind = Literal[
    "update", "put", "post", "delete", "replace", "bulk_load", "snapshot", "index", "backup"
]


@dataclass(frozen=True, slots=True)
class Operation:
    """Hold one write: update text, a file to load, or graphs with their N-Triples.

    The default graph is named by the empty string. A ``replace`` may add to other graphs.
    """

    kind: Kind
    text: str = ""
    graphs: Mapping[str, bytes] = field(default_factory=dict)
    additions: Mapping[str, bytes] = field(default_factory=dict)
    base: str = ""
    """What relative IRIs of update text are resolved against."""
    relay: str = ""
    """Start of the addresses that SERVICE and LOAD may ask; empty where they are refused."""
    timeout_s: float | None = None
    """Seconds that an update may take, where less than what the owner allows."""


class Writer(Protocol):
    """Carry out writes: a committer in this process or the owner behind its socket."""

    def write(self, operation: Operation) -> str:
        """Carry out one write and return the generation that holds it."""
        ...

    def close(self) -> None: ...
