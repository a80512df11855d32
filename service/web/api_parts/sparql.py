"""What openapi.json says of queries, updates and the graph store."""

from http import HTTPStatus

from service.sparql.negotiation import GRAPH_OFFERS, RESULT_OFFERS
from service.sparql.parameters import FORM_TYPE, QUERY_TYPE, UPDATE_TYPE
from service.web.api_parts.shared import BEARER, ApiPart, Json, answer, content, parameter, problems

_IRI: Json = {"type": "string", "format": "iri"}
_IRIS: Json = {"type": "array", "items": _IRI}
_SECONDS: Json = {"type": "number", "exclusiveMinimum": 0}
_READ_TYPES = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
)
_ANSWER_TYPES = sorted({o.content_type for o in (*RESULT_OFFERS, *GRAPH_OFFERS)})
_GRAPH_TYPES = sorted({o.content_type for o in GRAPH_OFFERS})
_GENERATION: Json = {
    "X-Ecoduct-Generation": {
        "description": "The state of the store that was read or written.",
        "schema": {"type": "string"},
    }
}
_READ_PROBLEMS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
_WRITE_PROBLEMS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)

_QUERY_FIELDS: dict[str, tuple[str, Json, object]] = {
    "query": ("SPARQL 1.1 query text.", {"type": "string"}, "ASK { ?s ?p ?o }"),
    "default-graph-uri": ("Graph of the default graph; may be repeated.", _IRIS, None),
    "named-graph-uri": ("Named graph of the dataset; may be repeated.", _IRIS, None),
    "format": ("Short name or media type; wins over Accept.", {"type": "string"}, "json"),
    "timeout": ("Seconds after which the query is ended.", _SECONDS, 10),
}
_UPDATE_FIELDS: dict[str, tuple[str, Json, object]] = {
    "update": ("SPARQL 1.1 update text.", {"type": "string"}, "CLEAR SILENT GRAPH <urn:x>"),
    "using-graph-uri": ("Graph that WHERE reads; may be repeated.", _IRIS, None),
    "using-named-graph-uri": ("Named graph that WHERE reads; may be repeated.", _IRIS, None),
    "timeout": ("Seconds after which the update is ended.", _SECONDS, 10),
}


def _parameters(fields: dict[str, tuple[str, Json, object]], *leave_out: str) -> list[Json]:
    return [
        parameter(name, text, schema=schema, example=example)
        for name, (text, schema, example) in fields.items()
        if name not in leave_out
    ]


def _body(fields: dict[str, tuple[str, Json, object]], needed: str, direct: str) -> Json:
    properties = {
        name: {**schema, "description": text} for name, (text, schema, _) in fields.items()
    }
    form = {"type": "object", "required": [needed], "properties": properties}
    example = fields[needed][2]
    return {
        "required": True,
        "content": {
            FORM_TYPE: {
                "schema": form,
                "example": {needed: example},
                "encoding": {name: {"explode": True} for name in fields},
            },
            direct: {"schema": {"type": "string"}, "example": example},
        },
    }


_CACHED: Json = {
    "303": answer("On a bare GET by a browser: the query page."),
    "304": answer("The client has this answer already."),
}


_SPARQL: Json = {
    "get": {
        "operationId": "query",
        "summary": "Answer a query; without any parameter, describe the service.",
        "parameters": _parameters(_QUERY_FIELDS),
        "responses": {
            "200": answer("The answer.", content(_ANSWER_TYPES, {}), _GENERATION),
            **_CACHED,
            **problems(*_READ_PROBLEMS),
        },
    },
    "post": {
        "operationId": "queryByPost",
        "summary": "Answer a query.",
        "parameters": _parameters(_QUERY_FIELDS, "query"),
        "requestBody": _body(_QUERY_FIELDS, "query", QUERY_TYPE),
        "responses": {
            "200": answer("The answer.", content(_ANSWER_TYPES, {}), _GENERATION),
            **problems(*_READ_PROBLEMS, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        },
    },
}
_UPDATE: Json = {
    "post": {
        "operationId": "update",
        "summary": "Carry out an update; it is in what new reads get when this is answered.",
        "security": BEARER,
        "parameters": _parameters(_UPDATE_FIELDS, "update"),
        "requestBody": _body(_UPDATE_FIELDS, "update", UPDATE_TYPE),
        "responses": {
            "204": answer("Done.", headers=_GENERATION),
            **problems(*_WRITE_PROBLEMS, HTTPStatus.BAD_GATEWAY),
        },
    }
}
_GRAPH_BODY: Json = {
    "required": True,
    "content": {
        **{name: {"schema": {"type": "string"}} for name in _READ_TYPES},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "additionalProperties": {
                    "type": "string",
                    "contentMediaType": "text/turtle",
                },
            }
        },
    },
}
_NO_DATA = content(_GRAPH_TYPES, {})


def _graph_item(suffix: str, parameters: list[Json]) -> Json:
    missing = problems(HTTPStatus.NOT_FOUND)
    written = {
        "201": answer("Made.", headers=_GENERATION),
        "204": answer("Done.", headers=_GENERATION),
        **problems(*_WRITE_PROBLEMS),
    }
    writes = {"security": BEARER, "requestBody": _GRAPH_BODY, "responses": written}
    return {
        "parameters": parameters,
        "get": {
            "operationId": f"getGraph{suffix}",
            "summary": "Give a graph.",
            "responses": {
                "200": answer("The graph.", _NO_DATA, _GENERATION),
                "304": answer("The client has this state already."),
                **missing,
                **problems(*(s for s in _READ_PROBLEMS if s != HTTPStatus.FORBIDDEN)),
            },
        },
        "put": {
            "operationId": f"putGraph{suffix}",
            "summary": "Replace a graph.",
            **writes,
        },
        "post": {
            "operationId": f"postGraph{suffix}",
            "summary": "Add to a graph; where none is named, make one.",
            **writes,
        },
        "delete": {
            "operationId": f"deleteGraph{suffix}",
            "summary": "Remove a graph.",
            "security": BEARER,
            "responses": {
                "204": answer("Removed.", headers=_GENERATION),
                **missing,
                **problems(*_WRITE_PROBLEMS),
            },
        },
    }


PART = ApiPart(
    "sparql",
    "SPARQL 1.1 Protocol, Update and Graph Store Protocol.",
    {
        "/sparql": _SPARQL,
        "/update": _UPDATE,
        "/rdf-graph-store": _graph_item(
            "",
            [
                parameter("graph", "IRI of the graph.", schema=_IRI, example="urn:example:graph"),
                parameter(
                    "default",
                    "Stands without a value for the default graph.",
                    schema={"type": "string", "maxLength": 0},
                ),
            ],
        ),
        "/rdf-graph-store/{path}": _graph_item(
            "AtPath", [parameter("path", "The graph is named by this address.", where="path")]
        ),
    },
)
