"""Link drafts of actors and projects to entities."""

from collections import Counter
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import Draft, add_entity, drafts_of, minter_of
from extract.reconcile.actors import ActorLinker, ActorNamed
from ontology.gazetteer.lookup import Gazetteer, open_gazetteer


@Language.factory("actor_linker", default_config={"gazetteer": ""})
def make_actor_linker(nlp: Language, name: str, gazetteer: str) -> "ActorLinking":
    """Make the component that links actors over a gazetteer lookup."""
    return ActorLinking(open_gazetteer(Path(gazetteer)))


class ActorLinking:
    """Set entity and candidates of each draft; expects places to be linked."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        linker = ActorLinker(
            minter_of(doc),
            self._gazetteer.organisation_names,
            self._gazetteer.organisation,
            countries_of(doc),
        )
        for draft in drafts_of(doc, "actor", "project"):
            actor = _named(draft)
            if draft.kind == "project":
                draft.entity = add_entity(doc, linker.project(actor))
                continue
            link = linker.link(actor)
            draft.entity = add_entity(doc, link.entity)
            draft.candidates = link.candidates
        return doc


def countries_of(doc: Doc) -> list[str]:
    """List the countries of a text's linked places, the most frequent first."""
    counts: Counter[str] = Counter()
    for draft in drafts_of(doc, "place"):
        if draft.entity is not None and len(draft.entity.countries) == 1:
            counts[draft.entity.countries[0]] += 1
    return sorted(counts, key=lambda code: (-counts[code], code))


def _named(draft: Draft) -> ActorNamed:
    features = draft.features
    return ActorNamed(
        name=features["name"],
        type=features.get("type", "other"),
        rows=tuple(features.get("rows", ())),
        alternates=tuple(features.get("alternates", ())),
        named=bool(features.get("named", True)),
        country=features.get("country", ""),
    )
