"""One extraction process: a document in, its graphs out."""

import hashlib
import os
import pickle
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from corpus.documents import CaseStudy
from corpus.errors import CorpusError
from extract.errors import ExtractError
from extract.graph import build_graph
from extract.records import Extraction, extraction_from_json
from extract.review.applying import apply_decisions
from ontology.errors import OntologyError
from ontology.namespaces import Minter
from service.ingest.gate import find_violations
from service.ingest.likeness import Signature, sign
from service.ingest.reading import limit_memory
from service.review.decisions import DecisionStore
from service.store.folder import DataFolder
from service.store.processes import ignore_interrupts, watch_parent
from service.store.texts import case_study_of

if TYPE_CHECKING:
    from extract.pipeline import Pipeline
    from service.ingest.declared import DeclaredFields


@dataclass(frozen=True, slots=True)
class Task:
    """Ask for the graphs of one text, or of one extraction record as a line of JSON."""

    item: str
    file: str
    document: str
    fingerprint: str
    payload: CaseStudy | str
    solution: str = ""
    """The solution that the graph is to speak of; empty for the one that the text names."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """Return what tells one version of a document from another."""
        return (self.item, self.file, self.fingerprint)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Give the graphs of a document, or the reason why there are none."""

    task: Task
    graphs: Mapping[str, bytes] = field(default_factory=dict)
    case_study: CaseStudy | None = None
    reason: str = ""
    passing: bool = False
    """Whether the failure may be of the moment: the process ended."""
    solution: str = ""
    """The solution that the text itself names."""
    assigned: str = ""
    """The solution that the graphs speak of."""
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """What an extraction process needs to know."""

    base: str
    threshold: float
    data_dir: Path
    memory_mb: int = 4000
    """What a process may take beside what it starts with."""


MEMORY_EXIT = 75
"""Exit code of a process that had no memory left for the next task."""


def graphs_checksum(graphs: Mapping[str, bytes]) -> str:
    """Return what tells the graphs of a document from other ones."""
    digest = hashlib.sha256()
    for iri, data in sorted(graphs.items()):
        digest.update(f"{iri}\n{len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()[:32]


def out_of_memory(megabytes: int) -> str:
    """Say that a document takes too much memory."""
    return f"extracting it takes more than {megabytes} MB of memory; split the text"


class Extractor:
    """Turn tasks into outcomes; the pipeline is loaded when the first text comes."""

    def __init__(self, settings: ExtractionSettings) -> None:
        self._settings = settings
        self._minter = Minter(settings.base)
        self._pipeline: Pipeline | None = None
        self._declared: DeclaredFields | None = None
        self._decisions = DecisionStore(DataFolder(settings.data_dir).decisions)

    def process(self, task: Task) -> Outcome:
        """Extract, build the graphs and check them; what is wrong with the document is a reason."""
        try:
            extraction = self._extract(task.payload)
            solution = extraction.solution
            extraction = replace(extraction, solution=task.solution or solution)
            graphs = self._build(extraction, task.payload)
            violations = find_violations(graphs, self._minter)
        except (CorpusError, ExtractError, OntologyError) as error:
            return Outcome(task, reason=str(error))
        except MemoryError:
            return Outcome(task, reason=out_of_memory(self._settings.memory_mb))
        except ValueError as error:
            return Outcome(task, reason=f"it cannot be written as a graph: {error}")
        if violations:
            return Outcome(task, reason=violations)
        return Outcome(
            task,
            graphs,
            task.payload if isinstance(task.payload, CaseStudy) else case_study_of(extraction),
            solution=solution,
            assigned=extraction.solution,
            signature=sign(extraction.text),
        )

    def _build(self, extraction: Extraction, payload: CaseStudy | str) -> dict[str, bytes]:
        reviewed = apply_decisions(
            extraction, self._decisions.decisions(extraction.id), self._minter
        )
        graphs = build_graph(
            reviewed.extraction,
            self._minter,
            threshold=self._settings.threshold,
            rejected=reviewed.rejected,
        )
        if isinstance(payload, CaseStudy) and payload.declared:
            from service.ingest.declared import declared_literals

            graph = self._minter.document_graph(extraction.id)
            lines = {
                *graphs[graph].splitlines(keepends=True),
                *declared_literals(payload, self._minter).splitlines(keepends=True),
            }
            graphs[graph] = b"".join(sorted(lines))
        return graphs

    def _extract(self, payload: CaseStudy | str) -> Extraction:
        if isinstance(payload, CaseStudy):
            extraction = self._load().extract(payload)
            if payload.declared and self._declared is not None:
                return self._declared.add_to(extraction, payload)
            return extraction
        extraction = extraction_from_json(payload)
        expected = self._minter.case_study(extraction.id)
        if extraction.iri != expected:
            raise ExtractError(
                f"{extraction.id}: the record is of {extraction.iri}, not of {expected}; "
                "make it with the same base, or set 'base' for this data folder"
            )
        return extraction

    def _load(self) -> "Pipeline":
        if self._pipeline is None:
            from extract.pipeline import load_pipeline
            from ontology.gazetteer.lookup import ensure_lookup, open_gazetteer
            from service.ingest.declared import DeclaredFields

            path = ensure_lookup(self._settings.data_dir)
            self._pipeline = load_pipeline(gazetteer_path=path, minter=self._minter)
            self._declared = DeclaredFields(open_gazetteer(path), self._minter)
        return self._pipeline


def extract_documents(
    connection: Connection, lifeline: Connection, settings: ExtractionSettings
) -> None:
    """Process tasks from the pipe until it closes.

    A thread takes them from the pipe: the sender never waits for the task that is worked on,
    whose outcome in turn waits for the sender to take it.
    """
    ignore_interrupts()
    watch_parent(lifeline)
    limit_memory(settings.memory_mb)
    tasks = receive_tasks(connection)
    extractor = Extractor(settings)
    while (task := tasks.get()) is not None:
        connection.send_bytes(pickle.dumps(extractor.process(task), pickle.HIGHEST_PROTOCOL))


def receive_tasks(connection: Connection) -> "SimpleQueue[Task | None]":
    """Return a queue of what comes through the pipe; None is its end."""
    tasks: SimpleQueue[Task | None] = SimpleQueue()

    def receive() -> None:
        while True:
            try:
                tasks.put(connection.recv())
            except (EOFError, OSError):
                tasks.put(None)
                return
            except MemoryError:
                os._exit(MEMORY_EXIT)

    threading.Thread(target=receive, name="tasks", daemon=True).start()
    return tasks
