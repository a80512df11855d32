"""Pages of the web as items: single addresses, lists of them, what a sitemap or a feed names."""

import codecs
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.decoding import checksum, decode_text, read_bytes
from corpus.documents import Display, Source
from corpus.errors import CorpusError, ListingError
from corpus.fetching.client import Fetcher, Page
from corpus.readers import MEDIA_TYPES
from corpus.sources.protocol import Fetched, SourceItem

_VAGUE = ("", "application/octet-stream", "binary/octet-stream", "application/x-download")
_MOST_ADDRESSES = 100_000


def fetch_page(fetcher: Fetcher, item: SourceItem, display: Display) -> Fetched:
    """Return the page at the address that is the item's key."""
    page = fetcher.fetch(item.key)
    data = _as_utf8(page)
    source = Source(
        file=page_name(page.url),
        checksum=checksum(data),
        media_type=_media_type(page),
        display=display,
        url=item.key,
    )
    return Fetched(item, data, source)


def page_name(address: str) -> str:
    """Return a name like that of a file for an address: host and path, and what it asks for."""
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/") or "index"
    query = f"-{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').removeprefix('www.')}/{path}{query}"


def _media_type(page: Page) -> str:
    """Return what the host claims, or where it claims nothing, what the address looks like."""
    if page.media_type not in _VAGUE:
        return page.media_type
    suffix = PurePosixPath(urlsplit(page.url).path).suffix.lower()
    return MEDIA_TYPES.get(suffix, page.media_type)


def _as_utf8(page: Page) -> bytes:
    """Return a text in UTF-8 with its mark, where only the host knows its encoding."""
    textual = page.media_type.startswith("text/") or page.media_type.endswith(("json", "xml"))
    if not textual or not page.charset or page.charset.lower() in ("utf-8", "utf8"):
        return page.data
    charset = "cp1252" if page.charset.lower() == "iso-8859-1" else page.charset
    try:
        return codecs.BOM_UTF8 + page.data.decode(charset).encode()
    except (LookupError, UnicodeError):
        return page.data


def read_address_list(path: Path) -> tuple[str, ...]:
    """Return the addresses of a text file, one a line; lines that begin with # are remarks."""
    lines = (line.strip() for line in decode_text(read_bytes(path), str(path)).split("\n"))
    addresses = tuple(line for line in lines if line and not line.startswith("#"))
    for number, address in enumerate(addresses, start=1):
        if not address.startswith(("http://", "https://")):
            raise CorpusError(
                f"{path}: entry {number} is {address[:60]!r}; an address begins with https://"
            )
    if len(addresses) > _MOST_ADDRESSES:
        raise CorpusError(f"{path}: {len(addresses)} addresses; the limit is {_MOST_ADDRESSES}")
    return tuple(dict.fromkeys(addresses))


class PagesSource:
    """Give each address of a list as an item; a file of addresses is read anew at each listing."""

    def __init__(
        self, fetcher: Fetcher, addresses: tuple[str, ...] | Path, *, display: Display = "snippets"
    ) -> None:
        self._fetcher = fetcher
        self._addresses = addresses
        self._display = display

    @property
    def name(self) -> str:
        if isinstance(self._addresses, Path):
            return f"urls:{self._addresses.resolve()}"
        return self._addresses[0] if len(self._addresses) == 1 else "urls:"

    @property
    def complete(self) -> bool:
        return True

    def list_items(self) -> Iterator[SourceItem]:
        """Yield the addresses, each once; raise ListingError where the file cannot be read."""
        addresses = self._addresses
        if isinstance(addresses, Path):
            try:
                addresses = read_address_list(addresses)
            except CorpusError as error:
                raise ListingError(str(error)) from error
        yield from (SourceItem(address) for address in dict.fromkeys(addresses))

    def fetch(self, item: SourceItem) -> Fetched:
        """Return the page at an address."""
        return fetch_page(self._fetcher, item, self._display)
