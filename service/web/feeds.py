"""What crawlers and feed readers take: a site map, an Atom feed of solutions."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from xml.etree import ElementTree

from flask import Blueprint, Response, abort, request, url_for

from ontology.namespaces import ATOM, SITEMAP
from service.web.api import FILTERS, read_filters
from service.web.api_paging import check_parameters
from service.web.browse import list_entries
from service.web.context import KINDS, current_linker, site_root
from service.web.facets import Choice, list_solutions
from service.web.site import current_site
from service.web.solution_records import Record, find_times, make_records

blueprint = Blueprint("feeds", __name__)

MAP_SIZE = 20_000
"""Addresses in one file of the site map; sitemaps.org allows 50,000 and 50 MB."""
FEED_SIZE = 50
_PAGES = ("home.show_home", "solutions.show_solutions", "dataset.show_dataset")


def _xml(root: ElementTree.Element, content_type: str) -> Response:
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    response = Response(body, content_type=f"{content_type}; charset=utf-8")
    response.set_etag(current_site().data.generation)
    response.make_conditional(request)
    return response


def _child(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    space = parent.tag.partition("}")[0].removeprefix("{")
    child = ElementTree.SubElement(parent, f"{{{space}}}{name}", attributes)
    child.text = text or None


def _locations() -> list[tuple[str, str]]:
    """Return the addresses of all pages that tell something, each with its time of change."""
    site, linker, root = current_site(), current_linker(), site_root()
    solutions = [iri for iri, _ in list_solutions(site.data, Choice({}), site.minter)]
    times = find_times(site.data, solutions)
    found = [(url_for(page, _external=True), "") for page in _PAGES]
    found += [(f"{root}{linker.href(i)}", times.get(i, ("", ""))[1]) for i in sorted(solutions)]
    for kind in KINDS:
        entries = [e for e in list_entries(site.data, kind) if e.solutions or e.mentioned]
        found += [(f"{root}{linker.href(iri)}", "") for iri in sorted(e.iri for e in entries)]
    return found


@blueprint.get("/sitemap.xml")
def show_site_map() -> Response:
    """List the files of the site map."""
    ElementTree.register_namespace("", SITEMAP)
    root = ElementTree.Element(f"{{{SITEMAP}}}sitemapindex")
    for number in range(1, -(-len(_locations()) // MAP_SIZE) + 1):
        part = ElementTree.SubElement(root, f"{{{SITEMAP}}}sitemap")
        _child(part, "loc", url_for("feeds.show_site_map_part", number=number, _external=True))
    return _xml(root, "application/xml")


@blueprint.get("/sitemap-<int(min=1):number>.xml")
def show_site_map_part(number: int) -> Response:
    """List the addresses of pages, one file of the site map."""
    locations = _locations()[(number - 1) * MAP_SIZE : number * MAP_SIZE]
    if not locations:
        abort(HTTPStatus.NOT_FOUND)
    ElementTree.register_namespace("", SITEMAP)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for address, modified in locations:
        entry = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
        _child(entry, "loc", address)
        if modified:
            _child(entry, "lastmod", modified)
    return _xml(root, "application/xml")


def _summary(record: Record) -> str:
    parts = (
        (title, "; ".join(item["label"] for item in record[name]))
        for title, name in (
            ("Countries", "countries"),
            ("Species", "species"),
            ("Threats", "threats"),
            ("Interventions", "interventions"),
        )
    )
    return ". ".join(f"{title}: {text}" for title, text in parts if text)


def _write_entry(feed: ElementTree.Element, record: Record) -> None:
    entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
    _child(entry, "id", record["iri"])
    _child(entry, "title", record["title"])
    _child(entry, "updated", record["modified"])
    _child(entry, "published", record["added"])
    _child(entry, "link", rel="alternate", type="text/html", href=record["url"])
    for item in (*record["threats"], *record["interventions"], *record["countries"]):
        _child(entry, "category", term=item["iri"], label=item["label"])
    _child(entry, "summary", _summary(record))


def _newest(solutions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the solutions that runs changed last; what no run took in has no time to tell."""
    times = find_times(current_site().data, [iri for iri, _ in solutions])
    known: Iterable[tuple[str, str]] = (s for s in solutions if s[0] in times)
    return sorted(sorted(known), key=lambda s: times[s[0]][1], reverse=True)[:FEED_SIZE]


@blueprint.get("/solutions.atom")
def show_feed() -> Response:
    """Give new and changed solutions of a choice, newest first, as Atom (RFC 4287)."""
    check_parameters(FILTERS)
    site = current_site()
    newest = _newest(list_solutions(site.data, read_filters(), site.minter))
    records = make_records(site.data, newest, root=site_root())
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _child(feed, "id", request.url)
    _child(feed, "title", "Ecoduct: new and changed solutions")
    _child(feed, "updated", records[0]["modified"] if records else "1970-01-01T00:00:00Z")
    _child(feed, "link", rel="self", type="application/atom+xml", href=request.url)
    _child(feed, "link", rel="alternate", type="text/html", href=url_for(_PAGES[1], _external=True))
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _child(author, "name", "Ecoduct")
    for record in records:
        _write_entry(feed, record)
    return _xml(feed, "application/atom+xml")
