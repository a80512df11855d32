"""Show entities in small: previews, flyouts, and a page for what no solution mentions yet."""

from http import HTTPStatus

from flask import Response, render_template, request

from extract.reconcile.catalogue import Catalogue, EntityRef, Entry
from extract.reconcile.properties import Property, find_property, properties_of
from service.problems import ProblemError
from service.web.context import current_linker
from service.web.entity_solutions import known_entities, list_solutions_of
from service.web.reconciliation.types import TYPES, type_info, type_of_id
from service.web.site import current_site

_FRAMED = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors *"
"""Previews are shown inside the pages of other programs."""
_FEW, _MOST = 3, 12
_IN_SMALL = ("scientificName", "taxonRank", "family", "placeType", "country", "notation")
_HIDDEN = frozenset(("name", "exactMatch", "latitude", "longitude"))


def find_entry(catalogue: Catalogue) -> Entry:
    """Return the entry that the request names; raise ProblemError where there is none."""
    id = request.args.get("id", "")
    entry = catalogue.find(id)
    if entry is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, f"id {id!r} is no entity of this service")
    return entry


def _facts(
    catalogue: Catalogue, entry: Entry, properties: tuple[Property, ...]
) -> list[tuple[str, list[str]]]:
    facts = []
    for item in properties:
        values = dict.fromkeys(
            value.label if isinstance(value, EntityRef) else str(value)
            for value in catalogue.values(entry, item.id)
        )
        if values:
            facts.append((item.name, [*values][:_MOST]))
    return facts


def show_preview(catalogue: Catalogue, entry: Entry) -> Response:
    """Show an entity in the size that the manifest tells."""
    wanted = tuple(item for id in _IN_SMALL if (item := find_property(id)) is not None)
    solutions = list_solutions_of(current_site().data, [entry.iri]).get(entry.iri, [])
    html = render_template(
        "reconcile_preview.html",
        entry=entry,
        type=type_info(entry.type),
        facts=_facts(catalogue, entry, wanted),
        solutions=solutions[:_FEW],
        total=len(solutions),
    )
    response = Response(html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


def show_view(catalogue: Catalogue, entry: Entry) -> Response:
    """Lead to the page of an entity; of one that the graph lacks show what the gazetteer holds."""
    if entry.iri in known_entities(current_site().data, [entry.iri]):
        location = current_linker().href(entry.iri)
        return Response(status=HTTPStatus.FOUND, headers={"Location": location})
    return Response(render_entry(catalogue, entry), content_type="text/html; charset=utf-8")


def render_entry(catalogue: Catalogue, entry: Entry) -> str:
    """Make the page of an entity that the graph lacks from what the gazetteer holds."""
    shown = tuple(item for item in properties_of(entry.type) if item.id not in _HIDDEN)
    return render_template(
        "reconcile_view.html",
        entry=entry,
        type=type_info(entry.type),
        facts=_facts(catalogue, entry, shown),
        matches=[str(value) for value in catalogue.values(entry, "exactMatch")],
    )


def entity_flyout(entry: Entry) -> dict[str, str]:
    """Describe an entity in a few lines of HTML."""
    return _flyout(
        request.args["id"], entry.label, type_info(entry.type).name, entry.description, entry.iri
    )


def type_flyout(id: str) -> dict[str, str]:
    """Describe a type; raise ProblemError where it is none of ours."""
    type = type_of_id(id)
    if type is None:
        known = ", ".join(info.id for info in TYPES)
        raise ProblemError(HTTPStatus.NOT_FOUND, f"type {id!r} is none of {known}")
    info = type_info(type)
    return _flyout(id, info.name, "Type", info.description, info.iri)


def property_flyout(id: str, extra: tuple[Property, ...]) -> dict[str, str]:
    """Describe a property; raise ProblemError where there is none with this id."""
    item = next((one for one in extra if one.id == id), find_property(id))
    if item is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, f"no property is called {id!r}")
    return _flyout(id, item.name, "Property", item.description, f"of {', '.join(item.types)}")


def _flyout(id: str, name: str, kind: str, description: str, more: str) -> dict[str, str]:
    html = render_template(
        "reconcile_flyout.html", name=name, kind=kind, description=description, more=more
    )
    return {"id": id, "html": html}
