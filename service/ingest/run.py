"""Ingest: from sources to a published graph, each document once, whatever happens on the way."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.documents import CaseStudy
from corpus.errors import CorpusError, GoneError, ListingError
from ontology.build.graphs import vocabulary_graphs
from ontology.gazetteer.lookup import ensure_lookup
from ontology.namespaces import Minter
from service.config import Settings
from service.ingest.batches import BatchWriter
from service.ingest.dry import DryWriter
from service.ingest.extraction import ExtractionSettings, Outcome, Task
from service.ingest.items import Item, text_fingerprint
from service.ingest.merging import settle_likeness
from service.ingest.origins import Origin, open_origins
from service.ingest.planning import Planner
from service.ingest.reading import ReadingProcess, table_columns
from service.ingest.report import IngestReport, Progress, Quiet
from service.ingest.rows import DocumentRow
from service.ingest.selection import EVERYTHING, Selection
from service.ingest.state import IngestState
from service.ingest.versions import current_versions
from service.ingest.workers import ExtractionPool
from service.records.dataset import dataset_graph
from service.records.runs import run_ended, run_started
from service.store.folder import DataFolder
from service.store.protocol import Store
from service.store.texts import TextStore, case_study_json

_SEEN = 500


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
        self._selection = selection
        self._lookup_ready = False
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
        self._ended_listings: list[str] = []
        self._taken: set[str] = set()
        self._extracted = 0
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
            return self._carry_out(self._tasks(origins), [origin.label for origin in origins])
        finally:
            for origin in origins:
                origin.close()

    def reingest(self, *, stale: bool = True) -> IngestReport:
        """Extract kept texts anew; with ``stale`` only those of other versions than the present."""
        return self._carry_out(self._kept_tasks(stale), ["texts that are kept"])

    def _carry_out(self, tasks: Iterator[Task], names: Sequence[str]) -> IngestReport:
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

    def _tasks(self, origins: Iterable[Origin]) -> Iterator[Task]:
        for origin in origins:
            seen: list[str] = []
            try:
                for item in origin.items():
                    if isinstance(item, CorpusError):
                        self.failed(str(item).partition(":")[0], str(item))
                    elif self._selection.takes(item):
                        yield from self._tasks_of(item, seen)
                    if len(seen) >= _SEEN:
                        self._see(origin, seen)
                    if self._selection.reached(self._extracted):
                        break
                else:
                    if origin.complete and self._selection.is_everything:
                        self._ended_listings.append(origin.name)
            except ListingError as error:
                self.failed(str(error).partition(": ")[0], str(error))
            finally:
                self._see(origin, seen)

    def _see(self, origin: Origin, seen: list[str]) -> None:
        self._state.listings.see(origin.name, seen, self._started)
        seen.clear()

    def _tasks_of(self, item: Item, seen: list[str]) -> Iterator[Task]:
        seen.append(item.key)
        if item.key in self._taken:
            return
        self._taken.add(item.key)
        try:
            for task in self._planner.tasks_of(item):
                yield self._counted(task)
                if self._selection.reached(self._extracted):
                    return
        except GoneError:
            seen.remove(item.key)

    def _counted(self, task: Task) -> Task:
        """Count a task that is extracted and make the name lookup before the first one."""
        if isinstance(task.payload, CaseStudy) and not self._lookup_ready:
            ensure_lookup(self._settings.data_dir)
            self._lookup_ready = True
        self._extracted += 1
        return task

    def _kept_tasks(self, stale: bool) -> Iterator[Task]:
        """Yield the documents whose text is kept as it was read; others need their source."""
        for row in self._state.all_documents():
            chosen = self._selection.documents
            if row.outcome != "done" or (chosen is not None and row.id not in chosen):
                continue
            if chosen is None and stale and row.versions == self._versions:
                continue
            case_study = self._texts.case_study(row.id)
            self.expect(1)
            if (
                case_study is None
                or text_fingerprint(case_study_json(case_study)) != row.fingerprint
            ):
                self.unchanged(1)
                continue
            task = Task(row.item, row.file, row.id, row.fingerprint, case_study, row.assigned)
            self._planner.adopt(task)
            yield self._counted(task)
            if self._selection.reached(self._extracted):
                return

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
        for origin in self._ended_listings:
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
