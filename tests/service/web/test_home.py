import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from service.web import home

_RUNS = """
@prefix eco: <https://w3id.org/ecoduct/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/ecoduct/> .
<run/1> a eco:Run ; prov:startedAtTime "2024-01-01T00:00:00Z"^^xsd:dateTime ;
  prov:generated <graph/alder-bridges>, <graph/free-rivers>, <graph/closed-report> .
<run/2> a eco:Run ; prov:startedAtTime "2025-01-01T00:00:00Z"^^xsd:dateTime ;
  prov:generated <graph/free-rivers> .
"""


def _main(text: str) -> str:
    return text.partition("</main>")[0]


def _titles(text: str) -> list[str]:
    return re.findall(r"<li><a [^>]*>([^<]*)</a></li>", _main(text).partition('id="solutions"')[2])


def _counts(text: str) -> dict[str, int]:
    plain = re.sub(r"<(?!/?d[td])[^>]*>", "", text)
    found = re.findall(r"<dt>([^<]*)</dt><dd>([\d,]+)</dd>", plain)
    return {name: int(count.replace(",", "")) for name, count in found}


def test_home_counts_what_queries_count(client: FlaskClient) -> None:
    assert _counts(client.get("/").text) == {
        "Solutions": 3,
        "Countries": 2,
        "Species and groups": 2,
        "Statements": 11,
        "Evidence sentences": 7,
    }


def test_home_draws_countries_with_solutions(client: FlaskClient) -> None:
    text = client.get("/").text
    assert 'aria-label="Canada: 2"' in text
    assert "<title>Romania: 1 solution</title>" in text
    assert client.get("/map/world.svg").content_type.startswith("image/svg+xml")


def test_home_lists_all_solutions_by_title_where_they_are_few(client: FlaskClient) -> None:
    assert _titles(client.get("/").text) == [
        "A closed report on elk",
        "Bridges for elk over the Alder road",
        "Free rivers for sturgeon",
    ]


def test_home_lists_the_newest_solutions_where_they_are_many(
    client: FlaskClient, memory_reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "_SHOWN", 2)
    for quad in ox.parse(_RUNS.encode(), format=ox.RdfFormat.TURTLE):
        memory_reader.store.add(quad)
    text = client.get("/").text
    assert "Newest solutions" in text
    assert _titles(text)[0] == "Free rivers for sturgeon"
    assert "All 3 solutions" in text
