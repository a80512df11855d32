"""What a source does not allow to be shown stands in no answer of any address."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

_UNSAID = "Nobody had asked the otters"
"""In a text of which sentences behind statements may be shown, and this is none."""
_CLOSED = "moved freely in Canada once"
"""In a text of which nothing may be quoted."""
_OPEN = "Rangers built two wildlife bridges"
_ALL = quote("CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
_SEEDS = (
    "/",
    "/solutions.csv",
    "/solutions.json",
    "/solutions.atom",
    "/solutions.geojson",
    "/api/solutions",
    "/api/solutions.geojson",
    "/api/facets",
    "/sitemap-1.xml",
    "/openapi.json",
    "/search?q=otters",
    "/search?q=moved+freely",
    f"/sparql?query={_ALL}",
    "/rdf-graph-store?default",
    *(
        f"/{kind}/{name}.{suffix}"
        for name in ("free-rivers", "closed-report")
        for kind in ("solution", "case-study", "graph", "api/solutions")
        for suffix in ("html", "ttl", "nt", "rdf", "jsonld", "csv", "json")
    ),
    "/api/solutions/free-rivers",
    "/api/solutions/closed-report",
)
_LINK = re.compile(
    r"""(?:href|src|action)="([^"#]+)|<loc>([^<]+)|"(?:url|next|statements)": "([^"]+)"""
)


def _links(text: str) -> Iterator[str]:
    for groups in _LINK.findall(text):
        address = urlsplit(unescape(next(filter(None, groups))))
        if address.netloc in ("", "localhost") and address.path.startswith("/"):
            yield f"{address.path}?{address.query}" if address.query else address.path


def _crawl(client: FlaskClient, *, most: int = 250) -> dict[str, str]:
    """Return the texts of all answers that can be reached, by address."""
    waiting, texts = list(_SEEDS), {}
    while waiting and len(texts) < most:
        address = waiting.pop(0)
        if address in texts or address.startswith("/static/"):
            continue
        response = client.get(address, follow_redirects=True)
        texts[address] = response.get_data(as_text=True)
        assert response.status_code < 500, address
        waiting += [link for link in _links(texts[address]) if link not in texts]
    return texts


@pytest.mark.slow
def test_rights_hold_at_every_address(app: Flask) -> None:
    texts = _crawl(app.test_client())
    assert len(texts) > 150
    assert [address for address, text in texts.items() if _UNSAID in text] == []
    assert [address for address, text in texts.items() if _CLOSED in text] == []
    # The crawl would have seen them: what may be shown stands in pages, data and answers.
    shown = {address.partition("?")[0] for address, text in texts.items() if _OPEN in text}
    assert {"/solution/alder-bridges.html", "/sparql", "/rdf-graph-store"} <= shown
