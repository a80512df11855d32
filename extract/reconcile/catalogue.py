"""Look up what can be reconciled by its IRI or identifier, and tell its properties."""

from collections.abc import Iterator
from dataclasses import dataclass

from extract.reconcile.cms import appendices
from extract.reconcile.exact_matches import exact_matches
from extract.reconcile.place_kinds import place_type_of
from extract.reconcile.ranked import ReconcileType
from ontology.databases import DATABASES, find_database
from ontology.gazetteer.folding import fold
from ontology.gazetteer.identifiers import AnyRow, identifiers_of
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.rows import OrganisationRow, PlaceRow, TaxonRow
from ontology.namespaces import Minter
from ontology.vocabulary import Concept, concept_iri, load_vocabulary

SCHEMES: dict[ReconcileType, str] = {
    "threat": "threats",
    "stress": "stresses",
    "intervention": "actions",
    "target": "kmgbf",
}
"""Vocabularies of the types that are concepts."""
TYPE_OF_KIND: dict[str, ReconcileType] = {
    "taxon": "taxon",
    "place": "place",
    "organisation": "actor",
}
"""Types of the rows of the gazetteer."""
_KIND_OF_SEGMENT: dict[str, str] = {type: kind for kind, type in TYPE_OF_KIND.items()}
_COUNTRIES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class EntityRef:
    """Point to an entity by IRI, with its label."""

    iri: str
    label: str


PropertyValue = str | float | EntityRef


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one thing that can be reconciled."""

    iri: str
    type: ReconcileType
    label: str
    description: str
    item: AnyRow | Concept


class Catalogue:
    """Find entries of the gazetteer and of the vocabularies."""

    def __init__(self, gazetteer: Gazetteer, minter: Minter) -> None:
        self._gazetteer = gazetteer
        self._minter = minter
        self._schemes = {
            load_vocabulary(scheme).scheme.segment: type for type, scheme in SCHEMES.items()
        }

    def find(self, iri: str) -> Entry | None:
        """Return the entry of an IRI, which may be written relative to the base."""
        segment, _, key = iri.removeprefix(self._minter.base).partition("/")
        if not key:
            return None
        if segment in self._schemes:
            type = self._schemes[segment]
            concept = load_vocabulary(SCHEMES[type]).concepts.get(key)
            return None if concept is None else self.of_concept(type, concept)
        kind = _KIND_OF_SEGMENT.get(segment)
        number = None if kind is None else self._gazetteer.find_row(kind, key)
        return None if kind is None or number is None else self.of_row(kind, number)

    def identified(self, database: str, identifier: str) -> list[Entry]:
        """List the entries that bear an identifier of a database."""
        found = self._gazetteer.identifiers.find(database, identifier)
        return [self.of_row(kind, number) for kind, number in found]

    def named_by(self, text: str) -> list[Entry]:
        """List the entries that a text is the IRI of, here or elsewhere, or a CURIE of."""
        entry = self.find(text.strip())
        if entry is not None:
            return [entry]
        prefix, colon, rest = text.strip().partition(":")
        database = find_database(prefix) if colon and not rest.startswith("//") else None
        if database is not None:
            return self.identified(database.key, rest)
        if not rest.startswith("//"):
            return []
        outside = [d for d in DATABASES if d.space and d.clean(text) != text.strip().strip("/")]
        return [entry for d in outside for entry in self.identified(d.key, text)]

    def of_row(self, kind: str, number: int) -> Entry:
        """Return the entry of a row of the gazetteer."""
        row = self._gazetteer.row(kind, number)
        if isinstance(row, TaxonRow):
            return Entry(
                self._minter.taxon(row.key), "taxon", row.label, describe_taxon(row, row.label), row
            )
        if isinstance(row, PlaceRow):
            country = row.kind == "country"
            iri = self._minter.country(row.code) if country else self._minter.place(row.key)
            return Entry(iri, "place", row.name, describe_place(row), row)
        return Entry(self._minter.actor(row.key), "actor", row.name, describe_actor(row), row)

    def of_concept(self, type: ReconcileType, concept: Concept) -> Entry:
        """Return the entry of a concept."""
        iri = concept_iri(self._minter, SCHEMES[type], concept.code)
        return Entry(iri, type, concept.label, concept.notation or concept.code, concept)

    def country_code(self, text: str) -> str:
        """Return the alpha-2 code that a code, name or IRI of a country means, else nothing."""
        value = text.strip().removeprefix(self._minter.base).removeprefix("place/")
        found = self._gazetteer.identifiers.find("iso", value)
        rows = [self._gazetteer.place(number) for _, number in found]
        hits = self._gazetteer.place_names(fold(value)) if not rows else ()
        rows += [self._gazetteer.place(hit.row_id) for hit in hits if hit.kind != "adjective"]
        return next((row.code for row in rows if row.kind == "country"), "")

    def values(self, entry: Entry, property: str) -> tuple[PropertyValue, ...]:
        """Return the values that an entry has for a property; none where it has no such one."""
        item = entry.item
        if property == "name":
            return (entry.label,)
        if property == "broader":
            return tuple(EntityRef(wider.iri, wider.label) for wider in self._wider(entry))
        if isinstance(item, Concept):
            found = {
                "notation": (item.notation or item.code,),
                "definition": (item.definition,),
            }.get(property, ())
            return tuple(value for value in found if value)
        if property == "exactMatch":
            return exact_matches(item)
        if (database := find_database(property)) is not None:
            return tuple(i for name, i in identifiers_of(item) if name == database.key)
        found_values = self._row_values(item).get(property, ())
        return tuple(value for value in found_values if value not in ("", None))

    def _row_values(self, row: AnyRow) -> dict[str, tuple[PropertyValue, ...]]:
        if isinstance(row, TaxonRow):
            lineage = self._gazetteer.taxon_lineage(row.row_id)
            return {
                "scientificName": (row.scientific_name,),
                "taxonRank": (row.rank,),
                "vernacularName": (row.name_en, row.name_fr, row.name_es),
                "kingdom": (row.kingdom,),
                "class": (row.class_name,),
                "order": (row.order,),
                "family": (row.family,),
                "cmsAppendix": appendices(row, lineage, frozenset()),
            }
        if isinstance(row, PlaceRow):
            point = () if row.lat is None or row.lon is None else (row.lat, row.lon)
            return {
                "placeType": (place_type_of(row.kind),),
                "country": row.countries,
                "latitude": point[:1],
                "longitude": point[1:],
            }
        return {
            "actorType": (row.type,),
            "acronym": (row.acronym,),
            "country": (row.country,),
            "homepage": (row.url,),
        }

    def _wider(self, entry: Entry) -> Iterator[Entry]:
        item = entry.item
        if isinstance(item, Concept):
            vocabulary = load_vocabulary(SCHEMES[entry.type])
            yield from (self.of_concept(entry.type, one) for one in vocabulary.ancestors(item.code))
        elif isinstance(item, TaxonRow):
            for wider in self._gazetteer.taxon_lineage(item.row_id):
                yield self.of_row("taxon", wider.row_id)
        elif isinstance(item, PlaceRow):
            seen = {item.row_id}
            parent = item.parent
            while parent is not None and parent not in seen:
                seen.add(parent)
                yield self.of_row("place", parent)
                parent = self._gazetteer.place(parent).parent
            for code in item.countries if item.kind != "country" else ():
                number = self._gazetteer.find_row("place", code.lower())
                if number is not None and number not in seen:
                    yield self.of_row("place", number)


def describe_taxon(row: TaxonRow, shown: str) -> str:
    """Say in few words what a taxon is, its scientific name only where another one is shown."""
    scientific = row.scientific_name if shown != row.scientific_name else ""
    class_name = row.class_name if row.rank != "class" else ""
    return ", ".join(part for part in (row.rank, scientific, class_name) if part)


def describe_place(row: PlaceRow) -> str:
    """Say in few words what a place is and where."""
    return ", ".join((place_type_of(row.kind), *row.countries[:_COUNTRIES_SHOWN]))


def describe_actor(row: OrganisationRow) -> str:
    """Say in few words what an organisation is and where."""
    return ", ".join(part for part in (row.type, row.acronym, row.country) if part)
