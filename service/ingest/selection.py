"""Which items of its sources a run takes."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from service.ingest.items import Item


@dataclass(frozen=True, slots=True)
class Selection:
    """Take all items, or those since a time, with certain keys, up to a number of documents.

    Only a run that takes everything can tell that something is gone.
    """

    since: datetime | None = None
    limit: int | None = None
    """Most documents that are extracted."""
    keys: frozenset[str] | None = None
    documents: frozenset[str] | None = None
    """Documents that are extracted anew, whatever their versions."""
    retry: bool = False
    """Whether what failed for good is tried again."""

    @property
    def is_everything(self) -> bool:
        return (self.since, self.limit, self.keys, self.documents) == (None, None, None, None)

    def takes(self, item: Item) -> bool:
        """Tell whether an item is to be looked at; one whose time is not known is."""
        if self.keys is not None and item.key not in self.keys:
            return False
        if self.since is None:
            return True
        changed = changed_at(item)
        return changed is None or changed >= self.since

    def reached(self, extracted: int) -> bool:
        """Tell whether the limit has been reached."""
        return self.limit is not None and extracted >= self.limit


EVERYTHING = Selection()


def changed_at(item: Item) -> datetime | None:
    """Return when an item was last changed: by its source's word, else by the file's time."""
    try:
        if item.version.isdigit():
            return datetime.fromtimestamp(int(item.version), UTC)
        if item.version:
            moment = datetime.fromisoformat(item.version)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if item.key.startswith("/"):
            return datetime.fromtimestamp(Path(item.key).stat().st_mtime, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None
