"""Version 0.2 of the Reconciliation API, which OpenRefine speaks."""

import re
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from extract.reconcile.ranked import ReconcileType
from service.names import current_names
from service.problems import ProblemError
from service.sparql.negotiation import HTML_OFFER, Offer, negotiate
from service.web.downloads import json_response
from service.web.reconciliation import showing
from service.web.reconciliation.extending import (
    OF_GRAPH,
    Extender,
    propose_properties,
    read_extension,
    write_meta,
)
from service.web.reconciliation.manifests import old_manifest, service_root
from service.web.reconciliation.reading import parse_json, read_old_batch
from service.web.reconciliation.suggesting import (
    Suggester,
    suggest_properties,
    suggest_types,
)
from service.web.reconciliation.types import FEATURES, TYPES, type_of_id
from service.web.reconciliation.writing import write_old
from service.web.site import current_site

blueprint = Blueprint("reconciliation", __name__, url_prefix="/reconcile")

_JSON_OFFER = Offer("application/json", "application/json", ("json",), text=False)
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,99}")
_MOST_FORM = 8 << 20


@blueprint.after_request
def allow_others(response: Response) -> Response:
    """Let pages of other sites ask, as the specification wants of every address."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type, Accept"
    return response


def _reply(data: object) -> Response:
    """Write JSON, or JSON with padding where a callback is named."""
    response = json_response(data)
    callback = request.args.get("callback", "")
    if callback:
        if not _CALLBACK.fullmatch(callback):
            raise ProblemError(HTTPStatus.BAD_REQUEST, f"callback {callback!r} is no name")
        response.set_data(f"/**/{callback}({response.get_data(as_text=True)});")
        response.content_type = "application/javascript; charset=utf-8"
    return response


@blueprint.route("", methods=["GET", "POST"])
def answer() -> Response:
    """Answer a batch of queries, a data extension query, or with the manifest."""
    if request.method == "POST":
        request.max_form_memory_size = _MOST_FORM
    queries, extend = request.values.get("queries"), request.values.get("extend")
    names = current_names()
    if queries is not None:
        batch = read_old_batch(parse_json(queries, "queries"))
        return _reply({key: write_old(names.queries.answer(query)) for key, query in batch.items()})
    if extend is not None:
        extension = read_extension(parse_json(extend, "extend"))
        rows = Extender(names.queries.catalogue, current_site().data).values(extension)
        return _reply({"meta": write_meta(extension), "rows": rows})
    if request.method == "POST":
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, "send a form with a field queries or extend that holds JSON"
        )
    if negotiate(request.headers.get("Accept", ""), (_JSON_OFFER, HTML_OFFER)) is HTML_OFFER:
        return show_about()
    response = _reply(old_manifest())
    response.vary.add("Accept")
    return response


@blueprint.get("/about")
def show_about() -> Response:
    """Explain the service to people."""
    html = render_template(
        "reconcile_about.html",
        root=service_root(),
        types=TYPES,
        features=FEATURES,
        properties=(*OF_GRAPH, *suggest_properties("")),
        draft=f"{service_root()}/v1",
    )
    return Response(html, content_type=HTML_OFFER.label)


def read_start() -> int:
    """Read how many suggestions are to be left out."""
    cursor = request.args.get("cursor", "0")
    return int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 5 else 0


def find_suggestions(what: str) -> dict[str, object]:
    """Return the suggestions that a request asks for."""
    prefix, start = request.args.get("prefix", ""), read_start()
    if what == "type":
        return {"result": suggest_types(prefix)[start:]}
    if what == "property":
        own = [
            {"id": item.id, "name": item.name, "description": item.description}
            for item in OF_GRAPH
            if item.name.casefold().startswith(prefix.strip().casefold())
        ]
        return {"result": (own + suggest_properties(prefix))[start:]}
    wanted = [type_of_id(id) for id in request.args.getlist("type") if id]
    types: list[ReconcileType] = [type for type in wanted if type is not None]
    names = current_names()
    suggester = Suggester(names.gazetteer, names.queries, current_site().data)
    every: list[ReconcileType] = [info.id for info in TYPES]
    return {"result": suggester.entities(prefix, types=types or every, start=start)}


@blueprint.get("/suggest/<any(entity, property, type):what>")
def suggest(what: str) -> Response:
    """Complete a prefix to entities, properties or types."""
    return _reply(find_suggestions(what))


@blueprint.get("/flyout/<any(entity, property, type):what>")
def fly_out(what: str) -> Response:
    """Describe what a suggestion is, in a few lines of HTML."""
    id = request.args.get("id", "")
    if what == "type":
        return _reply(showing.type_flyout(id))
    if what == "property":
        return _reply(showing.property_flyout(id, OF_GRAPH))
    return _reply(showing.entity_flyout(showing.find_entry(current_names().queries.catalogue)))


@blueprint.get("/preview")
def preview() -> Response:
    """Show an entity in small, to stand in the page of another program."""
    catalogue = current_names().queries.catalogue
    return showing.show_preview(catalogue, showing.find_entry(catalogue))


@blueprint.get("/view")
def view() -> Response:
    """Lead to the page of an entity."""
    catalogue = current_names().queries.catalogue
    return showing.show_view(catalogue, showing.find_entry(catalogue))


def find_proposal() -> dict[str, object]:
    """Return the properties that a request asks to be proposed."""
    id, limit = request.args.get("type", ""), request.args.get("limit", "")
    count = int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 5 else 0
    found: dict[str, object] = {"properties": propose_properties(type_of_id(id), count)}
    return found | ({"type": id} if id else {}) | ({"limit": count} if count else {})


@blueprint.get("/extend/propose")
def propose() -> Response:
    """Propose properties to fetch for a type."""
    return _reply(find_proposal())
