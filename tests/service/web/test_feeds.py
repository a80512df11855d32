from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from ontology.namespaces import ATOM, SITEMAP, Minter
from service.web import feeds

_MINTER = Minter()
_A = {"a": ATOM}
_S = {"s": SITEMAP}


@pytest.fixture
def with_runs(memory_reader) -> None:
    """Say when the three solutions were read: one of them twice."""
    for key, started, documents in (
        ("one", "2026-01-01T00:00:00Z", ("alder-bridges", "free-rivers")),
        ("two", "2026-03-01T00:00:00Z", ("free-rivers",)),
    ):
        graphs = ", ".join(f"<{_MINTER.document_graph(name)}>" for name in documents)
        memory_reader.store.update(
            "PREFIX eco: <https://w3id.org/ecoduct/ontology#> "
            "PREFIX prov: <http://www.w3.org/ns/prov#> "
            "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
            f"INSERT DATA {{ <{_MINTER.run(key)}> a eco:Run ; prov:generated {graphs} ; "
            f'prov:startedAtTime "{started}"^^xsd:dateTime }}'
        )


def test_feeds_tell_new_and_changed_solutions(client: FlaskClient, with_runs) -> None:
    response = client.get("/solutions.atom")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.data)
    entries = feed.findall("a:entry", _A)
    assert [entry.findtext("a:title", "", _A) for entry in entries] == [
        "Free rivers for sturgeon",
        "Bridges for elk over the Alder road",
    ]
    assert entries[0].findtext("a:updated", "", _A) == "2026-03-01T00:00:00Z"
    assert entries[0].findtext("a:published", "", _A) == "2026-01-01T00:00:00Z"
    assert feed.findtext("a:updated", "", _A) == "2026-03-01T00:00:00Z"
    assert "Romania" in entries[0].findtext("a:summary", "", _A)


def test_feeds_take_the_filters_of_the_list(client: FlaskClient, with_runs) -> None:
    feed = ElementTree.fromstring(client.get("/solutions.atom?country=ca").data)
    assert len(feed.findall("a:entry", _A)) == 1
    assert client.get("/solutions.atom?colour=red").status_code == 400


def test_feeds_map_the_site(client: FlaskClient, with_runs, monkeypatch) -> None:
    monkeypatch.setattr(feeds, "MAP_SIZE", 5)
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    assert robots.site_maps() == ["http://localhost/sitemap.xml"]
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    parts = [loc.text or "" for loc in index.iterfind("s:sitemap/s:loc", _S)]
    assert len(parts) > 1
    addresses: list[str] = []
    for part in parts:
        listed = ElementTree.fromstring(client.get(part).data)
        addresses += [loc.text or "" for loc in listed.iterfind("s:url/s:loc", _S)]
    assert len(addresses) == len(set(addresses))
    assert {
        "http://localhost/",
        "http://localhost/solution/free-rivers.html",
        "http://localhost/taxon/cervus-canadensis.html",
        "http://localhost/threat/4.1.html",
    } <= set(addresses)
    for address in addresses:
        assert client.get(address).status_code == 200, address
        assert robots.can_fetch("any", address)
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
