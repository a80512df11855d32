"""What openapi.json says of health and of itself."""

from service.web.api_parts.shared import ApiPart, Json, answer, content

_HEALTH: Json = {
    "type": "object",
    "required": ["live", "ready"],
    "properties": {
        "live": {"const": True},
        "ready": {"type": "boolean"},
        "triples": {"type": "integer", "minimum": 0},
        "generation": {"type": "string"},
        "reason": {"type": "string"},
    },
}
_JSON = ["application/json"]
_READY: Json = {
    "summary": "Say whether queries are answered, on which generation and how many triples.",
    "responses": {
        "200": answer("Ready.", content(_JSON, {"$ref": "#/components/schemas/Health"})),
        "503": answer("Not ready.", content(_JSON, {"$ref": "#/components/schemas/Health"})),
    },
}

PART = ApiPart(
    "operations",
    "For those who run the service.",
    {
        "/health": {"get": {"operationId": "health", **_READY}},
        "/health/ready": {"get": {"operationId": "healthReady", **_READY}},
        "/health/live": {
            "get": {
                "operationId": "healthLive",
                "summary": "Say that the process answers.",
                "responses": {
                    "200": answer(
                        "Live.",
                        content(
                            _JSON,
                            {
                                "type": "object",
                                "required": ["live"],
                                "properties": {"live": {"const": True}},
                            },
                        ),
                    )
                },
            }
        },
        "/metrics": {
            "get": {
                "operationId": "metrics",
                "summary": "Give the counters of the service to Prometheus.",
                "responses": {"200": answer("The counters.", content(["text/plain"]))},
            }
        },
        "/openapi.json": {
            "get": {
                "operationId": "openapi",
                "summary": "Give this description.",
                "responses": {"200": answer("The description.", content(_JSON))},
            }
        },
    },
    {"Health": _HEALTH},
)
