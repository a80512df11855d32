"""Link codes of threats, stresses and interventions to the concepts of their vocabularies."""

from extract.errors import ExtractError
from extract.records import Entity, EntityKind
from ontology.namespaces import Minter
from ontology.vocabulary import Concept, concept_iri, load_vocabulary, scheme_iri

VOCABULARIES: dict[EntityKind, str] = {
    "threat": "threats",
    "stress": "stresses",
    "intervention": "actions",
}


def link_concept(minter: Minter, kind: EntityKind, code: str) -> tuple[Entity, ...]:
    """Return the entity of a code and those of its wider concepts, nearest first."""
    name = VOCABULARIES[kind]
    vocabulary = load_vocabulary(name)
    concept = vocabulary.concepts.get(code)
    if concept is None:
        raise ExtractError(
            f"code {code!r} is not in the vocabulary {name!r}; "
            "correct the lexicon row that gives it"
        )
    chain = (concept, *vocabulary.ancestors(code))
    return tuple(_entity(minter, name, kind, one) for one in chain)


def _entity(minter: Minter, name: str, kind: EntityKind, concept: Concept) -> Entity:
    broader = () if concept.broader is None else (concept_iri(minter, name, concept.broader),)
    return Entity(
        iri=concept_iri(minter, name, concept.code),
        kind=kind,
        label=concept.label,
        notation=concept.notation or concept.code,
        scheme=scheme_iri(minter, name),
        broader=broader,
    )
