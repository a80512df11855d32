"""Kinds of places: what the tables call them, how wide they are, and which agree."""

from ontology.gazetteer.rows import PlaceRow

_PLACE_TYPES = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "admin2",
    "settlement": "settlement",
    "protected_area": "protected_area",
    "river": "river",
    "waterfall": "river",
    "estuary": "river",
    "delta": "river",
    "canal": "river",
    "river basin": "basin",
    "basin": "basin",
    "mountains": "mountains",
    "mountain": "mountains",
    "pass": "mountains",
    "sea": "sea",
    "ocean": "sea",
    "gulf": "sea",
    "bay": "sea",
    "strait": "sea",
    "sound": "sea",
    "channel": "sea",
    "fjord": "sea",
    "inlet": "sea",
    "marine region": "sea",
    "lake": "lake",
    "reservoir": "lake",
    "lagoon": "lake",
    "road": "road",
    "wetland": "site",
    "site": "site",
}
_WIDE = frozenset(
    (
        "continent",
        "macro region",
        "un subregion",
        "flyway",
        "ocean",
        "realm",
        "biome",
        "supranational",
        "grouping",
        "hotspot",
        "biodiversity hotspot",
        "marine region",
    )
)
_AGREEING = (
    frozenset(("river", "basin")),
    frozenset(("admin1", "admin2")),
    frozenset(("region", "mountains")),
    frozenset(("region", "protected_area")),
    frozenset(("region", "site")),
    frozenset(("site", "protected_area")),
    frozenset(("region", "basin")),
    frozenset(("river", "sea")),
    frozenset(("region", "admin1")),
)
SIZES = {
    "wide": 6,
    "country": 5,
    "admin1": 4,
    "sea": 4,
    "region": 3,
    "mountains": 3,
    "basin": 3,
    "admin2": 3,
    "river": 2,
    "protected_area": 2,
    "lake": 2,
    "settlement": 2,
    "road": 1,
    "site": 1,
}
"""How wide kinds are, for telling which of two places can lie in the other."""
_GREAT_TOWN = 1
"""Rank of a capital, or of a town of a million."""
_PRECISION = {
    "admin1": 120.0,
    "admin2": 40.0,
    "settlement": 8.0,
    "protected_area": 25.0,
    "river": 200.0,
    "basin": 300.0,
    "region": 300.0,
    "mountains": 100.0,
    "sea": 500.0,
    "lake": 30.0,
}


def place_type_of(kind: str) -> str:
    """Return the place type of a kind of the tables; islands, coasts and the like are regions."""
    return _PLACE_TYPES.get(kind, "region")


def is_wide(row: PlaceRow) -> bool:
    """Tell whether a place spans so much that it says little of where."""
    return row.kind in _WIDE or len(row.countries) > 5


def size_of(row: PlaceRow) -> int:
    return SIZES["wide"] if is_wide(row) else SIZES[place_type_of(row.kind)]


def kinds_agree(row_kind: str, kinds: tuple[str, ...]) -> bool:
    """Tell whether a row can be what a type word in the text says."""
    kind = place_type_of(row_kind)
    return kind in kinds or any(frozenset((kind, other)) in _AGREEING for other in kinds)


def usual_precision(kind: str) -> float:
    """Return the radius in km within which a place of a kind lies around its point."""
    return _PRECISION.get(place_type_of(kind), 50.0)


def standing(row: PlaceRow) -> int:
    """Return how far a row stands back behind its namesakes where nothing else parts them.

    Great towns come first, then provinces, then what the map shows, then towns by inhabitants.
    """
    town = row.kind == "settlement"
    if row.rank is not None and (not town or row.rank > _GREAT_TOWN):
        return 3 + row.rank
    if town:
        return 0 if row.rank is not None else 20
    return {"admin1": 1, "admin2": 15}.get(row.kind, 10)
