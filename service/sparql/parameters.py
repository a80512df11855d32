"""Read the parameters of the SPARQL 1.1 Protocol from a request, strictly."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from werkzeug import Request

from service.problems import ProblemError
from service.queries import is_valid_iri
from service.sparql.negotiation import QueryForm
from service.sparql.tokenizer import is_update, query_form, remote_keywords

FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
_MAX_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class QueryParameters:
    """Hold what a client asked."""

    text: str
    form: QueryForm
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""
    timeout_s: float | None = None


def _bad(detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.BAD_REQUEST, detail)


def _decode(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _bad(
            f"{where} is not UTF-8 (byte {error.start}); send SPARQL text as UTF-8"
        ) from error


def _pairs(data: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            _decode(data, where),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError as error:
        raise _bad(f"{where} cannot be read as URL-encoded UTF-8: {error}") from error


def _collect(request: Request) -> list[tuple[str, str]]:
    """Return all parameters; a body that is SPARQL text counts as ``query``."""
    pairs = _pairs(request.query_string, "the query string")
    if request.method != "POST":
        return pairs
    if request.mimetype == FORM_TYPE:
        return pairs + _pairs(request.get_data(), "the form")
    if request.mimetype == QUERY_TYPE:
        charset = request.mimetype_params.get("charset", "utf-8").lower()
        if charset not in ("utf-8", "utf8"):
            raise _bad(f"charset {charset} is not read here; send SPARQL text as UTF-8")
        return [*pairs, ("query", _decode(request.get_data(), "the body"))]
    raise ProblemError(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"POST takes {FORM_TYPE} with the parameter query, or {QUERY_TYPE} with the query itself",
    )


def _timeout(values: Sequence[str], limit_s: float) -> float | None:
    if not values:
        return None
    try:
        seconds = float(values[-1])
    except ValueError as error:
        raise _bad(f"timeout={values[-1]} is no number of seconds") from error
    if not seconds > 0:
        raise _bad(f"timeout={values[-1]} must be more than 0 seconds")
    return min(seconds, limit_s)


def _graphs(values: Sequence[str], name: str) -> tuple[str, ...]:
    for value in values:
        if not is_valid_iri(value):
            raise _bad(f"{name}={value} is not an absolute IRI")
    return tuple(values)


def check_query(text: str) -> QueryForm:
    """Return the form of a query; raise ProblemError for what is not answered here."""
    remote = remote_keywords(text)
    if "SERVICE" in remote:
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "SERVICE is refused: this endpoint opens no connections to other endpoints; "
            "ask the other endpoint yourself and join the answers",
        )
    if is_update(text):
        raise _bad(
            "this is an update, and /sparql only reads; send SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    form = query_form(text)
    if form is None:
        raise _bad(
            "line 1, column 1: no query form found; "
            "a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE after its prefixes"
        )
    return form


def read_parameters(request: Request, *, limit_s: float) -> QueryParameters | None:
    """Read a query request; None where a GET has no parameter at all.

    Raise ProblemError for anything that the protocol does not allow.
    """
    pairs = _collect(request)
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _bad("/sparql only reads; an update has an address of its own")
    queries = values.get("query", [])
    if not queries and not values and request.method in ("GET", "HEAD"):
        return None
    if len(queries) != 1:
        raise _bad(f"exactly one parameter query is needed, {len(queries)} were sent")
    return QueryParameters(
        text=queries[0],
        form=check_query(queries[0]),
        default_graphs=_graphs(values.get("default-graph-uri", []), "default-graph-uri"),
        named_graphs=_graphs(values.get("named-graph-uri", []), "named-graph-uri"),
        format=values.get("format", [""])[-1],
        timeout_s=_timeout(values.get("timeout", []), limit_s),
    )
