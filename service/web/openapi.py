"""Describe what programs may ask over HTTP in the words of OpenAPI 3.1, at ``/openapi.json``.

Each concern offers an ``ApiPart``; ``PARTS`` lists them. To add paths, write a part beside the
blueprint that answers them and add it to ``PARTS``: the tests hold every path to a route, every
method to the route's own, and the whole document to the OpenAPI schema.
"""

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, request

from service.web.api_parts import operations, reconciliation, solutions, sparql
from service.web.api_parts.shared import ApiPart, Json
from service.web.downloads import json_response

blueprint = Blueprint("openapi", __name__)

PARTS: tuple[ApiPart, ...] = (
    sparql.PART,
    solutions.PART,
    reconciliation.PART,
    operations.PART,
)

_PROBLEM: Json = {
    "type": "object",
    "description": "What was wrong and what to do instead (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
    },
}
_BEARER: Json = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token made by 'ecoduct token add'; writing needs the scope admin.",
}


def describe_api(address: str, parts: Iterable[ApiPart] = PARTS) -> Json:
    """Return the whole document for a service at an address; raise ValueError for a path twice."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Problem": _PROBLEM}
    tags = []
    for part in parts:
        if twice := (paths.keys() & part.paths.keys()) | (schemas.keys() & part.schemas.keys()):
            raise ValueError(f"described twice: {', '.join(sorted(twice))}")
        tags.append({"name": part.tag, "description": part.description})
        schemas.update(part.schemas)
        for path, item in part.paths.items():
            paths[path] = {
                key: {"tags": [part.tag], **value} if isinstance(value, dict) else value
                for key, value in item.items()
            }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ecoduct",
            "summary": "Conservation case studies as linked data.",
            "version": version("ecoduct"),
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address}],
        "tags": tags,
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": schemas, "securitySchemes": {"bearer": _BEARER}},
    }


@blueprint.get("/openapi.json")
def show_openapi() -> Response:
    """Give the description of the interface."""
    response = json_response(describe_api(request.root_url.rstrip("/")))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
