import json

import jsonschema
import pytest
from flask.testing import FlaskClient

_ALL = ["alder-bridges", "closed-report", "free-rivers"]


def _get(client: FlaskClient, path: str, **headers: str):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json(force=True)


def test_api_lists_solutions_with_their_facts(client: FlaskClient) -> None:
    answer = _get(client, "/api/solutions")
    assert answer["total"] == 3
    assert answer["next"] is None
    bridges = next(item for item in answer["items"] if item["id"] == "alder-bridges")
    assert bridges["id"] == "alder-bridges"
    assert bridges["threats"] == [
        {
            "iri": "https://w3id.org/ecoduct/threat/4.1",
            "label": "4.1 Roads & railroads",
            "inferred": False,
        }
    ]
    assert bridges["targets"][0]["inferred"] is True
    assert bridges["places"][0]["country_code"] == "CA"
    assert bridges["url"] == "http://localhost/solution/alder-bridges.html"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=ca", ["alder-bridges", "closed-report"]),
        ("threat=4", ["alder-bridges"]),
        ("taxon=cervidae&target=2", ["alder-bridges"]),
        ("cms=appendix-ii", ["free-rivers"]),
        ("since=2026-01-01", []),
    ],
)
def test_api_filters_solutions_as_the_pages_do(client, query: str, expected: list[str]) -> None:
    answer = _get(client, f"/api/solutions?{query}")
    assert sorted(item["id"] for item in answer["items"]) == expected
    page = client.get(f"/solutions.json?{query}").get_json()
    assert sorted(row["solution"].rpartition("/")[2] for row in page) == expected


def test_api_pages_by_cursor_lose_nothing(client: FlaskClient) -> None:
    found, path = [], "/api/solutions?limit=1"
    for _ in range(3):
        answer = _get(client, path)
        found += [item["id"] for item in answer["items"]]
        path = answer["next"]
    assert path is None
    assert sorted(found) == _ALL


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/api/solutions?thread=4.1", 400, "threat"),
        ("/api/solutions?limit=0", 400, "whole number"),
        ("/api/solutions?limit=1e3", 400, "whole number"),
        ("/api/solutions?limit=" + "9" * 5000, 400, "whole number"),
        ("/api/solutions?since=soon", 400, "ISO 8601"),
        ("/api/solutions?cursor=%00", 400, "cursor"),
        ("/api/solutions?cursor=WzFd", 400, "cursor"),
        ("/api/solutions/none", 404, "nothing"),
        ("/api/facets/colour", 404, "country"),
        ("/api/threat/99", 404, "nothing"),
        ("/api/nothing", 404, "nothing"),
    ],
)
def test_api_says_what_was_wrong(client, path: str, status: int, word: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = json.loads(response.data)
    assert problem["status"] == status
    assert word in problem["detail"]


def test_api_gives_features_for_maps(client: FlaskClient) -> None:
    answer = _get(client, "/api/solutions.geojson?country=ro")
    (feature,) = answer["features"]
    assert feature["geometry"] == {"type": "MultiPoint", "coordinates": [[25.0, 46.0]]}
    assert feature["properties"]["countries"] == "Romania"
    assert _get(client, "/api/solutions", Accept="application/geo+json")["type"] == (
        "FeatureCollection"
    )


def test_api_gives_a_solution_with_its_sentences(client: FlaskClient) -> None:
    record = _get(client, "/api/solutions/alder-bridges")
    statement = next(s for s in record["statements"] if s["property"] == "addressesThreat")
    assert statement["sentence"] == "Elk died in traffic on the Alder road."
    assert statement["counts_as_fact"] is True
    hidden = _get(client, "/api/solutions/closed-report")
    assert {s["sentence"] for s in hidden["statements"]} == {""}


def test_api_gives_entities_and_counts(client: FlaskClient) -> None:
    entry = next(e for e in _get(client, "/api/taxon")["items"] if e["key"] == "cervus-canadensis")
    assert entry["solutions"] == 2
    record = _get(client, "/api/taxon/cervus-canadensis")
    assert record["scientific_name"] == "Cervus canadensis"
    assert record["matches"][0]["iri"] == "http://www.wikidata.org/entity/Q1"
    assert record["broader"][0]["label"] == "Deer"
    assert _get(client, "/api/taxon/acipenser")["listings"][0]["appendix"].endswith("appendix-ii")
    names = [facet["name"] for facet in _get(client, "/api/facets")["items"]]
    assert {"country", "threat", "source"} <= set(names)
    counts = _get(client, "/api/facets/country")["items"]
    assert [(c["key"], c["solutions"]) for c in counts] == [("ca", 2), ("ro", 1)]


def test_api_answers_not_modified_while_the_data_stand(client: FlaskClient) -> None:
    tag = client.get("/api/solutions").headers["ETag"]
    assert client.get("/api/solutions", headers={"If-None-Match": tag}).status_code == 304


_PATHS = {
    "/api/solutions": "/api/solutions",
    "/api/solutions.geojson": "/api/solutions.geojson",
    "/api/solutions/{key}": "/api/solutions/free-rivers",
    "/api/facets": "/api/facets",
    "/api/facets/{name}": "/api/facets/threat",
    "/api/{kind}": "/api/place",
    "/api/{kind}/{key}": "/api/place/ro",
}


def test_api_answers_as_it_is_described(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    described = {path for path in document["paths"] if path.startswith("/api/")}
    assert described >= set(_PATHS)
    for path, address in _PATHS.items():
        responses = document["paths"][path]["get"]["responses"]
        media_type, body = next(iter(responses["200"]["content"].items()))
        response = client.get(address)
        assert response.content_type == media_type
        schema = {**body["schema"], "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(response.get_json(force=True))
