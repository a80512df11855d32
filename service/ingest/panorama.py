"""Open the PANORAMA API as an operator names it: ``panorama:ADDRESS?country=CR&languages=en``."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from corpus.errors import CorpusError
from corpus.fetching.client import Fetcher, FetchLimits
from corpus.readers.panorama import ADDRESS
from corpus.sources.panorama_api import (
    LANGUAGES,
    PanoramaFilter,
    PanoramaSource,
    api_secrets,
)
from service.config import Settings

_FILTERS = ("country", "languages", "portal", "region", "wdpa")


def open_panorama(name: str, settings: Settings) -> tuple[PanoramaSource, Fetcher]:
    """Return the source and its HTTP client.

    Raise CorpusError where the key is missing or a filter is unknown.
    """
    if not settings.panorama_key:
        raise CorpusError(
            f"{name}: the API needs a key, which PANORAMA gives to you; set ECODUCT_PANORAMA_KEY, "
            "or save pages from the browser in a folder and name that folder as the source"
        )
    address, _, query = name.removeprefix("panorama:").partition("?")
    address = (address or ADDRESS).rstrip("/")
    if urlsplit(address).scheme not in ("http", "https"):
        raise CorpusError(f"{name}: write panorama:https://HOST, or panorama: for PANORAMA itself")
    chosen = parse_qs(query)
    unknown = sorted(set(chosen) - set(_FILTERS))
    if unknown:
        raise CorpusError(f"{name}: no filter {', '.join(unknown)}; use {', '.join(_FILTERS)}")
    listed = {key: ",".join(values).split(",") for key, values in chosen.items()}
    fetcher = open_fetcher(settings, secrets=api_secrets(address, settings.panorama_key))
    source = PanoramaSource(
        fetcher,
        address=address,
        languages=tuple(listed.get("languages", LANGUAGES)),
        chosen=PanoramaFilter(
            countries=tuple(listed.get("country", ())),
            regions=tuple(listed.get("region", ())),
            portal=",".join(listed.get("portal", ())),
            wdpa=",".join(listed.get("wdpa", ())),
        ),
    )
    return source, fetcher


def open_fetcher(
    settings: Settings,
    *,
    secrets: dict[str, dict[str, str]] | None = None,
    cache: Path | None = None,
) -> Fetcher:
    """Return the HTTP client that the settings ask for."""
    limits = FetchLimits(interval_s=settings.fetch_interval_s, private=settings.fetch_private)
    return Fetcher(limits, cache=cache, secrets=secrets, contact=settings.fetch_contact)
