"""From what an operator names (folder, file, address) to a source with its items."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, get_args

from corpus.documents import Display, Source
from corpus.errors import CorpusError, GoneError, ListingError
from corpus.readers import media_type_of
from corpus.reading import read_file
from corpus.sources.folder import find_texts
from corpus.sources.protocol import Fetched, ItemSource, SourceItem
from corpus.sources.register import SOURCES_FILE, read_register
from service.config import Settings
from service.ingest.items import RECORDS_SUFFIX, Item, RecordFile, SourceEntry, checksum
from service.store.folder import DataFolder

if TYPE_CHECKING:
    from corpus.fetching.client import Fetcher

RIGHTS: tuple[Display, ...] = get_args(Display)


_CACHE = "http-cache.sqlite"
_SCHEME = re.compile(r"[a-z]{2,}:")


class Origin(Protocol):
    """List the items of one thing that an operator named."""

    @property
    def name(self) -> str:
        """Return the same name in each run; it parts what one origin lists from another's."""
        ...

    @property
    def label(self) -> str:
        """Return the name as others may see it: no folder of this machine."""
        ...

    @property
    def complete(self) -> bool:
        """Tell whether what a list lacks is gone; of a feed it may only be old."""
        ...

    def items(self) -> Iterator[Item | CorpusError]:
        """Yield items and what is wrong with single ones; raise ListingError for a broken list."""
        ...

    def close(self) -> None:
        """Give back what it holds, such as connections."""
        ...


@dataclass(frozen=True, slots=True)
class Files:
    """List a file or the files of a folder, in order of their names."""

    path: Path
    named: str
    display: Display | None = None
    columns: tuple[str, ...] = ()
    """What the settings say of the columns of tables."""

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def label(self) -> str:
        return self.path.name

    @property
    def complete(self) -> bool:
        return True

    def items(self) -> Iterator[Item | CorpusError]:
        if self.path.is_dir():
            yield from self._of_folder()
        elif self.path.exists():
            register = self.path.parent / SOURCES_FILE
            rows = self._rows(register) if register.is_file() else {}
            yield self._item(self.path, self.path.name, rows.get(self.path.name))
        else:
            raise ListingError(f"{self.named}: no such file or folder")

    def close(self) -> None:
        """Hold nothing."""

    def _rows(self, register: Path) -> dict[str, Source]:
        try:
            return read_register(register)
        except CorpusError as error:
            raise ListingError(str(error)) from error

    def _of_folder(self) -> Iterator[Item | CorpusError]:
        register = self.path / SOURCES_FILE
        if register.is_file():
            for file, source in sorted(self._rows(register).items()):
                if (self.path / file).is_file():
                    yield self._item(self.path / file, file, source)
                else:
                    yield CorpusError(f"{register}: lists {file}, which is not there")
            return
        for path, file in find_texts(self.path):
            yield self._item(path, file, None)

    def _item(self, path: Path, file: str, source: Source | None) -> Item:
        if path.suffix.lower() == RECORDS_SUFFIX and _holds_extractions(path):
            return RecordFile(path, file)
        return SourceEntry(
            _File(path, file, source), SourceItem(str(path)), self.display, self.columns
        )


@dataclass(frozen=True, slots=True)
class _File:
    """Fetch one file."""

    path: Path
    file: str
    source: Source | None

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def complete(self) -> bool:
        return True

    def list_items(self) -> Iterator[SourceItem]:
        yield SourceItem(str(self.path))

    def fetch(self, item: SourceItem) -> Fetched:
        if not self.path.exists():
            raise GoneError(f"{self.path}: no such file")
        media_type = media_type_of(self.path)
        data = read_file(self.path)
        known = self.source or Source(self.file, checksum(data), media_type)
        if known.checksum and known.checksum != checksum(data):
            raise CorpusError(
                f"{self.path}: the file is not the one registered in {SOURCES_FILE} "
                f"(checksum {checksum(data)}); update its row or restore the file"
            )
        return Fetched(item, data, known)


@dataclass(frozen=True, slots=True)
class Listed:
    """List the items of a source that knows how."""

    source: ItemSource
    display: Display | None = None
    columns: tuple[str, ...] = ()
    fetchers: tuple["Fetcher", ...] = ()
    """HTTP clients that were opened for the source."""

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def label(self) -> str:
        return self.source.name

    @property
    def complete(self) -> bool:
        return self.source.complete

    def items(self) -> Iterator[Item | CorpusError]:
        for entry in self.source.list_items():
            yield SourceEntry(self.source, entry, self.display, self.columns)

    def close(self) -> None:
        for fetcher in self.fetchers:
            fetcher.close()


def _holds_extractions(path: Path) -> bool:
    """Tell files of extraction records from files of case studies by their first line."""
    try:
        with path.open("rb") as lines:
            return b'"mentions":' in next((line for line in lines if line.strip()), b"")
    except OSError:
        return False


def open_origins(names: Iterable[str | Path], settings: Settings) -> Iterator[Origin]:
    """Yield the origin of each name, each once; raise CorpusError for a name that is none."""
    seen = set()
    for name in names:
        origin = open_origin(str(name), settings)
        if origin.name not in seen:
            seen.add(origin.name)
            yield origin


def open_origin(name: str, settings: Settings) -> Origin:
    """Return the origin that a name stands for; what needs the network is loaded for it alone."""
    if _SCHEME.match(name):
        from corpus.sources.opening import open_source
        from service.ingest.panorama import open_fetcher, open_panorama

        cache = DataFolder(settings.data_dir).path / _CACHE
        fetchers: list[Fetcher] = []

        def make_fetcher() -> "Fetcher":
            fetchers.append(open_fetcher(settings, cache=cache))
            return fetchers[-1]

        source: ItemSource
        if name.startswith("panorama:"):
            source, fetcher = open_panorama(name, settings)
            fetchers.append(fetcher)
        else:
            source = open_source(name, make_fetcher)
        return Listed(
            source, display_right(settings, source.name), settings.columns, tuple(fetchers)
        )
    path = Path(name).resolve()
    return Files(path, name, display_right(settings, str(path)), settings.columns)


def display_right(settings: Settings, name: str) -> Display | None:
    """Return what the settings say may be shown of a source; the longest start of its name wins."""
    best, right = "", ""
    for entry in settings.display:
        start, _, value = entry.rpartition("=")
        if name.startswith(start) and len(start) >= len(best):
            best, right = start, value
    return next((known for known in RIGHTS if known == right), None)
