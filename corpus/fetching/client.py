"""The one HTTP client: polite, bounded, cached."""

import logging
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore
import httpx
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheTransport
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from corpus.errors import CorpusError, FetchError, GoneError
from corpus.fetching.challenges import ADVICE, is_challenge
from corpus.fetching.pages import FetchLimits, Page
from corpus.fetching.politeness import Politeness
from corpus.fetching.transport import CheckedTransport, Deadline

AGENT = "ecoduct"
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524)
_CORE_ERRORS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)
_LOGGER = logging.getLogger(__name__)
_BACK_OFF = wait_exponential_jitter(initial=1.0, max=60.0, jitter=1.0)


class _PassingError(FetchError):
    """A fault that may be over soon; ``after`` is how long the host asks to wait."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Fetcher:
    """Fetch pages; meant for one thread. Close it when done."""

    def __init__(
        self,
        limits: FetchLimits | None = None,
        *,
        cache: Path | None = None,
        secrets: dict[str, dict[str, str]] | None = None,
        contact: str = "",
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Keep answers in the file ``cache``; add ``secrets``, query parameters by the start of
        the addresses that need them, below the cache and below everything that is logged."""
        self._limits = limits or FetchLimits()
        self._deadline = Deadline()
        self._sleep = sleep
        self._politeness = Politeness(AGENT, interval=self._limits.interval_s, sleep=sleep)
        self._storage: SqliteStorage | None = None
        transport: httpx.BaseTransport = CheckedTransport(
            self._deadline, private=self._limits.private, secrets=secrets
        )
        if cache is not None:
            cache.parent.mkdir(parents=True, exist_ok=True)
            self._storage = SqliteStorage(
                database_path=cache.absolute(), max_stream_size=self._limits.max_bytes
            )
            transport = CacheTransport(
                transport, storage=self._storage, rfc=CacheOptions(shared=False)
            )
        agent = f"{AGENT} (+{contact})" if contact else AGENT
        self._client = httpx.Client(
            transport=transport,
            timeout=self._limits.step_s,
            follow_redirects=False,
            trust_env=False,
            headers={
                "User-Agent": agent,
                "Accept-Encoding": "gzip, deflate",
                "Cache-Control": "no-cache",  # ask the host each time whether it has changed
            },
        )

    def close(self) -> None:
        """Close connections and cache."""
        self._client.close()
        if self._storage is not None:
            self._storage.close()

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fetch(self, address: str, *, accept: str = "*/*", robots: bool = True) -> Page:
        """Return what an address gives; raise GoneError for 404 and 410, else FetchError.

        ``robots=False`` is for an interface whose owner gave a key to use it.
        """
        visited = [address]
        while True:
            page = self._with_retries(visited[-1], accept, robots)
            if isinstance(page, Page):
                return page
            target = _follow(visited[-1], page)
            if target in visited:
                raise FetchError(f"{address}: its redirects go round in a circle ({target})")
            if len(visited) > self._limits.redirects:
                raise FetchError(
                    f"{address}: more than {self._limits.redirects} redirects, the last to {target}"
                )
            visited.append(target)

    def _with_retries(self, address: str, accept: str, robots: bool) -> Page | str:
        retrying = Retrying(
            stop=stop_after_attempt(self._limits.attempts),
            wait=_wait,
            retry=retry_if_exception(self._worth_retrying),
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._once, address, accept, robots)

    def _worth_retrying(self, error: BaseException) -> bool:
        if not isinstance(error, _PassingError):
            return False
        _LOGGER.info("%s", error)
        return error.after is None or error.after <= self._limits.longest_wait_s

    def _once(self, address: str, accept: str, robots: bool) -> Page | str:
        parts = _split(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(
                f"{address}: not a web address; it must begin with http:// or https://"
            )
        origin = f"{parts.scheme}://{parts.netloc}"
        if robots:
            self._check_rules(origin, address)
        self._politeness.wait(origin)
        return self._send(address, accept)

    def _check_rules(self, origin: str, address: str) -> None:
        if self._politeness.needs_rules(origin):
            self._politeness.wait(origin)
            self._politeness.set_rules(origin, self._robots_text(origin))
        if not self._politeness.allows(origin, address):
            raise FetchError(f"{address}: the site's robots.txt asks programs not to fetch it")

    def _robots_text(self, origin: str) -> str:
        """Return the rules of a host; none where it has none, all forbidden where it fails."""
        target = f"{origin}/robots.txt"
        try:
            for _ in range(self._limits.redirects + 1):
                page = self._send(target, "text/plain")
                if isinstance(page, Page):
                    html = page.media_type == "text/html"
                    return "" if html else page.data.decode("utf-8", "replace")
                target = _follow(target, page)
            return ""
        except _PassingError:
            raise
        except FetchError as error:
            if isinstance(error.__cause__, httpx.HTTPStatusError):
                return ""
            raise

    def _send(self, address: str, accept: str) -> Page | str:
        """Return the page, or the address that it redirects to."""
        self._deadline.start(self._limits.timeout_s)
        try:
            with self._client.stream("GET", address, headers={"Accept": accept}) as response:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    return str(response.headers["location"])
                data = self._read(response, address)
                self._check_status(response, data, address)
                return _page(response, data, address)
        except (*_CORE_ERRORS, httpx.HTTPError) as error:
            raise _network_error(address, error) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise FetchError(f"{address}: not an address that can be asked: {error}") from error

    def _read(self, response: httpx.Response, address: str) -> bytes:
        if "," in response.headers.get("content-encoding", ""):
            raise FetchError(f"{address}: packed more than once, which no honest site does")
        most = self._limits.max_bytes
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > most:
                raise FetchError(
                    f"{address}: larger than the limit of {most / 1e6:.0f} MB when unpacked"
                )
            self._deadline.limit(None)
        return bytes(data)

    def _check_status(self, response: httpx.Response, data: bytes, address: str) -> None:
        status = response.status_code
        if is_challenge(data, response.headers):
            raise FetchError(f"{address}: {ADVICE}")
        if status < 300:
            return
        if status in _PASSING:
            after = _retry_after(response)
            asked = f"; it asks to wait {after:.0f} s" if after else ""
            raise _PassingError(f"{address}: the site answered {status}{asked}; try later", after)
        error = httpx.HTTPStatusError(str(status), request=response.request, response=response)
        if status in (404, 410):
            raise GoneError(
                f"{address}: not there any more (the site answered {status})"
            ) from error
        if status in (401, 403):
            raise FetchError(
                f"{address}: the site refuses it (it answered {status}); check key and rights"
            ) from error
        raise FetchError(f"{address}: the site answered {status}") from error


def _follow(address: str, location: str) -> str:
    """Return where a redirect leads."""
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise FetchError(f"{address}: redirects to {location!r}, not a web address") from error


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:
        raise FetchError(f"{address}: not a web address: {error}") from error


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    after = error.after if isinstance(error, _PassingError) else None
    return _BACK_OFF(state) if after is None else after


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def _network_error(address: str, error: Exception) -> CorpusError:
    if isinstance(error, httpcore.TimeoutException | httpx.TimeoutException):
        return _PassingError(f"{address}: no answer in time; try later")
    if isinstance(error, httpx.DecodingError):
        return FetchError(f"{address}: its packed answer is damaged")
    return _PassingError(f"{address}: the connection failed ({error or type(error).__name__})")


def _page(response: httpx.Response, data: bytes, address: str) -> Page:
    caching = response.extensions.get("caching")
    return Page(
        url=address,
        data=data,
        media_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=response.charset_encoding or "",
        version=response.headers.get("etag") or response.headers.get("last-modified") or "",
        unchanged=bool(caching and caching["from_cache"] and caching["revalidated"]),
    )


__all__ = ["AGENT", "FetchLimits", "Fetcher", "Page"]
