"""The home page: what is in the graph and where to start."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from service.queries import GraphData
from service.web import maps
from service.web.context import Labels, current_linker
from service.web.facets import FACETS, Choice, Facet, FacetCount, count_facet, list_solutions
from service.web.site import current_site

blueprint = Blueprint("home", __name__)

_COUNTS: tuple[tuple[str, str, str], ...] = (
    ("Solutions", "/solutions", "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a eco:Solution }"),
    (
        "Countries",
        "/place/",
        "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s eco:takesPlaceInCountry ?c }",
    ),
    (
        "Species and groups",
        "/taxon/",
        "SELECT (COUNT(DISTINCT ?t) AS ?n) { ?s eco:focalTaxon|eco:mentionsTaxon ?t }",
    ),
    ("Statements", "", "SELECT (COUNT(?a) AS ?n) { ?a a eco:Assertion }"),
    ("Evidence sentences", "", "SELECT (COUNT(?e) AS ?n) { ?e a eco:EvidenceSentence }"),
)
_PLACES = """
SELECT ?place (SAMPLE(?lat) AS ?latitude) (SAMPLE(?long) AS ?longitude) WHERE {
  ?solution eco:takesPlaceIn ?place .
  ?place wgs84:lat ?lat ; wgs84:long ?long .
  FILTER NOT EXISTS { ?place a eco:Country }
}
GROUP BY ?place ORDER BY ?place LIMIT 400
"""
_NEWEST = """
SELECT ?solution (MAX(?started) AS ?when) WHERE {
  ?run a eco:Run ; prov:startedAtTime ?started ; prov:generated ?graph .
  GRAPH ?graph { ?solution a eco:Solution }
}
GROUP BY ?solution ORDER BY DESC(?when) ?solution LIMIT 12
"""
_CHARTS = ("threat", "intervention", "country", "target", "taxon")
_BARS = 8
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one bar of a chart; ``width`` is in hundredths of the longest."""

    label: str
    href: str
    count: int
    width: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold the bars of one facet."""

    title: str
    facet: str
    kind: str
    bars: tuple[Bar, ...]
    more: int


@dataclass(frozen=True, slots=True)
class MapCountry:
    """Hold one country with solutions on the map; ``level`` is 1 to 4 by their number."""

    shape: maps.Shape
    href: str
    count: int
    level: int


def _chart(facet: Facet, counts: list[FacetCount], labels: Labels) -> Chart:
    linker = current_linker()
    most = max((c.solutions for c in counts), default=1)
    bars = tuple(
        Bar(
            labels(c.iri),
            linker.href(c.iri),
            c.solutions,
            max(2, round(100 * c.solutions / most)),
        )
        for c in counts[:_BARS]
    )
    return Chart(facet.title, facet.name, facet.kind, bars, max(0, len(counts) - _BARS))


def _countries(counts: list[FacetCount]) -> list[MapCountry]:
    linker = current_linker()
    by_code = {linker.key(c.iri): c for c in counts}
    most = max((c.solutions for c in counts), default=1)
    return [
        MapCountry(
            shape,
            linker.href(by_code[shape.iso2].iri),
            by_code[shape.iso2].solutions,
            1 + min(3, 4 * (by_code[shape.iso2].solutions - 1) // most),
        )
        for shape in maps.load_outlines()
        if shape.iso2 in by_code
    ]


def _points(data: GraphData) -> list[maps.Point]:
    linker = current_linker()
    rows = data.select(_PLACES)
    labels = Labels(row["place"] for row in rows)
    return [
        maps.Point(
            *maps.project(float(row["longitude"]), float(row["latitude"])),
            labels(row["place"]),
            linker.href(row["place"]),
        )
        for row in rows
    ]


def _newest(data: GraphData, titles: dict[str, str]) -> list[tuple[str, str]]:
    """Return what was read last, as the graph of runs tells; without it, the first by title."""
    newest = [row["solution"] for row in data.select(_NEWEST) if row["solution"] in titles]
    return [(iri, titles[iri]) for iri in (newest or list(titles))[:_SHOWN]]


@blueprint.get("/")
def show_home() -> str:
    """Show counts, questions, a map, charts and the solutions."""
    site = current_site()
    data = site.data
    facets = {facet.name: facet for facet in FACETS}
    everything = Choice({})
    counts = {n: count_facet(data, facets[n], everything, site.minter) for n in _CHARTS}
    labels = Labels(c.iri for found in counts.values() for c in found[:_BARS])
    solutions = list_solutions(data, everything, site.minter)
    whole = len(solutions) <= _SHOWN
    return render_template(
        "home.html",
        counts=[(title, path, data.count(query)) for title, path, query in _COUNTS],
        charts=[_chart(facets[n], counts[n], labels) for n in _CHARTS if counts[n]],
        countries=_countries(counts["country"]),
        points=_points(data),
        map_size=(maps.WIDTH, maps.HEIGHT),
        solutions=solutions if whole else _newest(data, dict(solutions)),
        whole=whole,
        total=len(solutions),
        questions=site.questions,
    )


@blueprint.get("/map/world.svg")
def show_world() -> Response:
    """Give the outlines that maps lie on."""
    response = Response(maps.world_svg(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
