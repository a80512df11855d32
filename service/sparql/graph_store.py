"""Serve graphs by the SPARQL 1.1 Graph Store HTTP Protocol at ``/rdf-graph-store``."""

import json
import secrets
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response, request

from service.config import Settings
from service.errors import ServiceError
from service.problems import ProblemError, refuse
from service.sparql.access import WriteAccess, require_scope
from service.sparql.answering import GENERATION_HEADER, answer
from service.sparql.monitor import Monitor, Watch
from service.sparql.parameters import QueryParameters, check_iris, read_pairs
from service.store.operations import Kind, Operation
from service.store.protocol import QueryRequest, Reader

_PATH = "/rdf-graph-store"
_IN_PATHS = "/:@!$&'()*+,;=~"
_METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]
_CORS = {"Access-Control-Allow-Origin": "*"}
_JSON = "application/sparql-results+json"
_KINDS: dict[str, Kind] = {"PUT": "put", "POST": "post", "DELETE": "delete"}


def _name_graph(path: str) -> str | None:
    """Return the IRI of the graph of this request, empty for the default graph.

    None where the request names the store itself. Raise ProblemError for more than one name.
    """
    values = read_pairs(request)
    graphs = check_iris(values.get("graph", []), "graph")
    default = values.get("default", [])
    if any(default):
        raise ProblemError(HTTPStatus.BAD_REQUEST, "the parameter default takes no value")
    if len(graphs) + len(default) > 1:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, "name one graph: by graph=IRI once, or by default"
        )
    if graphs:
        return graphs[0]
    if default:
        return ""
    return _address() if path else None


def _address() -> str:
    """Return the address of this request as the client wrote it, without its query."""
    return request.root_url.rstrip("/") + quote(request.path, safe=_IN_PATHS)


def _exists(reader: Reader, iri: str) -> bool:
    if not iri:
        return True
    found = reader.query(QueryRequest(f"ASK {{ GRAPH <{iri}> {{}} }}", _JSON))
    return bool(json.loads(b"".join(found.chunks))["boolean"])


def _missing(iri: str) -> ProblemError:
    return ProblemError(HTTPStatus.NOT_FOUND, f"there is no graph <{iri}>")


def _read(reader: Reader, iri: str, settings: Settings, watch: Watch) -> Response:
    if not _exists(reader, iri):
        raise _missing(iri)
    pattern = f"GRAPH <{iri}> {{ ?s ?p ?o }}" if iri else "?s ?p ?o"
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
    parameters = QueryParameters(text, "CONSTRUCT")
    return answer(reader, parameters, request, settings=settings, watch=watch)


def _write(reader: Reader, access: WriteAccess, iri: str | None) -> Response:
    location = ""
    if iri is None:
        iri = location = f"{_address().rstrip('/')}/{secrets.token_hex(16)}"
    data = b""
    if request.method != "DELETE":
        # The engine's parsers are loaded by the first write: pages do without them.
        from service.sparql.rdf_input import read_graph

        data = read_graph(request, base=iri or _address())
    existed = _exists(reader, iri)
    if request.method == "DELETE" and not existed:
        raise _missing(iri)
    operation = Operation(_KINDS[request.method], graphs={iri: data})
    generation = access.writer.write(operation)
    status = HTTPStatus.NO_CONTENT if existed else HTTPStatus.CREATED
    response = Response(status=status, headers={GENERATION_HEADER: generation})
    if location:
        response.headers["Location"] = location
    return response


def _handle(
    reader: Reader, access: WriteAccess | None, path: str, settings: Settings, watch: Watch
) -> Response:
    if request.method in ("GET", "HEAD"):
        iri = _name_graph(path)
        if iri is None:
            raise _unnamed()
        return _read(reader, iri, settings, watch)
    granted = require_scope(access, request, "admin")
    iri = _name_graph(path)
    if iri is None and request.method != "POST":
        raise _unnamed()
    response = _write(reader, granted, iri)
    watch.generation = response.headers[GENERATION_HEADER]
    watch.end()
    return response


def _unnamed() -> ProblemError:
    return ProblemError(
        HTTPStatus.BAD_REQUEST,
        f"name a graph: {_PATH}?graph=IRI, {_PATH}?default, or {_PATH}/NAME",
    )


def make_graph_store_blueprint(
    reader: Reader,
    access: WriteAccess | None,
    *,
    settings: Settings | None = None,
    monitor: Monitor | None = None,
) -> Blueprint:
    """Make the blueprint of the graph store; reading needs no token."""
    blueprint = Blueprint("graph_store", __name__)
    settings = settings or Settings()
    monitor = monitor or Monitor()

    @blueprint.route(_PATH, defaults={"path": ""}, methods=_METHODS, strict_slashes=False)
    @blueprint.route(f"{_PATH}/<path:path>", methods=_METHODS)
    def handle_graph(path: str) -> Response:
        if request.method == "OPTIONS":
            allowed = {"Allow": ", ".join(_METHODS)}
            return Response(status=HTTPStatus.NO_CONTENT, headers={**allowed, **_CORS})
        watch = monitor.begin("graph", request.full_path)
        try:
            response = _handle(reader, access, path, settings, watch)
        except ServiceError as error:
            watch.fail(error)
            response = refuse(error)
        if request.method in ("GET", "HEAD"):
            response.headers.update(_CORS)
            response.vary.update(("Accept", "Accept-Encoding"))
        return response

    return blueprint
