"""Serve queries by the SPARQL 1.1 Protocol at ``/sparql``."""

from http import HTTPStatus

from flask import Blueprint, Response, request, url_for

from service.config import Settings
from service.errors import ServiceError
from service.problems import problem_response, refuse
from service.sparql.answering import GENERATION_HEADER, answer
from service.sparql.description import DESCRIPTION_TYPES, describe_service
from service.sparql.federation import Federation
from service.sparql.monitor import Monitor
from service.sparql.negotiation import GRAPH_OFFERS, HTML_OFFER, negotiate
from service.sparql.parameters import read_parameters
from service.store.protocol import Reader

_METHODS = "GET, HEAD, OPTIONS, POST"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"ETag, Retry-After, {GENERATION_HEADER}",
}
_PREFLIGHT = {
    "Allow": _METHODS,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def _describe(settings: Settings, *, federated: bool) -> Response:
    offers = tuple(o for o in GRAPH_OFFERS if o.media_type in DESCRIPTION_TYPES)
    offer = negotiate(request.headers.get("Accept", ""), (*offers, HTML_OFFER))
    if offer is None:
        return problem_response(
            HTTPStatus.NOT_ACCEPTABLE, f"described as {', '.join(DESCRIPTION_TYPES)}; ask for one"
        )
    if offer is HTML_OFFER:
        location = url_for("query.show_query")
        return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": location})
    body = describe_service(
        url_for("sparql.answer_query", _external=True),
        url_for("update.carry_out_update", _external=True),
        offer.media_type,
        default_graph=settings.default_graph,
        federated=federated,
    )
    return Response(body, content_type=offer.label)


def make_sparql_blueprint(
    settings: Settings,
    reader: Reader,
    federation: Federation | None = None,
    monitor: Monitor | None = None,
) -> Blueprint:
    """Make the blueprint of the endpoint; without federation SERVICE is refused."""
    blueprint = Blueprint("sparql", __name__)
    monitor = monitor or Monitor()

    @blueprint.route("/sparql", methods=["GET", "HEAD", "POST", "OPTIONS"])
    def answer_query() -> Response:
        if request.method == "OPTIONS":
            response = Response(status=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)
        else:
            watch = monitor.begin("query", request.query_string)
            try:
                parameters = read_parameters(
                    request,
                    limit_s=settings.query_timeout_s,
                    longest=settings.query_length,
                    federation=federation,
                )
                response = (
                    _describe(settings, federated=federation is not None)
                    if parameters is None
                    else answer(reader, parameters, settings=settings, watch=watch)
                )
            except ServiceError as error:
                watch.fail(error)
                response = refuse(error)
        response.headers.update(_CORS)
        response.vary.update(("Accept", "Accept-Encoding"))
        return response

    return blueprint
