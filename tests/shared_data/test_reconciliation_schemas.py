"""Every message of the reconciliation service holds to the schemas of both versions of the API."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from extract.reconcile.properties import PROPERTIES
from ontology.namespaces import Minter
from service.app import create_app
from service.config import Settings
from service.problems import ProblemError
from service.store.answers import choose_media_type, evaluate, write_answer
from service.store.protocol import QueryAnswer, QueryRequest
from service.web.reconciliation.extending import read_extension
from service.web.reconciliation.reading import read_draft_batch, read_old_batch

MINTER = Minter()
VERSIONS = ("0.2", "1.0-draft")
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "reconciliation"
GRAPH = f"""
@prefix eco: <https://w3id.org/ecoduct/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{MINTER.solution("x")}> a eco:Solution ; rdfs:label "Crossings" ;
  eco:focalTaxon <{MINTER.taxon("panthera-onca")}> .
<{MINTER.taxon("panthera-onca")}> a eco:Taxon ; rdfs:label "jaguar" .
"""
IDS = [
    MINTER.taxon("panthera-onca"),
    MINTER.place("kruger-national-park-za"),
    MINTER.threat("4.1"),
    "taxon/none",
]


class MemoryGraph:
    """Answer from a store in memory."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.store.load(GRAPH.encode(), ox.RdfFormat.TURTLE)

    def query(self, request: QueryRequest) -> QueryAnswer:
        import io

        results = evaluate(self.store, request)
        media_type = choose_media_type(results, request.media_type)
        output = io.BytesIO()
        write_answer(results, media_type, output)
        return QueryAnswer(media_type, iter([output.getvalue()]), "g")

    def generation(self) -> str:
        return "g"

    def close(self) -> None:
        self.store = ox.Store()


class NoTexts:
    """Keep no text."""

    def case_study(self, document: str, checksum: str | None = None) -> None:
        return None


@pytest.fixture(scope="module")
def service(gazetteer_path: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(data_dir=gazetteer_path.parent), MemoryGraph(), NoTexts())
    with app.test_client() as client:
        yield client


@cache
def _schemas(version: str) -> dict[str, Any]:
    return {
        file.stem: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted((SHARED / version / "schemas").glob("*.json"))
    }


def _at_every_name(version: str) -> Registry[Any]:
    """Let references find a schema by its file name, whatever folder its ``$id`` says."""
    resources = []
    for name, schema in _schemas(version).items():
        resource = Resource(schema, DRAFT7)
        resources.append((str(schema["$id"]).rstrip("#"), resource))
        for folder in ("draft", "0.2", "1.0-draft"):
            start = f"https://reconciliation-api.github.io/specs/{folder}/schemas/"
            resources.append((f"{start}{name}.json", resource))
    return Registry().with_resources(resources)


def validator(version: str, name: str) -> Draft7Validator:
    return Draft7Validator(_schemas(version)[name], registry=_at_every_name(version))


def problems(version: str, name: str, message: Any) -> list[str]:
    return [error.message for error in validator(version, name).iter_errors(message)]


def examples(kind: str) -> list[Any]:
    found = []
    for version in VERSIONS:
        for file in sorted((SHARED / version / "examples").rglob(f"{kind}/*.json")):
            name = file.parent.parent.name
            if name in _schemas(version):
                found.append(pytest.param(version, name, file, id=f"{version}-{name}-{file.stem}"))
    return found


VALID, INVALID = examples("valid"), examples("invalid")


def test_reconciliation_schemas_come_with_examples() -> None:
    assert (len(VALID), len(INVALID)) == (59, 36)


@pytest.mark.parametrize(("version", "name", "file"), VALID)
def test_reconciliation_schemas_take_the_valid_examples(
    version: str, name: str, file: Path
) -> None:
    assert problems(version, name, json.loads(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(("version", "name", "file"), INVALID)
def test_reconciliation_schemas_refuse_the_invalid_examples(
    version: str, name: str, file: Path
) -> None:
    assert problems(version, name, json.loads(file.read_text(encoding="utf-8")))


REQUESTS = ("reconciliation-query-batch", "data-extension-query")


def _read(version: str, name: str, message: Any) -> None:
    if name == "data-extension-query":
        read_extension(message)
    elif version == "0.2":
        read_old_batch(message)
    else:
        read_draft_batch(message)


@pytest.mark.parametrize(
    ("version", "name", "file"), [p for p in INVALID if p.values[1] in REQUESTS]
)
def test_reconciliation_refuses_the_invalid_requests(version: str, name: str, file: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        _read(version, name, json.loads(file.read_text(encoding="utf-8")))
    assert caught.value.status == 400


@pytest.mark.parametrize(("version", "name", "file"), [p for p in VALID if p.values[1] in REQUESTS])
def test_reconciliation_answers_the_valid_requests(
    service: FlaskClient, version: str, name: str, file: Path
) -> None:
    text = file.read_text(encoding="utf-8")
    extends = name == "data-extension-query"
    if version == "0.2":
        answer = service.post("/reconcile", data={"extend" if extends else "queries": text})
    else:
        path = "extend" if extends else "match"
        answer = service.post(f"/reconcile/v1/{path}", data=text, content_type="application/json")
    assert answer.status_code == 200
    schema = "data-extension-response" if extends else "reconciliation-result-batch"
    assert problems(version, schema, answer.json) == []


@pytest.mark.parametrize(
    ("version", "path", "name"),
    [
        ("0.2", "", "manifest"),
        ("1.0-draft", "/v1", "manifest"),
        *(
            (version, f"{root}/suggest/{what}?prefix={prefix}", f"suggest-{schema}-response")
            for version, root in (("0.2", ""), ("1.0-draft", "/v1"))
            for what, schema in (
                ("entity", "entities"),
                ("property", "properties"),
                ("type", "types"),
            )
            for prefix in ("", "p", "jaguar", "roads")
        ),
        *(
            (version, f"{root}/extend/propose{given}", "data-extension-property-proposal")
            for version, root in (("0.2", ""), ("1.0-draft", "/v1"))
            for given in ("", "?type=taxon", "?type=place&limit=3", "?type=Ship")
        ),
    ],
)
def test_reconciliation_messages_hold_to_the_schemas(
    service: FlaskClient, version: str, path: str, name: str
) -> None:
    answer = service.get(f"/reconcile{path}")
    assert answer.status_code == 200
    assert problems(version, name, answer.json) == []


NAMES = (
    ("jaguar", "taxon"),
    ("Felis onca", "taxon"),
    ("Pantera onca", "taxon"),
    ("Victoria", "place"),
    ("BirdLife Internatonal", "actor"),
    ("roads", "threat"),
    ("5.4", "threat"),
    ("habitat loss", "stress"),
    ("Target 3", "target"),
    ("law enforcement", "intervention"),
    ("ncbi:9690", ""),
    ("Kenya", ""),
    ("qxzwvk", ""),
)


def test_reconciliation_results_hold_to_the_schemas(service: FlaskClient) -> None:
    country = {"pid": "country", "v": "ZA"}
    old = {
        str(n): {"query": name, "properties": [country]} | ({"type": type} if type else {})
        for n, (name, type) in enumerate(NAMES)
    }
    assert problems("0.2", "reconciliation-query-batch", old) == []
    answer = service.post("/reconcile", data={"queries": json.dumps(old)})
    assert problems("0.2", "reconciliation-result-batch", answer.json) == []
    draft = {
        "queries": [
            {
                "conditions": [
                    {"matchType": "name", "propertyValue": name},
                    {"matchType": "property", "propertyId": "country", "propertyValue": "ZA"},
                ]
            }
            | ({"type": type} if type else {})
            for name, type in NAMES
        ]
    }
    assert problems("1.0-draft", "reconciliation-query-batch", draft) == []
    answer = service.post("/reconcile/v1/match", json=draft)
    assert problems("1.0-draft", "reconciliation-result-batch", answer.json) == []
    assert answer.json is not None
    scores = [c["score"] for one in answer.json["results"] for c in one["candidates"]]
    assert scores and all(0 <= score <= 100 for score in scores)


def test_reconciliation_extensions_hold_to_the_schemas(service: FlaskClient) -> None:
    wanted = [*(item.id for item in PROPERTIES), "solution", "solutionCount", "unheard"]
    message = {"ids": IDS, "properties": [{"id": id} for id in wanted]}
    answer = service.post("/reconcile", data={"extend": json.dumps(message)})
    assert problems("0.2", "data-extension-response", answer.json) == []
    draft = service.post("/reconcile/v1/extend", json=message)
    assert problems("1.0-draft", "data-extension-response", draft.json) == []
    assert answer.json is not None and draft.json is not None
    assert answer.json["meta"] == draft.json["meta"]
    assert answer.json["rows"] == {
        row["id"]: {item["id"]: item["values"] for item in row["properties"]}
        for row in draft.json["rows"]
    }


@pytest.mark.parametrize(
    ("what", "id"), [("entity", IDS[0]), ("type", "taxon"), ("property", "class")]
)
def test_reconciliation_flyouts_are_like_the_example(
    service: FlaskClient, what: str, id: str
) -> None:
    file = SHARED / "0.2/examples/flyout-response/valid/example.json"
    example = json.loads(file.read_text(encoding="utf-8"))
    told = service.get(f"/reconcile/flyout/{what}?id={id}").json
    assert told is not None
    assert {key: type(value) for key, value in told.items()} == {
        key: type(value) for key, value in example.items()
    }
