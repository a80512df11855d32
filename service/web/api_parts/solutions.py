"""What openapi.json says of solutions, entities and facets under ``/api``."""

from http import HTTPStatus

from service.web.api_paging import DEFAULT_LIMIT, MAX_LIMIT
from service.web.api_parts.shared import ApiPart, Json, answer, content, parameter, problems
from service.web.context import KINDS
from service.web.facets import FACETS

_JSON = ("application/json",)
_GEOJSON = ("application/geo+json",)
_TEXT: Json = {"type": "string"}
_MAYBE: Json = {"type": ["string", "null"]}
_IRI: Json = {"type": "string", "format": "uri"}
_LINKED: Json = {
    "type": "object",
    "required": ["iri", "label"],
    "properties": {"iri": _IRI, "label": _TEXT, "inferred": {"type": "boolean"}},
}
_FACTS = ("countries", "species", "threats", "interventions", "targets")


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _listing(item: Json) -> Json:
    return {
        "type": "object",
        "required": ["total", "next", "items"],
        "properties": {
            "total": {"type": "integer", "minimum": 0},
            "next": {"type": ["string", "null"], "description": "Address of the next page."},
            "items": {"type": "array", "items": item},
        },
    }


_SOLUTION: Json = {
    "type": "object",
    "required": ["id", "iri", "title", "url", "pages", *_FACTS, "places", "texts"],
    "properties": {
        "id": _TEXT,
        "iri": _IRI,
        "title": _TEXT,
        "url": _TEXT,
        "pages": {"type": "array", "items": _TEXT},
        **{name: {"type": "array", "items": _ref("Linked")} for name in _FACTS},
        "places": {"type": "array", "items": _ref("Place")},
        "texts": {"type": "array", "items": {"type": "object"}},
        "added": _MAYBE,
        "modified": _MAYBE,
    },
}
_PLACE: Json = {
    "type": "object",
    "required": ["iri", "label", "type"],
    "properties": {
        "iri": _IRI,
        "label": _TEXT,
        "type": _MAYBE,
        "country_code": _TEXT,
        "latitude": {"type": "number", "minimum": -90, "maximum": 90},
        "longitude": {"type": "number", "minimum": -180, "maximum": 180},
        "precision_km": {"type": "number", "minimum": 0},
    },
}
_STATEMENT: Json = {
    "type": "object",
    "required": ["solution", "property", "object", "status", "basis", "score", "sentence"],
    "properties": {
        "property": _TEXT,
        "object": _TEXT,
        "status": {"enum": ["affirmed", "negated", "hypothetical", "planned", "historical"]},
        "basis": {"enum": ["stated", "declared", "inferred"]},
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "counts_as_fact": {"type": "boolean"},
        "sentence": {"type": "string", "description": "Empty where rights let nothing be quoted."},
    },
}
_FEATURES: Json = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"type": "object"}},
    },
}
_ENTITY: Json = {
    "type": "object",
    "required": ["key", "iri", "label", "names", "matches", "broader", "narrower", "solutions"],
    "properties": {
        "key": _TEXT,
        "iri": _IRI,
        "label": _TEXT,
        "names": {"type": "array", "items": {"type": "object"}},
        "matches": {"type": "array", "items": {"type": "object"}},
        "broader": {"type": "array", "items": _ref("Linked")},
        "narrower": {"type": "array", "items": _ref("Linked")},
        "solutions": {"type": "array", "items": _TEXT},
    },
}
_ENTRY: Json = {
    "type": "object",
    "required": ["key", "iri", "label", "solutions"],
    "properties": {
        "key": _TEXT,
        "iri": _IRI,
        "label": _TEXT,
        "solutions": {"type": "integer", "minimum": 0},
    },
}
_PAGING = [
    parameter(
        "limit",
        "Items on a page.",
        schema={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    ),
    parameter("cursor", "Where the page begins: from 'next' of the page before."),
]
_FILTERS = [
    *(
        parameter(
            facet.name,
            f"Key of a value of '{facet.title}'; several narrow down further."
            + (" Takes in what is narrower." if facet.tree else ""),
            schema={"type": "array", "items": _TEXT},
        )
        for facet in FACETS
    ),
    parameter("q", "Words that the solution must hold."),
    parameter("since", "Date or time by ISO 8601: solutions read or changed since then."),
]
_KIND = parameter("kind", "Kind of entity.", where="path", schema={"enum": list(KINDS)})
_KEY = parameter("key", "End of the IRI, after the kind.", where="path")
_BAD, _NONE = HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND


def _get(name: str, summary: str, schema: Json, *, parameters: list[Json]) -> Json:
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": answer("What was asked for.", content(_JSON, schema)),
                "304": answer("Nothing has changed since the ETag given."),
                **problems(_BAD, _NONE, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT),
            },
        }
    }


_SOLUTIONS = _get(
    "solutions",
    "List solutions by title, a page at a time.",
    _listing(_ref("Solution")),
    parameters=[*_FILTERS, *_PAGING],
)
_SOLUTIONS["get"]["responses"]["200"]["content"].update(content(_GEOJSON, _ref("Features")))
_MAP = _get(
    "solutionFeatures", "Give all solutions of a choice as GeoJSON.", {}, parameters=_FILTERS
)
_MAP["get"]["responses"]["200"]["content"] = content(_GEOJSON, _ref("Features"))

PART = ApiPart(
    "solutions",
    "What the pages show, as JSON.",
    {
        "/api/solutions": _SOLUTIONS,
        "/api/solutions.geojson": _MAP,
        "/api/solutions/{key}": _get(
            "solution",
            "Give one solution with its statements, each with its sentence.",
            {
                "allOf": [
                    _ref("Solution"),
                    {
                        "type": "object",
                        "required": ["statements"],
                        "properties": {"statements": {"type": "array", "items": _ref("Statement")}},
                    },
                ]
            },
            parameters=[_KEY],
        ),
        "/api/facets": _get("facets", "Name the filters.", {"type": "object"}, parameters=[]),
        "/api/facets/{name}": _get(
            "facetValues",
            "Count the solutions of a choice by the values of a facet.",
            _listing(_ref("Entry")),
            parameters=[
                parameter(
                    "name", "Facet.", where="path", schema={"enum": [f.name for f in FACETS]}
                ),
                *_FILTERS,
                *_PAGING,
            ],
        ),
        "/api/{kind}": _get(
            "entities",
            "List the entities of a kind by IRI, a page at a time.",
            _listing(_ref("Entry")),
            parameters=[_KIND, *_PAGING],
        ),
        "/api/{kind}/{key}": _get(
            "entity",
            "Give names, facts and identifiers of an entity.",
            _ref("Entity"),
            parameters=[_KIND, _KEY],
        ),
    },
    {
        "Linked": _LINKED,
        "Solution": _SOLUTION,
        "Place": _PLACE,
        "Statement": _STATEMENT,
        "Features": _FEATURES,
        "Entity": _ENTITY,
        "Entry": _ENTRY,
    },
)
