"""Ingest: from files to a published graph, each document once, whatever happens on the way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from corpus.documents import CaseStudy
from corpus.errors import CorpusError
from ontology.build.graphs import vocabulary_graphs
from ontology.gazetteer.lookup import ensure_lookup
from ontology.namespaces import Minter
from service.config import Settings
from service.ingest.batches import BatchWriter
from service.ingest.extraction import ExtractionSettings, Outcome, Task
from service.ingest.items import list_items
from service.ingest.planning import Planner
from service.ingest.state import IngestState
from service.ingest.versions import current_versions
from service.ingest.workers import ExtractionPool
from service.records.runs import run_ended, run_started
from service.store.folder import DataFolder
from service.store.protocol import Store
from service.store.texts import TextStore


class Progress(Protocol):
    """Be told how a run goes on."""

    def expect(self, count: int) -> None:
        """Count documents that there are, beyond those told before."""
        ...

    def advance(self, count: int) -> None:
        """Count documents that have ended."""
        ...


@dataclass(slots=True)
class IngestReport:
    """Tell what a run did; ``failed`` names each file or document with its reason."""

    ingested: int = 0
    unchanged: int = 0
    retired: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


class _Quiet:
    """Tell nobody."""

    def expect(self, count: int) -> None: ...

    def advance(self, count: int) -> None: ...


class IngestRun:
    """One run over some paths."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        workers: int = 1,
        progress: Progress | None = None,
    ) -> None:
        folder = DataFolder(settings.data_dir)
        self._settings = settings
        self._lookup_ready = False
        self._store = store
        self._progress = progress or _Quiet()
        self._minter = Minter(settings.base)
        self._texts = TextStore(folder.texts)
        self._state = IngestState(folder.state)
        self._state.bind(f"{store.generation().rpartition('-')[0]} {settings.base}")
        self._versions = current_versions(settings)
        self._started = datetime.now(UTC)
        self.report = IngestReport()
        self._planner = Planner(
            self._state,
            self._versions,
            expect=self._progress.expect,
            unchanged=self._count_unchanged,
            failed=self._fail,
            retire=self._retire,
        )
        self._heading = run_started(self._minter, self._started, software=version("ecoduct"))
        self._writer = BatchWriter(
            store=store,
            texts=self._texts,
            state=self._state,
            minter=self._minter,
            versions=self._versions,
            started=self._started,
            heading=self._heading,
            written=lambda outcome: self._planner.ended(outcome.task, outcome.reason),
        )
        self.pool = ExtractionPool(
            ExtractionSettings(settings.base, settings.confidence_threshold, settings.data_dir),
            workers=workers,
        )

    def _count_unchanged(self, count: int) -> None:
        self.report.unchanged += count
        self._progress.advance(count)

    def _fail(self, key: str, reason: str) -> None:
        self.report.failed.append((key, reason))

    def load_vocabularies(self) -> None:
        """Publish the vocabularies where they are not those of the last run."""
        if self._state.meta("vocabulary") == self._versions.vocabulary:
            return
        graphs = dict(vocabulary_graphs(self._minter))
        prefix = self._minter.vocabulary_graph("")
        for iri in self._store.graph_iris():
            if iri.startswith(prefix):
                graphs.setdefault(iri, b"")
        self._store.replace_graphs(graphs)
        self._state.set_meta("vocabulary", self._versions.vocabulary)

    def ingest(self, paths: Iterable[Path]) -> IngestReport:
        """Ingest the files at paths; where it is interrupted, what was done is kept."""
        try:
            self.load_vocabularies()
            try:
                for outcome in self.pool.run(self._tasks(paths)):
                    self._take_in(outcome)
            finally:
                self._writer.finish()
            self._record_end()
        finally:
            self.pool.close()
            self._writer.close()
            self._texts.close()
            self._state.close()
        return self.report

    def _tasks(self, paths: Iterable[Path]) -> Iterator[Task]:
        for item in list_items(paths):
            if isinstance(item, CorpusError):
                self._fail(str(item).partition(":")[0], str(item))
                continue
            for task in self._planner.tasks_of(item):
                if isinstance(task.payload, CaseStudy) and not self._lookup_ready:
                    ensure_lookup(self._settings.data_dir)
                    self._lookup_ready = True
                yield task

    def _take_in(self, outcome: Outcome) -> None:
        self._progress.advance(1)
        if not self._planner.accepts(outcome.task):
            self._planner.ended(outcome.task, "")
            return
        if outcome.reason:
            self._fail(outcome.task.document, outcome.reason)
        else:
            self.report.ingested += 1
        self._writer.add(outcome)

    def _retire(self, documents: Sequence[str]) -> None:
        self._writer.retire(documents)
        self.report.retired += len(documents)

    def _record_end(self) -> None:
        report = self.report
        end = run_ended(
            self._minter,
            self._started,
            datetime.now(UTC),
            ingested=report.ingested,
            unchanged=report.unchanged,
            failed=len(report.failed),
        )
        runs = self._minter.service_graph("runs")
        self._store.replace_graphs({}, additions={runs: self._heading + end})
