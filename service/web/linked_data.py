"""Every IRI of ours answers: things by 303 to a page or data, documents and graphs by 200."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, abort, request
from rdflib import URIRef

from extract.reconcile.catalogue import Entry
from service.problems import ProblemError
from service.queries import fill_query, is_valid_iri
from service.sparql.negotiation import GRAPH_OFFERS, HTML_OFFER, Offer, negotiate
from service.store.protocol import QueryRequest
from service.web import entities, pages
from service.web.context import current_linker
from service.web.downloads import rows_response
from service.web.links import split_suffix
from service.web.site import current_site
from service.web.statements import OF_CASE_STUDIES, find_statements
from service.web.unmentioned import find_unmentioned, show_unmentioned

blueprint = Blueprint("linked_data", __name__)

_PAGES: dict[str, Callable[[str], str]] = {
    "solution": pages.show_solution,
    "case-study": pages.show_case_study,
    "assertion": pages.show_statement,
    "annotation": pages.show_resource,
    "document": pages.show_resource,
    "genid": pages.show_resource,
    "graph": pages.show_resource,
    "listing": pages.show_resource,
    "quantity": pages.show_resource,
    "review": pages.show_resource,
    "run": pages.show_resource,
    "scheme": pages.show_resource,
}
"""Pages of the kinds that are no entity; every other kind is one."""
DOCUMENT_KINDS = frozenset({"case-study", "graph", "document"})
"""Kinds that are documents themselves, and so answer 200."""

_EXISTS = """
ASK {
  { $iri ?p ?o FILTER(?p NOT IN (prov:wasInvalidatedBy, dcterms:isReplacedBy)) }
  UNION { ?s ?q $iri }
}
"""
_TOMBSTONE = """
SELECT ?ended ?successor WHERE {
  $iri prov:wasInvalidatedBy ?run . ?run prov:startedAtTime ?ended .
  OPTIONAL { $iri dcterms:isReplacedBy ?successor }
}
ORDER BY DESC(?ended) ?successor LIMIT 1
"""
_GRAPH_EXISTS = "ASK { GRAPH $iri { ?s ?p ?o } }"
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH $iri { ?s ?p ?o } }"
_DESCRIPTION = """
CONSTRUCT { ?s ?p ?o } WHERE {
  { BIND($iri AS ?s) ?s ?p ?o }
  UNION { VALUES ?s { $parts } ?s ?p ?o }
  UNION { BIND($iri AS ?o)
          { SELECT ?s ?p WHERE { ?s ?p $iri } ORDER BY ?p ?s LIMIT $limit OFFSET $offset } }
}
"""
_COUNT_INVERSE = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p $iri }"
INVERSE_LINKS = 500
"""Links to a thing on one page of its description; its own triples stand on each."""
_PARTS = ("target", "position", "quote")
_SOLUTION_CASES = "SELECT ?caseStudy WHERE { $iri eco:describedIn ?caseStudy }"


def choose_offer(suffix: str, offers: tuple[Offer, ...]) -> Offer:
    offer = negotiate(request.headers.get("Accept", ""), offers, format=suffix)
    if offer is None:
        abort(HTTPStatus.NOT_ACCEPTABLE)
    return offer


def check_exists(iri: str, kind: str) -> None:
    """Answer 404 where the graph knows nothing of an IRI, and 410 where a run has retired it."""
    if look_up(iri, kind) is not None:
        told = "No text speaks of it yet; its page tells what the gazetteer holds of it."
        raise ProblemError(HTTPStatus.NOT_FOUND, told)


def look_up(iri: str, kind: str) -> Entry | None:
    """Return None where the graph knows an IRI, its entry where the gazetteer alone does.

    Answer 404 where neither does, and 410 where a run has retired it.
    """
    query = _GRAPH_EXISTS if kind == "graph" else _EXISTS
    data = current_site().data
    if not is_valid_iri(iri):
        abort(HTTPStatus.NOT_FOUND)
    if data.ask(query, iri=URIRef(iri)):
        return None
    if (entry := find_unmentioned(iri, kind)) is not None:
        return entry
    for stone in data.select(_TOMBSTONE, iri=URIRef(iri)):
        told = f"What stood here was retired on {stone['ended'][:10]}: its source has it no more."
        if successor := stone["successor"]:
            told = f"What stood here was replaced on {stone['ended'][:10]} by {successor}."
        raise ProblemError(HTTPStatus.GONE, told)
    abort(HTTPStatus.NOT_FOUND)


def _page_number() -> int:
    wanted = request.args.get("page", "1")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and 0 < len(wanted) < 7 else 1


def describe(iri: str, kind: str, offer: Offer) -> Response:
    """Describe a thing by its triples and one page of the links to it, a graph by all of it."""
    links = []
    if kind == "graph":
        query = fill_query(_GRAPH, iri=URIRef(iri))
    else:
        parts = [URIRef(f"{iri}#{part}") for part in _PARTS]
        number = max(1, _page_number())
        offset = (number - 1) * INVERSE_LINKS
        query = fill_query(
            _DESCRIPTION, iri=URIRef(iri), parts=parts, limit=INVERSE_LINKS, offset=offset
        )
        total = current_site().data.count(_COUNT_INVERSE, iri=URIRef(iri))
        address = current_linker().href(iri, _suffix_of(offer))
        if offset + INVERSE_LINKS < total:
            links.append(f'<{address}?page={number + 1}>; rel="next"')
        if number > 1:
            links.append(f'<{address}?page={number - 1}>; rel="prev"')
    answer = current_site().reader.query(QueryRequest(query, offer.media_type))
    response = Response(answer.chunks, content_type=offer.label)
    response.set_etag(f"{answer.generation}-{offer.suffix}")
    if links:
        response.headers["Link"] = ", ".join(links)
    return response


def _download(iri: str, kind: str, suffix: str) -> Response:
    data = current_site().data
    if kind in ("solution", "case-study"):
        cases = [iri]
        if kind == "solution":
            cases = [row["caseStudy"] for row in data.select(_SOLUTION_CASES, iri=URIRef(iri))]
        statements = find_statements(data, OF_CASE_STUDIES, cases=[URIRef(c) for c in cases])
    elif kind not in _PAGES:
        statements = pages.find_about(data, iri, limit=100_000)
    else:
        abort(HTTPStatus.NOT_FOUND)
    return rows_response(suffix, pages.STATEMENT_COLUMNS, pages.statement_rows(statements))


def represent(iri: str, kind: str, offer: Offer, unmentioned: Entry | None = None) -> Response:
    if unmentioned is not None:
        response = show_unmentioned(unmentioned, offer)
    elif offer is HTML_OFFER:
        response = Response(
            _PAGES.get(kind, entities.show_entity)(iri), content_type=HTML_OFFER.label
        )
    else:
        response = describe(iri, kind, offer)
    linker = current_linker()
    links = [
        f'<{linker.href(iri, o.suffix)}>; rel="alternate"; type="{o.content_type}"'
        for o in (HTML_OFFER, *GRAPH_OFFERS[:4])
    ]
    response.headers["Link"] = ", ".join([*response.headers.getlist("Link"), *links])
    return response


@blueprint.get("/<kind>/<path:key>")
def show_thing(kind: str, key: str) -> Response:
    """Answer for one IRI; the suffix or the Accept header says in which form."""
    site = current_site()
    key, suffix = split_suffix(key)
    iri = site.minter.concept(kind, key)
    unmentioned = look_up(iri, kind)
    if suffix in ("csv", "json"):
        return _download(iri, kind, suffix)
    offer = choose_offer(suffix, (HTML_OFFER, *GRAPH_OFFERS))
    if suffix or kind in DOCUMENT_KINDS:
        response = represent(iri, kind, offer, unmentioned)
    else:
        location = current_linker().href(iri, offer.suffix or _suffix_of(offer))
        response = Response(status=HTTPStatus.SEE_OTHER, headers={"Location": location})
    response.vary.add("Accept")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _suffix_of(offer: Offer) -> str:
    """Return the suffix of the form that an alias stands for."""
    return next(o.suffix for o in GRAPH_OFFERS if o.media_type == offer.media_type and o.suffix)
