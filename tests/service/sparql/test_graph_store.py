import pyoxigraph as ox
import pytest

from tests.service.sparql.conftest import Writable

G = "/rdf-graph-store?graph=https://data.test/graph/a"
_TURTLE = "<https://data.test/s> <https://data.test/p> 1 ."
_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="urn:d:">'
    '<rdf:Description rdf:about="urn:s"><d:p>x</d:p></rdf:Description></rdf:RDF>'
)


def _put(writable: Writable, path: str = G, data: str = _TURTLE) -> int:
    return writable.send("PUT", path, data, "text/turtle").status_code


def _lines(writable: Writable, path: str = G) -> list[str]:
    response = writable.send("GET", path, scope=None, Accept="application/n-triples")
    assert response.status_code == 200, response.text
    return sorted(response.text.splitlines())


def test_graph_store_puts_gets_and_deletes_a_graph(merged: Writable) -> None:
    assert merged.send("GET", G, scope=None).status_code == 404
    assert _put(merged) == 201
    assert _put(merged, data=_TURTLE.replace("1", "2")) == 204
    assert _lines(merged) == [
        '<https://data.test/s> <https://data.test/p> "2"'
        "^^<http://www.w3.org/2001/XMLSchema#integer> ."
    ]
    assert merged.count() == 1
    assert merged.send("DELETE", G).status_code == 204
    assert merged.count() == 0
    assert merged.send("DELETE", G).status_code == 404


def test_graph_store_adds_by_post(merged: Writable) -> None:
    assert merged.send("POST", G, "<urn:a> <urn:p> 1 .", "text/turtle").status_code == 201
    assert merged.send("POST", G, "<urn:a> <urn:p> 2 .", "text/turtle").status_code == 204
    assert len(_lines(merged)) == merged.count() == 2


def test_graph_store_makes_a_graph_for_a_post_to_itself(merged: Writable) -> None:
    response = merged.send("POST", "/rdf-graph-store", "<> <urn:p> 1 .", "text/turtle")
    assert response.status_code == 201
    location = response.headers["Location"]
    assert location.startswith("http://localhost/rdf-graph-store/")
    assert _lines(merged, location)[0].startswith(f"<{location}> ")
    assert _lines(merged, f"/rdf-graph-store?graph={location}") == _lines(merged, location)


def test_graph_store_names_graphs_by_their_own_address(merged: Writable) -> None:
    assert _put(merged, "/rdf-graph-store/people/1.ttl") == 201
    assert merged.ask("GRAPH <http://localhost/rdf-graph-store/people/1.ttl> { ?s ?p 1 }")


def test_graph_store_decodes_the_name_of_a_graph_once(merged: Writable) -> None:
    assert _put(merged, "/rdf-graph-store?graph=urn:x:%2531") == 201
    assert merged.ask("GRAPH <urn:x:%31> { ?s ?p 1 }")


def test_graph_store_keeps_the_default_graph_where_it_is_its_own(own: Writable) -> None:
    assert _put(own, "/rdf-graph-store?default") == 204
    assert len(_lines(own, "/rdf-graph-store?default")) == 1
    assert own.send("DELETE", "/rdf-graph-store?default").status_code == 204
    assert _lines(own, "/rdf-graph-store?default") == []


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_graph_store_refuses_writes_to_the_merge(merged: Writable, method: str) -> None:
    response = merged.send(method, "/rdf-graph-store?default", _TURTLE, "text/turtle")
    assert response.status_code == 409
    assert "name a graph" in response.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/rdf-graph-store", 400, "name a graph"),
        ("/rdf-graph-store/", 400, "name a graph"),
        ("/rdf-graph-store?graph=relative", 400, "absolute IRI"),
        ("/rdf-graph-store?graph=urn:a&graph=urn:b", 400, "name one graph"),
        ("/rdf-graph-store?graph=urn:a&default", 400, "name one graph"),
        ("/rdf-graph-store?default=yes", 400, "no value"),
        ("/rdf-graph-store?graph=urn:a%3E+%7B%7D", 400, "absolute IRI"),
    ],
)
def test_graph_store_refuses_unclear_names(
    merged: Writable, path: str, status: int, words: str
) -> None:
    for method in ("GET", "PUT"):
        response = merged.send(method, path, _TURTLE, "text/turtle")
        assert (response.status_code, words in response.text) == (status, True), response.text


@pytest.mark.parametrize(
    ("data", "content_type", "status"),
    [
        ("<urn:s> <urn:p> 1 .", "text/turtle", 201),
        ("<urn:s> <urn:p> <urn:o> .", "application/n-triples; charset=utf-8", 201),
        ('{"@id": "urn:s", "urn:p": 1}', "application/ld+json", 201),
        (_XML, "application/rdf+xml", 201),
        ("", "text/turtle", 201),
        ("<urn:s> <urn:p> 1 .", "text/plain", 415),
        ("<urn:s> <urn:p> 1 .", None, 415),
        ("<urn:s> <urn:p> 1 .", "text/turtle; charset=latin-1", 415),
        ("<urn:s> <urn:p>", "text/turtle", 400),
        (b"<urn:s> <urn:p> '\xff' .", "text/turtle", 400),
        ('{"@id": "urn:g", "@graph": {"@id": "urn:s", "urn:p": 1}}', "application/ld+json", 400),
        ('{"@context": "http://127.0.0.1:9/c", "a": 1}', "application/ld+json", 400),
        (f'<!DOCTYPE r [<!ENTITY a "b">]>{_XML}', "application/rdf+xml", 400),
    ],
)
def test_graph_store_reads_rdf_by_its_media_type(
    merged: Writable, data: str | bytes, content_type: str | None, status: int
) -> None:
    assert merged.send("PUT", G, data, content_type).status_code == status


def test_graph_store_merges_the_parts_of_a_form(merged: Writable) -> None:
    boundary = "cut"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{n}"; filename="{n}.ttl"\r\n'
        f"Content-Type: text/turtle\r\n\r\n<urn:{n}> <urn:p> _:x .\r\n"
        for n in ("a", "b")
    ]
    body = "".join(parts) + f"--{boundary}--\r\n"
    response = merged.send("POST", G, body, f"multipart/form-data; boundary={boundary}")
    assert response.status_code == 201, response.text
    lines = _lines(merged)
    assert [line.split()[0] for line in lines] == ["<urn:a>", "<urn:b>"]
    assert lines[0].split()[2] != lines[1].split()[2]


def test_graph_store_keeps_blank_nodes_of_two_posts_apart(own: Writable) -> None:
    for _ in range(2):
        own.send("POST", G, "_:x <urn:p> 1 .", "text/turtle")
    assert len(_lines(own)) == 2


@pytest.mark.parametrize(
    ("accept", "content_type", "parser"),
    [
        ("text/turtle", "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_graph_store_negotiates(
    merged: Writable, accept: str, content_type: str, parser: ox.RdfFormat
) -> None:
    _put(merged)
    response = merged.send("GET", G, scope=None, Accept=accept)
    assert response.content_type == content_type
    assert len(list(ox.parse(response.data, format=parser))) == 1
    head = merged.send("HEAD", G, scope=None, Accept=accept)
    assert (head.status_code, head.content_type, head.data) == (200, content_type, b"")


def test_graph_store_has_no_answer_in_other_media_types(merged: Writable) -> None:
    _put(merged)
    assert merged.send("GET", G, scope=None, Accept="image/png").status_code == 406


def test_graph_store_answers_304_until_the_graph_changes(merged: Writable) -> None:
    _put(merged)
    etag = merged.send("GET", G, scope=None).headers["ETag"]
    assert merged.send("GET", G, scope=None, **{"If-None-Match": etag}).status_code == 304
    _put(merged, data="<urn:s> <urn:p> 9 .")
    assert merged.send("GET", G, scope=None, **{"If-None-Match": etag}).status_code == 200


def test_graph_store_takes_no_patch_and_says_what_it_takes(merged: Writable) -> None:
    response = merged.send("PATCH", G)
    assert response.status_code == 405
    assert "PUT" in response.headers["Allow"]
    options = merged.client.options(G)
    assert options.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, POST, PUT"
