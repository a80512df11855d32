"""A relay on loopback through which the engine asks other endpoints, and only those allowed."""

import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import unquote, urlsplit

from werkzeug.http import parse_options_header

from service.errors import ServiceError
from service.sparql.federation import Federation, is_allowed
from service.sparql.outgoing import Limits, Reply, ask_endpoint, fetch

_MAX_QUERY = 1 << 20


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, hosts: tuple[str, ...], limits: Limits) -> None:
        self.hosts = hosts
        self.limits = limits
        self.path = f"/{secrets.token_urlsafe(24)}/"
        super().__init__(("127.0.0.1", 0), _Handler)

    def allows(self, address: str) -> bool:
        return is_allowed(address, self.hosts)


class _Handler(BaseHTTPRequestHandler):
    server_version = "ecoduct"
    sys_version = ""
    timeout = 60.0

    def do_GET(self) -> None:
        """Fetch the graph that the path names, for LOAD; what is passed on is N-Triples."""
        address = self._address()
        if address is None:
            return
        # The engine's parsers are loaded by the first LOAD: most services never see one.
        from service.sparql.rdf_input import READ_FORMATS, parse_graph
        from service.store.triples import to_block

        server = cast("_Server", self.server)

        def load() -> Reply:
            reply = fetch(
                address,
                accept=", ".join(READ_FORMATS),
                limits=server.limits,
                is_allowed=server.allows,
                purpose="LOAD",
            )
            mimetype, parameters = parse_options_header(reply.content_type)
            where = f"LOAD {urlsplit(address).hostname}: the answer"
            charset = parameters.get("charset", "utf-8")
            triples = parse_graph(reply.body, mimetype, charset, base=address, where=where)
            return Reply("application/n-triples", to_block(triples).encode())

        self._pass_on(load)

    def do_POST(self) -> None:
        """Pass a query on to the endpoint that the path names."""
        address = self._address()
        if address is None:
            return
        server = cast("_Server", self.server)
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _MAX_QUERY:
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "text/plain", b"query too long")
            return
        query = self.rfile.read(int(length))
        accept = self.headers.get("Accept", "application/sparql-results+json")
        self._pass_on(
            lambda: ask_endpoint(
                address, query, accept=accept, limits=server.limits, is_allowed=server.allows
            )
        )

    def _address(self) -> str | None:
        """Return the address that the path names; None, and answered, where it may not be."""
        server = cast("_Server", self.server)
        address = unquote(self.path.removeprefix(server.path))
        if self.path.startswith(server.path) and server.allows(address):
            return address
        self._send(HTTPStatus.FORBIDDEN, "text/plain", b"not on the list")
        return None

    def _pass_on(self, ask: Callable[[], Reply]) -> None:
        try:
            reply = ask()
        except ServiceError as error:
            self._send(HTTPStatus.BAD_GATEWAY, "text/plain", str(error).encode())
        else:
            self._send(HTTPStatus.OK, reply.content_type, reply.body)

    def _send(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the address has a secret part."""


class Relay:
    """Run the relay in a thread; its path is secret, so that only this service can use it."""

    def __init__(self, hosts: tuple[str, ...], limits: Limits) -> None:
        self._server = _Server(hosts, limits)
        port = self._server.server_address[1]
        self.federation = Federation(hosts, f"http://127.0.0.1:{port}{self._server.path}")
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.2,), name="relay", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
