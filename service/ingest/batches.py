"""Write outcomes in batches: text, then graph and run, then state, so that a kill loses nothing."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from ontology.namespaces import Minter
from service.ingest.extraction import Outcome
from service.ingest.state import DocumentRow, IngestState
from service.ingest.versions import Versions
from service.records.runs import run_generated, run_invalidated
from service.store.protocol import Store
from service.store.texts import TextStore

MOST = 50
SECONDS = 2.0
BYTES = 16 << 20


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
        written: Callable[[Outcome], None],
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
        self._pending: Future[Sequence[Outcome]] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="batches")

    def add(self, outcome: Outcome) -> None:
        """Take one outcome; write the batch where it is full or old."""
        if not self._outcomes:
            self._since = time.monotonic()
        self._outcomes.append(outcome)
        self._bytes += sum(len(data) for data in outcome.graphs.values())
        age = time.monotonic() - self._since
        if len(self._outcomes) >= MOST or self._bytes >= BYTES or age >= SECONDS:
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
            for outcome in pending.result():
                self._written(outcome)

    def finish(self) -> None:
        """Write what is left and wait for it."""
        self.flush()
        self._wait()

    def close(self) -> None:
        """Wait for the batch that is being written and drop what is left."""
        self._thread.shutdown()

    def _row(self, outcome: Outcome) -> DocumentRow:
        task = outcome.task
        return DocumentRow(
            id=task.document,
            item=task.item,
            file=task.file,
            fingerprint=task.fingerprint,
            versions=self._versions,
            outcome="failed" if outcome.reason else "done",
            reason=outcome.reason,
        )

    def _write(self, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        done = [outcome for outcome in outcomes if not outcome.reason]
        if done:
            case_studies = [o.case_study for o in done if o.case_study is not None]
            graphs = {iri: data for o in done for iri, data in o.graphs.items()}
            self._texts.add(case_studies)
            made = [iri for iri, data in graphs.items() if data]
            run = self._heading + run_generated(self._minter, self._started, made)
            self._store.replace_graphs(graphs, additions={self._minter.service_graph("runs"): run})
            self._heading = b""
            self._texts.show(case_studies)
        self._state.save_documents([self._row(outcome) for outcome in outcomes])
        return outcomes

    def retire(self, documents: Sequence[str]) -> None:
        """Take documents out of graph, texts and state."""
        if not documents:
            return
        self.finish()
        graphs = [
            graph
            for document in documents
            for graph in (
                self._minter.document_graph(document),
                self._minter.inferred_graph(document),
            )
        ]
        run = run_invalidated(self._minter, self._started, graphs)
        self._store.replace_graphs(
            dict.fromkeys(graphs, b""), additions={self._minter.service_graph("runs"): run}
        )
        self._texts.remove(documents)
        self._state.save_documents([], removed=documents)
