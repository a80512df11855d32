"""What failed, for commands and pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.config import Settings
from service.ingest.state import IngestState
from service.store.folder import DataFolder


@dataclass(frozen=True, slots=True)
class Failure:
    """Tell what failed, since when and why, and where it came from."""

    kind: str
    """``item``: could not be had or read; ``document``: could not be extracted or written."""
    key: str
    item: str
    reason: str
    attempts: int
    updated: str
    sources: tuple[str, ...]

    def details(self) -> list[tuple[str, str]]:
        """List names and values to show."""
        again = "in the next run" if self.attempts else "when it changes, or by 'failed retry'"
        return [
            (self.kind, self.key),
            ("item", self.item),
            ("source", ", ".join(self.sources)),
            ("failed", self.updated),
            ("tried again", again),
            ("reason", self.reason),
        ]


def list_failures(settings: Settings) -> tuple[Failure, ...]:
    """List what has failed and not been mended: items first, then documents."""
    folder = DataFolder(settings.data_dir)
    if not folder.state.exists():
        return ()
    state = IngestState(folder.state)
    try:
        return tuple(_failures(state))
    finally:
        state.close()


def _failures(state: IngestState) -> Iterator[Failure]:
    documents = state.failed_documents()
    explained = {row.item for row in documents}
    for item in state.failed_items():
        if item.key not in explained:
            sources = state.listings.sources_of(item.key)
            yield Failure(
                "item", item.key, item.key, item.reason, item.attempts, item.updated, sources
            )
    for row in documents:
        sources = state.listings.sources_of(row.item)
        yield Failure("document", row.id, row.item, row.reason, row.attempts, row.updated, sources)
