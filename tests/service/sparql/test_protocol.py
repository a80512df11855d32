import json
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ontology.namespaces import SD
from service.errors import (
    AnswerTooLargeError,
    BusyError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    ShareUsedError,
    StoreUnavailableError,
)

_SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/ecoduct/ontology#Solution> } ORDER BY ?s"
_CONSTRUCT = "CONSTRUCT WHERE { ?s a <https://w3id.org/ecoduct/ontology#Solution> }"
_SOLUTIONS = ["alder-bridges", "closed-report", "free-rivers"]


def _get(client: FlaskClient, query: str, accept: str = "", **parameters: str) -> TestResponse:
    address = "/sparql?" + urlencode({"query": query, **parameters})
    return client.get(address, headers={"Accept": accept} if accept else {})


def _names(response: TestResponse) -> list[str]:
    rows = json.loads(response.data)["results"]["bindings"]
    return [row["s"]["value"].rpartition("/")[2] for row in rows]


def test_protocol_answers_get(client: FlaskClient) -> None:
    response = _get(client, _SELECT)
    assert response.content_type == "application/sparql-results+json"
    assert _names(response) == _SOLUTIONS


def test_protocol_answers_a_form(client: FlaskClient) -> None:
    assert _names(client.post("/sparql", data={"query": _SELECT})) == _SOLUTIONS


def test_protocol_answers_a_direct_post(client: FlaskClient) -> None:
    response = client.post("/sparql", data=_SELECT, content_type="application/sparql-query")
    assert _names(response) == _SOLUTIONS


@pytest.mark.parametrize(
    ("accept", "content_type", "start"),
    [
        ("application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("text/csv", "text/csv; charset=utf-8", b"s\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?s\n"),
        ("application/json", "application/json", b'{"head"'),
    ],
)
def test_protocol_negotiates_results(
    client: FlaskClient, accept: str, content_type: str, start: bytes
) -> None:
    response = _get(client, _SELECT, accept)
    assert response.content_type == content_type
    assert response.data.startswith(start)


@pytest.mark.parametrize(
    ("format", "content_type", "parser"),
    [
        ("ttl", "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        ("nt", "application/n-triples; charset=utf-8", ox.RdfFormat.N_TRIPLES),
        ("rdf", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_protocol_writes_graphs(
    client: FlaskClient, format: str, content_type: str, parser: ox.RdfFormat
) -> None:
    response = _get(client, _CONSTRUCT, format=format)
    assert response.content_type == content_type
    assert len(list(ox.parse(response.data, format=parser))) == 3


@pytest.mark.parametrize("format", ["trig", "nq"])
def test_protocol_writes_graphs_as_datasets(client: FlaskClient, format: str) -> None:
    response = _get(client, _CONSTRUCT, format=format)
    assert response.status_code == 200
    assert response.data.count(b"ontology#Solution") == 3


def test_protocol_reads_only_the_named_graphs_that_are_asked_for(client: FlaskClient) -> None:
    graph = "https://w3id.org/ecoduct/graph/free-rivers"
    response = _get(client, _SELECT, **{"default-graph-uri": graph})
    assert _names(response) == ["free-rivers"]
    query = "SELECT DISTINCT ?s { GRAPH ?s { ?x ?y ?z } }"
    response = _get(client, query, **{"named-graph-uri": graph})
    assert _names(response) == ["free-rivers"]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ({"query_string": "format=json"}, 400, "exactly one parameter query"),
        ({"query_string": "query=ASK{}&query=ASK{}"}, 400, "2 were sent"),
        ({"query_string": "query=%FF"}, 400, "UTF-8"),
        ({"query_string": "update=CLEAR+ALL"}, 400, "only reads"),
        ({"query_string": "query=CLEAR+ALL"}, 400, "update"),
        ({"query_string": "query=hello"}, 400, "line 1"),
        ({"query_string": "query=ASK{}&default-graph-uri=relative"}, 400, "absolute IRI"),
        ({"query_string": "query=ASK{}&timeout=soon"}, 400, "timeout"),
        ({"query_string": "query=ASK{}&timeout=-1"}, 400, "timeout"),
        ({"query_string": "query=ASK{}&format=docx"}, 406, "application/sparql-results+json"),
        ({"query_string": "query=ASK{SERVICE<http://e/>{}}"}, 403, "SERVICE"),
        ({"method": "POST", "data": "ASK{}"}, 415, "application/sparql-query"),
        (
            {"method": "POST", "data": "ASK{}", "content_type": "text/plain"},
            415,
            "application/sparql-query",
        ),
        (
            {
                "method": "POST",
                "data": "ASK{}".encode("utf-16"),
                "content_type": "application/sparql-query",
            },
            400,
            "UTF-8",
        ),
        (
            {
                "method": "POST",
                "data": "ASK{}",
                "content_type": "application/sparql-query; charset=utf-16",
            },
            400,
            "UTF-8",
        ),
    ],
)
def test_protocol_refuses_what_the_protocol_does_not_allow(
    client: FlaskClient, arguments: dict[str, str], status: int, words: str
) -> None:
    response = client.open("/sparql", **arguments)
    assert response.status_code == status
    assert words in response.get_json()["detail"]
    assert response.content_type == "application/problem+json"


def test_protocol_names_line_and_column_of_a_syntax_error(client: FlaskClient) -> None:
    response = _get(client, "SELECT * WHERE {\n ?s ?p . }")
    assert response.status_code == 400
    assert "line 2, column " in response.text


@pytest.mark.parametrize("accept", ["text/plain,*/*;q=0.1", "text/html,*/*;q=0.8"])
def test_protocol_gives_problems_as_text_to_those_who_read_text(
    client: FlaskClient, accept: str
) -> None:
    response = _get(client, "SELECT", accept)
    assert response.content_type == "text/plain; charset=utf-8"
    assert response.text.startswith("400 Bad Request: ")


def test_protocol_gives_problem_json_to_json_clients(client: FlaskClient) -> None:
    response = _get(client, "SELECT", "application/sparql-results+json")
    assert response.content_type == "application/problem+json"
    assert json.loads(response.data)["status"] == 400


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QuerySyntaxError("bad"), 400),
        (QueryTimeoutError("late"), 504),
        (QueryMemoryError("big"), 503),
        (StoreUnavailableError("/srv/secret is gone"), 503),
        (BusyError("too many wait"), 503),
        (ShareUsedError("used", 2.2), 429),
        (AnswerTooLargeError("too many rows"), 422),
    ],
)
def test_protocol_turns_store_errors_into_statuses(
    client: FlaskClient, memory_reader, error: Exception, status: int
) -> None:
    memory_reader.planted["ASK"] = error
    response = _get(client, "ASK {}")
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    waits = {429: "3", 503: "10", 504: "10"}
    assert response.headers.get("Retry-After") == waits.get(status)
    assert "secret" not in response.text


def test_protocol_caps_the_timeout_of_a_client(client: FlaskClient, memory_reader) -> None:
    _get(client, "ASK {}", timeout="2.5")
    _get(client, "ASK {}", timeout="9999")
    assert [request.timeout_s for request in memory_reader.requests] == [2.5, 30.0]


def test_protocol_answers_304_until_the_data_change(client: FlaskClient, memory_reader) -> None:
    etag = _get(client, _SELECT).headers["ETag"]
    address = "/sparql?" + urlencode({"query": _SELECT})
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    memory_reader.current = "g2"
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_protocol_gives_each_media_type_its_own_etag(client: FlaskClient) -> None:
    tags = {_get(client, _SELECT, format=f).headers["ETag"] for f in ("json", "xml", "csv")}
    assert len(tags) == 3


def test_protocol_answers_head_without_a_body(client: FlaskClient) -> None:
    response = client.head("/sparql?" + urlencode({"query": _SELECT}))
    assert (response.status_code, response.data) == (200, b"")
    assert response.content_type == "application/sparql-results+json"


def test_protocol_allows_reading_from_other_sites(client: FlaskClient) -> None:
    assert _get(client, _SELECT).headers["Access-Control-Allow-Origin"] == "*"
    response = client.options("/sparql")
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("", ox.RdfFormat.TURTLE),
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_protocol_describes_the_service(
    client: FlaskClient, accept: str, parser: ox.RdfFormat
) -> None:
    response = client.get("/sparql", headers={"Accept": accept} if accept else {})
    store = ox.Store()
    store.load(response.data, format=parser)
    assert store.query(
        f"PREFIX sd: <{SD}> ASK {{ ?s a sd:Service ; sd:endpoint <http://localhost/sparql> ; "
        "sd:defaultDataset/sd:defaultGraph ?g }"
    )


def test_protocol_sends_browsers_to_the_query_page(client: FlaskClient) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get("/sparql", headers={"Accept": accept})
    assert (response.status_code, response.headers["Location"]) == (303, "/query")
