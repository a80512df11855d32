"""Connect only to addresses that were checked, and end a request whose time is up.

A name is resolved once for each connection and the connection goes to that very address, so a
name that changes its address between check and use gains nothing.
"""

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from types import TracebackType

import httpcore
import httpx

from corpus.errors import FetchError
from corpus.fetching.addresses import is_public

_SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


class Deadline:
    """Hold the moment when the present request has to be over."""

    def __init__(self) -> None:
        self._at = float("inf")

    def start(self, seconds: float) -> None:
        """Give the request that begins now this long."""
        self._at = time.monotonic() + seconds

    def limit(self, timeout: float | None) -> float:
        """Return the time that one step may take."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this request is up")
        return left if timeout is None else min(timeout, left)


class _TimedStream(httpcore.NetworkStream):
    """A connection that reads and writes no longer than the deadline lets it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        limit = self._deadline.limit(timeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, limit)
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _CheckedBackend(httpcore.NetworkBackend):
    """Resolve a name, check its addresses and connect to one of them."""

    def __init__(self, deadline: Deadline, *, private: bool) -> None:
        self._sockets = httpcore.SyncBackend()
        self._deadline = deadline
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        problem: Exception | None = None
        for address in resolve(host, port, private=self._private):
            try:
                limit = self._deadline.limit(timeout)
                stream = self._sockets.connect_tcp(
                    address, port, limit, local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem or httpcore.ConnectError(f"{host}: no address")

    def sleep(self, seconds: float) -> None:
        self._sockets.sleep(seconds)


def resolve(host: str, port: int, *, private: bool) -> tuple[str, ...]:
    """Return the addresses that may be connected to; raise FetchError where there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host}: no such host; check the address") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = tuple(address for address in addresses if private or is_public(address))
    if not allowed:
        raise FetchError(
            f"{host}: its address {addresses[0]} is one of this machine or of a private network; "
            "set allow_private to fetch from there"
        )
    return allowed


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()


class CheckedTransport(httpx.BaseTransport):
    """Send requests over reused connections; add secrets that nothing above should see."""

    def __init__(
        self, deadline: Deadline, *, private: bool, secrets: dict[str, dict[str, str]] | None = None
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=10,
            max_keepalive_connections=10,
            keepalive_expiry=30.0,
            network_backend=_CheckedBackend(deadline, private=private),
        )
        self._secrets = secrets or {}
        """Query parameters by the start of the addresses that need them."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        for start, parameters in self._secrets.items():
            if str(url).startswith(start):
                url = url.copy_merge_params(parameters)
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        assert isinstance(response.stream, Iterable)
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response.stream),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.close()
