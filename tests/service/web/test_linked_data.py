import csv
import io
import json
import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from ontology.namespaces import DEFAULT_BASE, ECO
from service.app import create_app
from service.config import Settings
from service.web import linked_data

_FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}
_THINGS = ["/solution/alder-bridges", "/taxon/cervidae", "/place/ca", "/threat/4.1", "/kmgbf/2"]


@pytest.mark.parametrize("path", _THINGS)
@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("", "html"),
        ("text/html", "html"),
        *((media_type, suffix) for suffix, (media_type, _) in _FORMATS.items()),
        ("application/json", "jsonld"),
        ("text/plain", "nt"),
    ],
)
def test_linked_data_sends_things_to_what_describes_them(
    client: FlaskClient, path: str, accept: str, suffix: str
) -> None:
    response = client.get(path, headers={"Accept": accept} if accept else {})
    assert response.status_code == 303
    assert response.headers["Location"] == f"{path}.{suffix}"
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("path", [*_THINGS, "/case-study/free-rivers", "/graph/free-rivers"])
def test_linked_data_gives_the_same_triples_in_every_form(client: FlaskClient, path: str) -> None:
    answers = []
    for suffix, (media_type, format) in _FORMATS.items():
        response = client.get(f"{path}.{suffix}")
        assert response.status_code == 200
        assert response.content_type.startswith(media_type)
        answers.append({str(q) for q in ox.parse(response.data, format=format)})
    assert answers[0]
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("path", ["/case-study/alder-bridges", "/graph/alder-bridges"])
def test_linked_data_answers_documents_at_once(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/turtle"}).content_type.startswith(
        "text/turtle"
    )
    assert client.get(path, headers={"Accept": "text/html"}).content_type.startswith("text/html")


def test_linked_data_links_to_the_other_forms(client: FlaskClient) -> None:
    link = client.get("/taxon/cervidae.html").headers["Link"]
    assert '</taxon/cervidae.ttl>; rel="alternate"; type="text/turtle"' in link


def test_linked_data_describes_a_thing_from_both_sides(client: FlaskClient) -> None:
    text = client.get("/taxon/cervidae.nt").text
    base = "https://w3id.org/ecoduct/"
    assert f"<{base}taxon/cervidae> <http://rs.tdwg.org/dwc/terms/taxonRank>" in text
    assert f"<{base}taxon/cervus-canadensis> <http://www.w3.org/2004/02/skos/core#broader>" in text


def test_linked_data_describes_an_annotation_with_its_parts(client: FlaskClient) -> None:
    text = client.get("/annotation/alder-bridges/m1.nt").text
    assert "#position> <http://www.w3.org/ns/oa#start>" in text


@pytest.mark.parametrize("path", ["/threat/", "/taxon/"])
def test_linked_data_describes_a_scheme_where_there_is_one(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/turtle"})
    assert response.status_code == (200 if path == "/threat/" else 404)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/taxon/none.ttl", 404),
        ("/graph/none", 404),
        ("/taxon/cervidae", 406),
        ("/assertion/x/y.csv", 404),
        ('/taxon/a"b', 404),
    ],
)
def test_linked_data_refuses(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path, headers={"Accept": "image/png"}).status_code == status


def test_linked_data_gives_statements_as_rows(client: FlaskClient) -> None:
    response = client.get("/solution/alder-bridges.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert len(rows) == 5
    assert {row["status"] for row in rows} == {"affirmed", "negated"}
    threat = next(row for row in rows if row["property"] == "addressesThreat")
    assert threat["object_label"] == "4.1 Roads & railroads"
    assert threat["sentence"] == "Elk died in traffic on the Alder road."
    assert json.loads(client.get("/taxon/cervidae.json").data)[0]["property"] == "focalTaxon"


def test_linked_data_gives_lists_as_rows(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/solutions.csv?country=ca").text)))
    assert [row["title"] for row in rows] == [
        "A closed report on elk",
        "Bridges for elk over the Alder road",
    ]
    assert rows[1]["countries"] == "Canada"
    assert rows[1]["targets"] == rows[1]["inferred"] == "Target 2: Restore ecosystems"
    entries = json.loads(client.get("/place.json").data)
    assert [(e["label"], e["solutions"]) for e in entries] == [("Canada", 2), ("Romania", 1)]


def test_linked_data_answers_under_another_base(memory_reader, memory_texts) -> None:
    base, ours = "https://bio.example.net/kg/", str(ECO)
    dump = memory_reader.store.dump(format=ox.RdfFormat.N_QUADS).decode()
    dump = dump.replace(ours, "\0").replace(DEFAULT_BASE, base).replace("\0", ours)
    store = ox.Store()
    store.load(dump.encode(), format=ox.RdfFormat.N_QUADS)
    memory_reader.store = store
    client = create_app(Settings(base=base), memory_reader, memory_texts).test_client()
    page = client.get("/taxon/cervidae.html")
    assert (page.status_code, f"<code>{base}taxon/cervidae</code>" in page.text) == (200, True)
    assert 'href="/taxon/cervus-canadensis.html"' in page.text
    assert f"<{base}taxon/cervidae>" in client.get("/taxon/cervidae.nt").text
    question = client.get("/query?question=01-solutions-for-a-target").text
    assert f"&lt;{base}kmgbf/2&gt;" in question


def _retire(memory_reader, *iris: str, successor: str = "") -> None:
    replaced = f"<{iris[0]}> dcterms:isReplacedBy <{successor}> ." if successor else ""
    stones = "".join(f"<{iri}> prov:wasInvalidatedBy <x:run> . " for iri in iris)
    memory_reader.store.update(
        "PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/> "
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
        f"INSERT DATA {{ {stones} {replaced} "
        '<x:run> prov:startedAtTime "2026-02-03T00:00:00Z"^^xsd:dateTime }'
    )


def test_linked_data_say_what_is_gone(client: FlaskClient, memory_reader) -> None:
    gone = [f"{DEFAULT_BASE}{path}" for path in ("solution/old", "case-study/old", "graph/old")]
    _retire(memory_reader, *gone)
    for path in ("/solution/old", "/solution/old.ttl", "/case-study/old", "/graph/old"):
        response = client.get(path)
        assert response.status_code == 410, path
        assert "2026-02-03" in response.text


def test_linked_data_say_what_replaced_what_is_gone(client: FlaskClient, memory_reader) -> None:
    successor = f"{DEFAULT_BASE}solution/free-rivers"
    _retire(memory_reader, f"{DEFAULT_BASE}solution/old", successor=successor)
    response = client.get("/solution/old", headers={"Accept": "application/json"})
    assert response.status_code == 410
    assert successor in json.loads(response.data)["detail"]


def test_linked_data_answer_for_what_came_back(client: FlaskClient, memory_reader) -> None:
    _retire(memory_reader, f"{DEFAULT_BASE}solution/free-rivers")
    assert client.get("/solution/free-rivers.ttl").status_code == 200


def test_linked_data_part_the_links_to_a_thing_into_pages(client, monkeypatch) -> None:
    monkeypatch.setattr(linked_data, "INVERSE_LINKS", 3)
    whole = {str(q) for q in ox.parse(client.get("/place/ca.nt").data, format=_FORMATS["nt"][1])}
    found: set[str] = set()
    address: str | None = "/place/ca.nt"
    pages = 0
    while address:
        response = client.get(address)
        found |= {str(q) for q in ox.parse(response.data, format=_FORMATS["nt"][1])}
        following = re.search(r'<([^>]+)>; rel="next"', response.headers["Link"])
        address = following[1] if following else None
        pages += 1
    inverse = [line for line in found if line.split()[2].startswith(f"<{DEFAULT_BASE}place/ca>")]
    assert pages == -(-len(inverse) // 3) > 1
    assert whole < found


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/taxon/panthera-onca", "Panthera onca"),
        ("/place/kruger-national-park-za", "Kruger"),
        ("/actor/eth-zurich-ch", "ETH"),
        ("/place/jp", "Japan"),
    ],
)
def test_linked_data_answers_for_what_the_gazetteer_alone_knows(
    client: FlaskClient, path: str, word: str
) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["Location"]) == (303, f"{path}.html")
    page = client.get(f"{path}.html").text
    assert word in page and "no solution in this graph speaks of it yet" in page
    answers = set()
    for suffix, (media_type, format) in _FORMATS.items():
        described = client.get(f"{path}.{suffix}")
        assert described.content_type.startswith(media_type)
        answers.add(frozenset(map(str, ox.parse(described.data, format=format))))
    assert len(answers) == 1
    assert f"<{DEFAULT_BASE}{path[1:]}>" in str(answers)
    assert word in str(answers)
    record = client.get(f"/api{path}")
    assert record.status_code == 404 and "gazetteer" in record.get_json()["detail"]
