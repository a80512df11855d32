"""What a run extracts: the documents of sources, or those whose text is kept."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from corpus.documents import CaseStudy
from corpus.errors import CorpusError, GoneError, ListingError
from service.ingest.extraction import Task
from service.ingest.items import Item, text_fingerprint
from service.ingest.origins import Origin
from service.ingest.planning import Planner, Tally
from service.ingest.selection import Selection
from service.ingest.state import IngestState
from service.ingest.versions import Versions
from service.store.texts import TextStore, case_study_json

_SEEN = 500


class Tasks:
    """Yield tasks lazily, note what each source lists, and end where the selection is reached."""

    def __init__(
        self,
        *,
        state: IngestState,
        texts: TextStore,
        planner: Planner,
        tally: Tally,
        selection: Selection,
        started: datetime,
        before_first_text: Callable[[], object],
    ) -> None:
        self._state = state
        self._texts = texts
        self._planner = planner
        self._tally = tally
        self._selection = selection
        self._started = started
        self._before_first_text: Callable[[], object] | None = before_first_text
        self._taken: set[str] = set()
        self._extracted = 0
        self.ended_listings: list[str] = []
        """Sources whose list came to its end: what it lacks is gone."""

    def of_origins(self, origins: Iterable[Origin]) -> Iterator[Task]:
        """Yield what has to be extracted of the items that origins list."""
        for origin in origins:
            seen: list[str] = []
            try:
                for item in origin.items():
                    if isinstance(item, CorpusError):
                        self._tally.failed(str(item).partition(":")[0], str(item))
                    elif self._selection.takes(item):
                        yield from self._of_item(item, seen)
                    if len(seen) >= _SEEN:
                        self._see(origin, seen)
                    if self._selection.reached(self._extracted):
                        break
                else:
                    if origin.complete and self._selection.is_everything:
                        self.ended_listings.append(origin.name)
            except ListingError as error:
                self._tally.failed(str(error).partition(": ")[0], str(error))
            finally:
                self._see(origin, seen)

    def _see(self, origin: Origin, seen: list[str]) -> None:
        self._state.listings.see(origin.name, seen, self._started)
        seen.clear()

    def _of_item(self, item: Item, seen: list[str]) -> Iterator[Task]:
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
        if isinstance(task.payload, CaseStudy) and self._before_first_text is not None:
            self._before_first_text()
            self._before_first_text = None
        self._extracted += 1
        return task

    def of_kept_texts(self, versions: Versions, *, stale: bool) -> Iterator[Task]:
        """Yield the documents whose text is kept as it was read; others need their source."""
        for row in self._state.all_documents():
            chosen = self._selection.documents
            if row.outcome != "done" or (chosen is not None and row.id not in chosen):
                continue
            if chosen is None and stale and row.versions == versions:
                continue
            case_study = self._texts.case_study(row.id)
            self._tally.expect(1)
            if (
                case_study is None
                or text_fingerprint(case_study_json(case_study)) != row.fingerprint
            ):
                self._tally.unchanged(1)
                continue
            task = Task(row.item, row.file, row.id, row.fingerprint, case_study, row.assigned)
            self._planner.adopt(task)
            yield self._counted(task)
            if self._selection.reached(self._extracted):
                return
