"""What OpenRefine does with a column of names, step by step, every message held to its schema."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter
from service.app import create_app
from service.config import Settings
from tests.extract.names_drawn import Drawer, Drawn
from tests.shared_data.test_reconciliation_schemas import MemoryGraph, NoTexts, problems

MINTER = Minter()
COUNT = 500


@pytest.fixture(scope="module")
def service(gazetteer_path: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(data_dir=gazetteer_path.parent), MemoryGraph(), NoTexts())
    with app.test_client() as client:
        yield client


@pytest.fixture(scope="module")
def drawer(gazetteer: Gazetteer) -> Drawer:
    return Drawer(gazetteer, MINTER)


def checked(version: str, schema: str, message: Any) -> Any:
    assert problems(version, schema, message) == []
    return message


def share_right(drawer: Drawer, names: list[Drawn], firsts: list[str]) -> float:
    right = [iri in drawer.bearers(d) for d, iri in zip(names, firsts, strict=True)]
    return sum(right) / len(right)


def _batches(names: list[Drawn], size: int) -> Iterator[list[Drawn]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]


@pytest.mark.slow
def test_session_of_openrefine(service: FlaskClient, drawer: Drawer) -> None:
    manifest = checked("0.2", "manifest", service.get("/reconcile").json)
    # A few names without a type, to offer the types that their best candidates have.
    names = drawer.draw(COUNT, 7, ("taxon",))
    sample = {f"q{n}": {"query": d.sent, "limit": 3} for n, d in enumerate(names[:10])}
    guess = ask(service, sample)
    types = [c["type"][0]["id"] for one in guess.values() for c in one["result"]]
    assert max(set(types), key=types.count) == "taxon"
    # The user types another type, looks at its flyout, and at the properties to filter by.
    for what, schema in (("type", "types"), ("property", "properties"), ("entity", "entities")):
        part = manifest["suggest"][what]
        address = f"{part['service_url']}{part['service_path']}?prefix=c"
        found = checked("0.2", f"suggest-{schema}-response", service.get(address).json)
        for item in found["result"][:1]:
            flyout = part["flyout_service_url"] + part["flyout_service_path"]
            assert service.get(flyout.replace("${id}", item["id"])).status_code == 200
    # The whole column, in batches as large as the manifest says.
    firsts: list[str] = []
    for number, batch in enumerate(_batches(names, manifest["batchSize"])):
        queries = {
            f"q{number}-{n}": {"query": d.sent, "type": "taxon", "type_strict": "should"}
            for n, d in enumerate(batch)
        }
        answer = ask(service, queries)
        assert list(answer) == list(queries)
        firsts += [one["result"][0]["id"] if one["result"] else "" for one in answer.values()]
    assert share_right(drawer, names, firsts) >= 0.95
    assert service.get(manifest["preview"]["url"].replace("{{id}}", firsts[0])).status_code == 200
    # Columns from what was matched.
    proposed = manifest["extend"]["propose_properties"]
    address = f"{proposed['service_url']}{proposed['service_path']}?type=taxon"
    offered = checked("0.2", "data-extension-property-proposal", service.get(address).json)
    wanted = [item for item in offered["properties"] if item["id"] in ("ncbi", "family")]
    message = {"ids": sorted({iri for iri in firsts if iri}), "properties": wanted}
    checked("0.2", "data-extension-query", message)
    answer = service.post("/reconcile", data={"extend": json.dumps(message)}).json
    rows = checked("0.2", "data-extension-response", answer)["rows"]
    assert set(rows) == set(message["ids"])
    assert sum(bool(row["ncbi"]) for row in rows.values()) >= 0.8 * len(rows)


def ask(service: FlaskClient, queries: Any) -> Any:
    checked("0.2", "reconciliation-query-batch", queries)
    answer = service.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200
    return checked("0.2", "reconciliation-result-batch", answer.json)


@pytest.mark.slow
def test_session_of_the_draft(service: FlaskClient, drawer: Drawer) -> None:
    checked("1.0-draft", "manifest", service.get("/reconcile/v1").json)
    names = drawer.draw(COUNT, 8, ("place",))
    queries = [
        {
            "type": "place",
            "limit": 3,
            "conditions": [
                {"matchType": "name", "propertyValue": d.sent},
                {"matchType": "property", "propertyId": "country", "propertyValue": d.country},
            ],
        }
        for d in names
    ]
    checked("1.0-draft", "reconciliation-query-batch", {"queries": queries})
    answer = service.post("/reconcile/v1/match", json={"queries": queries}).json
    results = checked("1.0-draft", "reconciliation-result-batch", answer)["results"]
    firsts = [one["candidates"][0]["id"] if one["candidates"] else "" for one in results]
    assert share_right(drawer, names, firsts) >= 0.95
    ids = sorted({iri for iri in firsts if iri})
    message = {"ids": ids, "properties": [{"id": "latitude"}, {"id": "broader"}]}
    checked("1.0-draft", "data-extension-query", message)
    extended = service.post("/reconcile/v1/extend", json=message).json
    rows = checked("1.0-draft", "data-extension-response", extended)["rows"]
    assert [row["id"] for row in rows] == ids
