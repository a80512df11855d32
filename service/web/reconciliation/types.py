"""The types that entities are reconciled to, and the features that scores rest on."""

from dataclasses import dataclass

from extract.reconcile.ranked import ReconcileType
from ontology.namespaces import ECO


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """Describe one type."""

    id: ReconcileType
    name: str
    description: str
    term: str
    """Name of its class in the ontology."""

    @property
    def iri(self) -> str:
        return str(ECO[self.term])


TYPES: tuple[TypeInfo, ...] = (
    TypeInfo("taxon", "Taxon", "A species, another taxon, or a group of living things.", "Taxon"),
    TypeInfo("place", "Place", "A country, province, protected area, river, town …", "Place"),
    TypeInfo("actor", "Actor", "An organisation that does, funds or supports the work.", "Actor"),
    TypeInfo("threat", "Threat", "A threat of the IUCN Threats Classification Scheme.", "Threat"),
    TypeInfo("stress", "Stress", "A stress of the IUCN Stresses Classification Scheme.", "Stress"),
    TypeInfo(
        "intervention",
        "Intervention",
        "An action of the CMP classification.",
        "Intervention",
    ),
    TypeInfo("target", "KMGBF target", "A goal or target of the KMGBF.", "PolicyTarget"),
)
FEATURES: dict[str, tuple[str, str]] = {
    "likeness": ("Likeness of the name", "1 for the same name, less for each slip of spelling."),
    "name_score": ("Weight of the name", "How sure the listed name is of the taxon."),
    "fit": ("Fit of the place", "How likely the place is meant by the name."),
    "country": ("Country agrees", "1 where the candidate lies in the country asked for."),
    "code": ("Code agrees", "1 where the query is the code of the concept."),
    "trigger": ("Phrase of the lexicons", "How surely the query is a phrase for the concept."),
    "identifier": ("Identifier agrees", "1 where an identifier names the candidate."),
}
"""Name and explanation of each numeric feature; those of conditions begin with ``property:``."""
_BY_ID = {info.id: info for info in TYPES}
_BY_ANY: dict[str, ReconcileType] = {
    name: info.id for info in TYPES for name in (info.id, info.iri, f"eco:{info.term}")
}


def type_of_id(id: str) -> ReconcileType | None:
    """Return the type of an id, of the IRI of its class or of that as a CURIE."""
    return _BY_ANY.get(id)


def type_info(type: ReconcileType) -> TypeInfo:
    """Return the description of a type."""
    return _BY_ID[type]


def feature_name(id: str) -> str:
    """Name a feature in words."""
    if id.startswith("property:"):
        return f"Condition on {id.removeprefix('property:')} is met"
    return FEATURES[id][0]
