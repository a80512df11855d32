"""The 1.0 draft of the Reconciliation API: addresses of its own, JSON bodies, camel case."""

from flask import Blueprint, Response, request

from service.names import current_names
from service.web.downloads import json_response
from service.web.reconciliation import routes
from service.web.reconciliation.extending import Extender, read_extension, write_meta
from service.web.reconciliation.manifests import draft_manifest
from service.web.reconciliation.reading import parse_json, read_draft_batch
from service.web.reconciliation.writing import write_draft
from service.web.site import current_site

blueprint = Blueprint("reconciliation_draft", __name__, url_prefix="/reconcile/v1")
blueprint.after_request(routes.allow_others)


@blueprint.get("")
def show_manifest() -> Response:
    """Give the manifest."""
    return json_response(draft_manifest())


@blueprint.post("/match")
@blueprint.post("/reconcile")
def match() -> Response:
    """Answer a batch; the draft has called the address both ways."""
    batch = read_draft_batch(parse_json(request.get_data(as_text=True), "the body"))
    queries = current_names().queries
    return json_response({"results": [write_draft(queries.answer(query)) for query in batch]})


@blueprint.get("/suggest/<any(entity, property, type):what>")
def suggest(what: str) -> Response:
    """Complete a prefix to entities, properties or types."""
    return json_response(routes.find_suggestions(what))


@blueprint.get("/preview")
def preview() -> Response:
    """Show an entity in small."""
    return routes.preview()


@blueprint.post("/extend")
def extend() -> Response:
    """Fetch values of properties."""
    extension = read_extension(parse_json(request.get_data(as_text=True), "the body"))
    extender = Extender(current_names().queries.catalogue, current_site().data)
    rows = [
        {
            "id": id,
            "properties": [{"id": name, "values": values} for name, values in row.items()],
        }
        for id, row in extender.values(extension).items()
    ]
    return json_response({"meta": write_meta(extension), "rows": rows})


@blueprint.get("/extend/propose")
def propose() -> Response:
    """Propose properties to fetch for a type."""
    return json_response(routes.find_proposal())
