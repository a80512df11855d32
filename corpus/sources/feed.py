"""List what an RSS or Atom feed announces."""

import logging
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urljoin

import feedparser

from corpus.decoding import checksum
from corpus.documents import Display, Source
from corpus.errors import CorpusError, ListingError
from corpus.fetching.client import Fetcher
from corpus.sources.protocol import Fetched, SourceItem
from corpus.sources.web import fetch_page, page_name

_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
_LOGGER = logging.getLogger(__name__)


class FeedSource:
    """Give each entry of a feed as an item: the page that it links to, else the text in it."""

    def __init__(self, fetcher: Fetcher, address: str, *, display: Display = "snippets") -> None:
        self._fetcher = fetcher
        self._address = address
        self._display = display

    @property
    def name(self) -> str:
        return f"feed:{self._address}"

    @property
    def complete(self) -> bool:
        """Return False: a feed holds the newest entries, older ones are not gone."""
        return False

    def list_items(self) -> Iterator[SourceItem]:
        """Yield the entries, each once; raise ListingError where there is no feed."""
        try:
            page = self._fetcher.fetch(self._address, accept=_ACCEPT)
        except CorpusError as error:
            raise ListingError(str(error)) from error
        parsed = feedparser.parse(page.data, response_headers={"content-location": page.url})
        if not parsed.get("version"):
            raise ListingError(
                f"{self._address}: neither RSS nor Atom; look for the feed's address"
            )
        if parsed.get("bozo"):
            _LOGGER.warning("%s: a broken feed (%s)", self._address, parsed.get("bozo_exception"))
        seen: set[str] = set()
        for entry in parsed.entries:
            item = self._item(entry, page.url)
            if item is not None and item.key not in seen:
                seen.add(item.key)
                yield item

    def _item(self, entry: Any, base: str) -> SourceItem | None:
        title = str(entry.get("title", ""))
        dated = "updated" if "updated" in entry else "published"
        version = str(entry.get(dated) or "")
        link = urljoin(base, str(entry.get("link", "")).strip()) if entry.get("link") else ""
        if link.startswith(("http://", "https://")):
            return SourceItem(link, version, title)
        text = "".join(str(part.get("value", "")) for part in entry.get("content", []))
        text = text or str(entry.get("summary", ""))
        key = str(entry.get("id") or title)
        if not key or not text:
            return None
        page = f"<title>{escape(title)}</title><h1>{escape(title)}</h1>{text}"
        return SourceItem(key, version, title, page.encode("utf-8", "replace"))

    def fetch(self, item: SourceItem) -> Fetched:
        """Return the page of an entry."""
        if item.content is None:
            return fetch_page(self._fetcher, item, self._display)
        source = Source(
            file=f"{page_name(self._address)}/{item.key}",
            checksum=checksum(item.content),
            media_type="text/html",
            display=self._display,
        )
        return Fetched(item, item.content, source)
