"""Ask another SPARQL endpoint: address resolved, checked and pinned, no redirect, size and time."""

import http.client
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from service.errors import ServiceError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


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


def is_public(address: str) -> bool:
    """Tell whether an IP address lies on the open internet, also behind IPv6 disguises."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip.sixtofour is not None or ip.teredo is not None or ip in _NAT64:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def resolve(host: str, port: int, *, private: bool) -> str:
    """Return the one IP address that will be connected to; raise ServiceError where none may."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ServiceError(f"SERVICE {host}: no such host") from error
    address = str(found[0][4][0])
    if not private and not is_public(address):
        raise ServiceError(f"SERVICE {host}: its address is not a public one")
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


def _read(response: http.client.HTTPResponse, host: str, limits: Limits) -> bytes:
    body = bytearray()
    while chunk := response.read1(1 << 16):
        body += chunk
        if len(body) > limits.max_bytes:
            raise ServiceError(f"SERVICE {host}: its answer is larger than this service takes")
    if response.length:
        raise ServiceError(f"SERVICE {host}: its answer broke off")
    return bytes(body)


def ask_endpoint(address: str, query: bytes, *, accept: str, limits: Limits) -> Reply:
    """Send a query to an endpoint and return its whole answer; raise ServiceError."""
    parts = urlsplit(address)
    secure = parts.scheme.lower() == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    pinned = resolve(host, port, private=limits.private)
    connection = _PinnedConnection(host, port, pinned, secure=secure, timeout=limits.timeout_s)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Accept": accept,
        "Accept-Encoding": "identity",
        "Content-Type": "application/sparql-query",
        "User-Agent": "ecoduct",
    }
    timer = threading.Timer(limits.timeout_s, _end, (connection,))
    timer.daemon = True
    try:
        timer.start()
        connection.request("POST", path, query, headers)
        response = connection.getresponse()
        if response.status != 200:
            raise ServiceError(f"SERVICE {host}: it answered {response.status}")
        body = _read(response, host, limits)
        content_type = response.getheader("Content-Type", "").partition("\n")[0].strip()
        return Reply(content_type, body)
    except (OSError, http.client.HTTPException) as error:
        raise ServiceError(f"SERVICE {host}: {type(error).__name__}") from error
    finally:
        timer.cancel()
        connection.close()


def _end(connection: http.client.HTTPConnection) -> None:
    """End a connection whose time is up, however slowly the other side speaks."""
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
