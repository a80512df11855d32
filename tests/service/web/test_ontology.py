from flask.testing import FlaskClient


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
