"""Pieces that the parts of openapi.json are made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

Json = dict[str, Any]

BEARER: list[Json] = [{"bearer": []}]
"""The ``security`` of an operation that writes."""


@dataclass(frozen=True, slots=True)
class ApiPart:
    """Hold what one concern adds to the description: paths and schemas of their bodies."""

    tag: str
    description: str
    paths: Mapping[str, Json]
    schemas: Mapping[str, Json] = field(default_factory=dict)


def parameter(
    name: str,
    description: str,
    *,
    where: str = "query",
    required: bool = False,
    schema: Json | None = None,
    example: object = None,
) -> Json:
    """Describe one parameter; a text unless a schema says more."""
    described: Json = {
        "name": name,
        "in": where,
        "description": description,
        "schema": schema or {"type": "string"},
    }
    if required or where == "path":
        described["required"] = True
    if example is not None:
        described["example"] = example
    return described


def content(media_types: Iterable[str], schema: Json | None = None) -> Json:
    """Offer the same schema, a text where none is given, in some media types."""
    return {
        media_type: {"schema": schema or ({"type": "object"} if "json" in media_type else {})}
        for media_type in media_types
    }


def answer(description: str, body: Json | None = None, headers: Json | None = None) -> Json:
    """Describe one answer."""
    described: Json = {"description": description}
    if body is not None:
        described["content"] = body
    if headers is not None:
        described["headers"] = headers
    return described


_WAITING = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
_REASONS: dict[HTTPStatus, str] = {
    HTTPStatus.BAD_REQUEST: "The request does not parse or breaks the protocol.",
    HTTPStatus.UNAUTHORIZED: "No token, or one that is not known.",
    HTTPStatus.FORBIDDEN: "SERVICE or LOAD to a host that is not allowed, or a token too narrow.",
    HTTPStatus.NOT_FOUND: "There is no such graph.",
    HTTPStatus.NOT_ACCEPTABLE: "None of the media types asked for is on offer.",
    HTTPStatus.CONFLICT: "The default graph is the merge of all graphs and takes no writes.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body or the query text is too long.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is of a media type that is not read.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "The answer is larger than the service gives at once.",
    HTTPStatus.TOO_MANY_REQUESTS: "This client has used its share of computing time.",
    HTTPStatus.BAD_GATEWAY: "Another endpoint, which the request asks, gave nothing of use.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Too many requests wait, or the memory limit was reached.",
    HTTPStatus.GATEWAY_TIMEOUT: "The request was ended after its time.",
}


def problems(*statuses: HTTPStatus) -> Json:
    """Describe the answers of refusals and failures, each a problem in JSON."""
    described: Json = {}
    for status in statuses:
        headers = None
        if status in _WAITING:
            headers = {
                "Retry-After": {
                    "description": "Seconds to wait before asking again.",
                    "required": True,
                    "schema": {"type": "integer", "minimum": 1},
                }
            }
        body = content(["application/problem+json"], {"$ref": "#/components/schemas/Problem"})
        body["text/plain"] = {"schema": {"type": "string"}}
        described[str(status.value)] = answer(_REASONS[status], body, headers)
    return described
