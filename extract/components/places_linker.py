"""Link place drafts: set their entities and candidates, and add the places around them."""

from collections import defaultdict
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import (
    Draft,
    add_entity,
    case_study_of,
    drafts_of,
    minter_of,
)
from extract.components.places import DEMONYM
from extract.matching.place_relations import Placed, find_containers
from extract.matching.place_scan import PlaceLookup
from extract.reconcile.place_entities import PlaceEntities
from extract.reconcile.place_kinds import size_of
from extract.reconcile.place_resolution import Resolution, resolve_places
from extract.reconcile.places import PlaceContext, PlaceLinker, PlaceMention
from extract.records import Candidate
from ontology.gazetteer.lookup import open_gazetteer

_TITLE_WEIGHT = 2
_DEMONYM_WEIGHT = 0.4
_INSIDE_OTHER = "inside the"


@Language.factory("place_linker", default_config={"gazetteer": ""})
def make_place_linker(nlp: Language, name: str, gazetteer: str) -> "PlaceLinkerComponent":
    """Make the component that links places with the gazetteer at a path."""
    return PlaceLinkerComponent(open_gazetteer(Path(gazetteer)))


class PlaceLinkerComponent:
    """Link all place drafts of a Doc together, since each is evidence for the others."""

    def __init__(self, gazetteer: PlaceLookup) -> None:
        self.gazetteer = gazetteer
        self.linker = PlaceLinker(gazetteer)

    def __call__(self, doc: Doc) -> Doc:
        drafts = [
            d
            for d in drafts_of(doc, "place", rejected=True)
            if "core" in d.features and (not d.rejected or d.rejected.startswith(_INSIDE_OTHER))
        ]
        mentions = [_mention(draft) for draft in drafts]
        context = self._context(doc, drafts, mentions)
        entities = PlaceEntities(self.gazetteer, minter_of(doc))
        choices = self.linker.link(mentions, context)
        resolved = resolve_places(mentions, choices, context, entities)
        for number, (draft, resolution) in enumerate(zip(drafts, resolved, strict=True)):
            self._apply(doc, draft, resolution, entities)
            container = context.containers.get(number)
            if container is not None:
                draft.features["container"] = (drafts[container].start, drafts[container].end)
        return doc

    def _apply(
        self, doc: Doc, draft: Draft, resolution: Resolution, entities: PlaceEntities
    ) -> None:
        draft.features["countries"] = resolution.countries
        draft.features["minted"] = resolution.minted
        draft.features["wide"] = resolution.wide
        if draft.rejected:
            return
        chosen = resolution.entities[0].iri if resolution.entities else ""
        if resolution.entities:
            draft.entity = add_entity(doc, resolution.entities[0])
            for entity in resolution.entities[1:]:
                add_entity(doc, entity)
        draft.candidates = tuple(
            Candidate(iri, label, round(max(0.0, min(score, 1.0)), 4), match=iri == chosen)
            for iri, label, score in (
                (entities.iri_of(row), row.name, score) for row, score in resolution.ranked
            )
        )

    def _context(self, doc: Doc, drafts: list[Draft], mentions: list[PlaceMention]) -> PlaceContext:
        case_study = case_study_of(doc)
        countries: dict[str, float] = defaultdict(float)
        placed: list[Placed] = []
        for mention in mentions:
            rows = self.linker.rows(mention)
            size = size_of(rows[0]) if rows else 0
            placed.append(Placed(mention.start, mention.end, size))
            if rows and rows[0].kind == "country":
                weight = _TITLE_WEIGHT if mention.end <= len(case_study.title) else 1
                for code in rows[0].countries:
                    countries[code] += weight
        species = drafts_of(doc, "species")
        for draft in drafts_of(doc, "place", rejected=True):
            named = any(s.start <= draft.start and draft.end <= s.end for s in species)
            if draft.rejected == DEMONYM and not named:
                for code in draft.features["countries"]:
                    countries[code] += _DEMONYM_WEIGHT
        return PlaceContext(countries, find_containers(case_study.text, placed))


def _mention(draft: Draft) -> PlaceMention:
    features = draft.features
    return PlaceMention(
        start=draft.start,
        end=draft.end,
        text=" ".join(draft.text.split()),
        core=" ".join(features["core"].split()),
        name=" ".join(features["name"].split()),
        rows=features["rows"],
        name_rows=features["name_rows"],
        kinds=features["kinds"],
        type_word=features["type_word"],
        direction=features["direction"],
        refers=features["refers"],
        listed=features["listed"],
        type_first=draft.rule.endswith("type-before"),
        score=draft.score,
    )
