"""Serve queries by the SPARQL 1.1 Protocol at ``/sparql``."""

import hashlib
from http import HTTPStatus

from flask import Blueprint, Response, request, url_for

from service.config import Settings
from service.errors import ServiceError
from service.problems import ProblemError, explain, problem_response, status_of
from service.sparql.description import DESCRIPTION_TYPES, describe_service
from service.sparql.negotiation import (
    GRAPH_OFFERS,
    HTML_OFFER,
    Offer,
    negotiate,
    offers_for,
)
from service.sparql.parameters import QueryParameters, read_parameters
from service.sparql.results import end_answer
from service.store.protocol import QueryRequest, Reader

GENERATION_HEADER = "X-Ecoduct-Generation"
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


def _choose(parameters: QueryParameters) -> Offer:
    offers = offers_for(parameters.form)
    offer = negotiate(request.headers.get("Accept", ""), offers, format=parameters.format)
    if offer is None:
        known = ", ".join(o.content_type for o in offers if o.names)
        raise ProblemError(
            HTTPStatus.NOT_ACCEPTABLE, f"{parameters.form} is answered as {known}; ask for one"
        )
    return offer


def _etag(generation: str, offer: Offer, parameters: QueryParameters) -> str:
    digest = hashlib.sha256(repr((offer.content_type, parameters)).encode()).hexdigest()
    return f"{generation}-{digest[:16]}"


def _answer(reader: Reader, parameters: QueryParameters) -> Response:
    offer = _choose(parameters)
    readable = request.method in ("GET", "HEAD")
    etag = _etag(reader.generation(), offer, parameters)
    if readable and request.if_none_match.contains(etag):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        answer = reader.query(
            QueryRequest(
                parameters.text,
                offer.media_type,
                default_graphs=parameters.default_graphs,
                named_graphs=parameters.named_graphs,
                timeout_s=parameters.timeout_s,
            )
        )
        etag = _etag(answer.generation, offer, parameters)
        if request.method == "HEAD":
            end_answer(answer)
            response = Response(content_type=offer.label)
        else:
            response = Response(answer.chunks, content_type=offer.label)
        response.headers[GENERATION_HEADER] = answer.generation
    if readable:
        response.set_etag(etag)
        response.headers["Cache-Control"] = "no-cache"
    return response


def _describe(settings: Settings) -> Response:
    offers = tuple(o for o in GRAPH_OFFERS if o.media_type in DESCRIPTION_TYPES)
    offer = negotiate(request.headers.get("Accept", ""), (*offers, HTML_OFFER))
    if offer is None:
        return problem_response(
            HTTPStatus.NOT_ACCEPTABLE, f"described as {', '.join(DESCRIPTION_TYPES)}; ask for one"
        )
    if offer is HTML_OFFER:
        location = url_for("query.show_query")
        return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": location})
    endpoint = url_for("sparql.answer_query", _external=True)
    body = describe_service(endpoint, offer.media_type, default_graph=settings.default_graph)
    return Response(body, content_type=offer.label)


def make_sparql_blueprint(settings: Settings, reader: Reader) -> Blueprint:
    """Make the blueprint of the endpoint."""
    blueprint = Blueprint("sparql", __name__)

    @blueprint.route("/sparql", methods=["GET", "HEAD", "POST", "OPTIONS"])
    def answer_query() -> Response:
        if request.method == "OPTIONS":
            response = Response(status=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)
        else:
            try:
                parameters = read_parameters(request, limit_s=settings.query_timeout_s)
                response = (
                    _describe(settings) if parameters is None else _answer(reader, parameters)
                )
            except ServiceError as error:
                response = problem_response(status_of(error), explain(error))
        response.headers.update(_CORS)
        response.vary.update(("Accept", "Accept-Encoding"))
        return response

    return blueprint
