from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.errors import QueryTimeoutError
from service.web import query

_HTML = {"Accept": "text/html"}


def _ask(client: FlaskClient, query: str) -> tuple[int, str]:
    response = client.get("/query?" + urlencode({"query": query}), headers=_HTML)
    return response.status_code, response.text


def test_query_starts_with_a_query_that_runs(client: FlaskClient) -> None:
    text = client.get("/query").text
    query = text.partition('autocomplete="off">')[2].partition("</textarea>")[0]
    status, answer = _ask(client, query.replace("&lt;", "<").replace("&gt;", ">"))
    assert status == 200
    assert "3 rows." in answer


def test_query_shows_rows_with_labels_links_and_downloads(client: FlaskClient) -> None:
    status, text = _ask(client, "SELECT ?s { ?s a <https://w3id.org/ecoduct/ontology#Solution> }")
    assert status == 200
    assert 'href="/solution/free-rivers.html"' in text
    assert "Free rivers for sturgeon</a>" in text
    for format in ("json", "xml", "csv", "tsv"):
        assert f"&amp;format={format}" in text


def test_query_shows_truth_and_triples(client: FlaskClient) -> None:
    assert "Yes</p>" in _ask(client, "ASK { ?s ?p ?o }")[1]
    assert "No</p>" in _ask(client, "ASK { <x:y> ?p ?o }")[1]
    text = _ask(client, "DESCRIBE <https://w3id.org/ecoduct/taxon/cervidae>")[1]
    assert '<pre class="rdf"' in text
    assert "&amp;format=ttl" in text


def test_query_draws_answers_with_coordinates(client: FlaskClient) -> None:
    geo = "http://www.w3.org/2003/01/geo/wgs84_pos#"
    query = f"SELECT ?p ?lat ?long {{ ?p <{geo}lat> ?lat ; <{geo}long> ?long }}"
    assert _ask(client, query)[1].count("<circle") == 2
    assert "<circle" not in _ask(client, "SELECT ('x' AS ?lat) ('y' AS ?long) {}")[1]


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("SELECT * { ?s }", 400, "line 1, column"),
        ("SELECT * { SERVICE <http://e/> {} }", 403, "SERVICE is refused"),
        ("DROP ALL", 400, "only reads"),
        ("<script>alert(1)</script>", 400, "no query form"),
    ],
)
def test_query_says_what_is_wrong_beside_the_query(
    client: FlaskClient, text: str, status: int, words: str
) -> None:
    code, page = _ask(client, text)
    assert (code, words in page) == (status, True)
    assert "<script>alert" not in page


def test_query_says_when_time_ran_out(client: FlaskClient, memory_reader) -> None:
    memory_reader.planted["ASK"] = QueryTimeoutError("the query was ended after 30 s")
    status, text = _ask(client, "ASK {}")
    assert status == 504
    assert "ended after 30 s" in text


def test_query_answers_every_packaged_question(client: FlaskClient, app: Flask) -> None:
    for question in app.extensions["ecoduct"].questions:
        response = client.get(f"/query?question={question.key}", headers=_HTML)
        assert response.status_code == 200, question.key
        assert 'role="alert"' not in response.text
        assert "Answer</h2>" in response.text


def test_query_shows_the_first_rows_of_a_long_answer(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "_ROWS_SHOWN", 2)
    text = _ask(client, "SELECT ?s { ?s ?p ?o }")[1]
    assert "More than 2 rows" in text
    assert text.count("<tr>") == 3


def test_query_shows_the_beginning_of_a_long_graph(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "_BYTES_SHOWN", 100)
    text = _ask(client, "CONSTRUCT WHERE { ?s ?p ?o }")[1]
    assert "Only the beginning is shown" in text
