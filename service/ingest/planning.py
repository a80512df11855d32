"""Decide what has to be extracted: read items, pass over what is unchanged, settle claims."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.documents import Source
from corpus.errors import CorpusError
from corpus.readers import media_type_of
from corpus.reading import read_source
from service.ingest.extraction import Task
from service.ingest.items import Item, file_checksum, item_fingerprint, text_fingerprint
from service.ingest.state import DocumentRow, IngestState, ItemRow
from service.ingest.versions import Versions
from service.store.texts import case_study_json


@dataclass(slots=True)
class ItemPlan:
    """Follow one file until all its documents have ended."""

    item: Item
    fingerprint: str
    documents: set[str] = field(default_factory=set)
    waiting: int = 0
    read_whole: bool = False
    problems: list[str] = field(default_factory=list)


class Planner:
    """Turn items into tasks, lazily, so that memory is bounded whatever the size of a file."""

    def __init__(
        self,
        state: IngestState,
        versions: Versions,
        *,
        expect: Callable[[int], None],
        unchanged: Callable[[int], None],
        failed: Callable[[str, str], None],
        retire: Callable[[Sequence[str]], None],
    ) -> None:
        self._state = state
        self._versions = versions
        self._expect = expect
        self._unchanged = unchanged
        self._failed = failed
        self._retire = retire
        self._claims: dict[str, tuple[tuple[str, str], str]] = {}
        self._plans: dict[str, ItemPlan] = {}

    def tasks_of(self, item: Item) -> Iterator[Task]:
        """Yield what has to be extracted of one file; what cannot be read is noted as failed."""
        try:
            checksum = file_checksum(item.path)
            plan = ItemPlan(item, item_fingerprint(item, checksum))
            before = self._state.item(item.key)
            if before == ItemRow(item.key, plan.fingerprint, self._versions, "done"):
                count = len(self._state.documents_of(item.key))
                self._expect(count)
                self._unchanged(count)
                return
            self._plans[item.key] = plan
            candidates = _record_tasks(plan) if item.holds_records else _text_tasks(item, checksum)
            for task in candidates:
                self._expect(1)
                if self._wanted(task, plan):
                    plan.waiting += 1
                    yield task
        except CorpusError as error:
            self._failed(item.key, str(error))
            self._state.save_item(ItemRow(item.key, "", self._versions, "failed", str(error)))
            self._plans.pop(item.key, None)
            return
        plan.read_whole = True
        gone = sorted(set(self._state.documents_of(item.key)) - plan.documents)
        if gone:
            self._retire(gone)
        self._settle(item.key)

    def _wanted(self, task: Task, plan: ItemPlan) -> bool:
        """Tell whether a document has to be extracted and is this file's to give."""
        rank = (task.file, task.fingerprint)
        known = self._state.document(task.document)
        claim = self._claims.get(task.document)
        if claim is None and known is not None and known.item != task.item:
            standing = Path(known.item).exists()
            claim = (known.rank, known.item) if standing else None
        if claim is not None and claim[1] != task.item and claim[0] <= rank:
            plan.problems.append(f"{task.document} is taken from {claim[1]}")
            self._unchanged(1)
            return False
        if claim is not None and claim[1] == task.item and task.document in plan.documents:
            self._failed(task.document, f"{task.file} holds two documents named {task.document}")
            plan.problems.append(f"two documents named {task.document}")
            return False
        self._claims[task.document] = (rank, task.item)
        plan.documents.add(task.document)
        wanted = DocumentRow(
            task.document, task.item, task.file, task.fingerprint, self._versions, "done"
        )
        if known == wanted:
            self._unchanged(1)
            return False
        return True

    def accepts(self, task: Task) -> bool:
        """Tell whether a finished document is still the one that its identifier stands for."""
        return self._claims[task.document] == ((task.file, task.fingerprint), task.item)

    def ended(self, task: Task, reason: str) -> None:
        """Take note that a document is written, or why it is not."""
        plan = self._plans.get(task.item)
        if plan is not None:
            plan.waiting -= 1
            if reason:
                plan.problems.append(f"{task.document}: {reason}")
            self._settle(task.item)

    def _settle(self, key: str) -> None:
        """Note a file as done when it has been read whole and its documents are written."""
        plan = self._plans.get(key)
        if plan is None or plan.waiting or not plan.read_whole:
            return
        del self._plans[key]
        reason = "; ".join(plan.problems)
        self._state.save_item(
            ItemRow(key, plan.fingerprint, self._versions, "failed" if reason else "done", reason)
        )


def _text_tasks(item: Item, checksum: str) -> Iterator[Task]:
    source = item.source or Source(item.file, checksum, media_type_of(item.path))
    for case_study in read_source(source, item.path):
        fingerprint = text_fingerprint(case_study_json(case_study))
        yield Task(item.key, item.file, case_study.id, fingerprint, case_study)


def _record_tasks(plan: ItemPlan) -> Iterator[Task]:
    item = plan.item
    with item.path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                text = line.decode("utf-8")
                document = json.loads(text)["id"]
            except (ValueError, KeyError, TypeError) as error:
                raise CorpusError(
                    f"{item.path}, line {number}: not an extraction record: {error}"
                ) from error
            yield Task(item.key, item.file, str(document), text_fingerprint(text), text)
