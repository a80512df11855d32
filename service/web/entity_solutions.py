"""Tell of many entities at a time which solutions speak of them."""

from collections.abc import Iterable

from service.queries import GraphData, iris

_BATCH = 400
_COUNT = """
SELECT ?entity (COUNT(DISTINCT ?solution) AS ?n) WHERE {
  VALUES ?entity { $entities } ?solution ?property ?entity . ?solution a eco:Solution .
}
GROUP BY ?entity
"""
_LIST = """
SELECT DISTINCT ?entity ?solution ?title WHERE {
  VALUES ?entity { $entities } ?solution ?property ?entity .
  ?solution a eco:Solution ; rdfs:label ?title .
}
ORDER BY ?entity ?title ?solution
"""
_KNOWN = """
SELECT DISTINCT ?entity WHERE { VALUES ?entity { $entities } ?entity a ?class }
"""


def _batches(wanted: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(set(wanted))
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]


def count_solutions(data: GraphData, entities: Iterable[str]) -> dict[str, int]:
    """Count the solutions that state something of each entity; those with none are left out."""
    counts: dict[str, int] = {}
    for batch in _batches(entities):
        rows = data.select(_COUNT, entities=iris(batch))
        counts.update((row["entity"], int(row["n"])) for row in rows if row["entity"])
    return counts


def list_solutions_of(data: GraphData, entities: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """List IRI and title of the solutions that state something of each entity, by title."""
    found: dict[str, list[tuple[str, str]]] = {}
    for batch in _batches(entities):
        for row in data.select(_LIST, entities=iris(batch)):
            found.setdefault(row["entity"], []).append((row["solution"], row["title"]))
    return found


def known_entities(data: GraphData, entities: Iterable[str]) -> frozenset[str]:
    """Return those of some entities that the graph describes."""
    return frozenset(
        row["entity"]
        for batch in _batches(entities)
        for row in data.select(_KNOWN, entities=iris(batch))
    )
