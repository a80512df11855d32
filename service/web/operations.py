"""Health, for those who run the service."""

from http import HTTPStatus

from flask import Blueprint, Response

from service.errors import ServiceError
from service.web.downloads import json_response
from service.web.site import current_site

blueprint = Blueprint("operations", __name__)

_TRIPLES = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@blueprint.get("/health/live")
def show_live() -> Response:
    """Say that the process answers."""
    return json_response({"live": True})


@blueprint.get("/health/ready")
@blueprint.get("/health")
def show_health() -> Response:
    """Say whether queries are answered, on which generation and on how many triples."""
    data = current_site().data
    try:
        body = {
            "live": True,
            "ready": True,
            "triples": data.count(_TRIPLES),
            "generation": data.generation,
        }
        response = json_response(body)
    except ServiceError as error:
        response = json_response({"live": True, "ready": False, "reason": type(error).__name__})
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Cache-Control"] = "no-store"
    return response
