from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from extract.graph import build_graph
from tests.service.conftest import EXTRACTIONS, MINTER
from tests.service.sparql.conftest import Writable

A, B = "https://data.test/graph/a", "https://data.test/graph/b"
_INSERT = f"INSERT DATA {{ GRAPH <{A}> {{ <https://data.test/s> <https://data.test/p> 1 }} }}"
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-update"


def test_update_takes_a_direct_post(merged: Writable) -> None:
    response = merged.send("POST", "/update", _INSERT, _DIRECT)
    assert (response.status_code, response.data) == (204, b"")
    assert merged.ask(f"GRAPH <{A}> {{ ?s ?p 1 }}")


def test_update_takes_a_form(merged: Writable) -> None:
    response = merged.send("POST", "/update", urlencode({"update": _INSERT}), _FORM)
    assert response.status_code == 204
    assert merged.count() == 1


def test_update_names_the_generation_that_holds_it(merged: Writable) -> None:
    response = merged.send("POST", "/update", _INSERT, _DIRECT)
    again = merged.client.get("/sparql?query=ASK{}")
    name = "X-Ecoduct-Generation"
    assert response.headers[name] == again.headers[name] != ""


@pytest.mark.parametrize(
    ("body", "content_type", "address", "status", "words"),
    [
        ("update=CLEAR+NAMED&update=CLEAR+NAMED", _FORM, "", 400, "2 were sent"),
        ("query=ASK{}", _FORM, "", 400, "0 were sent"),
        (b"update=%FF", _FORM, "", 400, "UTF-8"),
        ("CLEAR NAMED", "text/plain", "", 415, _DIRECT),
        ("CLEAR NAMED", None, "", 415, _DIRECT),
        ("CLEAR NAMED".encode("utf-16"), _DIRECT, "", 400, "UTF-8"),
        ("CLEAR NAMED", f"{_DIRECT}; charset=utf-16", "", 400, "UTF-8"),
        ("CLEAR XYZ", _DIRECT, "", 400, "line 1, column 10"),
        ("SELECT * {}", _DIRECT, "", 400, "/sparql"),
        ("CLEAR NAMED", _DIRECT, "?update=CLEAR+ALL", 400, "body"),
        ("CLEAR NAMED", _DIRECT, "?using-graph-uri=relative", 400, "absolute IRI"),
        ("LOAD <http://data.test/>", _DIRECT, "", 403, "LOAD"),
        ("DELETE { ?s ?p ?o } WHERE { SERVICE <urn:x> { ?s ?p ?o } }", _DIRECT, "", 403, "SERVICE"),
    ],
)
def test_update_refuses_what_the_protocol_does_not_allow(
    merged: Writable,
    body: str | bytes,
    content_type: str | None,
    address: str,
    status: int,
    words: str,
) -> None:
    response = merged.send("POST", f"/update{address}", body, content_type)
    assert response.status_code == status, response.text
    assert words in response.text


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_update_is_refused_but_by_post(merged: Writable, method: str) -> None:
    response = merged.send(method, "/update?update=DROP+ALL")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:s> <urn:p> 1 }",
        f"DROP ALL ; INSERT DATA {{ GRAPH <{A}> {{ <urn:s> <urn:p> 1 }} <urn:s> <urn:p> 2 }}",
        "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR DEFAULT",
        "DROP SILENT DEFAULT",
        f"COPY <{A}> TO DEFAULT",
        f"MOVE DEFAULT TO <{B}>",
    ],
)
def test_update_refuses_writes_to_the_merge_and_says_what_to_do(
    merged: Writable, update: str
) -> None:
    merged.update(_INSERT)
    response = merged.update(update)
    assert response.status_code == 409, response.text
    assert "name a graph with GRAPH or WITH" in response.text
    assert merged.count() == 1


@pytest.mark.parametrize(
    ("update", "left"),
    [
        ("DROP ALL", 0),
        ("CLEAR ALL", 0),
        (f"DROP GRAPH <{A}>", 1),
        (f"DROP ALL ; INSERT DATA {{ GRAPH <{B}> {{ <urn:s> <urn:p> 5 }} }}", 1),
        ("DELETE { GRAPH ?g { ?s ?p 1 } } WHERE { ?s ?p 1 GRAPH ?g { ?s ?p 1 } }", 1),
        (f"WITH <{A}> DELETE {{ ?s ?p 1 }} INSERT {{ ?s ?p 7, 8 }} WHERE {{ ?s ?p 1 }}", 4),
    ],
)
def test_update_keeps_the_merge_true(merged: Writable, update: str, left: int) -> None:
    one, two = "<https://data.test/s> <https://data.test/p> 1", "<urn:s> <urn:p> 2"
    merged.update(f"INSERT DATA {{ GRAPH <{A}> {{ {one} }} GRAPH <{B}> {{ {one} . {two} }} }}")
    if "WITH" not in update and "?g" not in update and "ALL" not in update:
        left += 1
    assert merged.update(update).status_code == 204
    assert merged.count() == left


def test_update_writes_the_default_graph_where_it_is_the_stores_own(own: Writable) -> None:
    assert own.update("INSERT DATA { <urn:s> <urn:p> 1 }").status_code == 204
    assert own.ask("<urn:s> <urn:p> 1")
    assert own.update("CLEAR DEFAULT").status_code == 204
    assert own.count() == 0


def test_update_resolves_relative_iris_against_its_address(merged: Writable) -> None:
    merged.update(f"INSERT DATA {{ GRAPH <{A}> {{ <x> <urn:p> <y> }} }}")
    assert merged.ask("<http://localhost/x> <urn:p> <http://localhost/y>")


def test_update_reads_the_dataset_that_the_request_names(merged: Writable) -> None:
    merged.update(
        f"INSERT DATA {{ GRAPH <{A}> {{ <urn:a> <urn:p> 1 }} GRAPH <{B}> {{ <urn:b> <urn:p> 1 }} }}"
    )
    response = merged.update(
        "INSERT { GRAPH <urn:found> { ?s <urn:in> 'default' } } WHERE { ?s <urn:p> 1 } ; "
        "INSERT { GRAPH <urn:found> { ?s <urn:in> ?g } } WHERE { GRAPH ?g { ?s <urn:p> 1 } }",
        **{"using-graph-uri": A, "using-named-graph-uri": B},
    )
    assert response.status_code == 204
    assert merged.ask(f"<urn:a> <urn:in> 'default' . <urn:b> <urn:in> <{B}>")
    assert not merged.ask("<urn:b> <urn:in> 'default'")
    assert not merged.ask(f"<urn:a> <urn:in> <{A}>")


def test_update_silent_remote_operations_succeed_without_effect(merged: Writable) -> None:
    response = merged.update(
        f"LOAD SILENT <http://127.0.0.1:9/x> INTO GRAPH <{B}> ; {_INSERT} ; "
        f"INSERT {{ GRAPH <{B}> {{ ?s ?p 2 }} }} WHERE {{ GRAPH <{A}> {{ ?s ?p 1 }} "
        "SERVICE SILENT <http://127.0.0.1:9/> { ?s ?x ?y } }"
    )
    assert response.status_code == 204, response.text
    assert merged.count() == 2


@pytest.mark.parametrize(
    ("scope", "status", "challenge"),
    [
        (None, 401, 'Bearer realm="ecoduct"'),
        ("ingest", 403, 'Bearer realm="ecoduct", error="insufficient_scope", scope="admin"'),
        ("curate", 403, 'Bearer realm="ecoduct", error="insufficient_scope", scope="admin"'),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/update"),
        ("POST", "/rdf-graph-store"),
        ("PUT", "/rdf-graph-store?graph=urn:g"),
        ("DELETE", "/rdf-graph-store?graph=urn:g"),
    ],
)
def test_update_needs_an_admin_token(
    merged: Writable, method: str, path: str, scope: str | None, status: int, challenge: str
) -> None:
    response = merged.send(method, path, _INSERT, _DIRECT, scope=scope)
    assert response.status_code == status
    assert response.headers["WWW-Authenticate"] == challenge


@pytest.mark.parametrize("authorization", ["Basic YTpi", "Bearer nonsense", "Bearer eco_0_0"])
def test_update_refuses_other_credentials(merged: Writable, authorization: str) -> None:
    response = merged.client.post("/update", headers={"Authorization": authorization})
    assert response.status_code == 401


def test_update_forgets_a_revoked_token(merged: Writable) -> None:
    assert merged.update("CLEAR ALL").status_code == 204
    assert merged.store.revoke("admin") == 1
    response = merged.update("CLEAR ALL")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].endswith('error="invalid_token"')


def test_update_is_refused_by_an_application_that_only_reads(client: FlaskClient) -> None:
    assert client.post("/update").status_code == 403


def test_update_gives_other_sites_no_answer(merged: Writable) -> None:
    response = merged.client.options("/update")
    assert (response.status_code, response.headers["Allow"]) == (204, "OPTIONS, POST")
    assert "Access-Control-Allow-Origin" not in response.headers


def test_update_of_a_document_shows_on_every_page_at_once(merged: Writable) -> None:
    for extraction in EXTRACTIONS:
        for graph, triples in build_graph(extraction, MINTER).items():
            merged.send("PUT", f"/rdf-graph-store?graph={graph}", triples, "application/n-triples")
    html = {"Accept": "text/html"}
    gone = "Free rivers for sturgeon"
    pages = ("/", "/solutions", "/place/")
    assert gone in merged.client.get("/solutions", headers=html).text
    before = merged.client.get("/health").get_json()["triples"]
    documents = [MINTER.document_graph("free-rivers")]
    documents += [f"{documents[0]}/inferred"]
    for graph in documents:
        assert merged.update(f"DROP SILENT GRAPH <{graph}>").status_code == 204
    assert merged.client.get("/health").get_json()["triples"] == merged.count() < before
    for page in pages:
        assert gone not in merged.client.get(page, headers=html).text
    assert merged.client.get("/solution/free-rivers", headers=html).status_code in (404, 410)
