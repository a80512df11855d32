"""Write outcomes in batches: text, then graph and run, then state, so that a kill loses nothing."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from ontology.namespaces import Minter
from service.ingest.extraction import Outcome, graphs_checksum
from service.ingest.rows import DocumentRow
from service.ingest.state import IngestState, StateChange
from service.ingest.versions import Versions
from service.records.runs import run_generated, run_invalidated
from service.store.protocol import Store
from service.store.texts import TextStore

MOST = 200
"""Documents of a batch; larger ones cost less a document, smaller ones are seen sooner."""
SECONDS = 10.0
BYTES = 32 << 20
HELD = 2 * BYTES
"""Bytes that may wait while a batch is being written; then extraction waits for it."""

Written = tuple[Outcome, DocumentRow]


def document_row(outcome: Outcome, versions: Versions, before: DocumentRow | None) -> DocumentRow:
    """Return what is noted of a document that has ended."""
    task = outcome.task
    row = DocumentRow(
        id=task.document,
        item=task.item,
        file=task.file,
        fingerprint=task.fingerprint,
        versions=versions,
        outcome="failed" if outcome.reason else "done",
        reason=outcome.reason,
        attempts=1 if outcome.passing else 0,
        solution=outcome.solution,
        assigned=outcome.assigned,
        graph="" if outcome.reason else graphs_checksum(outcome.graphs),
    )
    return row.failed_again(before) if outcome.reason else row


def graphs_of(minter: Minter, documents: Sequence[str]) -> list[str]:
    """Name the graphs of documents."""
    return [
        graph
        for document in documents
        for graph in (minter.document_graph(document), minter.inferred_graph(document))
    ]


class BatchWriter:
    """Gather outcomes and write them while extraction goes on; at most one batch waits."""

    def __init__(
        self,
        *,
        store: Store,
        texts: TextStore,
        state: IngestState,
        minter: Minter,
        versions: Versions,
        started: datetime,
        heading: bytes,
        written: Callable[[Outcome, DocumentRow], None],
    ) -> None:
        self._store = store
        self._texts = texts
        self._state = state
        self._minter = minter
        self._versions = versions
        self._started = started
        self._heading = heading
        """Triples of the run's start; they go with the first batch."""
        self._written = written
        self._outcomes: list[Outcome] = []
        self._bytes = 0
        self._since = time.monotonic()
        self._pending: Future[Sequence[Written]] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="batches")

    def add(self, outcome: Outcome) -> None:
        """Take one outcome; write the batch where it is full or old and none is being written."""
        if not self._outcomes:
            self._since = time.monotonic()
        self._outcomes.append(outcome)
        self._bytes += sum(len(data) for data in outcome.graphs.values())
        age = time.monotonic() - self._since
        if len(self._outcomes) >= MOST or self._bytes >= BYTES or age >= SECONDS:
            writing = self._pending is not None and not self._pending.done()
            if not writing or self._bytes >= HELD or len(self._outcomes) >= 2 * MOST:
                self.flush()

    def flush(self) -> None:
        """Hand the batch over for writing; raise what went wrong with the one before."""
        self._wait()
        if self._outcomes:
            self._pending = self._thread.submit(self._write, tuple(self._outcomes))
            self._outcomes, self._bytes = [], 0

    def _wait(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            for outcome, row in pending.result():
                self._written(outcome, row)

    def finish(self) -> None:
        """Write what is left and wait for it."""
        self.flush()
        self._wait()

    def close(self) -> None:
        """Wait for the batch that is being written and drop what is left."""
        self._thread.shutdown()

    def _write(self, outcomes: Sequence[Outcome]) -> Sequence[Written]:
        before = {o.task.document: self._state.document(o.task.document) for o in outcomes}
        written = [(o, document_row(o, self._versions, before[o.task.document])) for o in outcomes]
        done = [(outcome, row) for outcome, row in written if not outcome.reason]
        if done:
            case_studies = [o.case_study for o, _ in done if o.case_study is not None]
            self._texts.add(case_studies)
            graphs = {
                iri: data
                for outcome, row in done
                if not _stands(row, before[row.id])
                for iri, data in outcome.graphs.items()
            }
            if graphs:
                made = [iri for iri, data in graphs.items() if data]
                run = self._heading + run_generated(self._minter, self._started, made)
                runs = self._minter.service_graph("runs")
                self._store.replace_graphs(graphs, additions={runs: run})
                self._heading = b""
            self._texts.show(case_studies)
        signatures = {row.id: o.signature for o, row in done if o.signature is not None}
        rows = [row for _, row in written]
        self._state.save(StateChange(documents=rows, signatures=signatures))
        return written

    def retire(self, documents: Sequence[str], items: Sequence[str] = ()) -> None:
        """Take documents out of graph, texts and state, then forget the items they came from."""
        self.finish()
        if documents:
            graphs = graphs_of(self._minter, documents)
            solutions = self._state.solutions_without(documents)
            stones = [*graphs, *map(self._minter.case_study, documents), *solutions]
            run = self._heading + run_invalidated(self._minter, self._started, stones)
            self._store.replace_graphs(
                dict.fromkeys(graphs, b""), additions={self._minter.service_graph("runs"): run}
            )
            self._heading = b""
            self._texts.remove(documents)
        self._state.save(StateChange(removed=list(documents), items=list(items)))


def _stands(row: DocumentRow, before: DocumentRow | None) -> bool:
    """Tell whether the graph that was made anew is the one that is published."""
    return before is not None and before.graph == row.graph != ""
