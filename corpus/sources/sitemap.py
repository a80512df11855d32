"""List the pages that a site's sitemap names."""

import gzip
import io
import zlib
from collections.abc import Iterator
from fnmatch import fnmatchcase

from lxml import etree

from corpus.documents import Display
from corpus.errors import CorpusError, ListingError
from corpus.fetching.client import Fetcher
from corpus.sources.protocol import Fetched, SourceItem
from corpus.sources.web import fetch_page

_DEEPEST = 3
_MOST_ADDRESSES = 500_000
_MOST_SITEMAPS = 1_000
_MOST_BYTES = 60_000_000


class SitemapSource:
    """Give the pages of a sitemap, or of the sitemaps that an index names, as items."""

    def __init__(
        self,
        fetcher: Fetcher,
        address: str,
        *,
        include: tuple[str, ...] = (),
        exclude: tuple[str, ...] = (),
        display: Display = "snippets",
    ) -> None:
        """Patterns of the shell choose addresses: ``*/solution/*``."""
        self._fetcher = fetcher
        self._address = address
        self._include = include
        self._exclude = exclude
        self._display = display

    @property
    def name(self) -> str:
        return f"sitemap:{self._address}"

    @property
    def complete(self) -> bool:
        return True

    def list_items(self) -> Iterator[SourceItem]:
        """Yield the addresses, each once, with the date of their last change as version."""
        seen: set[str] = set()
        waiting = [(self._address, 0)]
        read: set[str] = set()
        while waiting:
            address, depth = waiting.pop(0)
            if address in read:
                continue
            read.add(address)
            if len(read) > _MOST_SITEMAPS:
                raise ListingError(f"{self._address}: more than {_MOST_SITEMAPS} sitemaps")
            is_index, entries = self._read(address)
            if is_index:
                if depth >= _DEEPEST:
                    raise ListingError(f"{address}: sitemaps nested more than {_DEEPEST} deep")
                waiting.extend((location, depth + 1) for location, _ in entries)
                continue
            for location, changed in entries:
                if location in seen or not self._wants(location):
                    continue
                seen.add(location)
                if len(seen) > _MOST_ADDRESSES:
                    raise ListingError(f"{self._address}: more than {_MOST_ADDRESSES} pages")
                yield SourceItem(location, changed)

    def _wants(self, address: str) -> bool:
        if self._include and not any(fnmatchcase(address, p) for p in self._include):
            return False
        return not any(fnmatchcase(address, p) for p in self._exclude)

    def _read(self, address: str) -> tuple[bool, list[tuple[str, str]]]:
        try:
            data = _unpack(self._fetcher.fetch(address).data, address)
            return _parse(data, address)
        except ListingError:
            raise
        except CorpusError as error:
            raise ListingError(str(error)) from error

    def fetch(self, item: SourceItem) -> Fetched:
        """Return the page at an address."""
        return fetch_page(self._fetcher, item, self._display)


def _unpack(data: bytes, address: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(_MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ListingError(f"{address}: a damaged .gz file") from error
    if len(unpacked) > _MOST_BYTES:
        raise ListingError(f"{address}: unpacks to more than {_MOST_BYTES / 1e6:.0f} MB")
    return unpacked


def _parse(data: bytes, address: str) -> tuple[bool, list[tuple[str, str]]]:
    """Return whether it is an index, and its (address, last change) pairs."""
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        lines = data.decode("utf-8-sig", "replace").split()
        if lines and all(line.startswith(("http://", "https://")) for line in lines):
            return False, [(line, "") for line in lines]
        raise ListingError(f"{address}: not a sitemap: neither XML nor a list of addresses")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise ListingError(f"{address}: not a sitemap: {error.msg}") from error
    kind = etree.QName(root).localname
    if kind not in ("urlset", "sitemapindex"):
        raise ListingError(f"{address}: not a sitemap but <{kind}>")
    entries = []
    for entry in root:
        values = {
            etree.QName(child).localname: (child.text or "").strip()
            for child in entry
            if isinstance(child.tag, str)
        }
        if values.get("loc", "").startswith(("http://", "https://")):
            entries.append((values["loc"], values.get("lastmod", "")))
    return kind == "sitemapindex", entries
