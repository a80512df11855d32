"""Find what a reviewer means by a code, an IRI or a name."""

from extract.errors import ExtractError
from extract.evaluation.facets import fold_name
from extract.reconcile.place_entities import PlaceEntities
from extract.reconcile.taxa import TaxonReconciler
from extract.records import ACTOR_TYPES, Entity, EntityKind, Extraction, Predicate
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter, slugify
from ontology.vocabulary import load_vocabulary

SCHEMES: dict[EntityKind, tuple[str, str]] = {
    "threat": ("threats", "threat"),
    "stress": ("stresses", "stress"),
    "intervention": ("actions", "intervention"),
    "kmgbf_target": ("kmgbf", "kmgbf"),
    "sdg_target": ("sdg", "sdg"),
}
"""Vocabulary, and path segment of its concepts, of each kind that has codes."""
KINDS: dict[Predicate, EntityKind] = {
    "focalTaxon": "species",
    "mentionsTaxon": "species",
    "targetsTaxon": "species",
    "addressesThreat": "threat",
    "addressesStress": "stress",
    "usesIntervention": "intervention",
    "implements": "intervention",
    "contributesToTarget": "kmgbf_target",
    "contributesToSDG": "sdg_target",
    "takesPlaceIn": "place",
    "takesPlaceInCountry": "place",
    "targetsPlace": "place",
    "occursIn": "place",
    "implementedBy": "actor",
    "hasPartner": "actor",
    "fundedBy": "actor",
    "hasBeneficiary": "actor",
    "hasTargetGroup": "actor",
    "hasContributor": "actor",
}
"""What the objects of a predicate are, where they are of one kind."""


class Resolver:
    """Turn what a reviewer writes into an entity."""

    def __init__(self, gazetteer: Gazetteer, minter: Minter) -> None:
        self._gazetteer = gazetteer
        self._minter = minter
        self._places = PlaceEntities(gazetteer, minter)
        self._taxa = TaxonReconciler(gazetteer, minter)

    def resolve(self, value: str, kind: EntityKind, extraction: Extraction) -> tuple[Entity, ...]:
        """Return the entity and what is wider; raise ExtractError where it means nothing.

        What the text is known to speak of comes first, then the vocabularies and tables. An actor
        that no text named before is made, as ``TYPE: name`` or of type other.
        """
        value = value.strip()
        for entity in extraction.entities:
            if entity.kind == kind and self._is(entity, value):
                return (entity,)
        found: tuple[Entity, ...] = ()
        if kind in SCHEMES:
            found = self._concept(value, kind)
        elif kind == "place":
            found = self._place(value)
        elif kind == "species":
            found = self._taxon(value)
        elif kind == "actor" and value:
            found = self._actor(value)
        if not found:
            raise ExtractError(
                f"{value!r} is no {kind} that is known; give a code, an IRI that the text has "
                "already, or a name as the tables have it"
            )
        return found

    @staticmethod
    def _is(entity: Entity, value: str) -> bool:
        names = (entity.label, entity.scientific_name or "", *entity.alt_labels)
        return value in (entity.iri, entity.notation) or (
            bool(value) and fold_name(value) in map(fold_name, names)
        )

    def _concept(self, value: str, kind: EntityKind) -> tuple[Entity, ...]:
        vocabulary, segment = SCHEMES[kind]
        code = value.removeprefix(self._minter.scheme(segment))
        concept = load_vocabulary(vocabulary).concepts.get(code)
        if concept is None:
            return ()
        iri, label = self._minter.concept(segment, code), concept.labels.get("en", code)
        return (Entity(iri, kind, label, code, self._minter.scheme(segment)),)

    def _place(self, value: str) -> tuple[Entity, ...]:
        if value.upper() in self._places.countries:
            return (self._places.country(value.upper()),)
        for hit in self._gazetteer.place_names(fold(value)):
            return self._places.of_row(self._gazetteer.place(hit.row_id))
        return ()

    def _taxon(self, value: str) -> tuple[Entity, ...]:
        for hit in self._gazetteer.taxon_names(fold(value)):
            return (self._taxa.entity(self._gazetteer.taxon(hit.row_id)),)
        return ()

    def _actor(self, value: str) -> tuple[Entity, ...]:
        head, colon, name = value.partition(":")
        for known in ACTOR_TYPES:
            if colon and head.strip() == known and name.strip():
                iri = self._minter.actor(slugify(name.strip()))
                return (Entity(iri, "actor", name.strip(), actor_type=known, named=True),)
        iri = self._minter.actor(slugify(value))
        return (Entity(iri, "actor", value, actor_type="other", named=True),)
