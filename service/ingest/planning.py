"""Decide what has to be extracted: read items, pass over what is unchanged, settle claims."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from corpus.errors import CorpusError, FetchError, GoneError
from service.ingest.extraction import Task
from service.ingest.items import Item, Loaded
from service.ingest.reading import Reader, ReadingEndedError
from service.ingest.rows import DocumentRow, ItemRow
from service.ingest.state import IngestState
from service.ingest.versions import Versions


class Tally(Protocol):
    """Be told what becomes of documents and items."""

    def expect(self, count: int) -> None: ...

    def unchanged(self, count: int) -> None: ...

    def failed(self, key: str, reason: str) -> None: ...

    def failed_before(self, count: int) -> None: ...

    def retire(self, documents: Sequence[str]) -> None: ...


@dataclass(slots=True)
class ItemPlan:
    """Follow one item until all its documents have ended."""

    item: Item
    file: str
    fingerprint: str
    documents: set[str] = field(default_factory=set)
    waiting: int = 0
    read_whole: bool = False
    problems: list[str] = field(default_factory=list)
    attempts: int = 0


class Planner:
    """Turn items into tasks, lazily, so that memory is bounded whatever the size of a file."""

    def __init__(
        self,
        state: IngestState,
        versions: Versions,
        reader: Reader,
        tally: Tally,
        *,
        retry: bool = False,
    ) -> None:
        self._state = state
        self._versions = versions
        self._reader = reader
        self._tally = tally
        self._retry = retry
        """Whether what failed for good is tried again."""
        self._claims: dict[str, tuple[tuple[str, str], str]] = {}
        self._plans: dict[str, ItemPlan] = {}

    def tasks_of(self, item: Item) -> Iterator[Task]:
        """Yield what has to be extracted of one item; what cannot be read is noted as failed.

        Raise GoneError where the item is not there any more.
        """
        before = self._state.item(item.key)
        plan: ItemPlan | None = None
        try:
            same = before and item.version and before.version == item.version
            if before and same and self._pass_over(before):
                return
            loaded = item.load()
            plan = ItemPlan(item, loaded.file, loaded.fingerprint)
            if before and before.fingerprint == plan.fingerprint and self._pass_over(before):
                return
            self._plans[item.key] = plan
            yield from self._read(loaded, plan)
        except GoneError:
            self._plans.pop(item.key, None)
            raise
        except CorpusError as error:
            self._plans.pop(item.key, None)
            self._note_failure(item, before, plan, error)
            return
        plan.read_whole = True
        gone = sorted(set(self._state.documents_of(item.key)) - plan.documents)
        if gone:
            self._tally.retire(gone)
        self._settle(item.key)

    def _read(self, loaded: Loaded, plan: ItemPlan) -> Iterator[Task]:
        for candidate in loaded.candidates(self._reader):
            self._tally.expect(1)
            known = self._state.document(candidate.document)
            task = Task(
                plan.item.key,
                plan.file,
                candidate.document,
                candidate.fingerprint,
                candidate.payload,
                solution=known.assigned if known else "",
            )
            if self._wanted(task, known, plan):
                plan.waiting += 1
                yield task

    def _pass_over(self, before: ItemRow) -> bool:
        """Count an item with the same content as before, where nothing new can come of it."""
        if not before.settled(self._versions) or (self._retry and before.outcome == "failed"):
            return False
        rows = [self._state.document(name) for name in self._state.documents_of(before.key)]
        failed = sum(row is not None and row.outcome == "failed" for row in rows)
        self._tally.expect(len(rows))
        self._tally.unchanged(len(rows) - failed)
        if before.outcome == "failed":
            self._tally.failed_before(max(1, failed))
        return True

    def _note_failure(
        self, item: Item, before: ItemRow | None, plan: ItemPlan | None, error: CorpusError
    ) -> None:
        """Note why an item was not read; what may pass is tried again in the next run."""
        self._tally.failed(item.key, str(error))
        attempts = 0
        if isinstance(error, FetchError):
            attempts = 1
        elif isinstance(error, ReadingEndedError):
            same = before and plan and before.fingerprint == plan.fingerprint
            attempts = 1 + (before.attempts if before and same else 0)
        self._state.save_item(
            ItemRow(
                item.key,
                plan.fingerprint if plan else "",
                self._versions,
                "failed",
                str(error),
                version=item.version if plan else "",
                attempts=attempts,
            )
        )

    def _wanted(self, task: Task, known: DocumentRow | None, plan: ItemPlan) -> bool:
        """Tell whether a document has to be extracted and is this item's to give."""
        rank = (task.file, task.fingerprint)
        claim = self._claims.get(task.document)
        if claim is None and known is not None and known.item != task.item:
            claim = (known.rank, known.item) if self._stands(known.item) else None
        if claim is not None and claim[1] != task.item and claim[0] <= rank:
            plan.problems.append(f"{task.document} is taken from {claim[1]}")
            plan.attempts = 1
            self._tally.unchanged(1)
            return False
        if claim is not None and claim[1] == task.item and task.document in plan.documents:
            reason = f"{task.file} holds two documents named {task.document}"
            self._tally.failed(task.document, reason)
            plan.problems.append(f"two documents named {task.document}")
            return False
        self._claims[task.document] = (rank, task.item)
        plan.documents.add(task.document)
        if known is None or not known.settled(*task.identity, self._versions):
            return True
        if known.outcome == "done":
            self._tally.unchanged(1)
            return False
        if self._retry:
            return True
        plan.problems.append(f"{task.document}: {known.reason}")
        self._tally.failed_before(1)
        return False

    def _stands(self, item: str) -> bool:
        """Tell whether another item that gave a document is still there."""
        return Path(item).exists() if item.startswith("/") else self._state.listings.lists(item)

    def adopt(self, task: Task) -> None:
        """Take a document as its item gave it before."""
        self._claims[task.document] = ((task.file, task.fingerprint), task.item)

    def accepts(self, task: Task) -> bool:
        """Tell whether a finished document is still the one that its identifier stands for."""
        return self._claims[task.document] == ((task.file, task.fingerprint), task.item)

    def ended(self, task: Task, reason: str, attempts: int = 0) -> None:
        """Take note that a document is written, or why it is not and how often it was tried."""
        plan = self._plans.get(task.item)
        if plan is not None:
            plan.waiting -= 1
            if reason:
                plan.problems.append(f"{task.document}: {reason}")
                plan.attempts = max(plan.attempts, attempts)
            self._settle(task.item)

    def _settle(self, key: str) -> None:
        """Note an item as done when it has been read whole and its documents are written."""
        plan = self._plans.get(key)
        if plan is None or plan.waiting or not plan.read_whole:
            return
        del self._plans[key]
        reason = "; ".join(plan.problems)
        self._state.save_item(
            ItemRow(
                key,
                plan.fingerprint,
                self._versions,
                "failed" if reason else "done",
                reason,
                version=plan.item.version,
                attempts=plan.attempts,
            )
        )
