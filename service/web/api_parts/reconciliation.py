"""What openapi.json says of reconciliation, resolving and linksets."""

from http import HTTPStatus

from service.web.api_parts.shared import ApiPart, Json, answer, content, parameter, problems

_JSON = ["application/json"]
_TABLES = ["text/csv", "application/x-ndjson"]
_ANY: Json = {"type": "object"}
_FORM: Json = {
    "required": True,
    "content": {
        "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "properties": {
                    "queries": {"type": "string", "description": "A query batch as JSON."},
                    "extend": {"type": "string", "description": "A data extension query as JSON."},
                },
            }
        }
    },
}
_WHAT = parameter(
    "what",
    "What is completed.",
    where="path",
    schema={"type": "string", "enum": ["entity", "property", "type"]},
)
_PREFIX = parameter("prefix", "What was typed.", required=True, example="jag")
_CURSOR = parameter("cursor", "Suggestions to skip.", schema={"type": "integer", "minimum": 0})
_ID = parameter("id", "An entity: its IRI, or that without the base.", required=True)
_TYPE = parameter("type", "One of the types of the manifest.", example="taxon")
_LIMIT = parameter("limit", "Most properties.", schema={"type": "integer", "minimum": 1})
_BAD = problems(HTTPStatus.BAD_REQUEST)
_MISSING: Json = {
    "404": answer(
        "There is no such thing, or no identifier of this kind is loaded.",
        content(["application/problem+json"], {"$ref": "#/components/schemas/Problem"}),
    )
}


def _get(id: str, summary: str, parameters: list[Json], responses: Json) -> Json:
    return {
        "get": {
            "operationId": id,
            "summary": summary,
            "parameters": parameters,
            "responses": responses,
        }
    }


def _post(id: str, summary: str, body: Json, responses: Json) -> Json:
    return {"operationId": id, "summary": summary, "requestBody": body, "responses": responses}


def _told(description: str) -> Json:
    return {"200": answer(description, content(_JSON, _ANY))}


def _json_body() -> Json:
    return {"required": True, "content": content(_JSON, _ANY)}


_DRAFT: dict[str, Json] = {
    "/reconcile/v1": _get(
        "draftManifest", "Give the manifest of the 1.0 draft.", [], _told("The manifest.")
    ),
    "/reconcile/v1/match": {
        "post": _post(
            "draftMatch",
            "Answer a query batch of the 1.0 draft.",
            _json_body(),
            _told("Candidates in the order of the queries.") | _BAD,
        )
    },
    "/reconcile/v1/extend": {
        "post": _post(
            "draftExtend",
            "Fetch values of properties, as the 1.0 draft has it.",
            _json_body(),
            _told("Values by entity and property.") | _BAD,
        )
    },
    "/reconcile/v1/suggest/{what}": _get(
        "draftSuggest", "Complete a prefix.", [_WHAT, _PREFIX, _CURSOR], _told("Suggestions.")
    ),
    "/reconcile/v1/extend/propose": _get(
        "draftPropose", "Propose properties to fetch.", [_TYPE, _LIMIT], _told("Properties.")
    ),
}
_RESOLVE: Json = {
    **_get(
        "resolve",
        "Find what an identifier of another database or a name means; without one, list columns.",
        [
            parameter("ncbi", "An identifier; every column of GET /resolve has its parameter."),
            parameter("name", "A name, misspelt or not.", example="Panthera onca"),
            _TYPE,
            parameter("country", "Code or name of the country of a place."),
        ],
        {
            "200": answer("One thing.", content([*_JSON, "text/html", "text/turtle"])),
            "300": answer("Several things.", content([*_JSON, "text/html", "text/turtle"])),
        }
        | _BAD
        | _MISSING,
    ),
    "post": _post(
        "resolveTable",
        "Match up to 10,000 rows by their identifiers, else their names; streamed.",
        {"required": True, "content": content(_TABLES)},
        {"200": answer("The rows with what was found.", content(_TABLES))}
        | problems(
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        ),
    ),
}

PART = ApiPart(
    "reconciliation",
    "From names and identifiers of other databases to ours: one by one, in bulk, as linksets.",
    {
        "/reconcile": {
            **_get(
                "reconciliationManifest",
                "Give the manifest of the Reconciliation API 0.2.",
                [],
                _told("The manifest."),
            ),
            "post": _post(
                "reconcile",
                "Answer a query batch or a data extension query of version 0.2.",
                _FORM,
                _told("Candidates, or values, by key.") | _BAD,
            ),
        },
        "/reconcile/suggest/{what}": _get(
            "suggest", "Complete a prefix.", [_WHAT, _PREFIX, _CURSOR], _told("Suggestions.")
        ),
        "/reconcile/flyout/{what}": _get(
            "flyOut", "Describe a suggestion.", [_WHAT, _ID], _told("HTML in JSON.") | _MISSING
        ),
        "/reconcile/preview": _get(
            "preview",
            "Show an entity in small.",
            [_ID],
            {"200": answer("A page for a frame.", content(["text/html"]))} | _MISSING,
        ),
        "/reconcile/extend/propose": _get(
            "propose", "Propose properties to fetch.", [_TYPE, _LIMIT], _told("Properties.")
        ),
        **_DRAFT,
        "/resolve": _RESOLVE,
        "/linksets.json": _get(
            "linksets", "List the linksets with counts and files.", [], _told("The linksets.")
        ),
        "/linksets/{name}": _get(
            "linkset",
            "Give the links to one database as a file.",
            [
                parameter(
                    "name",
                    "Database, or database-property, with an ending: nt.gz, tsv or sssom.tsv.",
                    where="path",
                    example="wikidata.nt.gz",
                )
            ],
            {
                "200": answer(
                    "The links.", content(["application/gzip", "text/tab-separated-values"])
                )
            }
            | _MISSING,
        ),
    },
)
