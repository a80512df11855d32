"""What every source of texts can do: list its items, fetch one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from corpus.documents import Source


@dataclass(frozen=True, slots=True)
class SourceItem:
    """Name one thing that a source holds."""

    key: str
    """The same in each listing, whatever the order: an address, or a path."""
    version: str = ""
    """Changes when the content does; empty where only fetching can tell."""
    title: str = ""
    content: bytes | None = None
    """What fetching would give, where listing has brought it already."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Hold the bytes of an item with what is known of them before they are read."""

    item: SourceItem
    data: bytes
    source: Source
    """``file`` names it in messages and identifiers; ``media_type`` is what the sender claims."""


class ItemSource(Protocol):
    """List items and fetch one; both raise CorpusError with a reason."""

    @property
    def name(self) -> str:
        """Return the same name in each run; it parts the items of one source from another's."""
        ...

    @property
    def complete(self) -> bool:
        """Tell whether what a full list leaves out is gone; a feed's old entries are not."""
        ...

    def list_items(self) -> Iterator[SourceItem]:
        """Yield the items, each once; raise ListingError where the list breaks off."""
        ...

    def fetch(self, item: SourceItem) -> Fetched:
        """Return the content of an item; raise GoneError where it is gone, else FetchError."""
        ...
