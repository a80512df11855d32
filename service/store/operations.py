"""Writes as records that travel: to the committer in this process or over the owner's socket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["update", "put", "post", "delete", "replace", "bulk_load", "snapshot"]


@dataclass(frozen=True, slots=True)
class Operation:
    """Hold one write: update text, a file to load, or graphs with their N-Triples.

    The default graph is named by the empty string. A ``replace`` may add to other graphs.
    """

    kind: Kind
    text: str = ""
    graphs: Mapping[str, bytes] = field(default_factory=dict)
    additions: Mapping[str, bytes] = field(default_factory=dict)
