"""Weigh one row of the place tables: how known it is, and how near or within others it lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from extract.reconcile.geography import distance_km
from extract.reconcile.place_kinds import is_wide, size_of
from ontology.gazetteer.rows import PlaceRow

_NEAR_KM = 400.0
_FAR_KM = 2500.0
_CLOSE_KM = 150.0
_SMALL_TOWN = 5
_NATIONS = frozenset(("country", "nation"))
"""Designations of units that texts name as they name states: Scotland."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Hold what the other mentions say while one is ranked."""

    weights: Mapping[str, float]
    settled: tuple[PlaceRow, ...]
    containers: tuple[PlaceRow, ...]

    def nearness(self, row: PlaceRow) -> float:
        """Return a bonus for a row near the places already settled, a malus far from all."""
        nearest = self._nearest(row)
        if nearest == inf:
            return 0.0
        return 0.2 if nearest < _NEAR_KM else -0.1 if nearest > _FAR_KM else 0.0

    def _nearest(self, row: PlaceRow) -> float:
        """Return the distance to the nearest settled place, infinite where none has a point."""
        if row.lat is None or row.lon is None:
            return inf
        return min(
            (
                distance_km(row.lat, row.lon, other.lat, other.lon)
                for other in self.settled
                if other.lat is not None and other.lon is not None and not is_wide(other)
            ),
            default=inf,
        )

    def closeness(self, row: PlaceRow) -> float:
        """Return what parts towns of one name in one country: how near the others are."""
        return 0.06 if self._nearest(row) < _CLOSE_KM else 0.0


def order_of(row: PlaceRow) -> tuple[bool, bool, int, str]:
    return not row.wikidata, row.bbox is None, -size_of(row), row.key


def prominence(row: PlaceRow) -> float:
    """Return how much a row is likelier than its namesakes, all else equal."""
    if row.kind == "country":
        return 0.3
    if row.table == "regions":
        return 0.12
    if row.rank is not None:
        return 0.02 * max(0, 6 - row.rank)
    if row.kind == "admin1":
        return 0.08
    return 0.04 if row.kind == "protected_area" else 0.0


def is_great(row: PlaceRow) -> bool:
    """Tell whether a place is known so well that texts about other countries name it."""
    if row.kind == "admin1":
        return row.designation.casefold() in _NATIONS
    rank = 1 if row.kind == "settlement" else 2
    return row.rank is not None and row.rank <= rank


def is_small(row: PlaceRow) -> bool:
    """Tell whether a place is a town that is little known abroad."""
    return row.kind == "settlement" and (row.rank is None or row.rank >= _SMALL_TOWN)


def is_inside(row: PlaceRow, container: PlaceRow) -> bool:
    """Tell whether a row can lie in a container, by its parent, countries or box."""
    if row.row_id == container.row_id:
        return False
    if row.parent == container.row_id:
        return True
    if row.kind == "settlement" and container.kind == "admin1" and container.table != "districts":
        return False
    return bool(set(row.countries) & set(container.countries))


def is_same_place(row: PlaceRow, other: PlaceRow) -> bool:
    """Tell whether two rows describe one place well enough: of two tables, or whole and part."""
    if row.row_id == other.parent or other.row_id == row.parent:
        return True
    if row.wikidata and row.wikidata == other.wikidata:
        return True
    if None in (row.lat, other.lat, row.lon, other.lon):
        return bool(set(row.countries) & set(other.countries)) or not other.countries
    assert row.lat is not None and row.lon is not None
    assert other.lat is not None and other.lon is not None
    near = distance_km(row.lat, row.lon, other.lat, other.lon)
    return near < _NEAR_KM or (is_wide(row) and is_wide(other))
