"""Describe linked and minted places as entities, with their wider places."""

from dataclasses import dataclass
from functools import cache

from extract.matching.place_scan import PlaceLookup
from extract.reconcile.exact_matches import exact_matches
from extract.reconcile.geography import box_radius_km, compass, main_part_km
from extract.reconcile.place_kinds import place_type_of, usual_precision
from extract.records import Entity
from ontology.gazetteer.folding import fold
from ontology.gazetteer.rows import PlaceRow
from ontology.gazetteer.tables import read_table
from ontology.namespaces import Minter, slugify

_DEFAULT_RADIUS = 300.0
_LEAST_RADIUS = 5.0
_SCATTERED = 2500.0
"""Radius of a box beyond which it holds far possessions and not only the main part."""
_PRECISIONS = {
    "nearest town": 40.0,
    "seat of the county": 40.0,
    "approximate centre": 300.0,
}


@dataclass(frozen=True, slots=True)
class Area:
    """Hold the point of a place and the radius within which it lies."""

    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


@cache
def country_rows(gazetteer: PlaceLookup) -> dict[str, PlaceRow]:
    """Return the row of each country by its code."""
    rows: dict[str, PlaceRow] = {}
    for record in read_table("countries"):
        for hit in gazetteer.place_names(fold(record["name"])):
            row = gazetteer.place(hit.row_id)
            if row.code == record["iso2"]:
                rows[row.code] = row
    return rows


class PlaceEntities:
    """Make entities of gazetteer rows and of places that no table knows."""

    def __init__(self, gazetteer: PlaceLookup, minter: Minter) -> None:
        self.gazetteer = gazetteer
        self.minter = minter
        self.countries = country_rows(gazetteer)

    def area(self, row: PlaceRow) -> Area:
        """Return where a row lies; a row without a point lies somewhere in its country."""
        if row.lat is not None and row.lon is not None:
            return Area(row.lat, row.lon, round(self._radius(row), 1))
        if row.kind != "country" and len(row.countries) == 1 and row.countries[0] in self.countries:
            return self.area(self.countries[row.countries[0]])
        return Area()

    def _radius(self, row: PlaceRow) -> float:
        if row.bbox is not None and (row.kind == "country" or row.bbox[2] - row.bbox[0] < 180):
            radius = box_radius_km(row.bbox)
            if row.kind == "country" and radius > _SCATTERED and row.lat is not None:
                _, south, _, north = row.bbox
                radius = min(radius, main_part_km(row.lat, south, north))
            return max(_LEAST_RADIUS, radius)
        if row.kind == "country":
            return _DEFAULT_RADIUS
        return _PRECISIONS.get(row.precision, usual_precision(row.kind))

    def iri_of(self, row: PlaceRow) -> str:
        return (
            self.minter.country(row.code) if row.kind == "country" else self.minter.place(row.key)
        )

    def of_row(self, row: PlaceRow) -> tuple[Entity, ...]:
        """Return the entity of a row, then those of the places that hold it."""
        if row.kind == "country":
            return (self.country(row.code),)
        wider: list[Entity] = []
        if row.parent is not None:
            parent = self.gazetteer.place(row.parent)
            wider.extend(self.of_row(parent))
            broader: tuple[str, ...] = (wider[0].iri,)
        else:
            wider.extend(self.country(code) for code in row.countries if code in self.countries)
            broader = tuple(sorted(entity.iri for entity in wider))
        area = self.area(row)
        entity = Entity(
            iri=self.minter.place(row.key),
            kind="place",
            label=row.name,
            place_type=place_type_of(row.kind),
            countries=row.countries,
            lat=area.lat,
            lon=area.lon,
            precision_km=area.radius_km,
            exact_match=exact_matches(row),
            broader=broader,
        )
        return (entity, *wider)

    def country(self, code: str) -> Entity:
        row = self.countries[code]
        area = self.area(row)
        return Entity(
            iri=self.minter.country(code),
            kind="place",
            label=row.name,
            notation=code,
            place_type="country",
            countries=(code,),
            lat=area.lat,
            lon=area.lon,
            precision_km=area.radius_km,
            exact_match=exact_matches(row),
        )

    def minted(
        self,
        label: str,
        place_type: str,
        countries: tuple[str, ...],
        area: Area,
        container: Entity | None,
    ) -> tuple[Entity, ...]:
        """Return a place of its own, named by what it is and where, then those that hold it."""
        wider = [self.country(code) for code in countries if code in self.countries]
        if container is not None:
            wider.insert(0, container)
        suffix = "-".join(code.lower() for code in countries[:3])
        key = "-".join(part for part in (slugify(label), slugify(place_type), suffix) if part)
        direct = (container.iri,) if container else tuple(sorted(e.iri for e in wider))
        entity = Entity(
            iri=self.minter.place(key),
            kind="place",
            label=label,
            place_type=place_type,
            countries=countries,
            lat=area.lat,
            lon=area.lon,
            precision_km=area.radius_km,
            broader=direct,
        )
        return (entity, *wider)

    def part(self, whole: Entity, direction: str, box: PlaceRow | None) -> tuple[Entity, ...]:
        """Return the part of a place that lies in a direction: north-western Thailand."""
        north, east = compass(direction)
        lat, lon, radius = whole.lat, whole.lon, whole.precision_km
        if lat is not None and lon is not None and radius is not None:
            if box is not None and box.bbox is not None and box.bbox[2] - box.bbox[0] < 180:
                west, south, right, top = box.bbox
                lat = round((south + top) / 2 + north * (top - south) / 4, 4)
                lon = round((west + right) / 2 + east * (right - west) / 4, 4)
            radius = round(radius / 2, 1) if north or east else radius
        words = direction.replace(" ", "-")
        entity = Entity(
            iri=self.minter.place(f"{slugify(words)}-{whole.iri.rsplit('/', 1)[-1]}"),
            kind="place",
            label=f"{words} {whole.label}",
            place_type="region",
            countries=whole.countries,
            lat=lat,
            lon=lon,
            precision_km=radius,
            broader=(whole.iri,),
        )
        return (entity, whole)
