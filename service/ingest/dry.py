"""Try a run without a trace: what it would change, as a diff of statements."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ontology.namespaces import ECO, Minter
from service.ingest.batches import document_row, graphs_of
from service.ingest.extraction import Outcome
from service.ingest.rows import DocumentRow
from service.ingest.state import IngestState, StateChange
from service.ingest.versions import Versions
from service.store.protocol import Store


class DryWriter:
    """Compare outcomes with what is published; write nothing but a copy of the state."""

    def __init__(
        self,
        *,
        store: Store,
        state: IngestState,
        minter: Minter,
        versions: Versions,
        written: Callable[[Outcome, DocumentRow], None],
        show: Callable[[str], None],
    ) -> None:
        self._store = store
        self._state = state
        self._minter = minter
        self._versions = versions
        self._written = written
        self._show = show

    def add(self, outcome: Outcome) -> None:
        """Show what the outcome would change."""
        document = outcome.task.document
        before = self._state.document(document)
        row = document_row(outcome, self._versions, before)
        if not outcome.reason:
            for line in self._difference(document, outcome.graphs.values()):
                self._show(line)
        self._state.save(StateChange(documents=[row]))
        self._written(outcome, row)

    def _difference(self, document: str, graphs: Iterable[bytes]) -> list[str]:
        old = {
            line
            for graph in graphs_of(self._minter, [document])
            for part in self._store.get_graph(graph)
            for line in part.splitlines()
        }
        new = {line for data in graphs for line in data.splitlines()}
        return describe_difference(self._minter.document_graph(document), old, new)

    def retire(self, documents: Sequence[str], items: Sequence[str] = ()) -> None:
        """Show what would be retired."""
        for document in documents:
            for line in self._difference(document, ()):
                self._show(line)
        self._state.save(StateChange(removed=list(documents), items=list(items)))

    def flush(self) -> None: ...

    def finish(self) -> None: ...

    def close(self) -> None: ...


def describe_difference(graph: str, old: set[bytes], new: set[bytes]) -> list[str]:
    """Return the statements that leave and come, and counts of what stands behind them."""
    marks = {"-": old - new, "+": new - old}
    if not any(marks.values()):
        return [f"  <{graph}> unchanged"]
    kind = "+" if not old else "-" if not new else "~"
    lines = [f"{kind} <{graph}>"]
    rest: Counter[str] = Counter()
    for mark, triples in marks.items():
        for triple in sorted(triples):
            if _is_statement(triple):
                lines.append(f"{mark} {triple.decode()}")
            else:
                rest[mark] += 1
    lines.append(f"  and {rest['-']} triples less, {rest['+']} more behind them")
    return lines


def _is_statement(triple: bytes) -> bool:
    """Tell whether a triple is a fact of our own schema between two things, not its record."""
    subject, predicate, term = triple.split(b" ", 2)
    ours = predicate.startswith(b"<" + str(ECO).encode())
    recorded = any(part in subject for part in (b"/assertion/", b"/annotation/", b"/case-study/"))
    return ours and not recorded and term.startswith(b"<")
