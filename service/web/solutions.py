"""The list of solutions with its facets."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for

from service.queries import GraphData, iris
from service.web.context import Labels, current_linker
from service.web.downloads import rows_response
from service.web.facets import FACETS, Choice, Facet, count_facet, list_solutions, read_choice
from service.web.links import local_name
from service.web.paging import Page, paginate
from service.web.site import current_site

blueprint = Blueprint("solutions", __name__)

_DETAILS = """
SELECT ?solution ?predicate ?object (MIN(?inference) AS ?inferred) WHERE {
  VALUES ?solution { $solutions }
  VALUES ?predicate {
    eco:takesPlaceInCountry eco:focalTaxon eco:addressesThreat eco:usesIntervention
    eco:contributesToTarget }
  ?solution ?predicate ?object
  OPTIONAL {
    ?assertion eco:assertedSubject ?solution ; eco:assertedPredicate ?predicate ;
      eco:assertedObject ?object ; eco:basis ?basis .
    BIND(IF(?basis = eco:inferred, 1, 0) AS ?inference)
  }
}
GROUP BY ?solution ?predicate ?object
ORDER BY ?solution ?predicate ?object
"""
_COLUMNS = {
    "countries": "takesPlaceInCountry",
    "species": "focalTaxon",
    "threats": "addressesThreat",
    "interventions": "usesIntervention",
    "targets": "contributesToTarget",
}
_SHOWN = 8
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Option:
    """Offer one value of a facet as a link."""

    label: str
    href: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """Hold the options of one facet; ``more`` links to all of them."""

    facet: Facet
    options: tuple[Option, ...]
    more: str
    hidden: int


@dataclass(frozen=True, slots=True, order=True)
class Detail:
    """Hold one fact about a solution; ``inferred`` where no text states it."""

    label: str
    iri: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Hold one solution with its facts by heading."""

    iri: str
    title: str
    details: dict[str, list[Detail]]

    def all_inferred(self, name: str) -> bool:
        """Tell whether all facts under a heading are inferred."""
        return all(detail.inferred for detail in self.details[name])


def make_cards(data: GraphData, solutions: list[tuple[str, str]]) -> list[Card]:
    """Return cards for solutions in the same order."""
    rows = []
    for start in range(0, len(solutions), _BATCH):
        chunk = iris(iri for iri, _ in solutions[start : start + _BATCH])
        rows += data.select(_DETAILS, solutions=chunk)
    labels = Labels(row["object"] for row in rows)
    found: dict[tuple[str, str], list[Detail]] = {}
    for row in rows:
        key = (row["solution"], local_name(row["predicate"]))
        detail = Detail(labels(row["object"]), row["object"], row["inferred"] == "1")
        found.setdefault(key, []).append(detail)
    return [
        Card(iri, title, {name: sorted(found.get((iri, p), [])) for name, p in _COLUMNS.items()})
        for iri, title in solutions
    ]


def _address(choice: Choice, *, suffix: str = "", **extra: str) -> str:
    path = (
        url_for("solutions.download_solutions", suffix=suffix)
        if suffix
        else url_for("solutions.show_solutions")
    )
    parameters = urlencode({**choice.parameters(), **extra}, doseq=True)
    return f"{path}?{parameters}" if parameters else path


def _other_form(choice: Choice, endpoint: str) -> str:
    parameters = urlencode(choice.parameters(), doseq=True)
    return f"{url_for(endpoint)}?{parameters}" if parameters else url_for(endpoint)


def _facet_view(
    facet: Facet, choice: Choice, found: Sequence[str], *, everything: bool
) -> FacetView:
    site, linker = current_site(), current_linker()
    counts = count_facet(site.data, facet, choice, site.minter, found=found)
    chosen = choice.keys.get(facet.name, ())
    counts.sort(key=lambda c: linker.key(c.iri) not in chosen)
    shown = counts if everything else counts[: max(_SHOWN, len(chosen))]
    listed = {linker.key(c.iri) for c in shown}
    wider = [site.minter.concept(facet.kind, key) for key in chosen if key not in listed]
    labels = Labels([*(c.iri for c in shown), *wider])
    options = [
        Option(
            labels(iri),
            _address(choice.without_key(facet.name, linker.key(iri))),
            0,
            True,
        )
        for iri in wider
    ]
    for count in shown:
        key = linker.key(count.iri)
        taken = key in chosen
        target = choice.without_key(facet.name, key) if taken else choice.with_key(facet.name, key)
        options.append(Option(labels(count.iri), _address(target), count.solutions, taken))
    hidden = len(counts) - len(shown)
    return FacetView(facet, tuple(options), _address(choice, more=facet.name), hidden)


def _read_choice() -> Choice:
    return read_choice({name: request.args.getlist(name) for name in request.args})


@blueprint.get("/solutions")
def show_solutions() -> str:
    """List solutions; what is chosen stands in the address."""
    site = current_site()
    choice = _read_choice()
    more = request.args.get("more", "")
    found = list_solutions(site.data, choice, site.minter)
    names = [iri for iri, _ in found]
    page: Page = paginate(len(found), request.args.get("page", ""))
    return render_template(
        "solutions.html",
        cards=make_cards(site.data, found[page.start : page.end]),
        facets=[_facet_view(f, choice, names, everything=f.name == more) for f in FACETS],
        choice=choice,
        page=page,
        page_address=lambda number: _address(choice, page=str(number)),
        csv=_address(choice, suffix="csv"),
        json=_address(choice, suffix="json"),
        geojson=_other_form(choice, "api.list_solution_features"),
        feed=_other_form(choice, "feeds.show_feed"),
        clear=url_for("solutions.show_solutions"),
    )


@blueprint.get("/solutions.<any(csv, json):suffix>")
def download_solutions(suffix: str) -> Response:
    """Give the whole list that the page shows part of."""
    site = current_site()
    cards = make_cards(site.data, list_solutions(site.data, _read_choice(), site.minter))
    rows = [
        {"solution": card.iri, "title": card.title}
        | {name: "; ".join(d.label for d in found) for name, found in card.details.items()}
        | {
            "inferred": "; ".join(
                d.label for found in card.details.values() for d in found if d.inferred
            )
        }
        for card in cards
    ]
    return rows_response(suffix, ("solution", "title", *_COLUMNS, "inferred"), rows)
