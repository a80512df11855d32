"""Answer errors of the protocols: problem JSON where a client reads JSON, else plain text."""

import json
import logging
import math
import re
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Response, request
from werkzeug import Request

from service.errors import (
    AnswerTooLargeError,
    BusyError,
    DefaultGraphWriteError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    RemoteAccessError,
    RemoteEndpointError,
    ServiceError,
    ShareUsedError,
    StoreUnavailableError,
    UncertainWriteError,
)

_STATUS: tuple[tuple[type[ServiceError], int], ...] = (
    (QuerySyntaxError, HTTPStatus.BAD_REQUEST),
    (QueryTimeoutError, HTTPStatus.GATEWAY_TIMEOUT),
    (AnswerTooLargeError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (ShareUsedError, HTTPStatus.TOO_MANY_REQUESTS),
    (QueryMemoryError, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreUnavailableError, HTTPStatus.SERVICE_UNAVAILABLE),
    (DefaultGraphWriteError, HTTPStatus.CONFLICT),
    (RemoteAccessError, HTTPStatus.FORBIDDEN),
    (RemoteEndpointError, HTTPStatus.BAD_GATEWAY),
)
_WAITING = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
RETRY_AFTER_S = "10"
JSON_ONLY = ("/api/", "/reconcile")
"""Where addresses begin whose errors are told in JSON alone."""
_FILE = re.compile(r"(?<![\w/:.<])(?:/[\w.+~-]+)+/[\w.+~-]*")
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
    """Return the text of an error for a client: places as line and column, no file names.

    What a store says of its own files goes to the log alone.
    """
    told = (BusyError, UncertainWriteError)
    if isinstance(error, StoreUnavailableError) and not isinstance(error, told):
        logging.getLogger(__name__).error("%s", error)
        return "the store cannot be read or written just now; ask again later"
    return _FILE.sub("(a file)", _PLACE.sub(r"line \1, column \2", str(error)))


def problem_json(status: int, detail: str) -> Response:
    """Make the answer for a refused or failed request as problem details (RFC 9457)."""
    title = HTTPStatus(status).phrase
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = json.dumps(problem, ensure_ascii=False)
    return Response(body, status, content_type="application/problem+json")


def problem_response(status: int, detail: str, asked: Request = request) -> Response:
    """Make the answer for a refused or failed request: plain text for those who ask for text."""
    accept = asked.headers.get("Accept", "").lower()
    reads_text = "text/plain" in accept or "text/html" in accept
    if "json" in accept or not reads_text or asked.path.startswith(JSON_ONLY):
        response = problem_json(status, detail)
    else:
        title = HTTPStatus(status).phrase
        response = Response(
            f"{status} {title}: {detail}\n", status, content_type="text/plain; charset=utf-8"
        )
    if status in _WAITING:
        response.headers["Retry-After"] = RETRY_AFTER_S
    return response


def refuse(error: ServiceError, asked: Request = request) -> Response:
    """Make the answer for an error, with the headers that it asks for."""
    response = problem_response(status_of(error), explain(error), asked)
    if isinstance(error, ProblemError):
        response.headers.update(error.headers)
    elif isinstance(error, ShareUsedError):
        response.headers["Retry-After"] = str(math.ceil(error.retry_after_s))
    return response
