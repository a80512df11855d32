"""Indexes: all entities of one kind, with the number of solutions that state them."""

import re
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from rdflib import URIRef
from werkzeug.wrappers import Response as WerkzeugResponse

from service.queries import GraphData
from service.sparql.negotiation import GRAPH_OFFERS, HTML_OFFER
from service.web.context import KINDS, Labels, current_linker
from service.web.downloads import rows_response
from service.web.facets import Choice, count_facet, facets_of_kind
from service.web.linked_data import check_exists, choose_offer, describe, represent
from service.web.paging import paginate
from service.web.site import current_site

blueprint = Blueprint("browse", __name__)

_CONCEPTS = """
SELECT ?concept (SAMPLE(?up) AS ?broader) WHERE {
  ?concept skos:inScheme $scheme . OPTIONAL { ?concept skos:broader ?up }
  FILTER NOT EXISTS { ?concept eco:conceptKind ?kind FILTER(CONTAINS(?kind, "indicator")) }
}
GROUP BY ?concept
"""
_MENTIONED = """
SELECT ?entity (COUNT(DISTINCT ?solution) AS ?solutions) WHERE {
  ?mention oa:hasBody ?entity ; oa:hasTarget/oa:hasSource/eco:describes ?solution .
  FILTER(STRSTARTS(STR(?entity), $start))
}
GROUP BY ?entity
"""
_HAS_CONCEPTS = "ASK { ?concept skos:inScheme $scheme }"
_KINDS = ", ".join(KINDS)
_SIZE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of an index; ``depth`` counts what is wider."""

    iri: str
    label: str
    solutions: int
    mentioned: int
    depth: int
    facet: str
    """Parameter by which the list of solutions takes it."""


def _ancestors(iri: str, broader: dict[str, str]) -> list[str]:
    """Return a concept with what is wider, widest first."""
    path = [iri]
    while (up := broader.get(path[0], "")) in broader and up not in path:
        path.insert(0, up)
    return path


def natural_key(label: str) -> list[tuple[int, str]]:
    """Sort 4.10 after 4.9."""
    parts = re.split(r"(\d+)", label.casefold())
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts if part]


def list_entries(data: GraphData, kind: str) -> list[Entry]:
    """List the concepts of a kind as a tree by their codes, else entities by solutions."""
    site = current_site()
    facets = facets_of_kind(kind)
    start = site.minter.scheme(kind)
    counts = {
        count.iri: (count.solutions, facet.name)
        for facet in facets
        for count in count_facet(data, facet, Choice({}), site.minter, narrower=True)
    }
    mentions = {
        row["entity"]: int(row["solutions"])
        for row in data.select(_MENTIONED, start=start)
        if row["entity"]
    }
    concepts = {
        row["concept"]: row["broader"]
        for row in data.select(_CONCEPTS, scheme=URIRef(start))
        if row["concept"].startswith(start)
    }
    wanted = {i for i in (concepts or counts.keys() | mentions.keys()) if i.startswith(start)}
    labels = Labels(wanted)
    paths = {iri: _ancestors(iri, concepts) for iri in wanted}
    entries = []
    for iri in wanted:
        solutions, facet_name = counts.get(iri, (0, facets[0].name))
        entries.append(
            Entry(
                iri,
                labels(iri),
                solutions,
                mentions.get(iri, 0),
                len(paths[iri]) - 1,
                facet_name,
            )
        )
    if concepts:
        return sorted(entries, key=lambda e: [(natural_key(labels(i)), i) for i in paths[e.iri]])
    return sorted(entries, key=lambda e: (-e.solutions, -e.mentioned, e.label.casefold(), e.iri))


@blueprint.get(f"/<any({_KINDS}):kind>/")
def show_index(kind: str) -> Response:
    """Show an index; where it is a concept scheme, its IRI answers RDF too."""
    site = current_site()
    offer = choose_offer("", (HTML_OFFER, *GRAPH_OFFERS))
    if offer is not HTML_OFFER:
        scheme = site.minter.scheme(kind)
        check_exists(scheme, kind)
        return describe(scheme, kind, offer)
    entries = list_entries(site.data, kind)
    page = paginate(len(entries), request.args.get("page", ""), size=_SIZE)
    html = render_template(
        "index.html",
        kind=kind,
        title=KINDS[kind],
        tree=any(facet.tree for facet in facets_of_kind(kind)),
        entries=entries[page.start : page.end],
        most=max((e.solutions for e in entries), default=0),
        page=page,
        page_address=lambda number: url_for("browse.show_index", kind=kind, page=number),
        csv=url_for("browse.download_index", kind=kind, suffix="csv"),
        json=url_for("browse.download_index", kind=kind, suffix="json"),
        key=current_linker().key,
        is_scheme=site.data.ask(_HAS_CONCEPTS, scheme=URIRef(site.minter.scheme(kind))),
    )
    response = Response(html, content_type=HTML_OFFER.label)
    response.vary.add("Accept")
    return response


@blueprint.get("/<kind>/", strict_slashes=False)
def show_scheme(kind: str) -> WerkzeugResponse:
    """Show a concept scheme that has no index: its page is that of the vocabulary."""
    site = current_site()
    scheme = site.minter.scheme(kind)
    check_exists(scheme, kind)
    offer = choose_offer("", (HTML_OFFER, *GRAPH_OFFERS))
    if offer is not HTML_OFFER or not site.data.ask(_HAS_CONCEPTS, scheme=URIRef(scheme)):
        return represent(scheme, "scheme", offer)
    response = redirect(url_for("vocabularies.show_vocabulary", name=kind), code=303)
    response.vary.add("Accept")
    return response


@blueprint.get(f"/<any({_KINDS}):kind>.<any(csv, json):suffix>")
def download_index(kind: str, suffix: str) -> Response:
    """Give a whole index as rows."""
    rows = [
        {
            "iri": e.iri,
            "label": e.label,
            "solutions": e.solutions,
            "solutions_mentioning": e.mentioned,
        }
        for e in list_entries(current_site().data, kind)
    ]
    return rows_response(suffix, ("iri", "label", "solutions", "solutions_mentioning"), rows)
