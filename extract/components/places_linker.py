"""Link place drafts: set their entities and candidates, and add the places around them."""

from collections import defaultdict
from dataclasses import replace
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
from extract.components.places_weighing import INSTITUTION, PlaceWeigher
from extract.matching.place_cues import load_setting_cues
from extract.matching.place_relations import Placed, find_containers
from extract.matching.place_scan import PlaceLookup
from extract.reconcile.place_entities import PlaceEntities
from extract.reconcile.place_kinds import size_of
from extract.reconcile.place_resolution import Resolution, resolve_places
from extract.reconcile.places import PlaceContext, PlaceLinker, PlaceMention
from extract.records import Candidate
from ontology.gazetteer.lookup import open_gazetteer

_UNIQUE = 0.6
"""What a place counts for its country where no other country has one of its name."""
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
        mentions = [
            replace(mention, weight=draft.features["weight"])
            for mention, draft in zip(mentions, drafts, strict=True)
        ]
        resolved = resolve_places(case_study_of(doc).text, mentions, choices, context, entities)
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

    def _equal_rank(self, part: PlaceMention, whole: PlaceMention) -> bool:
        """Tell whether both can be provinces, so that a comma lists them: Washington, Oregon."""
        kinds = [{row.kind for row in self.linker.rows(mention)} for mention in (part, whole)]
        return all("admin1" in kind for kind in kinds) and "country" not in kinds[1]

    def _context(self, doc: Doc, drafts: list[Draft], mentions: list[PlaceMention]) -> PlaceContext:
        weigher = PlaceWeigher(doc, [d for d in drafts if not d.rejected], load_setting_cues())
        countries: dict[str, float] = defaultdict(float)
        placed: list[Placed] = []
        votes: dict[int, tuple[str, float]] = {}
        for number, (draft, mention) in enumerate(zip(drafts, mentions, strict=True)):
            rows = self.linker.rows(mention)
            placed.append(Placed(mention.start, mention.end, size_of(rows[0]) if rows else 0))
            country = bool(rows) and rows[0].kind == "country"
            weight, rule = weigher.weigh(draft, country=country)
            if draft.rejected:
                weight, rule = min(weight, INSTITUTION), "institution"
            draft.features["weight"], draft.features["weight_rule"] = weight, rule
            draft.features["country_named"] = country
            whole = mention.typed and bool(mention.rows)
            telling = country or whole or any(row.kind == "admin1" for row in rows)
            owners = {row.countries for row in rows}
            if telling and len(owners) == 1 and len(rows[0].countries) == 1:
                votes[number] = rows[0].countries[0], weight if country else weight * _UNIQUE
        species = drafts_of(doc, "species")
        for draft in drafts_of(doc, "place", rejected=True):
            named = any(s.start <= draft.start and draft.end <= s.end for s in species)
            if draft.rejected == DEMONYM and not named:
                for code in draft.features["countries"]:
                    countries[code] += _DEMONYM_WEIGHT
        containers = {
            part: whole
            for part, whole in find_containers(case_study_of(doc).text, placed).items()
            if not self._equal_rank(mentions[part], mentions[whole])
        }
        return PlaceContext(countries, votes, containers)


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
        typed=features["typed"],
        listed=features["listed"],
        type_first=draft.rule.endswith("type-before"),
        score=draft.score,
    )
