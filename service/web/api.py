"""JSON of what the pages show: solutions with filters, entities, facets; problems in JSON too."""

from http import HTTPStatus

from flask import Blueprint, Response, request
from rdflib import URIRef

from service.problems import ProblemError
from service.sparql.negotiation import Offer, negotiate
from service.web.api_paging import PAGING_PARAMETERS, check_parameters, page_of
from service.web.browse import Entry, list_entries
from service.web.context import KINDS, Labels, current_linker, site_root
from service.web.downloads import json_response
from service.web.entity_records import describe_entity
from service.web.facets import (
    FACETS,
    FACETS_BY_NAME,
    Choice,
    count_facet,
    list_solutions,
    read_choice,
    read_time,
)
from service.web.linked_data import check_exists
from service.web.pages import STATEMENT_COLUMNS, statement_rows
from service.web.site import current_site
from service.web.solution_records import Record, make_feature, make_records
from service.web.statements import OF_CASE_STUDIES, find_statements

blueprint = Blueprint("api", __name__, url_prefix="/api")

FILTERS = (*FACETS_BY_NAME, "q", "since")
GEOJSON = "application/geo+json"
_JSON_OFFER = Offer("application/json", "application/json", ("json",))
_GEOJSON_OFFER = Offer(GEOJSON, GEOJSON, ("geojson",))
_KINDS = ", ".join(KINDS)
_CASES = "SELECT ?caseStudy WHERE { $iri eco:describedIn ?caseStudy } ORDER BY ?caseStudy"


def read_filters() -> Choice:
    """Read the filters of a request; raise ProblemError where one cannot be read."""
    given = request.args.get("since", "")
    if given and not read_time(given):
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            f"since={given!r} is no date or time by ISO 8601, such as 2026-01-31 "
            "or 2026-01-31T12:00:00Z",
        )
    return read_choice({name: request.args.getlist(name) for name in request.args})


def _find_solutions() -> list[tuple[str, str]]:
    site = current_site()
    return list_solutions(site.data, read_filters(), site.minter)


def _answer(data: object, content_type: str = "application/json") -> Response:
    response = json_response(data)
    response.content_type = content_type
    response.set_etag(current_site().data.generation)
    response.vary.add("Accept")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.make_conditional(request)
    return response


@blueprint.get("/solutions")
def list_solution_records() -> Response:
    """List solutions, a page at a time; as GeoJSON where the Accept header asks for it."""
    check_parameters((*FILTERS, *PAGING_PARAMETERS))
    found = page_of(_find_solutions(), lambda item: (item[1].casefold(), item[0]), length=2)
    records = make_records(current_site().data, found.items, root=site_root())
    offer = negotiate(request.headers.get("Accept", ""), (_JSON_OFFER, _GEOJSON_OFFER))
    if offer is _GEOJSON_OFFER:
        return _answer(_feature_collection(records), GEOJSON)
    return _answer({"total": found.total, "next": found.next, "items": records})


@blueprint.get("/solutions.geojson")
def list_solution_features() -> Response:
    """Give all solutions of a choice as one GeoJSON, as maps and QGIS read it."""
    check_parameters(FILTERS)
    records = make_records(current_site().data, _find_solutions(), root=site_root())
    return _answer(_feature_collection(records), GEOJSON)


def _feature_collection(records: list[Record]) -> Record:
    return {"type": "FeatureCollection", "features": [make_feature(r) for r in records]}


@blueprint.get("/solutions/<path:key>")
def show_solution_record(key: str) -> Response:
    """Give one solution with its statements, each with its sentences."""
    check_parameters(())
    site = current_site()
    iri = site.minter.concept("solution", key)
    check_exists(iri, "solution")
    record = make_records(site.data, [(iri, Labels([iri])(iri))], root=site_root())[0]
    cases = [URIRef(row["caseStudy"]) for row in site.data.select(_CASES, iri=URIRef(iri))]
    statements = find_statements(site.data, OF_CASE_STUDIES, cases=cases) if cases else []
    rows = statement_rows(statements)
    record["statements"] = [{name: row[name] for name in STATEMENT_COLUMNS} for row in rows]
    return _answer(record)


@blueprint.get("/facets")
def list_facets() -> Response:
    """Name the filters, and where the values of each are counted."""
    check_parameters(())
    facets = [
        {
            "name": f.name,
            "title": f.title,
            "kind": f.kind,
            "values": f"{site_root()}/api/facets/{f.name}",
        }
        for f in FACETS
    ]
    return _answer({"items": facets})


@blueprint.get("/facets/<name>")
def count_facet_values(name: str) -> Response:
    """Count the solutions of a choice by the values of one facet."""
    check_parameters((*FILTERS, *PAGING_PARAMETERS))
    facet = FACETS_BY_NAME.get(name)
    if facet is None:
        raise ProblemError(
            HTTPStatus.NOT_FOUND,
            f"no facet is called {name!r}; there are {', '.join(FACETS_BY_NAME)}",
        )
    site, linker = current_site(), current_linker()
    counts = count_facet(site.data, facet, read_filters(), site.minter)
    found = page_of(counts, lambda count: (count.iri,), length=1)
    labels = Labels(count.iri for count in found.items)
    items = [
        {
            "key": linker.key(count.iri),
            "iri": count.iri,
            "label": labels(count.iri),
            "solutions": count.solutions,
        }
        for count in found.items
    ]
    return _answer({"total": found.total, "next": found.next, "items": items})


def _entry(entry: Entry) -> Record:
    linker = current_linker()
    key = linker.key(entry.iri)
    return {
        "key": key,
        "iri": entry.iri,
        "label": entry.label,
        "solutions": entry.solutions,
        "solutions_mentioning": entry.mentioned,
        "url": f"{site_root()}{linker.href(entry.iri)}",
    }


@blueprint.get(f"/<any({_KINDS}):kind>")
def list_entity_records(kind: str) -> Response:
    """List the entities of a kind, a page at a time, by IRI."""
    check_parameters(PAGING_PARAMETERS)
    entries = list_entries(current_site().data, kind)
    found = page_of(entries, lambda entry: (entry.iri,), length=1)
    items = [_entry(entry) for entry in found.items]
    return _answer({"total": found.total, "next": found.next, "items": items})


@blueprint.get(f"/<any({_KINDS}):kind>/<path:key>")
def show_entity_record(kind: str, key: str) -> Response:
    """Give what one entity is, its identifiers elsewhere and where its solutions are listed."""
    check_parameters(())
    site = current_site()
    iri = site.minter.concept(kind, key)
    check_exists(iri, kind)
    return _answer(describe_entity(iri, kind, root=site_root()))
