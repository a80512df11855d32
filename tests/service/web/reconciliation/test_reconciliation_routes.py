"""The Reconciliation API over HTTP, in both versions."""

import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from ontology.namespaces import Minter
from service.app import create_app
from service.config import Settings
from service.store.protocol import Reader
from service.web.site import TextSource

MINTER = Minter()
ELK, CANADA = MINTER.taxon("cervus-canadensis"), MINTER.country("CA")


@pytest.fixture
def service(
    gazetteer_path: Path, memory_reader: Reader, memory_texts: TextSource
) -> Iterator[FlaskClient]:
    app = create_app(Settings(data_dir=gazetteer_path.parent), memory_reader, memory_texts)
    with app.test_client() as client:
        yield client


def ask(service: FlaskClient, queries: Any, **fields: str) -> Any:
    answer = service.post("/reconcile", data={"queries": json.dumps(queries), **fields})
    assert answer.status_code == 200, answer.text
    return answer.json


def match(service: FlaskClient, *queries: Any) -> Any:
    answer = service.post("/reconcile/v1/match", json={"queries": list(queries)})
    assert answer.status_code == 200, answer.text
    return [one["candidates"] for one in answer.json["results"]]


def name(text: str) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": text}


def test_reconciliation_answers_a_batch_by_key(service: FlaskClient) -> None:
    answer = ask(
        service,
        {
            "a": {"query": "wapiti", "type": "taxon", "limit": 1},
            "b": {"query": "Canada", "type": ["place"]},
            "c": {"query": "qxzwvk", "type": "place"},
        },
    )
    first = answer["a"]["result"][0]
    assert (first["id"], first["match"], first["type"]) == (
        ELK,
        True,
        [{"id": "taxon", "name": "Taxon"}],
    )
    assert 80 <= first["score"] <= 100
    assert {"id": "likeness", "value": 1.0} in first["features"]
    assert [(c["id"], c["match"]) for c in answer["b"]["result"]] == [(CANADA, True)]
    assert answer["c"]["result"] == []


def test_reconciliation_says_by_which_name_it_found(service: FlaskClient) -> None:
    found = ask(service, {"q": {"query": "Felis onca", "type": "taxon"}})["q"]["result"][0]
    assert found["name"] == "jaguar"
    assert found["description"].endswith("found as Felis onca (synonym)")


def test_reconciliation_takes_a_batch_by_get(service: FlaskClient) -> None:
    queries = json.dumps({"q": {"query": "Canada", "type": "place"}})
    answer = service.get("/reconcile", query_string={"queries": queries})
    assert answer.json is not None
    assert answer.json["q"]["result"][0]["id"] == CANADA


def test_reconciliation_takes_the_class_for_the_type(service: FlaskClient) -> None:
    type_iri = "https://w3id.org/ecoduct/ontology#Place"
    assert ask(service, {"q": {"query": "Canada", "type": type_iri}})["q"]["result"][0]["match"]


def test_reconciliation_finds_nothing_of_a_type_it_has_not(service: FlaskClient) -> None:
    assert ask(service, {"q": {"query": "Canada", "type": "Ship"}}) == {"q": {"result": []}}


def test_reconciliation_filters_by_property(service: FlaskClient) -> None:
    query = {"query": "Victoria", "type": "place"}
    by_country = query | {"properties": [{"pid": "country", "v": {"id": MINTER.country("AU")}}]}
    found = ask(service, {"q": by_country})["q"]["result"][0]
    assert (found["id"], found["match"]) == (MINTER.place("au-vic"), True)
    assert {"id": "property:country", "value": 1.0} in found["features"]
    assert ask(service, {"q": query})["q"]["result"][0]["match"] is False


def test_reconciliation_refuses_a_batch_too_large(service: FlaskClient) -> None:
    queries = {str(n): {"query": "elk"} for n in range(1001)}
    answer = service.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 413


@pytest.mark.parametrize("queries", ["{", "[]", '{"q": 1}', '{"q": {"query": 3}}', '{"q": {}}'])
def test_reconciliation_refuses_what_is_no_batch(service: FlaskClient, queries: str) -> None:
    answer = service.post("/reconcile", data={"queries": queries})
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


def test_reconciliation_refuses_a_post_of_nothing(service: FlaskClient) -> None:
    answer = service.post("/reconcile", data={})
    assert (answer.status_code, "queries" in answer.text) == (400, True)


def test_reconciliation_wraps_json_for_pages_of_old(service: FlaskClient) -> None:
    answer = service.get("/reconcile?callback=jQuery1.f")
    assert answer.text.startswith("/**/jQuery1.f({")
    assert answer.content_type.startswith("application/javascript")
    assert service.get("/reconcile?callback=alert(1)//").status_code == 400


@pytest.mark.parametrize(
    "path", ["/reconcile", "/reconcile/v1", "/reconcile/suggest/type", "/reconcile/preview?id=x"]
)
def test_reconciliation_lets_pages_of_other_sites_ask(service: FlaskClient, path: str) -> None:
    assert service.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_reconciliation_answers_a_preflight(service: FlaskClient) -> None:
    answer = service.options("/reconcile/v1/match")
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]


def test_reconciliation_shows_people_a_page(service: FlaskClient) -> None:
    answer = service.get("/reconcile", headers={"Accept": "text/html,*/*;q=0.8"})
    assert "Add standard service" in answer.text
    assert "http://localhost/reconcile" in answer.text
    assert service.get("/reconcile", headers={"Accept": "*/*"}).json is not None


def test_reconciliation_manifest_leads_to_addresses_that_answer(service: FlaskClient) -> None:
    manifest = service.get("/reconcile").json
    assert manifest is not None
    for what, id in (("entity", ELK), ("type", "taxon"), ("property", "country")):
        part = manifest["suggest"][what]
        flyout = part["flyout_service_url"] + part["flyout_service_path"].replace("${id}", id)
        listed = service.get(f"{part['service_url']}{part['service_path']}?prefix=p")
        assert listed.json is not None and listed.json["result"]
        told = service.get(flyout).json
        assert told is not None and told["id"] == id
    for name in ("view", "preview"):
        address = manifest[name]["url"].replace("{{id}}", ELK)
        assert service.get(address).status_code in (200, 302)
    with service.get(urlsplit(manifest["logo"]).path) as logo:
        assert logo.status_code == 200
    page = service.get(manifest["documentation"]).text
    assert 'id="feature-likeness"' in page
    proposed = manifest["extend"]["propose_properties"]
    address = f"{proposed['service_url']}{proposed['service_path']}?type=place&limit=3"
    told = service.get(address).json
    assert told is not None
    assert (told["type"], told["limit"], len(told["properties"])) == ("place", 3, 3)


def first_suggestion(service: FlaskClient, prefix: str, type: str = "") -> tuple[str, str]:
    answer = service.get(f"/reconcile/suggest/entity?prefix={prefix}&type={type}").json
    assert answer is not None
    found = answer["result"][0]
    return found["id"], found["notable"][0]["id"]


@pytest.mark.parametrize(
    ("prefix", "type", "iri"),
    [
        ("cana", "", CANADA),
        ("wapit", "taxon", ELK),
        ("Cervus can", "", ELK),
        ("roads & rail", "threat", MINTER.threat("4.1")),
        ("4.1", "threat", MINTER.threat("4.1")),
        ("wapittii", "taxon", ELK),
        ("kruger nati", "place", MINTER.place("kruger-national-park-za")),
    ],
)
def test_reconciliation_suggests_entities(
    service: FlaskClient, prefix: str, type: str, iri: str
) -> None:
    assert first_suggestion(service, prefix.replace("&", "%26"), type)[0] == iri


def test_reconciliation_suggests_further_pages(service: FlaskClient) -> None:
    def page(cursor: int) -> list[str]:
        answer = service.get(f"/reconcile/suggest/entity?prefix=pan&cursor={cursor}").json
        assert answer is not None
        return [item["id"] for item in answer["result"]]

    assert len({*page(0), *page(10)}) == 20
    assert page(5)[:5] == page(0)[5:]


@pytest.mark.parametrize(
    ("what", "prefix", "ids"),
    [
        ("type", "tax", ["taxon"]),
        ("type", "kmgbf", ["target"]),
        ("property", "coun", ["country"]),
        ("property", "number of sol", ["solutionCount"]),
    ],
)
def test_reconciliation_suggests_types_and_properties(
    service: FlaskClient, what: str, prefix: str, ids: list[str]
) -> None:
    answer = service.get(f"/reconcile/suggest/{what}?prefix={prefix}").json
    assert answer is not None
    assert [item["id"] for item in answer["result"]] == ids


def test_reconciliation_preview_may_stand_in_other_pages(service: FlaskClient) -> None:
    answer = service.get(f"/reconcile/preview?id={ELK}")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Cervus canadensis" in answer.text
    assert "2 solutions speak of it" in answer.text
    assert "Bridges for elk over the Alder road" in answer.text


def test_reconciliation_view_leads_to_the_page_of_what_is_known(service: FlaskClient) -> None:
    answer = service.get(f"/reconcile/view?id={ELK}")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/taxon/cervus-canadensis.html",
    )


def test_reconciliation_view_shows_what_only_the_gazetteer_knows(service: FlaskClient) -> None:
    answer = service.get("/reconcile/view?id=taxon/panthera-onca")
    assert answer.status_code == 200
    assert "no solution in this graph speaks of it yet" in answer.text
    assert "NCBI Taxonomy 9690" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/reconcile/view?id=taxon/none",
        "/reconcile/preview",
        "/reconcile/flyout/entity?id=x",
        "/reconcile/flyout/type?id=Ship",
        "/reconcile/flyout/property?id=Ship",
    ],
)
def test_reconciliation_has_nothing_for_ids_of_nothing(service: FlaskClient, path: str) -> None:
    assert service.get(path).status_code == 404


def extend(service: FlaskClient, ids: list[str], *properties: Any) -> Any:
    message = json.dumps({"ids": ids, "properties": list(properties)})
    answer = service.post("/reconcile", data={"extend": message})
    assert answer.status_code == 200, answer.text
    return answer.json


def test_reconciliation_extends_with_values_of_each_kind(service: FlaskClient) -> None:
    answer = extend(
        service,
        [ELK, "place/ca", "taxon/none"],
        {"id": "scientificName"},
        {"id": "latitude"},
        {"id": "solutionCount"},
        {"id": "solution", "settings": {"limit": "1"}},
        {"id": "broader", "settings": {"count": True}},
        {"id": "unheard"},
    )
    assert answer["meta"][0] == {"id": "scientificName", "name": "Scientific name"}
    elk = answer["rows"][ELK]
    assert elk["scientificName"] == [{"str": "Cervus canadensis"}]
    assert elk["latitude"] == elk["unheard"] == []
    assert elk["solutionCount"] == [{"int": 2}]
    assert elk["solution"] == [
        {"id": MINTER.solution("closed-report"), "name": "A closed report on elk"}
    ]
    assert elk["broader"] == [{"int": 4}]
    assert answer["rows"]["place/ca"]["latitude"] == [{"float": 57.9347}]
    assert answer["rows"]["taxon/none"]["solutionCount"] == []


@pytest.mark.parametrize(
    "message",
    [
        "{",
        "[]",
        '{"ids": []}',
        '{"ids": [1], "properties": []}',
        '{"ids": [], "properties": [{}]}',
        '{"ids": [], "properties": [{"id": "country", "settings": {"limit": "many"}}]}',
    ],
)
def test_reconciliation_refuses_what_is_no_extension(service: FlaskClient, message: str) -> None:
    assert service.post("/reconcile", data={"extend": message}).status_code == 400
    answer = service.post("/reconcile/v1/extend", data=message, content_type="application/json")
    assert answer.status_code == 400


def test_reconciliation_draft_matches_in_order(service: FlaskClient) -> None:
    found = match(
        service,
        {"type": "place", "conditions": [name("Canada")]},
        {"type": "taxon", "limit": 1, "conditions": [name("wapiti")]},
    )
    assert [candidates[0]["id"] for candidates in found] == [CANADA, ELK]
    assert found[0][0]["features"][0] == {
        "id": "likeness",
        "name": "Likeness of the name",
        "value": 1.0,
    }


def test_reconciliation_draft_takes_both_addresses(service: FlaskClient) -> None:
    body = {"queries": [{"conditions": [name("Canada")]}]}
    answers = [service.post(f"/reconcile/v1/{path}", json=body) for path in ("match", "reconcile")]
    assert answers[0].json == answers[1].json


def test_reconciliation_draft_matches_ids_and_required_properties(service: FlaskClient) -> None:
    by_id = {"conditions": [{"matchType": "id", "propertyValue": ["ncbi:9690"]}]}
    condition = {
        "matchType": "property",
        "propertyId": "class",
        "propertyValue": "Aves",
        "required": True,
    }
    required = {"type": "taxon", "conditions": [name("robin"), condition]}
    none = {
        "type": "taxon",
        "conditions": [name("wapiti"), condition | {"propertyValue": ["Aves", "Reptilia"]}],
    }
    found = match(service, by_id, required, none)
    assert (found[0][0]["id"], found[0][0]["match"]) == (MINTER.taxon("panthera-onca"), True)
    assert found[1] and all(candidate["description"].find("Aves") > 0 for candidate in found[1])
    assert found[2] == []


def test_reconciliation_draft_tries_all_names(service: FlaskClient) -> None:
    both = {"matchType": "name", "propertyValue": ["qxzwvk", "wapiti"]}
    assert match(service, {"type": "taxon", "conditions": [both]})[0][0]["id"] == ELK


def test_reconciliation_draft_extends_in_rows(service: FlaskClient) -> None:
    message = {"ids": [ELK], "properties": [{"id": "taxonRank"}]}
    answer = service.post("/reconcile/v1/extend", json=message).json
    assert answer == {
        "meta": [{"id": "taxonRank", "name": "Rank"}],
        "rows": [{"id": ELK, "properties": [{"id": "taxonRank", "values": [{"str": "species"}]}]}],
    }


def test_reconciliation_draft_offers_what_its_manifest_says(service: FlaskClient) -> None:
    manifest = service.get("/reconcile/v1").json
    assert manifest is not None
    assert manifest["versions"] == ["1.0-draft"]
    for what in ("entity", "property", "type"):
        listed = service.get(f"/reconcile/v1/suggest/{what}?prefix=p").json
        assert listed is not None and listed["result"]
    proposed = service.get("/reconcile/v1/extend/propose?type=threat").json
    assert proposed is not None
    assert {"solutionCount", "notation"} <= {item["id"] for item in proposed["properties"]}
    assert service.get(f"/reconcile/v1/preview?id={ELK}").status_code == 200
    assert service.get(manifest["view"]["url"].replace("{id}", ELK)).status_code == 302


def test_reconciliation_suggests_in_ten_milliseconds_of_processor_time(
    service: FlaskClient,
) -> None:
    prefixes = ("p", "la", "pan", "lake ", "panthera", "snow l", "san", "road", "minist", "e")
    service.get("/reconcile/suggest/entity?prefix=warm")
    spent = []
    for prefix in prefixes:
        began = time.process_time()
        service.get("/reconcile/suggest/entity", query_string={"prefix": prefix})
        spent.append(time.process_time() - began)
    assert statistics.median(spent) <= 0.010
