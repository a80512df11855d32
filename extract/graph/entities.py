"""Describe entities: taxa, places, actors, projects, quantities and policy texts."""

import math

from extract.graph.terms import Triples, boolean, decimal, iri, text
from extract.records import Entity, EntityKind
from ontology.namespaces import DWC, ECO, SKOS, WGS84, Minter

VOCABULARY_KINDS: frozenset[EntityKind] = frozenset(
    {"threat", "stress", "intervention", "kmgbf_target", "cms_instrument", "sdg_target"}
)
"""Kinds that the vocabularies' own graphs describe."""

_ACTOR_CLASSES = {
    "igo": "IntergovernmentalOrganisation",
    "government": "GovernmentBody",
    "ngo": "NonGovernmentalOrganisation",
    "research": "ResearchOrganisation",
    "private": "PrivateActor",
    "community": "Community",
    "fund": "Funder",
    "network": "Network",
    "person": "Person",
    "other": "Actor",
}


def describe_entity(triples: Triples, entity: Entity, minter: Minter) -> None:
    """State what is known of an entity that no vocabulary describes."""
    if entity.kind in VOCABULARY_KINDS:
        return
    triples.add_label(entity.iri, entity.label)
    for label in entity.alt_labels:
        triples.add(entity.iri, str(SKOS.altLabel), text(label))
    for broader in entity.broader:
        triples.add(entity.iri, str(SKOS.broader), iri(broader))
    for match in entity.exact_match:
        triples.add(entity.iri, str(SKOS.exactMatch), iri(match))
    describe = {
        "species": _describe_taxon,
        "place": _describe_place,
        "actor": _describe_actor,
        "project": _describe_project,
        "quantity": _describe_quantity,
    }.get(entity.kind, _describe_policy)
    describe(triples, entity, minter)


def _describe_taxon(triples: Triples, entity: Entity, minter: Minter) -> None:
    triples.add_type(entity.iri, "Taxon")
    if entity.scientific_name:
        triples.add(entity.iri, str(DWC.scientificName), text(entity.scientific_name))
    if entity.rank:
        triples.add(entity.iri, str(DWC.taxonRank), text(entity.rank))
    if entity.label != entity.scientific_name:
        triples.add(entity.iri, str(DWC.vernacularName), text(entity.label, "en"))


def _describe_place(triples: Triples, entity: Entity, minter: Minter) -> None:
    triples.add_type(entity.iri, "Place")
    if entity.place_type:
        triples.add(entity.iri, str(ECO.placeType), text(entity.place_type))
    if entity.place_type == "country":
        triples.add_type(entity.iri, "Country")
        for code in entity.countries:
            triples.add(entity.iri, str(ECO.countryCode), text(code))
    else:
        for code in entity.countries:
            triples.add(entity.iri, str(ECO.inCountry), iri(minter.country(code)))
    if entity.lat is None or entity.lon is None:
        return
    triples.add(entity.iri, str(WGS84.lat), decimal(entity.lat))
    triples.add(entity.iri, str(WGS84.long), decimal(entity.lon))
    lat, lon = math.radians(entity.lat), math.radians(entity.lon)
    sphere = (
        ("unitX", math.cos(lat) * math.cos(lon)),
        ("unitY", math.cos(lat) * math.sin(lon)),
        ("unitZ", math.sin(lat)),
    )
    for name, value in sphere:
        triples.add(entity.iri, str(ECO[name]), decimal(value, 6))
    if entity.precision_km is not None:
        triples.add(entity.iri, str(ECO.coordinatePrecision), decimal(entity.precision_km, 1))


def _describe_actor(triples: Triples, entity: Entity, minter: Minter) -> None:
    kind = entity.actor_type or "other"
    triples.add_type(entity.iri, "Actor", _ACTOR_CLASSES[kind])
    triples.add(entity.iri, str(ECO.actorType), iri(minter.concept("actor-type", kind)))
    if entity.named is not None:
        triples.add(entity.iri, str(ECO.named), boolean(entity.named))
    for code in entity.countries:
        triples.add(entity.iri, str(ECO.inCountry), iri(minter.country(code)))


def _describe_project(triples: Triples, entity: Entity, minter: Minter) -> None:
    triples.add_type(entity.iri, "Project")


def _describe_policy(triples: Triples, entity: Entity, minter: Minter) -> None:
    triples.add_type(entity.iri, "PolicyText")


def _describe_quantity(triples: Triples, entity: Entity, minter: Minter) -> None:
    triples.add_type(entity.iri, "Quantity")
    if entity.value is not None:
        triples.add(entity.iri, str(ECO.numericValue), decimal(entity.value))
    for predicate, value in (
        (ECO.unit, entity.unit),
        (ECO.quantityKind, entity.quantity_kind),
        (ECO.time, entity.time),
    ):
        if value:
            triples.add(entity.iri, str(predicate), text(value))
