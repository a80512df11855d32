"""Ingest: from sources to a published graph, each document once, whatever happens on the way."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from ontology.build.graphs import vocabulary_graphs
from ontology.gazetteer.lookup import ensure_lookup
from ontology.namespaces import Minter
from service.config import Settings
from service.ingest.batches import BatchWriter
from service.ingest.dry import DryWriter
from service.ingest.extraction import ExtractionSettings, Outcome, Task
from service.ingest.merging import settle_likeness
from service.ingest.origins import open_origins
from service.ingest.planning import Planner
from service.ingest.reading import ReadingProcess, table_columns
from service.ingest.report import IngestReport, Progress, Quiet
from service.ingest.rows import DocumentRow
from service.ingest.selection import EVERYTHING, Selection
from service.ingest.state import IngestState
from service.ingest.tasks import Tasks
from service.ingest.versions import current_versions
from service.ingest.workers import ExtractionPool
from service.records.dataset import dataset_graph
from service.records.runs import run_ended, run_started
from service.store.folder import DataFolder
from service.store.protocol import Store
from service.store.texts import TextStore


class IngestRun:
    """One run over some sources."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        workers: int = 1,
        progress: Progress | None = None,
        selection: Selection = EVERYTHING,
        show: Callable[[str], None] | None = None,
    ) -> None:
        """With ``show`` nothing is written: it is told, line by line, what would change."""
        folder = DataFolder(settings.data_dir)
        self._settings = settings
        self._store = store
        self._progress = progress or Quiet()
        self._minter = Minter(settings.base)
        self._texts = TextStore(folder.texts)
        self._show = show
        self._copy = TemporaryDirectory() if show is not None else None
        self._state = self._open_state(folder.state)
        self._state.bind(f"{store.generation().rpartition('-')[0]} {settings.base}")
        self._versions = current_versions(settings)
        self._started = datetime.now(UTC)
        self._heading = b""
        self.report = IngestReport()
        self._reader = ReadingProcess(
            seconds=settings.reading_timeout_s,
            megabytes=settings.reading_memory_mb,
            columns=table_columns(settings),
        )
        self._planner = Planner(
            self._state, self._versions, self._reader, self, retry=selection.retry
        )
        self.tasks = Tasks(
            state=self._state,
            texts=self._texts,
            planner=self._planner,
            tally=self,
            selection=selection,
            started=self._started,
            before_first_text=lambda: ensure_lookup(settings.data_dir),
        )
        self._writer: BatchWriter | DryWriter | None = None
        self.pool = ExtractionPool(
            ExtractionSettings(
                settings.base,
                settings.confidence_threshold,
                settings.data_dir,
                memory_mb=settings.extraction_memory_mb,
            ),
            workers=workers,
            document_s=settings.extraction_timeout_s,
        )

    def _open_state(self, path: Path) -> IngestState:
        """Open the state, or a copy of it where nothing is to be written."""
        state = IngestState(path)
        if self._copy is None:
            return state
        copy = Path(self._copy.name) / path.name
        state.copy_to(copy)
        state.close()
        return IngestState(copy)

    def _make_writer(self) -> BatchWriter | DryWriter:
        if self._show is not None:
            return DryWriter(
                store=self._store,
                state=self._state,
                minter=self._minter,
                versions=self._versions,
                written=self._written,
                show=self._show,
            )
        return BatchWriter(
            store=self._store,
            texts=self._texts,
            state=self._state,
            minter=self._minter,
            versions=self._versions,
            started=self._started,
            heading=self._heading,
            written=self._written,
        )

    def expect(self, count: int) -> None:
        self._progress.expect(count)

    def unchanged(self, count: int) -> None:
        self.report.unchanged += count
        self._progress.advance(count)

    def failed(self, key: str, reason: str) -> None:
        self.report.failed.append((key, reason))

    def failed_before(self, count: int) -> None:
        self.report.failed_before += count
        self._progress.advance(count)

    def retire(self, documents: Sequence[str], items: Sequence[str] = ()) -> None:
        assert self._writer is not None
        self._writer.retire(documents, items)
        self.report.retired += len(documents)

    def load_vocabularies(self) -> None:
        """Publish vocabularies and dataset where they are not those of the last run."""
        software = version("ecoduct")
        present = f"{self._versions.vocabulary} {software}"
        if self._state.meta("vocabulary") == present:
            return
        graphs = dict(vocabulary_graphs(self._minter))
        graphs[self._minter.service_graph("dataset")] = dataset_graph(self._minter, software)
        prefix = self._minter.vocabulary_graph("")
        for iri in self._store.graph_iris():
            if iri.startswith(prefix):
                graphs.setdefault(iri, b"")
        self._store.replace_graphs(graphs)
        self._state.set_meta("vocabulary", present)

    def ingest(self, sources: Iterable[str | Path]) -> IngestReport:
        """Ingest what the sources hold; where it is interrupted, what was done is kept."""
        origins = list(open_origins(sources, self._settings))
        try:
            return self.carry_out(
                self.tasks.of_origins(origins), [origin.label for origin in origins]
            )
        finally:
            for origin in origins:
                origin.close()

    def reingest(self, *, stale: bool = True) -> IngestReport:
        """Extract kept texts anew; with ``stale`` only those of other versions than the present."""
        return self.carry_out(
            self.tasks.of_kept_texts(self._versions, stale=stale), ["texts that are kept"]
        )

    def carry_out(self, tasks: Iterator[Task], names: Sequence[str]) -> IngestReport:
        """Extract and publish what the tasks ask for; ``names`` tell where they come from."""
        self._heading = run_started(
            self._minter,
            self._started,
            software=version("ecoduct"),
            versions=self._versions.named(),
            sources=names,
        )
        self._writer = self._make_writer()
        try:
            if self._show is None:
                self.load_vocabularies()
            try:
                for outcome in self.pool.run(tasks):
                    self._take_in(outcome)
            finally:
                self._writer.finish()
            self._retire_gone()
            if self._show is None:
                settle_likeness(self._state, self._store, self._minter, self._started)
                self._record_end()
        finally:
            self.pool.close()
            self._reader.close()
            self._writer.close()
            self._texts.close()
            self._state.close()
            if self._copy is not None:
                self._copy.cleanup()
        return self.report

    def _take_in(self, outcome: Outcome) -> None:
        assert self._writer is not None
        self._progress.advance(1)
        if not self._planner.accepts(outcome.task):
            self._planner.ended(outcome.task, "")
            return
        if outcome.reason:
            self.failed(outcome.task.document, outcome.reason)
        else:
            self.report.ingested += 1
        self._writer.add(outcome)

    def _written(self, outcome: Outcome, row: DocumentRow) -> None:
        self._planner.ended(outcome.task, outcome.reason, row.attempts)

    def _retire_gone(self) -> None:
        grace = timedelta(days=self._settings.grace_days)
        for origin in self.tasks.ended_listings:
            items = self._state.listings.end(origin, self._started, grace=grace)
            documents = [name for item in items for name in self._state.documents_of(item)]
            if items:
                self.retire(documents, items)

    def _record_end(self) -> None:
        report = self.report
        end = run_ended(
            self._minter,
            self._started,
            datetime.now(UTC),
            ingested=report.ingested,
            unchanged=report.unchanged,
            failed=len(report.failed) + report.failed_before,
            retired=report.retired,
        )
        runs = self._minter.service_graph("runs")
        self._store.replace_graphs({}, additions={runs: self._heading + end})
