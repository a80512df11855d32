"""The query page: a form, the answer as a table, downloads, questions to start from."""

from dataclasses import dataclass
from itertools import islice

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ontology.namespaces import PREFIXES
from service.errors import ServiceError
from service.problems import status_of
from service.sparql.negotiation import GRAPH_OFFERS, RESULT_OFFERS
from service.sparql.parameters import check_query
from service.sparql.results import ResultTable, parse_results
from service.store.protocol import QueryRequest
from service.web.context import Labels
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
    reader = current_site().reader
    form = check_query(text)
    offers = RESULT_OFFERS if form in ("SELECT", "ASK") else GRAPH_OFFERS
    downloads = tuple(
        (o.suffix.upper(), url_for("sparql.answer_query", query=text, format=o.suffix))
        for o in offers
        if o.names
    )
    answer = reader.query(QueryRequest(text, offers[0].media_type))
    if form in ("SELECT", "ASK"):
        table = parse_results(answer)
        return Outcome(table=table, cut=len(table.rows) > _ROWS_SHOWN, downloads=downloads)
    data = b"".join(islice(answer.chunks, 1 + _BYTES_SHOWN // 4096))
    return Outcome(
        rdf=data[:_BYTES_SHOWN].decode("utf-8", "ignore"),
        cut=len(data) > _BYTES_SHOWN,
        downloads=downloads,
    )


def _outcome(text: str) -> Outcome:
    try:
        return _ask(text)
    except ServiceError as error:
        return Outcome(error=str(error), status=status_of(error))


def _chosen_text() -> str:
    questions = {question.key: question for question in current_site().questions}
    key = request.args.get("question", "")
    if key and key not in questions:
        abort(404)
    return questions[key].text if key else request.args.get("query", "")


@blueprint.get("/query")
def show_query() -> ResponseReturnValue:
    """Show the form, and the answer where a query or question stands in the address."""
    site = current_site()
    text = _chosen_text()
    outcome = _outcome(text) if text.strip() else None
    rows = outcome.table.rows[:_ROWS_SHOWN] if outcome and outcome.table else ()
    labels = Labels(term.value for row in rows for term in row if term and term.kind == "iri")
    html = render_template(
        "query.html",
        text=text or _START,
        outcome=outcome,
        rows=rows,
        labels=labels,
        questions=site.questions,
        chosen=request.args.get("question", ""),
        prefixes=[(prefix, PREFIXES[prefix]) for prefix in _PREFIXES],
        shown=_ROWS_SHOWN,
        editor=_EDITOR,
    )
    response = make_response(html)
    if outcome:
        response.status_code = outcome.status
    return response
