"""Collect places and their names from the place tables."""

from typing import Any

from ontology.gazetteer.collecting import Collection, set_identifier
from ontology.gazetteer.own import NOTHING_OWN, SOURCE, OwnTables
from ontology.gazetteer.tables import iterate_table
from ontology.namespaces import slugify

_SHORTEST_NAME = 4
_CAPITAL_RANK = 1
"""Rank of a capital, however small: texts name it without its country."""
_TERRITORIES = ("admin1", "island", "islands")


def _number(text: str) -> float | None:
    return float(text) if text else None


def _box(text: str) -> list[float] | None:
    parts = [float(part) for part in text.split()]
    return parts if len(parts) == 4 else None


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _town_rank(inhabitants: int) -> int:
    """Return 0 for the largest cities and one more for each step down."""
    steps = (5_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000)
    return sum(inhabitants < step for step in steps)


def _capitals() -> set[str]:
    """Return the ids of the capitals: of several towns of the name, the largest."""
    names = {(row["iso2"], row["capital"]) for row in iterate_table("countries")}
    largest: dict[tuple[str, str], tuple[int, str]] = {}
    for row in iterate_table("settlements"):
        name = row["country"], row["name"]
        if name in names:
            size = int(row["population"]), row["id"]
            largest[name] = max(largest.get(name, size), size)
    return {number for _, number in largest.values()}


class _Places:
    """Fill a collection with places, one for each id of their tables."""

    def __init__(self) -> None:
        self.collection = Collection()

    def row(self, key: str, kind: str, table: str, row: dict[str, str], **values: Any) -> None:
        defaults = {
            "name": row["name"],
            "kind": kind,
            "table": table,
            "countries": row.get("countries", row.get("country", "")).split(),
            "lat": _number(row.get("lat", "")),
            "lon": _number(row.get("lon", "")),
            "bbox": _box(row.get("bbox", "")),
            "precision": row.get("precision", ""),
            "designation": row.get("designation", ""),
            "wikidata": row.get("wikidata", ""),
            "geonames": row.get("geonames", ""),
        }
        self.collection.add_row(key, **(defaults | values))

    def names(self, key: str, names: list[str], *, kind: str, source: str, lang: str = "") -> None:
        for name in names:
            self.collection.add_name(
                key,
                name,
                lang=lang,
                source=source,
                priority={"name": 0, "alternate": 1, "adjective": 2, "short": 3}[kind],
                kind=kind,
            )

    def add_countries(self) -> None:
        for row in iterate_table("countries"):
            key = row["iso2"].lower()
            codes = [[column, row[column]] for column in ("iso3", "m49") if row[column]]
            values = {"countries": [row["iso2"]], "code": row["iso2"], "identifiers": codes}
            self.row(key, "country", "countries", row, **values)
            self.names(key, [row["name"]], kind="name", source="countries", lang="en")
            for lang in ("fr", "es", "pt"):
                names = _listed(row[f"names_{lang}"])
                self.names(key, names, kind="name", source="countries", lang=lang)
            self.names(key, _listed(row["alt_names"]), kind="alternate", source="countries")
            adjectives = _listed(row["adjectives"])
            self.names(key, adjectives, kind="adjective", source="countries", lang="en")

    def add_subdivisions(self) -> None:
        for row in iterate_table("admin_subdivisions"):
            key = row["code"].lower()
            parent = (row["parent"] or row["country"]).lower()
            kind = "admin2" if row["parent"] else "admin1"
            values = {"code": row["code"], "parent": parent, "designation": row["type"]}
            self.row(key, kind, "admin_subdivisions", row, **values)
            self._usual_names(key, row, "admin_subdivisions")

    def add_protected_areas(self) -> None:
        """Add both tables of protected areas; points of the second replace those of the first."""
        points = {row["id"]: row for row in iterate_table("protected_area_points")}
        for row in iterate_table("protected_areas"):
            point = points.get(row["id"])
            further = (("wdpa", row["wdpa"]), ("whs", row["whs_id"]))
            values: dict[str, Any] = {"identifiers": [[n, i] for n, i in further if i]}
            if point is not None:
                values["lat"], values["lon"] = _number(point["lat"]), _number(point["lon"])
                values["precision"] = point["precision"]
                values["wikidata"] = row["wikidata"] or point["wikidata"]
            self.row(row["id"], "protected_area", "protected_areas", row, **values)
            self._usual_names(row["id"], row, "protected_areas")
            self._short_name(row["id"], row, "protected_areas")
        for key, row in points.items():
            self.row(key, "protected_area", "protected_area_points", row)
            self._usual_names(key, row, "protected_area_points")
            self._short_name(key, row, "protected_area_points")

    def _short_name(self, key: str, row: dict[str, str], table: str) -> None:
        """Add the name without its designation: Etosha for Etosha National Park."""
        name, designation = row["name"], row["designation"]
        short = name.removesuffix(designation).strip() if designation else name
        if short != name and len(short) >= _SHORTEST_NAME and short[-1].isalpha():
            self.names(key, [short], kind="short", source=table)

    def add_features(self) -> None:
        for row in iterate_table("natural_features"):
            values = {
                "rank": int(row["rank"]) if row["rank"] else None,
                "needs_type_word": row["needs_type_word"] == "yes",
                "bordering": row["bordering"].split(),
            }
            self.row(row["id"], row["feature"], "natural_features", row, **values)
            self._usual_names(row["id"], row, "natural_features")
        for table in ("regions", "ecoregions"):
            for row in iterate_table(table):
                self.row(row["id"], row["kind"], table, row)
                self._usual_names(row["id"], row, table)
                adjectives = _listed(row.get("adjectives", ""))
                self.names(row["id"], adjectives, kind="adjective", source=table, lang="en")

    def locate_countries(self) -> None:
        """Give territories without coordinates those of the province or island of their name."""
        rows = self.collection.rows
        located = {
            (row["name"], row["kind"]): row
            for row in rows.values()
            if row["kind"] in _TERRITORIES and row["lat"] is not None
        }
        for row in rows.values():
            if row["kind"] == "country" and row["lat"] is None:
                names = [(row["name"], kind) for kind in _TERRITORIES]
                found = next((located[name] for name in names if name in located), None)
                if found is not None:
                    row["lat"], row["lon"] = found["lat"], found["lon"]
                    row["precision"] = found["precision"]

    def add_districts(self) -> None:
        """Add units that ISO 3166-2 leaves out, at the middle of their towns."""
        for row in iterate_table("districts"):
            values = {
                "parent": (row["parent"] or row["country"]).lower(),
                "designation": row["type"],
                "precision": "middle of its towns",
            }
            self.row(row["id"], f"admin{row['level']}", "districts", row, **values)
            self._usual_names(row["id"], row, "districts")

    def add_settlements(self) -> None:
        """Add towns; their rank follows their inhabitants as that of features follows the map."""
        capitals = _capitals()
        for row in iterate_table("settlements"):
            parent = (row["admin1"] or row["country"]).lower()
            rank = _town_rank(int(row["population"]))
            if row["id"] in capitals:
                rank = min(rank, _CAPITAL_RANK)
            values = {"parent": parent, "rank": rank}
            self.row(row["id"], "settlement", "settlements", row, **values)
            self._usual_names(row["id"], row, "settlements")

    def add_own(self, own: OwnTables) -> None:
        """Add a user's places over those of the tables, then the user's identifiers."""
        for row in own.of("place"):
            codes = "-".join(code.lower() for code in row["countries"].split()[:3])
            key = "-".join(part for part in (slugify(row["name"]), codes) if part)
            known = self.collection.rows.pop(key, {})
            self.row(key, row["type"], SOURCE, row)
            for column, value in known.items():
                if self.collection.rows[key].get(column) in (None, "", []):
                    self.collection.rows[key][column] = value
            self._usual_names(key, row, SOURCE)
        for row in own.identifiers_of("place"):
            if row["key"] in self.collection.rows:
                place = self.collection.rows[row["key"]]
                set_identifier(place, row, ("wikidata", "geonames"))

    def _usual_names(self, key: str, row: dict[str, str], table: str) -> None:
        self.names(key, [row["name"]], kind="name", source=table)
        self.names(key, _listed(row["alt_names"]), kind="alternate", source=table)


def collect_places(own: OwnTables = NOTHING_OWN) -> Collection:
    """Collect every place with all its names."""
    places = _Places()
    places.add_countries()
    places.add_subdivisions()
    places.add_protected_areas()
    places.add_districts()
    places.add_features()
    places.add_settlements()
    places.locate_countries()
    places.add_own(own)
    return places.collection


def pack_places(collection: Collection, numbers: dict[str, int]) -> list[list[Any]]:
    """Return the places as lists in the order of PlaceRow's fields, the number left out."""
    packed = []
    for key in sorted(collection.rows):
        row = collection.rows[key]
        head = [row[c] for c in ("name", "kind", "table", "countries", "lat", "lon", "bbox")]
        parent = numbers.get(row.get("parent", ""))
        texts = [row.get(c, "") for c in ("code", "designation", "wikidata", "geonames")]
        tail = [row.get("rank"), row.get("needs_type_word", False), row.get("bordering", [])]
        further = row.get("identifiers", [])
        packed.append([key, *head, row["precision"], parent, *texts, *tail, further])
    return packed
