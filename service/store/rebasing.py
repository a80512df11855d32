"""Move a store from one base of IRIs to another; a second go ends what was begun."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ontology.namespaces import ECO, SHAPE
from service.errors import ServiceError
from service.queries import is_valid_iri
from service.store.protocol import Store

_KEPT = (str(ECO).rstrip("#"), str(SHAPE))
"""Terms of the vocabulary keep their IRIs wherever a service runs."""
_BATCH_BYTES = 16 << 20


def check_base(base: str) -> str:
    """Return a base that IRIs can begin with; raise ServiceError for any other text."""
    if not is_valid_iri(base) or not base.startswith(("http://", "https://")):
        raise ServiceError(f"{base!r} is no base of IRIs; it begins with https:// or http://")
    if not base.endswith("/"):
        raise ServiceError(f"{base!r} must end in a slash")
    return base


@dataclass(frozen=True, slots=True)
class Rebasing:
    """Turn terms that begin with one base into those of another."""

    old: str
    new: str

    def iri(self, value: str) -> str:
        """Return the IRI in its new form; one that is not of the old base as it is."""
        if value.startswith(self.old) and not value.startswith(_KEPT):
            return self.new + value.removeprefix(self.old)
        return value

    def lines(self, triples: bytes) -> bytes:
        """Rewrite N-Triples."""
        quads = ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)
        moved = (
            ox.Triple(self._node(q.subject), self._node(q.predicate), self._node(q.object))
            for q in quads
        )
        return ox.serialize(moved, format=ox.RdfFormat.N_TRIPLES) or b""

    def _node(self, term: Any) -> Any:
        if isinstance(term, ox.NamedNode):
            return ox.NamedNode(self.iri(term.value))
        if isinstance(term, ox.Literal) and " " not in term.value:
            # Some properties say an IRI as text: void:uriSpace, for one.
            moved = self.iri(term.value)
            if moved != term.value:
                return ox.Literal(moved, language=term.language, datatype=_datatype(term))
        return term


def _datatype(literal: ox.Literal) -> ox.NamedNode | None:
    return None if literal.language else literal.datatype


def rebase_store(
    store: Store, rebasing: Rebasing, *, progress: Callable[[int], None] = lambda _: None
) -> int:
    """Rewrite all named graphs in batches and return how many were changed.

    Each batch is one write. A batch that was written needs nothing when this runs again.
    """
    changed = 0
    pending: dict[str, bytes] = {}
    size = 0
    for name in store.graph_iris():
        before = b"".join(store.get_graph(name))
        after = rebasing.lines(before)
        target = rebasing.iri(name)
        progress(1)
        if target == name and sorted(before.splitlines()) == sorted(after.splitlines()):
            continue
        if target != name:
            pending[name] = b""
        pending[target] = after
        changed += 1
        size += len(before)
        if size >= _BATCH_BYTES:
            store.replace_graphs(pending)
            pending, size = {}, 0
    if pending:
        store.replace_graphs(pending)
    return changed
