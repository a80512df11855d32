"""List the solutions of the PANORAMA API, or of a site that speaks the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from corpus.decoding import checksum
from corpus.documents import Display, Source
from corpus.errors import CorpusError, FetchError, GoneError, ListingError
from corpus.fetching.client import Fetcher
from corpus.readers.panorama import ADDRESS, read_address
from corpus.readers.panorama_records import MEDIA_TYPE, parse_json, record_version
from corpus.sources.protocol import Fetched, SourceItem

LANGUAGES = ("en", "fr", "es")
_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class PanoramaFilter:
    """Choose solutions as the API lets one; empty means all."""

    countries: tuple[str, ...] = ()
    """ISO 3166 alpha-2 codes."""
    regions: tuple[str, ...] = ()
    """Numbers of the site's own terms: 53 West and Central Africa, 493 Pacific, ..."""
    portal: str = ""
    """Title of a portal."""
    wdpa: str = ""
    """Number in the World Database on Protected Areas."""

    def parameters(self) -> list[tuple[str, str]]:
        return [
            *(("country_iso_2[]", code) for code in sorted(self.countries)),
            *(("region[]", term) for term in sorted(self.regions)),
            *((("portal_title", self.portal),) if self.portal else ()),
            *((("wdpa", self.wdpa),) if self.wdpa else ()),
        ]


def api_secrets(address: str, key: str) -> dict[str, dict[str, str]]:
    """Return what a Fetcher needs to send the key, and only where it belongs."""
    base = address.rstrip("/")
    return {f"{base}/{lang}/api/": {"api_key": key} for lang in LANGUAGES}


def _unwrap(entry: Any) -> Any:
    return entry["solution"] if isinstance(entry, dict) and "solution" in entry else entry


class PanoramaSource:
    """Give each solution in each language as an item; languages share the solution's slug."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        address: str = ADDRESS,
        languages: tuple[str, ...] = LANGUAGES,
        chosen: PanoramaFilter | None = None,
        display: Display = "snippets",
    ) -> None:
        """The fetcher holds the key: make it with ``secrets=api_secrets(address, key)``."""
        unknown = sorted(set(languages) - set(LANGUAGES))
        if unknown:
            raise CorpusError(f"language {', '.join(unknown)}: the API has {', '.join(LANGUAGES)}")
        self._fetcher = fetcher
        self._address = address.rstrip("/")
        self._languages = languages
        self._parameters = (chosen or PanoramaFilter()).parameters()
        self._display = display
        self._addresses: dict[str, str] = {}

    @property
    def name(self) -> str:
        query = urlencode(self._parameters)
        return f"panorama:{self._address}" + (f"?{query}" if query else "")

    @property
    def complete(self) -> bool:
        return True

    def list_items(self) -> Iterator[SourceItem]:
        """Yield each record once a language; raise ListingError where paging breaks off."""
        for lang in self._languages:
            yield from self._list_language(lang)

    def _list_language(self, lang: str) -> Iterator[SourceItem]:
        seen: set[str] = set()
        for number in range(_MOST_PAGES):
            records, count = self._page(lang, number)
            fresh = [r for r in map(_unwrap, records) if self._key(lang, r) not in seen]
            if not fresh:
                if records and len(seen) < count:
                    raise ListingError(f"{self._where(lang, number)}: repeats earlier pages; "
                                       "the paging does not come to an end")  # fmt: skip
                if len(seen) < count:
                    raise ListingError(
                        f"{self._where(lang, number)}: the source says that it holds {count} "
                        f"solutions, its pages gave {len(seen)}"
                    )
                return
            for record in fresh:
                item = self._item(lang, record)
                if item.key not in seen:
                    seen.add(item.key)
                    yield item
            if len(seen) >= count:
                return
        raise ListingError(f"{self._where(lang, _MOST_PAGES)}: more pages than any such source has")

    def _where(self, lang: str, page: int) -> str:
        query = urlencode([*self._parameters, ("page", page)])
        return f"{self._address}/{lang}/api/v1/solutions?{query}"

    def _page(self, lang: str, number: int) -> tuple[list[Any], int]:
        where = self._where(lang, number)
        try:
            page = self._fetcher.fetch(where, accept="application/json", robots=False)
            value = parse_json(page.data, where)
        except GoneError as error:
            raise ListingError(f"{error}; check the address of the source") from error
        except CorpusError as error:
            raise ListingError(str(error)) from error
        records = value.get("solutions") if isinstance(value, dict) else None
        pager = value.get("pager") if isinstance(value, dict) else None
        if not isinstance(records, list):
            raise ListingError(f"{where}: no list 'solutions' in the answer; is this the API?")
        count = pager.get("count") if isinstance(pager, dict) else None
        if isinstance(count, str) and count.isdecimal():
            count = int(count)
        return records, count if isinstance(count, int) else 0 if not records else 1 << 60

    def _key(self, lang: str, record: Any) -> str:
        identifier = record.get("id") if isinstance(record, dict) else None
        if isinstance(identifier, int | str) and not isinstance(identifier, bool):
            return f"{lang}/{identifier}"
        return f"{lang}/{record_version(record)}"

    def _item(self, lang: str, record: Any) -> SourceItem:
        record = self._with_slug(record)
        envelope = {"lang": lang, "solution": record}
        title = record.get("title") if isinstance(record, dict) else None
        return SourceItem(
            key=self._key(lang, record),
            version=record_version(record),
            title=title if isinstance(title, str) else "",
            content=json.dumps(envelope, sort_keys=True, ensure_ascii=False).encode(
                "utf-8", "replace"
            ),
        )

    def _with_slug(self, record: Any) -> Any:
        """Give a record that is known by its number the slug that another language has for it."""
        if not isinstance(record, dict) or not isinstance(record.get("url"), str):
            return record
        identifier, url = str(record.get("id")), record["url"]
        if url.startswith("/"):
            url = f"{ADDRESS}{url}"
        address = read_address(url)
        if address is None:
            return record
        if address.kind != "node":
            self._addresses.setdefault(identifier, address.slug)
        elif identifier in self._addresses:
            slug = self._addresses[identifier]
            return {**record, "url": f"{ADDRESS}/{address.lang}/solution/{slug}"}
        return record

    def fetch(self, item: SourceItem) -> Fetched:
        """Return the record that listing brought."""
        if item.content is None:
            raise FetchError(f"{self.name} {item.key}: list the source again to have this record")
        source = Source(
            file=f"panorama/{item.key}",
            checksum=checksum(item.content),
            media_type=MEDIA_TYPE,
            display=self._display,
            creator="PANORAMA",
            title=item.title,
        )
        return Fetched(item, item.content, source)
