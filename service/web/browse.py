"""Indexes: all entities of one kind, with the number of solutions that state them."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request, url_for
from rdflib import URIRef

from service.queries import GraphData
from service.sparql.negotiation import GRAPH_OFFERS, HTML_OFFER
from service.web.context import KINDS, Labels, current_linker
from service.web.downloads import rows_response
from service.web.facets import FACETS, Choice, count_facet
from service.web.linked_data import check_exists, choose_offer, describe
from service.web.paging import paginate
from service.web.site import current_site

blueprint = Blueprint("browse", __name__)

_CONCEPTS = """
SELECT ?concept (SAMPLE(?up) AS ?broader) WHERE {
  ?concept skos:inScheme $scheme . OPTIONAL { ?concept skos:broader ?up }
}
GROUP BY ?concept
"""
_ROLLED_UP = """
SELECT ?value (COUNT(DISTINCT ?solution) AS ?solutions) WHERE {
  ?solution a eco:Solution ; %(path)s/skos:broader* ?value .
}
GROUP BY ?value
"""
_MENTIONED = """
SELECT ?entity (COUNT(DISTINCT ?solution) AS ?solutions) WHERE {
  ?mention oa:hasBody ?entity ; oa:hasTarget/oa:hasSource/eco:describes ?solution .
  FILTER(STRSTARTS(STR(?entity), $start))
}
GROUP BY ?entity
"""
_FACET_OF = {facet.kind: facet for facet in FACETS}
_SIZE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of an index; ``depth`` counts what is wider."""

    iri: str
    label: str
    solutions: int
    mentioned: int
    depth: int


def _depth(iri: str, broader: dict[str, str]) -> int:
    depth, seen = 0, {iri}
    while (up := broader.get(iri, "")) in broader and up not in seen:
        seen.add(up)
        iri, depth = up, depth + 1
    return depth


def _natural(label: str) -> list[tuple[int, str]]:
    """Sort 4.10 after 4.9."""
    digits = "".join(c if c.isdigit() else " " for c in label.split(" ")[0]).split()
    return [(int(d), "") for d in digits] + [(1 << 30, label.casefold())]


def list_entries(data: GraphData, kind: str) -> list[Entry]:
    """List the concepts of a kind in the order of their codes, else entities by solutions."""
    site = current_site()
    facet = _FACET_OF[kind]
    start = site.minter.scheme(kind)
    if facet.tree:
        rows = data.select(_ROLLED_UP % {"path": facet.path})
        counts = {row["value"]: int(row["solutions"]) for row in rows if row["value"]}
    else:
        found = count_facet(data, facet, Choice({}), site.minter)
        counts = {c.iri: c.solutions for c in found}
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
    wanted = {iri for iri in (concepts or counts.keys() | mentions.keys()) if iri.startswith(start)}
    labels = Labels(wanted)
    entries = [
        Entry(iri, labels(iri), counts.get(iri, 0), mentions.get(iri, 0), _depth(iri, concepts))
        for iri in wanted
    ]
    if concepts:
        return sorted(entries, key=lambda e: (_natural(e.label), e.iri))
    return sorted(entries, key=lambda e: (-e.solutions, -e.mentioned, e.label.casefold(), e.iri))


@blueprint.get("/<kind>/")
def show_index(kind: str) -> Response:
    """Show an index; where it is a concept scheme, its IRI answers RDF too."""
    if kind not in KINDS:
        abort(404)
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
        facet=_FACET_OF[kind],
        entries=entries[page.start : page.end],
        most=max((e.solutions for e in entries), default=0),
        page=page,
        page_address=lambda number: url_for("browse.show_index", kind=kind, page=number),
        csv=url_for("browse.download_index", kind=kind, suffix="csv"),
        json=url_for("browse.download_index", kind=kind, suffix="json"),
        key=current_linker().key,
    )
    response = Response(html, content_type=HTML_OFFER.label)
    response.vary.add("Accept")
    return response


@blueprint.get(
    "/<any(taxon, place, actor, threat, stress, intervention, kmgbf, cms):kind>"
    ".<any(csv, json):suffix>"
)
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
