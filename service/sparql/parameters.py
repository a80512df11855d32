"""Read the parameters of the SPARQL 1.1 Protocol from a request, strictly."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from werkzeug import Request

from service.problems import ProblemError
from service.queries import is_valid_iri
from service.sparql.engine_repairs import repair_aggregates
from service.sparql.federation import Federation, drop_relayed
from service.sparql.negotiation import QueryForm
from service.sparql.silencing import silence_remote
from service.sparql.tokenizer import is_update, query_form, remote_keywords
from service.sparql.update_dataset import add_using

FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"
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
    relay: str = ""
    """The relay that SERVICE asks; empty where the query has no SERVICE."""


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


def read_pairs(request: Request) -> dict[str, list[str]]:
    """Return the parameters of the query string, each decoded once."""
    return _group(_pairs(request.query_string, "the query string"))


def _group(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def _read_body(request: Request, name: str, direct_type: str) -> dict[str, list[str]]:
    """Return the parameters of a POST; a body that is SPARQL text counts as ``name``."""
    if request.mimetype == FORM_TYPE:
        return _group(_pairs(request.get_data(), "the form"))
    if request.mimetype == direct_type:
        charset = request.mimetype_params.get("charset", "utf-8").lower()
        if charset not in ("utf-8", "utf8"):
            raise _bad(f"charset {charset} is not read here; send SPARQL text as UTF-8")
        return {name: [_decode(request.get_data(), "the body")]}
    raise ProblemError(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"POST takes {FORM_TYPE} with the parameter {name}, or {direct_type} with the text itself",
    )


def _collect(request: Request) -> dict[str, list[str]]:
    """Return all parameters of a query request."""
    values = read_pairs(request)
    if request.method == "POST":
        for name, more in _read_body(request, "query", QUERY_TYPE).items():
            values.setdefault(name, []).extend(more)
    return values


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


def check_iris(values: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the values of a parameter; raise ProblemError where one is no absolute IRI."""
    for value in values:
        if not is_valid_iri(value):
            raise _bad(f"{name}={value} is not an absolute IRI")
    return tuple(values)


def check_query(text: str, federation: Federation | None = None) -> QueryForm:
    """Return the form of a query; raise ProblemError for what is not answered here."""
    remote = remote_keywords(drop_relayed(text, federation.relay) if federation else text)
    if "SERVICE" in remote:
        reason = "this endpoint opens no connections to other endpoints"
        if federation is not None:
            hosts = ", ".join(federation.hosts)
            reason = f"it may ask {hosts} alone, by an address written out between < and >"
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            f"SERVICE is refused: {reason}; ask the other endpoint yourself and join the answers",
        )
    form = query_form(text)
    if form is None and is_update(text):
        raise _bad("this is an update, and /sparql only reads; POST it to /update")
    if form is None:
        raise _bad(
            "line 1, column 1: no query form found; "
            "a query starts with SELECT, ASK, CONSTRUCT or DESCRIBE after its prefixes"
        )
    return form


def _route(text: str, federation: Federation | None) -> tuple[str, str]:
    """Return the text as the engine gets it, and the relay where it asks one."""
    relay = ""
    if federation is not None:
        text = federation.route(text)
        relay = federation.relay if federation.relay in text else ""
    return repair_aggregates(silence_remote(text, relay=relay)), relay


def read_parameters(
    request: Request,
    *,
    limit_s: float,
    longest: int = 0,
    federation: Federation | None = None,
) -> QueryParameters | None:
    """Read a query request; None where a GET has no parameter at all.

    Raise ProblemError for anything that the protocol does not allow.
    """
    values = _collect(request)
    if "update" in values:
        raise _bad("/sparql only reads; POST updates to /update")
    queries = values.get("query", [])
    if not queries and not values and request.method in ("GET", "HEAD"):
        return None
    if len(queries) != 1:
        raise _bad(f"exactly one parameter query is needed, {len(queries)} were sent")
    if longest and len(queries[0]) > longest:
        raise ProblemError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"the query has {len(queries[0])} characters; no more than {longest} are read",
        )
    text, relay = _route(queries[0], federation)
    return QueryParameters(
        text=text,
        form=check_query(text, federation),
        relay=relay,
        default_graphs=check_iris(values.get("default-graph-uri", []), "default-graph-uri"),
        named_graphs=check_iris(values.get("named-graph-uri", []), "named-graph-uri"),
        format=values.get("format", [""])[-1],
        timeout_s=_timeout(values.get("timeout", []), limit_s),
    )


@dataclass(frozen=True, slots=True)
class UpdateParameters:
    """Hold what a client wants written."""

    text: str
    relay: str = ""
    """The relay that SERVICE and LOAD ask; empty where the update has neither."""
    timeout_s: float | None = None


def read_update(
    request: Request, *, limit_s: float, federation: Federation | None = None
) -> UpdateParameters:
    """Read the update of a POST, with its dataset written into it.

    Raise ProblemError for what is not carried out here.
    """
    address = read_pairs(request)
    if {"update", "query"} & set(address):
        raise _bad("an update stands in the body of a POST, not in its address")
    values = _read_body(request, "update", UPDATE_TYPE)
    updates = values.get("update", [])
    if len(updates) != 1:
        raise _bad(f"exactly one parameter update is needed, {len(updates)} were sent")
    using, named = (
        check_iris([*address.get(name, []), *values.get(name, [])], name)
        for name in ("using-graph-uri", "using-named-graph-uri")
    )
    text, relay = _route(updates[0], federation)
    remote = remote_keywords(drop_relayed(text, relay))
    if remote:
        reason = "this service opens no connections for it"
        if federation is not None:
            hosts = ", ".join(federation.hosts)
            reason = f"it may ask {hosts} alone, by an address written out between < and >"
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            f"{' and '.join(remote)} is refused: {reason}; "
            "fetch the data yourself and send them to /rdf-graph-store",
        )
    if query_form(text) is not None:
        raise _bad("this is a query, and /update only writes; send it to /sparql")
    times = [*address.get("timeout", []), *values.get("timeout", [])]
    return UpdateParameters(add_using(text, using, named), relay, _timeout(times, limit_s))
