"""Health, for those who run the service, and what crawlers are asked to leave."""

from http import HTTPStatus

from flask import Blueprint, Response, url_for

from service.errors import ServiceError
from service.web.downloads import json_response
from service.web.facets import FACETS
from service.web.site import current_site

blueprint = Blueprint("operations", __name__)

_TRIPLES = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@blueprint.get("/robots.txt")
def show_robots() -> Response:
    """Keep crawlers out of what multiplies: choices of facets, and queries."""
    listing = url_for("solutions.show_solutions")
    names = [*(facet.name for facet in FACETS), "q", "since", "more"]
    # One line for each name: parsers of the older kind drop a question mark at the end.
    lines = ["User-agent: *", f"Disallow: {url_for('query.show_query')}?query="]
    for path in (listing, f"{listing}.csv", f"{listing}.json"):
        lines += [f"Disallow: {path}?{name}=" for name in names]
    lines.append(f"Sitemap: {url_for('feeds.show_site_map', _external=True)}")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


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
