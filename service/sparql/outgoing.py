"""Ask another server: address resolved, checked and pinned, redirects checked, size and time."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from corpus.fetching.addresses import is_public
from service.errors import ServiceError

_REDIRECTS = {True: (301, 302, 303, 307, 308), False: (307, 308)}
"""Statuses that are followed, of GET and of POST."""
_HOPS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound what one question may cost."""

    timeout_s: float = 30.0
    max_bytes: int = 20 << 20
    private: bool = False
    """Whether addresses of private networks and of this machine may be asked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold the whole answer of an endpoint."""

    content_type: str
    body: bytes


def resolve(host: str, port: int, *, private: bool, purpose: str = "SERVICE") -> str:
    """Return the one IP address that will be connected to; raise ServiceError where none may."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ServiceError(f"{purpose} {host}: no such host") from error
    address = str(found[0][4][0])
    if not private and not is_public(address):
        raise ServiceError(f"{purpose} {host}: its address is not a public one")
    return address


class _PinnedConnection(http.client.HTTPConnection):
    """Connect to an address that has been checked, whatever the name says by then."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self.default_port = 443 if secure else 80
        self._address = address
        self._secure = secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _read(response: http.client.HTTPResponse, limits: Limits) -> bytes:
    body = bytearray()
    while chunk := response.read1(1 << 16):
        body += chunk
        if len(body) > limits.max_bytes:
            raise _RefusedReplyError("its answer is larger than this service takes")
    if response.length:
        raise _RefusedReplyError("its answer broke off")
    return bytes(body)


class _RefusedReplyError(Exception):
    """Say what was wrong with an answer."""


def _once(
    address: str, body: bytes | None, headers: Mapping[str, str], limits: Limits, purpose: str
) -> Reply | str:
    """Send one request; return the answer, or where it says to go."""
    parts = urlsplit(address)
    secure = parts.scheme.lower() == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    pinned = resolve(host, port, private=limits.private, purpose=purpose)
    connection = _PinnedConnection(host, port, pinned, secure=secure, timeout=limits.timeout_s)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    timer = threading.Timer(limits.timeout_s, _end, (connection,))
    timer.daemon = True
    try:
        timer.start()
        connection.request("GET" if body is None else "POST", path, body, dict(headers))
        response = connection.getresponse()
        if response.status in _REDIRECTS[body is None]:
            return urljoin(address, response.getheader("Location", ""))
        if response.status != 200:
            raise _RefusedReplyError(f"it answered {response.status}")
        content_type = response.getheader("Content-Type", "").partition("\n")[0].strip()
        return Reply(content_type, _read(response, limits))
    except _RefusedReplyError as error:
        raise ServiceError(f"{purpose} {host}: {error}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ServiceError(f"{purpose} {host}: {type(error).__name__}") from error
    finally:
        timer.cancel()
        connection.close()


def fetch(
    address: str,
    *,
    accept: str,
    limits: Limits,
    is_allowed: Callable[[str], bool],
    query: bytes | None = None,
    purpose: str = "SERVICE",
) -> Reply:
    """Get an address, or send it a query, and return the whole answer; raise ServiceError.

    Redirects are followed to addresses that are allowed alone, each resolved and checked anew, and
    all of them share the time of one request.
    """
    headers = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "ecoduct"}
    if query is not None:
        headers["Content-Type"] = "application/sparql-query"
    until = time.monotonic() + limits.timeout_s
    for _ in range(_HOPS):
        left = replace(limits, timeout_s=max(0.01, until - time.monotonic()))
        found = _once(address, query, headers, left, purpose)
        if isinstance(found, Reply):
            return found
        if not is_allowed(found):
            host = urlsplit(address).hostname
            raise ServiceError(f"{purpose} {host}: it sends to an address that is not on the list")
        address = found
    raise ServiceError(f"{purpose} {urlsplit(address).hostname}: too many redirects")


def ask_endpoint(
    address: str,
    query: bytes,
    *,
    accept: str,
    limits: Limits,
    is_allowed: Callable[[str], bool] = lambda _: False,
) -> Reply:
    """Send a query to an endpoint and return its whole answer; raise ServiceError."""
    return fetch(address, accept=accept, limits=limits, is_allowed=is_allowed, query=query)


def _end(connection: http.client.HTTPConnection) -> None:
    """End a connection whose time is up, however slowly the other side speaks."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
