import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.web.api_parts.shared import ApiPart
from service.web.openapi import PARTS, describe_api

_METHODS = {"get", "put", "post", "delete", "patch"}


def test_openapi_is_valid(client: FlaskClient) -> None:
    response = client.get("/openapi.json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    document = response.get_json()
    assert document["servers"] == [{"url": "http://localhost"}]
    assert document["paths"].keys() >= {"/sparql", "/update", "/rdf-graph-store", "/health"}
    OpenAPIV31SpecValidator(document).validate()


def test_openapi_describes_routes_as_they_are(app: Flask) -> None:
    routes: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^<>:]+:)?(\w+)>", r"{\1}", rule.rule)
        routes.setdefault(path, set()).update(rule.methods or ())
    for path, item in describe_api("")["paths"].items():
        methods = {name.upper() for name in item.keys() & _METHODS}
        assert methods, path
        assert methods <= routes[path], path


def test_openapi_names_each_operation_once() -> None:
    names = [
        operation["operationId"]
        for part in PARTS
        for item in part.paths.values()
        for method, operation in item.items()
        if method in _METHODS
    ]
    assert len(names) == len(set(names)) >= 12


def test_openapi_describes_no_path_twice() -> None:
    part = ApiPart("again", "", {"/sparql": {}})
    with pytest.raises(ValueError, match="/sparql"):
        describe_api("", (*PARTS, part))
