import csv
import io

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from ontology.namespaces import DEFAULT_BASE, SKOS

_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def test_vocabularies_are_listed_with_their_size(client: FlaskClient) -> None:
    text = client.get("/vocabulary/").text
    assert '<a href="/vocabulary/threat">IUCN threats</a>' in text


def test_vocabularies_show_codes_and_languages_in_the_order_of_the_tree(
    client: FlaskClient,
) -> None:
    text = client.get("/vocabulary/threat").text
    places = [text.index(label) for label in (">Transport<", "Roads &amp; railroads", ">Dams<")]
    assert places == sorted(places)
    assert '<td class="depth1"><a href="/threat/4.1.html">' in text
    assert '<span lang="fr">Transports</span>' in text


def test_vocabularies_show_what_replaces_a_deprecated_concept(client: FlaskClient) -> None:
    text = client.get("/vocabulary/threat").text
    row = text[text.index("/threat/9.html") :]
    assert "deprecated" in row[: row.index("</tr>")]
    assert 'Replaced by <a href="/threat/4.1.html">4.1 Roads &amp; railroads</a>' in row


def test_vocabularies_give_the_whole_scheme_in_every_syntax(client: FlaskClient) -> None:
    answers = []
    for suffix, rdf_format in _FORMATS.items():
        response = client.get(f"/vocabulary/threat.{suffix}")
        assert response.status_code == 200
        answers.append({str(q) for q in ox.parse(response.data, format=rdf_format)})
    assert len({line.split()[0] for line in answers[0]}) == 5
    assert all(answer == answers[0] for answer in answers)


def test_vocabularies_negotiate_by_the_accept_header(client: FlaskClient) -> None:
    response = client.get("/vocabulary/threat", headers={"Accept": "application/ld+json"})
    assert response.content_type == "application/ld+json"
    assert '</vocabulary/threat.rdf>; rel="alternate"' in response.headers["Link"]


def test_vocabularies_give_rows(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/vocabulary/threat.csv").text)))
    assert [(r["notation"], r["label_en"], r["status"]) for r in rows] == [
        ("4", "Transport", "valid"),
        ("4.1", "Roads & railroads", "valid"),
        ("7.2", "Dams", "valid"),
        ("9", "Old roads", "deprecated"),
    ]
    assert rows[3]["replaced_by"].endswith("/threat/4.1")


@pytest.mark.parametrize(
    ("path", "status"), [("/vocabulary/threats", 301), ("/vocabulary/no", 404)]
)
def test_vocabularies_know_their_other_names(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers.get("Location", "") == ("/vocabulary/threat" if status == 301 else "")


def test_vocabularies_are_the_pages_of_schemes_without_index(
    memory_reader, client: FlaskClient
) -> None:
    scheme, skos = f"{DEFAULT_BASE}habitat/", str(SKOS)
    memory_reader.store.update(f"INSERT DATA {{ <{scheme}1> <{skos}inScheme> <{scheme}> }}")
    page = client.get("/habitat/", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (303, "/vocabulary/habitat")
    assert client.get("/habitat/", headers={"Accept": "text/turtle"}).status_code == 200
