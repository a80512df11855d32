"""Serve queries by the SPARQL 1.1 Protocol at ``/sparql``."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response
from werkzeug import Request
from werkzeug.exceptions import HTTPException

from service.compression import pack_response
from service.config import Settings
from service.errors import ServiceError
from service.problems import ProblemError, problem_response, refuse
from service.sparql.answering import GENERATION_HEADER, answer
from service.sparql.description import DESCRIPTION_TYPES, describe_service
from service.sparql.federation import Federation
from service.sparql.monitor import Monitor
from service.sparql.negotiation import GRAPH_OFFERS, HTML_OFFER, negotiate
from service.sparql.parameters import read_parameters
from service.store.protocol import Reader

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATH = "/sparql"
HSTS = ("Strict-Transport-Security", "max-age=31536000")
"""Sent behind TLS: come by TLS for a year."""
_METHODS = "GET, HEAD, OPTIONS, POST"
_EMPTY = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"ETag, Retry-After, {GENERATION_HEADER}",
    "Vary": "Accept, Accept-Encoding",
}
_PREFLIGHT = {
    "Allow": _METHODS,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class QueryEndpoint:
    """Answer queries as a WSGI application, without all that pages need around them.

    A short query costs more in the framework of the pages than in the store.
    """

    def __init__(
        self,
        settings: Settings,
        reader: Reader,
        federation: Federation | None = None,
        monitor: Monitor | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Take the headers of every answer; without federation SERVICE is refused."""
        self._settings = settings
        self._reader = reader
        self._federation = federation
        self._monitor = monitor or Monitor()
        self._headers = [*(headers or {}).items(), *_CORS.items()]

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        asked = Request(environ)
        asked.max_content_length = self._settings.upload_mb << 20
        response = pack_response(self._respond(asked), asked)
        headers = [*response.headers, *self._headers]
        has_body = response.is_sequence and response.status_code not in _EMPTY
        if has_body and response.content_length is None:
            # Without it the web server closes the connection after the answer.
            headers.append(("Content-Length", str(response.calculate_content_length())))
        if asked.is_secure:
            headers.append(HSTS)
        start_response(response.status, headers)
        return response.get_app_iter(environ)

    def _respond(self, asked: Request) -> Response:
        if asked.method == "OPTIONS":
            return Response(status=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)
        watch = self._monitor.begin("query", asked.query_string)
        try:
            if asked.method not in ("GET", "HEAD", "POST"):
                raise ProblemError(
                    HTTPStatus.METHOD_NOT_ALLOWED,
                    "queries are sent by GET or POST",
                    {"Allow": _METHODS},
                )
            parameters = read_parameters(
                asked,
                limit_s=self._settings.query_timeout_s,
                longest=self._settings.query_length,
                federation=self._federation,
            )
            if parameters is None:
                return self._describe(asked)
            return answer(self._reader, parameters, asked, settings=self._settings, watch=watch)
        except HTTPException as error:
            # The body is longer than it may be, or broke off.
            problem = ProblemError(error.code or HTTPStatus.BAD_REQUEST, error.description or "")
            watch.fail(problem)
            return refuse(problem, asked)
        except ServiceError as error:
            watch.fail(error)
            return refuse(error, asked)

    def _describe(self, asked: Request) -> Response:
        offers = tuple(o for o in GRAPH_OFFERS if o.media_type in DESCRIPTION_TYPES)
        offer = negotiate(asked.headers.get("Accept", ""), (*offers, HTML_OFFER))
        if offer is None:
            return problem_response(
                HTTPStatus.NOT_ACCEPTABLE,
                f"described as {', '.join(DESCRIPTION_TYPES)}; ask for one",
                asked,
            )
        if offer is HTML_OFFER:
            location = f"{asked.root_path}/query"
            return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": location})
        body = describe_service(
            f"{asked.root_url}sparql",
            f"{asked.root_url}update",
            offer.media_type,
            default_graph=self._settings.default_graph,
            federated=self._federation is not None,
        )
        return Response(body, content_type=offer.label)
