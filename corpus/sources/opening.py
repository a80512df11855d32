"""From the name of a source to the source: ``feed:https://…``, ``sitemap:…``, ``urls:FILE``, …"""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

from corpus.documents import Display
from corpus.errors import CorpusError
from corpus.fetching.client import Fetcher
from corpus.sources.feed import FeedSource
from corpus.sources.folder import FolderSource
from corpus.sources.protocol import ItemSource
from corpus.sources.sitemap import SitemapSource
from corpus.sources.web import PagesSource

KINDS = ("feed", "folder", "sitemap", "urls", "http", "https")


def names_source(name: str) -> bool:
    """Tell whether a name is one that open_source takes."""
    return name.partition(":")[0] in KINDS and ":" in name


def open_source(
    name: str, make_fetcher: Callable[[], Fetcher], *, display: Display = "snippets"
) -> ItemSource:
    """Return the source that a name stands for; raise CorpusError for a name that is none.

    ``feed:ADDRESS``; ``sitemap:ADDRESS``; ``urls:FILE``; ``folder:PATH``; or the address of one
    page. After ``#`` sitemaps and folders take patterns: ``#include=*.pdf&exclude=drafts/*``.
    """
    kind, _, rest = name.partition(":")
    if kind in ("http", "https"):
        return PagesSource(make_fetcher(), (name,), display=display)
    place, _, options = rest.partition("#")
    chosen = parse_qs(options, strict_parsing=False)
    unknown = sorted(set(chosen) - {"include", "exclude"})
    if unknown:
        raise CorpusError(f"{name}: no option {', '.join(unknown)}; use include and exclude")
    include, exclude = (tuple(chosen.get(option, ())) for option in ("include", "exclude"))
    if kind == "folder":
        return FolderSource(Path(place), include=include, exclude=exclude, display=display)
    if kind == "urls":
        return PagesSource(make_fetcher(), Path(place), display=display)
    if kind in ("feed", "sitemap") and not place.startswith(("http://", "https://")):
        raise CorpusError(f"{name}: give an address, {kind}:https://…")
    if kind == "feed":
        return FeedSource(make_fetcher(), place, display=display)
    if kind == "sitemap":
        return SitemapSource(
            make_fetcher(), place, include=include, exclude=exclude, display=display
        )
    raise CorpusError(f"{name}: not the name of a source; use {', '.join(KINDS)}: …")
