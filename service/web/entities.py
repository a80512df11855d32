"""Pages of entities: what they are, and which solutions state or mention them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from rdflib import URIRef

from service.queries import GraphData, Row, iris
from service.web import maps
from service.web.case_studies import anchor
from service.web.context import KINDS, Labels, current_linker, site_root
from service.web.entity_records import describe_entity
from service.web.links import local_name
from service.web.pages import find_about, find_properties, label_statements
from service.web.paging import paginate
from service.web.site import current_site
from service.web.statements import (
    OF_SUBJECT,
    Statement,
    find_statements,
    pattern_about,
    without_repeats,
)
from service.web.structured_data import mark_up_entity

_WIDER = """
SELECT DISTINCT ?wider (COUNT(DISTINCT ?step) AS ?depth) WHERE {
  $iri skos:broader+ ?wider . ?wider skos:broader* ?step
}
GROUP BY ?wider ORDER BY ?depth ?wider
"""
_NARROWER = "SELECT DISTINCT ?narrower WHERE { ?narrower skos:broader $iri } ORDER BY ?narrower"
_LISTINGS = """
SELECT DISTINCT ?appendix ?taxon ?population ?checked WHERE {
  $iri skos:broader* ?taxon . ?listing eco:listedTaxon ?taxon ; eco:appendix ?appendix .
  FILTER NOT EXISTS { ?listing eco:listingStatus "proposed" }
  OPTIONAL { ?listing eco:population ?population }
  OPTIONAL { ?listing eco:sourceStatus ?checked }
}
ORDER BY ?appendix ?taxon ?population ?checked
"""
_LISTED = """
SELECT ?taxon (COUNT(DISTINCT ?solution) AS ?solutions) WHERE {
  ?listing eco:appendix $iri ; eco:listedTaxon ?listed .
  FILTER NOT EXISTS { ?listing eco:listingStatus "proposed" }
  ?taxon skos:broader* ?listed .
  ?solution eco:focalTaxon|eco:mentionsTaxon ?taxon .
}
GROUP BY ?taxon ORDER BY DESC(?solutions) ?taxon
"""
_MENTIONED = """
SELECT ?solution ?caseStudy (COUNT(DISTINCT ?mention) AS ?mentions) WHERE {
  ?mention oa:hasBody $iri ; oa:hasTarget/oa:hasSource ?caseStudy .
  ?caseStudy eco:describes ?solution .
}
GROUP BY ?solution ?caseStudy ORDER BY DESC(?mentions) ?solution
"""
_COUNT_ABOUT = """
SELECT ?basis (COUNT(DISTINCT ?assertion) AS ?n) WHERE { %s ?assertion eco:basis ?basis }
GROUP BY ?basis ORDER BY ?basis
"""
_SOLUTIONS = """
SELECT ?caseStudy ?solution WHERE {
  VALUES ?caseStudy { $cases } ?caseStudy eco:describes ?solution
}
ORDER BY ?caseStudy DESC(?solution)
"""
_SCHEME = """
SELECT ?scheme ?version WHERE {
  $iri skos:inScheme ?scheme . OPTIONAL { ?scheme owl:versionInfo ?version }
}
ORDER BY ?scheme ?version
"""
_FACTS = (
    "scientificName",
    "taxonRank",
    "vernacularName",
    "altLabel",
    "notation",
    "definition",
    "scopeNote",
    "placeType",
    "countryCode",
    "inCountry",
    "actorType",
    "numericValue",
    "unit",
    "versionInfo",
)
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch", "seeAlso")
_STATEMENTS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fact:
    """Hold the values of one property: (text, IRI or empty)."""

    label: str
    values: tuple[tuple[str, str], ...]


def describe_properties(rows: Sequence[tuple[str, str, bool]], names: Sequence[str]) -> list[Fact]:
    """Pick properties by local name and in that order."""
    linked = [value for _, value, is_iri in rows if is_iri]
    labels = Labels(linked)
    facts = []
    for name in names:
        values = [
            (labels(value) if is_iri else value, value if is_iri else "")
            for prop, value, is_iri in rows
            if local_name(prop) == name
        ]
        if values:
            facts.append(Fact(name, tuple(dict.fromkeys(values))))
    return facts


def _map_points(rows: Sequence[tuple[str, str, bool]], title: str) -> list[maps.Point]:
    values = {local_name(prop): value for prop, value, _ in rows}
    if "lat" not in values or "long" not in values:
        return []
    x, y = maps.project(float(values["long"]), float(values["lat"]))
    return [maps.Point(x, y, title, "")]


def _labelled(rows: Sequence[Row], name: str) -> list[tuple[str, str, Row]]:
    labels = Labels(row[name] for row in rows)
    return [(labels(row[name]), row[name], row) for row in rows]


def _find_solutions(data: GraphData, statements: Sequence[Statement]) -> dict[str, str]:
    """Map case studies to the solutions that they describe."""
    cases = iris(s.case_study for s in statements)
    rows = data.select(_SOLUTIONS, cases=cases) if cases else ()
    return {row["caseStudy"]: row["solution"] for row in rows}


def _count_about(data: GraphData, iri: str) -> dict[str, int]:
    """Count the statements about an entity or what is narrower, by what they rest on."""
    about = pattern_about(data, iri)
    if about is None:
        return {}
    rows = data.select(_COUNT_ABOUT % about.text, **about.bindings)
    return {local_name(row["basis"]): int(row["n"]) for row in rows if row["basis"]}


def show_entity(iri: str) -> str:
    """Show what an entity is, and which solutions state or mention it, with their sentences."""
    site, linker = current_site(), current_linker()
    data, subject = site.data, URIRef(iri)
    rows = find_properties(data, iri)
    title = Labels([iri])(iri)
    counts = _count_about(data, iri)
    page = paginate(sum(counts.values()), request.args.get("page", ""), size=_STATEMENTS_SHOWN)
    about = without_repeats(find_about(data, iri, limit=_STATEMENTS_SHOWN, offset=page.start))
    saying = find_statements(data, OF_SUBJECT, entity=[subject], limit=200)
    solutions = _find_solutions(data, about)
    kind = linker.kind(iri)
    points = _map_points(rows, title)
    is_cms = kind == "cms"
    return render_template(
        "entity.html",
        iri=iri,
        kind=kind,
        kind_title=KINDS.get(kind, kind.replace("-", " ")),
        title=title,
        recalled=any(local_name(p) == "sourceStatus" and v == "recalled" for p, v, _ in rows),
        facts=describe_properties(rows, _FACTS),
        matches=describe_properties(rows, _MATCHES),
        wider=_labelled(data.select(_WIDER, iri=subject), "wider"),
        narrower=_labelled(data.select(_NARROWER, iri=subject), "narrower"),
        listings=_labelled(data.select(_LISTINGS, iri=subject), "appendix")
        if kind == "taxon"
        else [],
        listed=_labelled(data.select(_LISTED, iri=subject), "taxon") if is_cms else [],
        schemes=_labelled(data.select(_SCHEME, iri=subject), "scheme"),
        about=[s for s in about if s.basis != "inferred"],
        concluded=[s for s in about if s.basis == "inferred"],
        counts=counts,
        solutions=solutions,
        solution_labels=Labels(solutions.values()),
        saying=saying,
        labels=label_statements([*about, *saying]),
        mentioned=_labelled(data.select(_MENTIONED, iri=subject), "solution"),
        points=points,
        view_box=maps.view_box(points) if points else "",
        map_size=(maps.WIDTH, maps.HEIGHT),
        page=page,
        page_address=lambda number: f"{linker.href(iri)}?page={number}",
        csv=linker.href(iri, "csv"),
        json=linker.href(iri, "json"),
        key=linker.key,
        anchor=anchor,
        markup=mark_up_entity(describe_entity(iri, kind, root=site_root()), kind),
    )
