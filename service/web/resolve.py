"""``/resolve``: from identifiers of other databases, or names, to what they mean here."""

from dataclasses import asdict
from http import HTTPStatus

from flask import Blueprint, Response, abort, render_template, request

from extract.reconcile.catalogue import Entry
from service.names import current_names
from service.problems import ProblemError
from service.sparql.negotiation import GRAPH_OFFERS, HTML_OFFER, Offer, negotiate
from service.web import resolve_bulk
from service.web.downloads import json_response
from service.web.resolving import (
    describe_entries,
    list_columns,
    read_types,
    resolve_identifier,
    resolve_name,
    write_entries,
)

blueprint = Blueprint("resolve", __name__)

_JSON_OFFER = Offer("application/json", "application/json", ("json",), text=False)
_DATA = tuple(offer for offer in GRAPH_OFFERS if offer.suffix in ("ttl", "nt", "rdf"))
OFFERS = (HTML_OFFER, _JSON_OFFER, *_DATA)
_OPTIONS = frozenset(("type", "country", "format"))


@blueprint.after_request
def allow_others(response: Response) -> Response:
    """Let pages of other sites ask."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type, Accept"
    response.vary.add("Accept")
    return response


def _offer() -> Offer:
    offer = negotiate(
        request.headers.get("Accept", ""), OFFERS, format=request.args.get("format", "")
    )
    if offer is None:
        abort(HTTPStatus.NOT_ACCEPTABLE)
    return offer


@blueprint.get("/resolve")
def resolve() -> Response:
    """Answer for one identifier or name: 200 for one thing, 300 for several, 404 for none."""
    asked = [(name, value) for name, value in request.args.items() if name not in _OPTIONS]
    offer = _offer()
    if not asked:
        return _show_columns(offer)
    if len(asked) > 1:
        given = ", ".join(name for name, _ in asked)
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, f"ask for one thing at a time; this asks for {given}"
        )
    (column, value), names = asked[0], current_names()
    if column == "name":
        types = read_types(id for id in request.args.getlist("type") if id)
        entries = resolve_name(names, value, types, request.args.get("country", ""))
    else:
        entries = resolve_identifier(names, column, value)
    response = _represent(offer, column, value, entries)
    response.status_code = HTTPStatus.OK if len(entries) == 1 else HTTPStatus.MULTIPLE_CHOICES
    return response


def _represent(offer: Offer, column: str, value: str, entries: list[Entry]) -> Response:
    if offer is HTML_OFFER:
        html = render_template(
            "resolve.html", column=column, value=value, results=describe_entries(entries)
        )
        return Response(html, content_type=HTML_OFFER.label)
    if offer is _JSON_OFFER:
        query = {"column": column, "value": value}
        return json_response({"query": query, "results": describe_entries(entries)})
    # Loading the engine's writer takes a while: only those who ask for data wait for it.
    from service.sparql.rdf_output import write_triples

    triples = write_triples(write_entries(entries), offer.media_type)
    return Response(triples, content_type=offer.label)


def _show_columns(offer: Offer) -> Response:
    columns = list_columns(current_names())
    if offer is HTML_OFFER:
        most = resolve_bulk.MOST_ROWS
        html = render_template("resolve_columns.html", columns=columns, most=most)
        return Response(html, content_type=HTML_OFFER.label)
    return json_response({"columns": [asdict(column) for column in columns]})


@blueprint.post("/resolve")
def resolve_many() -> Response:
    """Resolve the rows of a table, streamed back as they are found."""
    types = read_types(id for id in request.args.getlist("type") if id)
    return resolve_bulk.answer_table(current_names(), types)
