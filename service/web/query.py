"""The query page: a form, the answer as a table, downloads, questions to start from."""

from dataclasses import dataclass
from itertools import dropwhile

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ontology.competency import Question
from ontology.namespaces import PREFIXES
from service.errors import ServiceError
from service.problems import explain, status_of
from service.sparql.answering import client_key
from service.sparql.negotiation import GRAPH_OFFERS, RESULT_OFFERS
from service.sparql.parameters import check_query
from service.sparql.results import ResultTable, end_answer, parse_first_results
from service.store.protocol import QueryRequest
from service.web import maps
from service.web.context import Labels, current_linker
from service.web.site import current_site

blueprint = Blueprint("query", __name__)

_EDITOR = {
    "script": "vendor/yasqe-4.6.2/yasqe.min.js",
    "style": "vendor/yasqe-4.6.2/yasqe.min.css",
}
_ROWS_SHOWN = 1000
_BYTES_SHOWN = 200_000
_PREFIXES = ("dcterms", "dwc", "eco", "oa", "prov", "rdfs", "skos")
_START = (
    "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("eco", "rdfs"))
    + """
SELECT ?solution ?title ?country WHERE {
  ?solution a eco:Solution ;
    rdfs:label ?title ;
    eco:takesPlaceInCountry/rdfs:label ?country .
}
ORDER BY ?title
LIMIT 100
"""
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold what a query gave: a table, a truth, RDF text or an error."""

    table: ResultTable | None = None
    rdf: str = ""
    cut: bool = False
    error: str = ""
    status: int = 200
    downloads: tuple[tuple[str, str], ...] = ()


def _ask(text: str) -> Outcome:
    site = current_site()
    if site.settings.query_length and len(text) > site.settings.query_length:
        raise ServiceError(f"the query is longer than {site.settings.query_length} characters")
    form = check_query(text)
    offers = RESULT_OFFERS if form in ("SELECT", "ASK") else GRAPH_OFFERS
    downloads = tuple(
        (o.suffix.upper(), url_for("sparql.answer_query", query=text, format=o.suffix))
        for o in offers
        if o.names
    )
    asked = QueryRequest(text, offers[0].media_type, client=client_key(request))
    answer = site.reader.query(asked)
    if form in ("SELECT", "ASK"):
        table = parse_first_results(answer, _ROWS_SHOWN)
        return Outcome(table=table, cut=table.cut, downloads=downloads)
    data = b""
    for chunk in answer.chunks:
        data += chunk
        if len(data) > _BYTES_SHOWN:
            end_answer(answer)
            break
    return Outcome(
        rdf=data[:_BYTES_SHOWN].decode("utf-8", "ignore"),
        cut=len(data) > _BYTES_SHOWN,
        downloads=downloads,
    )


def _outcome(text: str) -> Outcome:
    try:
        return _ask(text)
    except ServiceError as error:
        return Outcome(error=explain(error), status=status_of(error))


def _chosen_question() -> Question | None:
    key = request.args.get("question", "")
    if not key:
        return None
    for question in current_site().questions:
        if question.key == key:
            return question
    abort(404)


def _without_header(text: str) -> str:
    """Drop the comments at the head of a question, which the page shows as text."""
    lines = text.splitlines()
    return "\n".join(dropwhile(lambda line: line.startswith("#"), lines)).strip() + "\n"


def _find_points(table: ResultTable, labels: Labels) -> list[maps.Point]:
    """Return the points of an answer that has the columns lat and long."""
    names = table.variables
    if "lat" not in names or "long" not in names:
        return []
    points = {}
    for row in table.rows:
        lat, long = row[names.index("lat")], row[names.index("long")]
        iri = next((term for term in row if term and term.kind == "iri"), None)
        try:
            place = maps.project(float(long.value), float(lat.value)) if lat and long else None
        except ValueError:
            place = None
        if place:
            address = current_linker().href(iri.value) if iri else ""
            points[place] = maps.Point(*place, labels(iri.value) if iri else "", address)
    return list(points.values())


@blueprint.get("/query")
def show_query() -> ResponseReturnValue:
    """Show the form, and the answer where a query or question stands in the address."""
    site = current_site()
    question = _chosen_question()
    text = request.args.get("query", "")
    if question:
        text = _without_header(question.render(site.settings.base))
    outcome = _outcome(text) if text.strip() else None
    rows = outcome.table.rows if outcome and outcome.table else ()
    labels = Labels(term.value for row in rows for term in row if term and term.kind == "iri")
    points = _find_points(outcome.table, labels) if outcome and outcome.table else []
    html = render_template(
        "query.html",
        text=text or _START,
        outcome=outcome,
        rows=rows,
        labels=labels,
        questions=site.questions,
        chosen=question,
        points=points,
        view_box=maps.view_box(points) if points else "",
        map_size=(maps.WIDTH, maps.HEIGHT),
        prefixes=[(prefix, PREFIXES[prefix]) for prefix in _PREFIXES],
        editor=_EDITOR,
    )
    response = make_response(html)
    if outcome:
        response.status_code = outcome.status
    return response
