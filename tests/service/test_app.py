
import pytest
from flask.testing import FlaskClient

_HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/solutions",
        "/solution/alder-bridges.html",
        "/case-study/free-rivers",
        "/taxon/cervidae.html",
        "/threat/4.html",
        "/threat/",
        "/place/",
        "/kmgbf/",
        "/query",
        "/ontology",
    ],
)
def test_app_pages_answer(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=_HTML)
    assert response.status_code == 200, response.text
    assert response.content_type == "text/html; charset=utf-8"
