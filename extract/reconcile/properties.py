"""The properties of what can be reconciled: to filter by, and to fetch for what was matched."""

from dataclasses import dataclass

from extract.reconcile.ranked import ReconcileType
from ontology.databases import DATABASES

_CONCEPTS: tuple[ReconcileType, ...] = ("threat", "stress", "intervention", "target")
_KINDS: dict[str, ReconcileType] = {"taxon": "taxon", "place": "place", "organisation": "actor"}
EVERYTHING: tuple[ReconcileType, ...] = ("taxon", "place", "actor", *_CONCEPTS)


@dataclass(frozen=True, slots=True)
class Property:
    """Name one property and the types that have it."""

    id: str
    name: str
    description: str
    types: tuple[ReconcileType, ...]
    entity: bool = False
    """Its values are entities."""


_OWN = (
    Property("name", "Name", "Preferred name.", EVERYTHING),
    Property(
        "broader",
        "Wider",
        "Wider taxa, places, concepts, nearest first.",
        EVERYTHING,
        entity=True,
    ),
    Property("exactMatch", "Same elsewhere", "IRIs of the same thing elsewhere.", EVERYTHING),
    Property("scientificName", "Scientific name", "As the gazetteer accepts it.", ("taxon",)),
    Property("taxonRank", "Rank", "Rank of a taxon: species, genus, family …", ("taxon",)),
    Property("vernacularName", "Vernacular name", "Preferred names by language.", ("taxon",)),
    Property("kingdom", "Kingdom", "animal, plant or fungus.", ("taxon",)),
    Property("class", "Class", "Class of a taxon.", ("taxon",)),
    Property("order", "Order", "Order of a taxon.", ("taxon",)),
    Property("family", "Family", "Family of a taxon.", ("taxon",)),
    Property("cmsAppendix", "CMS Appendix", "Appendices that list the whole taxon.", ("taxon",)),
    Property("placeType", "Type of place", "country, protected_area, river …", ("place",)),
    Property(
        "country",
        "Country",
        "ISO 3166-1 alpha-2 code; a filter takes names and IRIs too.",
        ("place", "actor"),
    ),
    Property("latitude", "Latitude", "Degrees north.", ("place",)),
    Property("longitude", "Longitude", "Degrees east.", ("place",)),
    Property("actorType", "Type of actor", "ngo, government, igo …", ("actor",)),
    Property("acronym", "Acronym", "Short form of the name.", ("actor",)),
    Property("homepage", "Web site", "Address of its web site.", ("actor",)),
    Property("notation", "Code", "Code in its classification.", _CONCEPTS),
    Property("definition", "Definition", "What the classification says of it.", _CONCEPTS),
)
PROPERTIES: tuple[Property, ...] = (
    *_OWN,
    *(
        Property(
            database.key,
            f"{database.name} identifier",
            f"Such as {database.example}.",
            tuple(_KINDS[kind] for kind in database.kinds),
        )
        for database in DATABASES
    ),
)


def find_property(id: str) -> Property | None:
    """Return the property with an identifier."""
    return next((item for item in PROPERTIES if item.id == id), None)


def properties_of(type: str | None) -> tuple[Property, ...]:
    """List the properties of a type, of all types where none is given."""
    return tuple(item for item in PROPERTIES if type is None or type in item.types)
