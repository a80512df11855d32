import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def test_ontology_lists_terms_under_their_anchors(client: FlaskClient) -> None:
    text = client.get("/ontology", headers={"Accept": "text/html"}).text
    assert '<div id="addressesThreat">' in text
    assert "Names a threat that a solution works against." in text


def test_ontology_gives_the_schema_as_turtle(client: FlaskClient) -> None:
    by_suffix = client.get("/ontology.ttl")
    by_accept = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert by_suffix.content_type == "text/turtle; charset=utf-8"
    assert by_suffix.data == by_accept.data
    assert b"eco:Solution" in by_suffix.data


@pytest.mark.parametrize("path", ["/ontology", "/ontology/imports"])
@pytest.mark.parametrize("media_type", _FORMATS)
def test_ontology_says_the_same_in_every_syntax(
    client: FlaskClient, path: str, media_type: str
) -> None:
    schemas = []
    for wanted in ("application/n-triples", media_type):
        response = client.get(path, headers={"Accept": wanted})
        assert response.content_type.startswith(wanted)
        schema = ox.Dataset(ox.parse(response.data, format=_FORMATS[wanted]))
        schema.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        schemas.append(schema)
    assert len(schemas[0]) > 100
    assert schemas[0] == schemas[1]


def test_ontology_links_to_its_other_forms(client: FlaskClient) -> None:
    response = client.get("/ontology")
    assert (
        '</ontology.jsonld>; rel="alternate"; type="application/ld+json"'
        in (response.headers["Link"])
    )
    assert "Accept" in response.vary


def test_ontology_shows_its_diagram(client: FlaskClient) -> None:
    assert "/static/shape.svg" in client.get("/ontology").text
    with client.get("/static/shape.svg") as drawing:
        assert drawing.status_code == 200
        assert drawing.content_type.startswith("image/svg+xml")


def test_ontology_gives_what_it_imports(client: FlaskClient) -> None:
    response = client.get("/ontology/imports", headers={"Accept": "*/*"})
    assert response.content_type == "text/turtle; charset=utf-8"
    assert response.data == client.get("/ontology/imports.ttl").data
    page = client.get("/ontology/imports", headers={"Accept": "text/html"})
    assert page.content_type == "text/html; charset=utf-8"
    assert "http://www.w3.org/2004/02/skos/core#broader" in page.text
