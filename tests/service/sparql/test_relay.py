"""The relay between the engine and endpoints on loopback that the tests start."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.fetching.addresses import is_public
from service.app import create_app
from service.config import Settings
from service.errors import ServiceError
from service.sparql.access import WriteAccess
from service.sparql.outgoing import Limits, ask_endpoint, fetch, resolve
from service.sparql.relay import Relay
from service.sparql.update import make_update_blueprint
from service.store.committer import Committer
from service.store.folder import DataFolder
from service.store.reading import SnapshotReader
from service.store.tokens import TokenStore

_ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"far"}}]}}'
_TYPE = "application/sparql-results+json"


@dataclass(slots=True)
class Reply:
    """Say what the endpoint answers next, and keep what it was asked."""

    status: int = 200
    body: bytes = _ROW
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[bytes] = field(default_factory=list)


class _Endpoint(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.reply = Reply()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        reply = cast("_Endpoint", self.server).reply
        reply.asked.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        self.send_response(reply.status)
        headers = {"Content-Type": _TYPE, "Content-Length": str(len(reply.body)), **reply.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[_Endpoint]:
    server = _Endpoint()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def _client(relay: Relay, memory_reader, memory_texts) -> FlaskClient:
    app = create_app(Settings(), memory_reader, memory_texts, federation=relay.federation)
    return app.test_client()


@pytest.fixture
def federated(memory_reader, memory_texts) -> Iterator[FlaskClient]:
    relay = Relay(("127.0.0.1", "localhost"), Limits(timeout_s=2, max_bytes=10_000, private=True))
    yield _client(relay, memory_reader, memory_texts)
    relay.close()


def _query(client: FlaskClient, text: str) -> tuple[int, str]:
    response = client.post("/sparql", data={"query": text, "format": "csv"})
    return response.status_code, response.text


def test_relay_joins_what_another_endpoint_answers(
    federated: FlaskClient, endpoint: _Endpoint
) -> None:
    text = f"SELECT ?x {{ SERVICE <{endpoint.address}> {{ ?s ?p ?x }} }}"
    assert _query(federated, text) == (200, "x\r\nfar\r\n")
    assert len(endpoint.reply.asked) == 1


def test_relay_answers_are_kept_by_nobody(federated: FlaskClient, endpoint: _Endpoint) -> None:
    text = f"SELECT ?x {{ SERVICE <{endpoint.address}> {{ ?s ?p ?x }} }}"
    response = federated.get("/sparql", query_string={"query": text})
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500),
        Reply(302, headers={"Location": "http://127.0.0.1:9/"}),
        Reply(body=b" " * 10_001),
        Reply(headers={"Content-Length": "9999"}),
        Reply(body=b"nonsense"),
    ],
)
def test_relay_turns_failures_into_errors_or_silence(
    federated: FlaskClient, endpoint: _Endpoint, reply: Reply
) -> None:
    endpoint.reply = reply
    pattern = f"<{endpoint.address}> {{ ?s ?p ?x }}"
    status, said = _query(federated, f"SELECT ?x {{ SERVICE {pattern} }}")
    assert status in (400, 502)
    assert "http://" not in said
    asked = len(reply.asked)
    assert _query(federated, f"SELECT ?x {{ SERVICE SILENT {pattern} }}") == (200, "x\r\n\r\n")
    assert len(reply.asked) == asked + 1


@pytest.mark.parametrize(
    "target",
    [
        "<http://127.1:{port}/>",
        "<http://0x7f000001:{port}/>",
        "<http://[::1]:{port}/>",
        "<http://[::ffff:127.0.0.1]:{port}/>",
        "<http://user@127.0.0.1:{port}/>",
        "<HTTP://127.0.0.1.:{port}/>",
        "<//127.0.0.1:{port}/>",
        "<http:\\u002F/127.0.0.1:{port}/>",
        "<\\u0068ttp://127.0.0.1:{port}/>",
        "e:x",
        ":",
        "?target",
        "$target",
    ],
)
@pytest.mark.parametrize("keyword", ["SERVICE", "service", "SERVICE SILENT", "\\u0053ERVICE"])
def test_relay_opens_no_connection_to_what_is_not_on_the_list(
    federated: FlaskClient, endpoint: _Endpoint, keyword: str, target: str
) -> None:
    port = endpoint.server_address[1]
    address = target.format(port=port)
    text = (
        f"PREFIX e: <http://127.0.0.1:{port}/> PREFIX : <http://127.0.0.1:{port}/> SELECT * "
        f"{{ BIND(<{endpoint.address}> AS ?target) {keyword} {address} {{}} }}"
    )
    status, _ = _query(federated, text)
    assert status in (200, 400, 403)
    assert endpoint.reply.asked == []


def test_relay_asks_no_private_address_unless_allowed(
    memory_reader, memory_texts, endpoint: _Endpoint
) -> None:
    relay = Relay(("127.0.0.1", "localhost"), Limits(timeout_s=2))
    client = _client(relay, memory_reader, memory_texts)
    for host in ("127.0.0.1", "localhost"):
        address = endpoint.address.replace("127.0.0.1", host)
        status, _ = _query(client, f"SELECT ?x {{ SERVICE <{address}> {{ ?s ?p ?x }} }}")
        assert status == 502
    assert endpoint.reply.asked == []
    relay.close()


def test_relay_ends_an_endpoint_that_drips() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as silent:
        address = f"http://127.0.0.1:{silent.server_address[1]}/"
        with pytest.raises(ServiceError, match=r"^SERVICE"):
            ask_endpoint(address, b"", accept="*/*", limits=Limits(timeout_s=0.2, private=True))


def test_relay_takes_no_question_without_its_secret(endpoint: _Endpoint) -> None:
    relay = Relay(("127.0.0.1",), Limits(private=True))
    origin = relay.federation.relay.split("/")[2]
    target = quote(endpoint.address, safe="")
    for path in (f"/guess/{target}", f"/{target}", f"//{target}"):
        request = Request(f"http://{origin}{path}", data=b"ASK {}")
        with pytest.raises(OSError, match="403"):
            urlopen(request, timeout=5)
    assert endpoint.reply.asked == []
    relay.close()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("2001:0:7f00:1::", False),
    ],
)
def test_relay_knows_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "localhost", "2130706433", "0"])
def test_relay_resolves_before_it_judges(host: str) -> None:
    with pytest.raises(ServiceError):
        resolve(host, 80, private=False)


@dataclass(frozen=True, slots=True)
class Loading:
    """Send updates to an application that may load from loopback."""

    client: FlaskClient
    token: str
    reader: SnapshotReader

    def load(self, address: str, *, silent: str = "") -> tuple[int, str]:
        text = f"LOAD {silent} <{address}> INTO GRAPH <urn:g>"
        headers = {"Authorization": f"Bearer {self.token}"}
        response = self.client.post("/update", data={"update": text}, headers=headers)
        return response.status_code, response.text

    def graph(self) -> bytes:
        return b"".join(self.reader.get_graph("urn:g"))


@pytest.fixture
def loading(tmp_path: Path) -> Iterator[Loading]:
    folder = DataFolder(tmp_path)
    committer, tokens = Committer(folder), TokenStore(folder.tokens)
    relay = Relay(("127.0.0.1",), Limits(timeout_s=2, max_bytes=10_000, private=True))
    app = Flask(__name__)
    app.register_blueprint(make_update_blueprint(WriteAccess(committer, tokens), relay.federation))
    reader = SnapshotReader(folder.snapshots)
    yield Loading(app.test_client(), tokens.add("x", ["admin"]), reader)
    for item in (reader, committer, tokens, relay):
        item.close()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/turtle; charset=utf-8", b"<> <urn:p> <x> ."),
        ("application/ld+json", b'{"@id": "", "urn:p": {"@id": "x"}}'),
    ],
)
def test_relay_loads_what_is_allowed(
    loading: Loading, endpoint: _Endpoint, content_type: str, body: bytes
) -> None:
    endpoint.reply = Reply(body=body, headers={"Content-Type": content_type})
    assert loading.load(endpoint.address) == (204, "")
    beside = endpoint.address.replace("sparql", "x")
    assert loading.graph() == f"<{endpoint.address}> <urn:p> <{beside}> .\n".encode()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404),
        Reply(body=b"nonsense", headers={"Content-Type": "text/turtle"}),
        Reply(body=b"<p>", headers={"Content-Type": "text/html"}),
        Reply(body=b"#" * 10_001, headers={"Content-Type": "text/turtle"}),
        Reply(302, headers={"Location": "http://[::1]:9/"}),
        Reply(302, headers={"Location": "file:///etc/hosts"}),
        Reply(302, headers={"Location": "/sparql"}),
        Reply(
            body=b'<!DOCTYPE a [<!ENTITY b "c">]><rdf:RDF '
            b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
            headers={"Content-Type": "application/rdf+xml"},
        ),
        Reply(
            body=b'{"@id": "urn:h", "@graph": [{"@id": "urn:s", "urn:p": 1}]}',
            headers={"Content-Type": "application/ld+json"},
        ),
    ],
)
def test_relay_loads_nothing_else_and_silently_where_asked(
    loading: Loading, endpoint: _Endpoint, reply: Reply
) -> None:
    endpoint.reply = reply
    status, said = loading.load(endpoint.address)
    assert status == 502
    assert "LOAD 127.0.0.1" in said
    assert "http://127" not in said
    assert loading.load(endpoint.address, silent="SILENT") == (204, "")
    assert loading.graph() == b""


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_relay_follows_redirects_to_what_is_allowed(status: int) -> None:
    with _Endpoint() as first, _Endpoint() as last:
        threads = [threading.Thread(target=s.serve_forever, args=(0.02,)) for s in (first, last)]
        for thread in threads:
            thread.start()
        first.reply = Reply(status, headers={"Location": last.address})
        allowed = (first.address, last.address)
        limits = Limits(timeout_s=5, private=True)
        reply = fetch(first.address, accept="*/*", limits=limits, is_allowed=allowed.__contains__)
        assert reply.body == _ROW
        with pytest.raises(ServiceError, match="not on the list"):
            fetch(first.address, accept="*/*", limits=limits, is_allowed=lambda _: False)
        assert len(last.reply.asked) == 1
        for server in (first, last):
            server.shutdown()


def test_relay_is_asked_by_updates_too(tmp_path: Path, endpoint: _Endpoint) -> None:
    folder = DataFolder(tmp_path)
    committer, tokens = Committer(folder), TokenStore(folder.tokens)
    relay = Relay(("127.0.0.1",), Limits(timeout_s=2, private=True))
    app = Flask(__name__)
    access = WriteAccess(committer, tokens)
    app.register_blueprint(make_update_blueprint(access, relay.federation))
    headers = {"Authorization": f"Bearer {tokens.add('x', ['admin'])}"}
    statuses = []
    for address, status in ((endpoint.address, 200), (endpoint.address, 500), ("urn:x", 200)):
        endpoint.reply.status = status
        text = (
            "INSERT { GRAPH <urn:g> { <urn:s> <urn:p> ?x } } "
            f"WHERE {{ SERVICE <{address}> {{ ?s ?p ?x }} }}"
        )
        sent = app.test_client().post("/update", data={"update": text}, headers=headers)
        statuses.append(sent.status_code)
    reader = SnapshotReader(folder.snapshots)
    assert statuses == [204, 502, 403]
    assert b"".join(reader.get_graph("urn:g")) == b'<urn:s> <urn:p> "far" .\n'
    for item in (reader, committer, tokens, relay):
        item.close()
