"""Answer errors of the protocols: problem JSON where a client reads JSON, else plain text."""

import json
import re
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Response, request

from service.errors import (
    DefaultGraphWriteError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    RemoteAccessError,
    RemoteEndpointError,
    ServiceError,
    StoreUnavailableError,
)

_STATUS: tuple[tuple[type[ServiceError], int], ...] = (
    (QuerySyntaxError, HTTPStatus.BAD_REQUEST),
    (QueryTimeoutError, HTTPStatus.GATEWAY_TIMEOUT),
    (QueryMemoryError, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreUnavailableError, HTTPStatus.SERVICE_UNAVAILABLE),
    (DefaultGraphWriteError, HTTPStatus.CONFLICT),
    (RemoteAccessError, HTTPStatus.FORBIDDEN),
    (RemoteEndpointError, HTTPStatus.BAD_GATEWAY),
)
RETRY_AFTER_S = "10"
JSON_ONLY = "/api/"
"""Where addresses begin that answer in JSON alone."""
_PLACE = re.compile(r"error at (\d+):(\d+)")


@dataclass(slots=True)
class ProblemError(ServiceError):
    """Refuse a request with a status, saying what to do instead."""

    status: int
    detail: str
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.detail


def status_of(error: ServiceError) -> int:
    """Return the HTTP status of an error; what a store could not evaluate was asked wrongly."""
    if isinstance(error, ProblemError):
        return error.status
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    return HTTPStatus.BAD_REQUEST


def explain(error: ServiceError) -> str:
    """Return the text of an error, with places in a query as line and column."""
    return _PLACE.sub(r"line \1, column \2", str(error))


def problem_json(status: int, detail: str) -> Response:
    """Make the answer for a refused or failed request as problem details (RFC 9457)."""
    title = HTTPStatus(status).phrase
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = json.dumps(problem, ensure_ascii=False)
    return Response(body, status, content_type="application/problem+json")


def problem_response(status: int, detail: str) -> Response:
    """Make the answer for a refused or failed request."""
    if "json" in request.headers.get("Accept", "") or request.path.startswith(JSON_ONLY):
        response = problem_json(status, detail)
    else:
        title = HTTPStatus(status).phrase
        response = Response(
            f"{status} {title}: {detail}\n", status, content_type="text/plain; charset=utf-8"
        )
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_AFTER_S
    return response


def refuse(error: ServiceError) -> Response:
    """Make the answer for an error, with the headers that it asks for."""
    response = problem_response(status_of(error), explain(error))
    if isinstance(error, ProblemError):
        response.headers.update(error.headers)
    return response
