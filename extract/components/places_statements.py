"""State where a solution takes place, and which place is part of which."""

import re
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.blocks import block_at
from extract.components.mentions import (
    Draft,
    add_entity,
    add_statement,
    case_study_of,
    drafts_of,
    minter_of,
    sentence_bounds,
    text_of,
)
from extract.components.places import DEMONYM
from extract.components.places_weighing import INSTITUTION
from extract.matching.place_scan import PlaceLookup
from extract.reconcile.place_entities import PlaceEntities
from extract.reconcile.place_setting import Clue, Setting, decide_countries
from extract.records import Entity, Statement
from ontology.gazetteer.lookup import open_gazetteer

_MAX_EVIDENCE = 6
_DEMONYM = 0.5
_PLACE_WEIGHT = 0.7
_SHARED = 3
_CROSSING = frozenset({"river", "sea", "mountains", "basin", "lake", "region"})
"""Kinds of places that may cross borders: what is ``in`` a country then is only a piece of them."""
_PIECE = re.compile(
    r"\b[^\W\d_]+\s+(?:of|along|near|de|del|du|des|do|da)\s+(?:(?:the|la|le|el|los|las|l['’])\s*)?$"
)
_POINTING = re.compile(r"\s*(?:,\s*)?(?:in|within|inside|en|dans|au|em|no|na)\b")


@Language.factory("place_statements", default_config={"gazetteer": ""})
def make_place_statements(nlp: Language, name: str, gazetteer: str) -> "PlaceStatements":
    """Make the component that states where a solution takes place."""
    return PlaceStatements(open_gazetteer(Path(gazetteer)))


class PlaceStatements:
    """Weigh the places of a Doc and state countries, places and parts."""

    def __init__(self, gazetteer: PlaceLookup) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        settings = decide_countries(_clues(doc))
        subject = minter_of(doc).case_study(case_study_of(doc).id)
        for setting in settings:
            self._state_country(doc, subject, setting)
        self._state_places(doc, subject, {s.country for s in settings})
        self._state_parts(doc)
        return doc

    def _state_country(self, doc: Doc, subject: str, setting: Setting) -> None:
        entities = PlaceEntities(self.gazetteer, minter_of(doc))
        if setting.country not in entities.countries:
            return
        iri = add_entity(doc, entities.country(setting.country)).iri
        add_statement(
            doc,
            Statement(
                subject=subject,
                predicate="takesPlaceInCountry",
                object=iri,
                score=setting.score,
                evidence=_evidence(doc, [(c.start, c.end) for c in setting.clues]),
                basis="stated" if setting.stated else "inferred",
                rule=f"place_statements:{setting.rule}",
            ),
        )

    def _state_places(self, doc: Doc, subject: str, countries: set[str]) -> None:
        found: dict[str, list[tuple[float, Draft]]] = {}
        for draft in drafts_of(doc, "place"):
            entity, weight = draft.entity, draft.features.get("weight", 0.0)
            if entity is None or entity.place_type == "country" or weight < _PLACE_WEIGHT:
                continue
            if entity.countries and not countries.intersection(entity.countries):
                continue
            if draft.features.get("wide") and draft.end > len(case_study_of(doc).title):
                continue
            found.setdefault(entity.iri, []).append((weight, draft))
        for iri, mentions in found.items():
            mentions.sort(key=lambda item: (-item[0], item[1].start))
            total = sum(weight for weight, _ in mentions)
            add_statement(
                doc,
                Statement(
                    subject=subject,
                    predicate="takesPlaceIn",
                    object=iri,
                    score=round(0.6 + 0.3 * min(1.0, total / 4), 4),
                    evidence=_evidence(doc, [(d.start, d.end) for _, d in mentions]),
                    rule="place_statements:place",
                ),
            )

    def _state_parts(self, doc: Doc) -> None:
        by_bounds = {(d.start, d.end): d for d in drafts_of(doc, "place")}
        for draft in by_bounds.values():
            container = by_bounds.get(draft.features.get("container", (-1, -1)))
            if draft.entity is None or not _states(doc, draft):
                continue
            if container is not None and _only_piece(text_of(doc), draft, container):
                continue
            whole = container.entity.iri if container and container.entity else ""
            rule = "container"
            start = min(draft.start, container.start) if container else draft.start
            end = max(draft.end, container.end) if container else draft.end
            if not whole and draft.features.get("direction") and draft.entity.broader:
                whole, rule = draft.entity.broader[0], "direction"
            if container and container.entity and not _overlap(draft.entity, container.entity):
                continue
            if whole and whole != draft.entity.iri:
                add_statement(
                    doc,
                    Statement(
                        subject=draft.entity.iri,
                        predicate="partOf",
                        object=whole,
                        score=0.85,
                        evidence=(sentence_bounds(doc, start, end),),
                        rule=f"place_statements:{rule}",
                    ),
                )


def _states(doc: Doc, draft: Draft) -> bool:
    """Tell whether facts are read where a place stands; captions and credits only name it."""
    block = block_at(case_study_of(doc).blocks, draft.start)
    return block is None or block.type not in ("caption", "credit")


def _only_piece(text: str, part: Draft, whole: Draft) -> bool:
    """Tell whether a piece of a place is in another: ``tributaries of the Vesk in Arnland``."""
    if part.entity is None or part.entity.place_type not in _CROSSING or whole.start < part.end:
        return False
    headed = _PIECE.search(text, max(0, part.start - 40), part.start)
    return headed is not None and _POINTING.match(text, part.end, whole.start) is not None


def _overlap(part: Entity, whole: Entity) -> bool:
    """Tell whether two places can share ground: some country, or one that lies in none."""
    if not (part.countries and whole.countries):
        return True
    return not set(part.countries).isdisjoint(whole.countries)


def _clues(doc: Doc) -> list[Clue]:
    """Return a clue for each place, adjective and institution that says where."""
    found: list[Clue] = []
    species = drafts_of(doc, "species")
    for draft in drafts_of(doc, "place", rejected=True):
        features = draft.features
        codes = features.get("countries", ())
        if draft.rejected == DEMONYM:
            named = any(s.start <= draft.start and draft.end <= s.end for s in species)
            if len(codes) == 1 and not named:
                found.append(_clue(draft, codes, _DEMONYM, "adjective"))
        elif draft.rejected.startswith("inside the actor"):
            if len(codes) == 1:
                found.append(_clue(draft, codes, INSTITUTION, "institution"))
        elif not draft.rejected and codes and (not features.get("wide") or len(codes) <= _SHARED):
            found.append(_clue(draft, codes, features["weight"], features["weight_rule"]))
    for actor in drafts_of(doc, "actor"):
        if actor.entity is not None and len(actor.entity.countries) == 1:
            found.append(_clue(actor, actor.entity.countries, INSTITUTION, "institution"))
    return found


def _clue(draft: Draft, codes: tuple[str, ...], weight: float, rule: str) -> Clue:
    stated = bool(draft.features.get("country_named"))
    return Clue(codes, weight, draft.start, draft.end, stated, rule)


def _evidence(doc: Doc, runs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the sentences of the first few runs, in order of the text."""
    bounds = dict.fromkeys(sentence_bounds(doc, start, end) for start, end in runs)
    return tuple(sorted(list(bounds)[:_MAX_EVIDENCE]))
