"""Fetch values of properties for entities that were matched: the data extension service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.reconcile.catalogue import Catalogue, EntityRef, PropertyValue
from extract.reconcile.properties import EVERYTHING, Property, find_property, properties_of
from extract.reconcile.ranked import ReconcileType
from service.queries import GraphData
from service.web.entity_solutions import count_solutions, list_solutions_of
from service.web.reconciliation.reading import MOST_QUERIES, refuse

Json = dict[str, Any]
SOLUTION = Property("solution", "Solution", "Solutions that speak of it.", EVERYTHING, entity=True)
SOLUTION_COUNT = Property(
    "solutionCount", "Number of solutions", "How many solutions speak of it.", EVERYTHING
)
OF_GRAPH = (SOLUTION_COUNT, SOLUTION)
"""Properties that the graph tells and not the gazetteer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Ask for one property with settings."""

    property: Property | None
    id: str
    limit: int = 0
    count: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """Ask for properties of entities."""

    ids: tuple[str, ...]
    wanted: tuple[Wanted, ...] = field(default=())


def read_extension(message: Any) -> Extension:
    """Read a data extension query; raise ProblemError where it is none."""
    if not isinstance(message, dict):
        raise refuse("a data extension query is an object with ids and properties")
    ids, properties = message.get("ids"), message.get("properties")
    if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
        raise refuse("ids must be a list of texts")
    if not isinstance(properties, list):
        raise refuse("properties must be a list of objects with an id")
    if len(ids) > MOST_QUERIES:
        raise refuse(f"{len(ids)} ids; send {MOST_QUERIES} or fewer at a time")
    return Extension(tuple(dict.fromkeys(ids)), tuple(_read_wanted(item) for item in properties))


def _read_wanted(item: Any) -> Wanted:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        raise refuse("each property needs an id")
    settings = item.get("settings", {})
    if not isinstance(settings, dict):
        raise refuse(f"property {item['id']}: settings must be an object")
    limit = str(settings.get("limit") or 0).removesuffix(".0")
    if not (limit.isascii() and limit.isdigit()):
        raise refuse(f"property {item['id']}: limit {limit!r} is no whole number")
    known = next((one for one in OF_GRAPH if one.id == item["id"]), find_property(item["id"]))
    counted = str(settings.get("count", "")).lower() in ("true", "1", "on")
    return Wanted(known, item["id"], int(limit), counted)


class Extender:
    """Find the values that are asked for."""

    def __init__(self, catalogue: Catalogue, data: GraphData) -> None:
        self._catalogue = catalogue
        self._data = data

    def values(self, extension: Extension) -> dict[str, dict[str, list[Json]]]:
        """Return for each id, as it was sent, the values of each property."""
        entries = {id: self._catalogue.find(id) for id in extension.ids}
        iris = {id: entry.iri for id, entry in entries.items() if entry is not None}
        asked = {wanted.id for wanted in extension.wanted}
        solutions: Mapping[str, Sequence[tuple[str, str]]] = (
            list_solutions_of(self._data, iris.values()) if SOLUTION.id in asked else {}
        )
        counts = count_solutions(self._data, iris.values()) if SOLUTION_COUNT.id in asked else {}
        rows: dict[str, dict[str, list[Json]]] = {}
        for id, entry in entries.items():
            row = rows[id] = {}
            for wanted in extension.wanted:
                found: list[PropertyValue] = []
                if entry is not None and wanted.property is SOLUTION:
                    found += [EntityRef(*pair) for pair in solutions.get(entry.iri, ())]
                elif entry is not None and wanted.property is SOLUTION_COUNT:
                    row[wanted.id] = [{"int": counts.get(entry.iri, 0)}]
                    continue
                elif entry is not None and wanted.property is not None:
                    found += self._catalogue.values(entry, wanted.property.id)
                row[wanted.id] = _write_values(found, wanted)
        return rows


def _write_values(found: Sequence[PropertyValue], wanted: Wanted) -> list[Json]:
    if wanted.count:
        return [{"int": len(found)}]
    return [_write_value(value) for value in found[: wanted.limit or None]]


def _write_value(value: PropertyValue) -> Json:
    if isinstance(value, EntityRef):
        return {"id": value.iri, "name": value.label}
    return {"float": value} if isinstance(value, float) else {"str": value}


def write_meta(extension: Extension) -> list[Json]:
    """Describe the columns of an answer."""
    return [
        {"id": one.id, "name": one.property.name if one.property else one.id}
        for one in extension.wanted
    ]


def propose_properties(type: ReconcileType | None, limit: int) -> list[Json]:
    """List properties worth fetching for a type, those of the graph first."""
    offered = (*OF_GRAPH, *(item for item in properties_of(type) if item.id != "name"))
    return [
        {"id": item.id, "name": item.name, "description": item.description}
        for item in offered[: limit or None]
    ]
