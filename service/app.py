"""Make the web application from settings, a reader and the texts."""

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from ontology.competency import Question, load_questions
from ontology.namespaces import Minter
from service.compression import pack_page
from service.config import Settings
from service.errors import ServiceError
from service.index.searching import SearchIndex
from service.names import NameSource, attach_names
from service.problems import JSON_ONLY, ProblemError, problem_response, status_of
from service.queries import GraphData
from service.sparql.access import WriteAccess
from service.sparql.federation import Federation
from service.sparql.graph_store import make_graph_store_blueprint
from service.sparql.monitor import Monitor
from service.sparql.negotiation import HTML_OFFER, Offer, negotiate
from service.sparql.protocol import HSTS, QueryEndpoint
from service.sparql.protocol import PATH as QUERY_PATH
from service.sparql.update import make_update_blueprint
from service.store.protocol import Reader
from service.web import (
    api,
    browse,
    dataset,
    feeds,
    home,
    linked_data,
    linksets,
    ontology,
    openapi,
    operations,
    query,
    resolve,
    solutions,
    vocabularies,
)
from service.web import search as search_pages
from service.web.context import template_context
from service.web.dumps import Dumps
from service.web.ingest import make_ingest_blueprint
from service.web.metrics import make_metrics_blueprint
from service.web.reconciliation import draft, routes
from service.web.site import Site, TextSource, attach_site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_MESSAGES = {
    404: "There is nothing at this address, or it is not in the graph (any more).",
    405: "This address does not take that kind of request.",
    406: "This address has no answer in the media type that was asked for.",
    429: "This client has used its share of computing time; please try again in a moment.",
    413: "What was sent is larger than this service takes.",
    500: "The service failed. Its log says why; please tell whoever runs it.",
    503: "The service cannot answer just now; please try again in a moment.",
    504: "The answer took too long and was ended.",
}
_FOR_PROGRAMS = (*JSON_ONLY, "/sparql", "/update", "/rdf-graph-store")
"""Where addresses begin that have no pages."""
_DATA = ("/linksets/", "/dumps/")
"""Where addresses begin that have files; those who name no pages get errors as programs do."""
_JSON = Offer("application/json", "application/json")
_PLAIN = Offer("text/plain", "text/plain", ("txt",))


def _set_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.add(*HSTS)
    return response


def _error_response(status: int, detail: str) -> Response:
    # The first one is for those who take anything.
    offers = (HTML_OFFER, _JSON, _PLAIN)
    if request.path.startswith(_DATA):
        offers = (_JSON, HTML_OFFER, _PLAIN)
    accept = request.headers.get("Accept", "")
    if not request.path.startswith(_FOR_PROGRAMS) and negotiate(accept, offers) is HTML_OFFER:
        title = HTTPStatus(status).phrase
        html = render_template("error.html", status=status, title=title, detail=detail)
        return Response(html, status, content_type=HTML_OFFER.label)
    return problem_response(status, detail)


def _handle_http(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    response = _error_response(status, _MESSAGES.get(status, error.name))
    for name, value in error.get_headers(request.environ):
        if name == "Allow":
            response.headers[name] = value
    return response


def _handle_service(error: ServiceError) -> Response:
    """Turn what a page could not get into a status; the message of the store stays inside."""
    if isinstance(error, ProblemError):
        response = _error_response(error.status, error.detail)
        response.headers.update(error.headers)
        return response
    status = status_of(error)
    if status == HTTPStatus.BAD_REQUEST:
        current_app.logger.error("a page asked what cannot be answered", exc_info=error)
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _error_response(status, _MESSAGES.get(status, "The service failed."))


class Application(Flask):
    """Serve everything; queries go past the framework."""

    def __init__(self, queries: QueryEndpoint) -> None:
        super().__init__(__name__)
        self._queries = queries
        # Pages link to it by name.
        methods = ["GET", "HEAD", "OPTIONS", "POST"]
        self.add_url_rule(QUERY_PATH, "sparql.answer_query", methods=methods, build_only=True)

    def wsgi_app(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        if environ["PATH_INFO"] == QUERY_PATH:
            return self._queries(environ, start_response)
        return super().wsgi_app(environ, start_response)


def create_app(
    settings: Settings,
    reader: Reader,
    texts: TextSource,
    *,
    questions: Sequence[Question] | None = None,
    access: WriteAccess | None = None,
    federation: Federation | None = None,
    dumps: Dumps | None = None,
    search: SearchIndex | None = None,
    monitor: Monitor | None = None,
    posted: Callable[[], None] | None = None,
) -> Flask:
    """Return the application; it keeps no state but answers of the current generation.

    Without questions it offers the packaged ones; without access it only reads;
    without federation SERVICE is refused; without dumps there is nothing to download whole;
    without search only titles are searched;
    without a monitor it counts for itself and logs nothing; ``posted`` is told of what is posted.
    """
    monitor = monitor or Monitor()
    queries = QueryEndpoint(settings, reader, federation, monitor, headers=_HEADERS)
    app = Application(queries)
    app.config["MAX_CONTENT_LENGTH"] = settings.upload_mb << 20
    site = Site(
        settings=settings,
        reader=reader,
        texts=texts,
        data=GraphData(reader, search=search),
        minter=Minter(settings.base),
        questions=load_questions() if questions is None else tuple(questions),
        dumps=dumps,
    )
    attach_site(app.extensions, site)
    attach_names(app.extensions, NameSource(settings))
    app.register_blueprint(
        make_update_blueprint(access, federation, settings=settings, monitor=monitor)
    )
    app.register_blueprint(
        make_graph_store_blueprint(reader, access, settings=settings, monitor=monitor)
    )
    app.register_blueprint(make_metrics_blueprint(monitor))
    app.register_blueprint(make_ingest_blueprint(access, settings, posted))
    for module in (
        search_pages,
        home,
        solutions,
        query,
        operations,
        openapi,
        ontology,
        vocabularies,
        dataset,
        api,
        feeds,
        routes,
        draft,
        resolve,
        linksets,
    ):
        app.register_blueprint(module.blueprint)
    for module in (browse, linked_data):
        app.register_blueprint(module.blueprint)
    app.context_processor(template_context)
    app.after_request(pack_page)
    app.after_request(_set_headers)
    app.register_error_handler(HTTPException, _handle_http)
    app.register_error_handler(ServiceError, _handle_service)
    return app
