"""Every way known to us of making a SPARQL service connect somewhere, against listening sockets.

The kernel completes a connection to a listening socket whether or not it is accepted, so a socket
that has nothing to accept after an attempt was not connected to.
"""

import select
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.config import Settings
from service.errors import ServiceError
from service.sparql.access import WriteAccess
from service.sparql.federation import is_allowed
from service.sparql.outgoing import Limits, fetch
from service.sparql.relay import Relay
from service.store.committer import Committer
from service.store.folder import DataFolder
from service.store.reading import SnapshotReader
from service.store.tokens import TokenStore
from tests.service.sparql.conftest import NoTexts

_LISTED = "data.test"
_TRIPLES = "{ ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Trap:
    """Hold services with and without an allow-list, and sockets that wait for a connection."""

    clients: tuple[FlaskClient, ...]
    token: str
    sockets: tuple[socket.socket, ...]
    port: int

    def caught(self) -> bool:
        """Tell whether anything has connected."""
        return bool(select.select(self.sockets, [], [], 0.0)[0])

    def fill(self, text: str) -> str:
        return text.replace("PORT", str(self.port))

    def send(self, path: str, data: str, content_type: str, method: str = "POST") -> set[int]:
        """Send a request to each service; the statuses that they answer."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answers: list[TestResponse] = [
            client.open(path, method=method, data=data, content_type=content_type, headers=headers)
            for client in self.clients
        ]
        return {answer.status_code for answer in answers}


def _only_for(name: str, resolve: Callable[..., object]) -> Callable[..., object]:
    """Answer for one name; the engine finds the relay as ever."""
    ordinary = socket.getaddrinfo

    def either(host: str, *arguments: object, **options: object) -> object:
        return (resolve if host == name else ordinary)(host, *arguments, **options)

    return either


def _listen() -> tuple[socket.socket, ...]:
    """Listen on one port of all addresses of this machine, IPv4 and IPv6."""
    first = socket.create_server(("127.0.0.1", 0))
    made = [first]
    port = first.getsockname()[1]
    for family, host in ((socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        if family == socket.AF_INET or socket.has_ipv6:
            made.append(socket.create_server((host, port), family=family))
    return tuple(made)


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    committer, tokens = Committer(folder, merged=False), TokenStore(folder.tokens)
    reader = SnapshotReader(folder.snapshots, merged=False)
    access = WriteAccess(committer, tokens)
    relay = Relay((_LISTED,), Limits(timeout_s=2))
    settings = Settings(default_graph="own")
    apps = [
        create_app(settings, reader, NoTexts(), access=access),
        create_app(settings, reader, NoTexts(), access=access, federation=relay.federation),
    ]
    sockets = _listen()
    port = sockets[0].getsockname()[1]
    with pytest.MonkeyPatch.context() as patch:
        # The listed name leads home in all attempts, and no test asks a name server.
        home = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        patch.setattr(socket, "getaddrinfo", _only_for(_LISTED, lambda *_, **__: home))
        yield Trap(
            tuple(app.test_client() for app in apps), tokens.add("x", ["admin"]), sockets, port
        )
    for item in (*sockets, relay, reader, committer, tokens):
        item.close()


_HERE = "<http://127.0.0.1:PORT/x>"
_PREFIX = "PREFIX e: <http://127.0.0.1:PORT/> PREFIX : <http://127.0.0.1:PORT/>\n"
_ADDRESSES = (
    "http://127.0.0.1:PORT/",
    "HTTP://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "http://LOCALHOST.:PORT/",
    "http://127.1:PORT/",
    "http://127.0.0.2:PORT/",
    "http://0:PORT/",
    "http://0.0.0.0:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f000001:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://[::1]:PORT/",
    "http://[::]:PORT/",
    "http://[0:0:0:0:0:0:0:1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::127.0.0.1]:PORT/",
    "http://[64:ff9b::7f00:1]:PORT/",
    "http://[2002:7f00:1::]:PORT/",
    "http://[::1%25lo]:PORT/",
    "http://data.test@127.0.0.1:PORT/",
    "http://user:data.test@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT#@data.test/",
    "http://127.0.0.1:PORT?@data.test/",
    "http://127.0.0.1:PORT/data.test",
    "http://data.test.127.0.0.1:PORT/",
    "http://127.0.0.1%2F@data.test:PORT/",
    "http:127.0.0.1:PORT/",
    "http:///127.0.0.1:PORT/",
    "//127.0.0.1:PORT/",
    "https://127.0.0.1:PORT/",
    "ftp://127.0.0.1:PORT/",
    "file://127.0.0.1:PORT/etc/hosts",
    "file:///etc/hosts",
)


@pytest.mark.parametrize("address", _ADDRESSES)
@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_no_connections_to_any_form_of_address(trap: Trap, address: str, silent: str) -> None:
    target = trap.fill(f"<{address}>")
    trap.send(
        "/sparql",
        f"SELECT * {{ SERVICE {silent} {target} {_TRIPLES} }}",
        "application/sparql-query",
    )
    for text in (
        f"LOAD {silent} {target}",
        f"LOAD {silent} {target} INTO GRAPH <urn:g>",
        f"INSERT {_TRIPLES} WHERE {{ SERVICE {silent} {target} {_TRIPLES} }}",
    ):
        trap.send("/update", text, "application/sparql-update")
    assert not trap.caught()


_QUERIES = (
    # Case, comments, strings, escapes and white space around the keyword.
    f"SELECT * {{ service {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ SeRvIcE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ \\u0053ERVICE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ S\\u0045RVIC\\U00000045 {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ SERVICE#\n{_HERE} {_TRIPLES} }}",
    f"SELECT * {{ SERVICE # <http://data.test/>\n{_HERE} {_TRIPLES} }}",
    f"SELECT * {{ SERVICE\r\n\t{_HERE}{_TRIPLES} }}",
    f"SELECT * {{ SERVICE{_HERE}{_TRIPLES}}}",
    f"SELECT * {{ 1SERVICE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ ?s ?p trueSERVICE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ ?s ?p 'a'SERVICE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ ?s ?p '''a'b''' . SERVICE {_HERE} {_TRIPLES} }}",
    f'SELECT * {{ ?s ?p """a\\"""" . SERVICE {_HERE} {_TRIPLES} }}',
    f"SELECT * {{ ?s ?p '\\\\' . SERVICE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ ?s ?p '\\u0027 . SERVICE {_HERE} {_TRIPLES} #' }}",
    f"SELECT * {{ ?s ?p <urn:\\u003E . SERVICE {_HERE} {_TRIPLES} #> }}",
    f"SELECT * {{ #\\u000A SERVICE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ #\u2028 SERVICE {_HERE} {_TRIPLES}\n}}",
    f"SELECT * {{ ?s ?p 1 . FILTER(?p < 2) SERVICE {_HERE} {_TRIPLES} FILTER(?p > 1) }}",
    f"\ufeffSELECT * {{ SERVICE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ SERVICE SILENT {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ SERVICE SILENT SILENT {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ SERVICE <http://\\u0031\\u0032\\u0037.0.0.1:PORT/> {_TRIPLES} }}",
    f"SELECT * {{ SERVICE <\\u0068ttp://127.0.0.1:PORT/> {_TRIPLES} }}",
    # The target as name, base, variable.
    f"{_PREFIX}SELECT * {{ SERVICE e:x {_TRIPLES} }}",
    f"{_PREFIX}SELECT * {{ SERVICEe:x {_TRIPLES} }}",
    f"{_PREFIX}SELECT * {{ SERVICE : {_TRIPLES} }}",
    f"{_PREFIX}SELECT * {{ SERVICE:x {_TRIPLES} }}",
    f"{_PREFIX}SELECT * {{ SERVICE SILENT e:x {_TRIPLES} }}",
    f"BASE {_HERE} SELECT * {{ SERVICE <y> {_TRIPLES} }}",
    f"BASE {_HERE} SELECT * {{ SERVICE <> {_TRIPLES} }}",
    f"SELECT * {{ VALUES ?x {{ {_HERE} }} SERVICE ?x {_TRIPLES} }}",
    f"SELECT * {{ BIND({_HERE} AS ?x) SERVICE SILENT ?x {_TRIPLES} }}",
    f"SELECT * {{ BIND(IRI('http://127.0.0.1:PORT/') AS ?x) SERVICE $x {_TRIPLES} }}",
    # Where it may stand.
    f"ASK {{ SERVICE {_HERE} {_TRIPLES} }}",
    f"CONSTRUCT {_TRIPLES} {{ SERVICE {_HERE} {_TRIPLES} }}",
    f"DESCRIBE ?s {{ SERVICE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ {{ SELECT * {{ SERVICE {_HERE} {_TRIPLES} }} }} }}",
    f"SELECT * {{ OPTIONAL {{ SERVICE {_HERE} {_TRIPLES} }} }}",
    f"SELECT * {{ FILTER EXISTS {{ SERVICE {_HERE} {_TRIPLES} }} }}",
    f"SELECT * {{ BIND(EXISTS {{ SERVICE {_HERE} {_TRIPLES} }} AS ?x) }}",
    f"SELECT * {{ ?s ?p ?o MINUS {{ SERVICE {_HERE} {_TRIPLES} }} }}",
    f"SELECT * {{ GRAPH ?g {{ SERVICE {_HERE} {_TRIPLES} }} }}",
    f"SELECT * {{ SERVICE <http://data.test:PORT/> {{ SERVICE {_HERE} {_TRIPLES} }} }}",
    f"SELECT * {{ SERVICE SILENT <urn:a> {{ }} SERVICE {_HERE} {_TRIPLES} }}",
    f"SELECT * {{ }} ORDER BY (EXISTS {{ SERVICE {_HERE} {_TRIPLES} }})",
    f"SELECT * {{ }} HAVING (EXISTS {{ SERVICE {_HERE} {_TRIPLES} }})",
    # What names a graph and is never fetched.
    f"SELECT * FROM {_HERE} {_TRIPLES}",
    f"SELECT * FROM NAMED {_HERE} {{ GRAPH ?g {_TRIPLES} }}",
    f"{_PREFIX}SELECT * FROM e:x {{ GRAPH {_HERE} {_TRIPLES} }}",
    f"DESCRIBE {_HERE}",
)


@pytest.mark.parametrize("text", _QUERIES)
def test_no_connections_by_any_query(trap: Trap, text: str) -> None:
    statuses = trap.send("/sparql", trap.fill(text), "application/sparql-query")
    assert not trap.caught()
    assert max(statuses) < 500 or statuses & {502}
    trap.send("/update", f"INSERT DATA {{}} ; {trap.fill(text)}", "application/sparql-update")
    assert not trap.caught()


_UPDATES = (
    f"load {_HERE}",
    f"LoAd {_HERE} INTO GRAPH <urn:g>",
    f"L\\u004FAD {_HERE}",
    f"LOAD#\n{_HERE}",
    f"LOAD # <http://data.test/>\n{_HERE}",
    f"LOAD{_HERE}",
    f"LOAD\n\t{_HERE}INTO GRAPH<urn:g>",
    f"{_PREFIX}LOAD e:x",
    f"{_PREFIX}LOADe:x",
    f"{_PREFIX}LOAD :",
    f"{_PREFIX}LOAD:",
    f"{_PREFIX}LOAD SILENT e:x INTO GRAPH e:y",
    f"BASE {_HERE} LOAD <y>",
    f"CLEAR ALL ; LOAD {_HERE}",
    f"CLEAR ALL;LOAD {_HERE};",
    f"INSERT DATA {{ <urn:s> <urn:p> '}}' }} ; LOAD {_HERE}",
    f"INSERT DATA {{ <urn:s> <urn:p> '''{{''' }} ; LOAD {_HERE}",
    f"INSERT DATA {{ <urn:s> <urn:p> 'a\\u0027 }} ; LOAD {_HERE} #' }}",
    f"# \\u000A LOAD {_HERE}",
    f"LOAD SILENT SILENT {_HERE}",
    f"LOAD SILENT <urn:a> ; LOAD {_HERE}",
    f"LOAD <http://data.test:PORT/> ; LOAD {_HERE}",
    f"INSERT {_TRIPLES} USING {_HERE} WHERE {_TRIPLES}",
    f"INSERT {_TRIPLES} USING NAMED {_HERE} WHERE {{ GRAPH ?g {_TRIPLES} }}",
    f"WITH {_HERE} DELETE {_TRIPLES} WHERE {_TRIPLES}",
    f"COPY {_HERE} TO <urn:g>",
    f"ADD SILENT {_HERE} TO DEFAULT",
    f"DELETE {_TRIPLES} WHERE {{ SERVICE {_HERE} {_TRIPLES} }}",
    f"DELETE WHERE {{ SERVICE {_HERE} {_TRIPLES} }}",
    f"INSERT {_TRIPLES} WHERE {{ {{ SELECT * {{ \\u0053ERVICE {_HERE} {_TRIPLES} }} }} }}",
)


@pytest.mark.parametrize("text", _UPDATES)
def test_no_connections_by_any_update(trap: Trap, text: str) -> None:
    statuses = trap.send("/update", trap.fill(text), "application/sparql-update")
    assert not trap.caught()
    assert max(statuses) < 500 or statuses & {502}


@pytest.mark.parametrize(
    "name", ["default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"]
)
def test_no_connections_by_parameters(trap: Trap, name: str) -> None:
    address = trap.fill("http%3A%2F%2F127.0.0.1%3APORT%2Fx")
    query = f"/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D&{name}={address}"
    assert trap.send(query, "", "", "GET") == {200}
    text = "INSERT { <urn:s> ?p ?o } WHERE { ?s ?p ?o }"
    trap.send(f"/update?{name}={address}", text, "application/sparql-update")
    assert trap.send(f"/rdf-graph-store?graph={address}", "", "", "GET") <= {200, 404}
    assert not trap.caught()


_BODIES = (
    ("application/ld+json", '{"@context": "http://127.0.0.1:PORT/c", "@id": "urn:s", "a": 1}'),
    ("application/ld+json", '{"@context": {"@import": "http://127.0.0.1:PORT/c"}, "@id": "urn:s"}'),
    ("application/ld+json", '{"@id": "urn:s", "urn:p": {"@context": "//127.0.0.1:PORT/c"}}'),
    (
        "application/rdf+xml",
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:PORT/d"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    ),
    (
        "application/rdf+xml",
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:PORT/d"> %b;]><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    ),
    (
        "application/rdf+xml",
        '<?xml-stylesheet href="http://127.0.0.1:PORT/d"?><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="http://127.0.0.1:PORT/"/>'
        "</rdf:RDF>",
    ),
    ("text/turtle", "@base <http://127.0.0.1:PORT/> . <a> a <b> ."),
    ("text/turtle", "@import <http://127.0.0.1:PORT/> ."),
)


@pytest.mark.parametrize(("content_type", "body"), _BODIES)
def test_no_connections_by_what_is_put(trap: Trap, content_type: str, body: str) -> None:
    path = "/rdf-graph-store?graph=urn:g"
    statuses = trap.send(path, trap.fill(body), content_type, "PUT")
    assert not trap.caught()
    assert max(statuses) < 500


_ANSWERS: tuple[tuple[str, ...], ...] = (
    ("127.0.0.1",),
    ("127.0.0.2",),
    ("::1",),
    ("::ffff:127.0.0.1",),
    ("0.0.0.0",),
    ("::",),
    ("169.254.169.254", "127.0.0.1"),
    ("10.0.0.1", "127.0.0.1"),
)


@pytest.mark.parametrize("addresses", _ANSWERS, ids=",".join)
@pytest.mark.parametrize("form", ["query", "update", "load"])
def test_no_connections_where_a_listed_name_leads_home(
    trap: Trap, monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...], form: str
) -> None:
    asked = []

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        # As a name server of an attacker: another address each time that it is asked.
        asked.append(host)
        address = addresses[min(len(asked), len(addresses)) - 1]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    target = trap.fill(f"<http://{_LISTED}:PORT/>")
    texts = {
        "query": f"SELECT * {{ SERVICE {target} {_TRIPLES} }}",
        "update": f"INSERT {_TRIPLES} WHERE {{ SERVICE {target} {_TRIPLES} }}",
        "load": f"LOAD {target}",
    }
    path, kind = ("/sparql", "query") if form == "query" else ("/update", "update")
    monkeypatch.setattr(socket, "getaddrinfo", _only_for(_LISTED, resolve))
    statuses = trap.send(path, texts[form], f"application/sparql-{kind}")
    assert statuses == {403, 502}
    assert asked == [_LISTED]
    assert not trap.caught()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("query", [None, b"ASK {}"])
@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:PORT/", "//127.0.0.1:PORT/", "http://[::1]:PORT/"]
)
def test_no_connections_by_redirects(
    trap: Trap, status: int, query: bytes | None, location: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listed:
        home = f"127.0.0.1:{listed.getsockname()[1]}"

        def reply() -> None:
            connection, _ = listed.accept()
            with connection:
                connection.recv(65536)
                head = f"HTTP/1.1 {status} Moved\r\nLocation: {trap.fill(location)}\r\n"
                connection.sendall(f"{head}Content-Length: 0\r\n\r\n".encode())

        thread = threading.Thread(target=reply)
        thread.start()
        with pytest.raises(ServiceError):
            fetch(
                f"http://{home}/",
                accept="*/*",
                limits=Limits(timeout_s=5, private=True),
                is_allowed=lambda address: is_allowed(address, (home,)),
                query=query,
            )
        thread.join()
    assert not trap.caught()


def test_no_connections_would_be_seen(trap: Trap) -> None:
    for listening in trap.sockets:
        with socket.create_connection(listening.getsockname()[:2]):
            assert trap.caught()
            listening.accept()[0].close()
    assert not trap.caught()
