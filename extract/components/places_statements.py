"""State where a solution takes place, and which place is part of which."""

from bisect import bisect_left, bisect_right
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from corpus.documents import Block
from extract.components.blocks import block_at
from extract.components.mentions import (
    Draft,
    add_entity,
    add_statement,
    case_study_of,
    drafts_of,
    minter_of,
    sentence_bounds,
)
from extract.components.places import DEMONYM
from extract.matching.place_cues import SettingCues, load_setting_cues
from extract.matching.place_scan import PlaceLookup
from extract.reconcile.place_entities import PlaceEntities
from extract.reconcile.place_setting import Clue, Setting, decide_countries
from extract.records import Statement
from ontology.gazetteer.folding import Words, split_words
from ontology.gazetteer.lookup import open_gazetteer

_MAX_EVIDENCE = 6
_LOCAL = 1.2
_TITLE = 2.0
_PLAIN = 1.0
_DEMONYM = 0.5
_INSTITUTION = 0.45
_CAPTION = 0.7
_PLACE_WEIGHT = 0.7
_UNPLACED = frozenset(("credit",))


@Language.factory("place_statements", default_config={"gazetteer": ""})
def make_place_statements(nlp: Language, name: str, gazetteer: str) -> "PlaceStatements":
    """Make the component that states where a solution takes place."""
    return PlaceStatements(open_gazetteer(Path(gazetteer)), load_setting_cues())


class PlaceStatements:
    """Weigh the places of a Doc and state countries, places and parts."""

    def __init__(self, gazetteer: PlaceLookup, cues: SettingCues) -> None:
        self.gazetteer = gazetteer
        self.cues = cues

    def __call__(self, doc: Doc) -> Doc:
        reader = _Reader(doc, self.cues)
        clues = reader.clues()
        settings = decide_countries(clues)
        subject = minter_of(doc).case_study(case_study_of(doc).id)
        for setting in settings:
            self._state_country(doc, subject, setting)
        self._state_places(doc, subject, reader, {s.country for s in settings})
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

    def _state_places(self, doc: Doc, subject: str, reader: "_Reader", countries: set[str]) -> None:
        found: dict[str, list[tuple[float, Draft]]] = {}
        for draft, weight in reader.weights:
            entity = draft.entity
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
            if draft.entity is None:
                continue
            whole = container.entity.iri if container and container.entity else ""
            rule = "container"
            start = min(draft.start, container.start) if container else draft.start
            end = max(draft.end, container.end) if container else draft.end
            if not whole and draft.features.get("direction") and draft.entity.broader:
                whole, rule = draft.entity.broader[0], "direction"
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


class _Reader:
    """Weigh each place and adjective of a Doc by the words around it."""

    def __init__(self, doc: Doc, cues: SettingCues) -> None:
        self.doc = doc
        self.cues = cues
        self.case_study = case_study_of(doc)
        self.text = self.case_study.text
        self.words: Words = split_words(self.text)
        self.sentences = sorted(
            bisect_left(self.words.starts, sent.start_char) for sent in doc.sents
        )
        self.actors = drafts_of(doc, "actor")
        self.weights: list[tuple[Draft, float]] = []
        self._heads: dict[int, int] = {}

    def clues(self) -> list[Clue]:
        """Return a clue for each place, adjective and institution that says where."""
        found: list[Clue] = []
        drafts = drafts_of(self.doc, "place", rejected=True)
        self._find_heads([d for d in drafts if not d.rejected])
        for draft in drafts:
            if draft.rejected == DEMONYM:
                found.extend(self._demonym(draft))
            elif draft.rejected.startswith("inside the actor"):
                codes = draft.features.get("countries", ())
                if len(codes) == 1:
                    found.append(self._clue(draft, codes, _INSTITUTION, "institution"))
            elif not draft.rejected and draft.entity is not None:
                weight, rule = self._weigh(draft)
                self.weights.append((draft, weight))
                if draft.entity.countries and not draft.features.get("wide"):
                    found.append(self._clue(draft, draft.entity.countries, weight, rule))
        for actor in self.actors:
            if actor.entity is not None and len(actor.entity.countries) == 1:
                found.append(self._clue(actor, actor.entity.countries, _INSTITUTION, "institution"))
        return found

    def _clue(self, draft: Draft, codes: tuple[str, ...], weight: float, rule: str) -> Clue:
        stated = draft.entity is not None and draft.entity.place_type == "country"
        return Clue(codes, weight, draft.start, draft.end, stated, rule)

    def _weigh(self, draft: Draft) -> tuple[float, str]:
        """Return how much a place says of where the work is, with the reason."""
        block = self._block(draft)
        country = draft.entity is not None and draft.entity.place_type == "country"
        if block is not None and block.type in _UNPLACED:
            return 0.0, "credit"
        start = bisect_right(self.words.ends, draft.start)
        end = bisect_left(self.words.starts, draft.end)
        cue = self.cues.read(
            self.words, self._first(start), start, end, self._heads.get(draft.start, start)
        )
        if cue is not None:
            return cue.weight, cue.kind
        if draft.end <= len(self.case_study.title):
            return _TITLE, "title"
        if self._affiliation(draft):
            return _INSTITUTION, "affiliation"
        if block is not None and block.type == "caption":
            return _CAPTION, "caption"
        return (_PLAIN, "country") if country else (_LOCAL, "place")

    def _demonym(self, draft: Draft) -> list[Clue]:
        inside = any(
            d.start <= draft.start and draft.end <= d.end for d in drafts_of(self.doc, "species")
        )
        if inside:
            return []
        codes = draft.features["countries"]
        return [self._clue(draft, codes, _DEMONYM, "adjective")] if len(codes) == 1 else []

    def _affiliation(self, draft: Draft) -> bool:
        """Tell whether a place only follows the name of an institution: CONICET, Argentina."""
        for actor in self.actors:
            gap = self.text[actor.end : draft.start]
            if actor.end <= draft.start and gap.strip() in (",", "(", "-", "–") and len(gap) < 4:
                return bool(actor.entity is None or actor.entity.named is not False)
        return False

    def _first(self, token: int) -> int:
        at = bisect_right(self.sentences, token) - 1
        return self.sentences[at] if at >= 0 else 0

    def _block(self, draft: Draft) -> Block | None:
        return block_at(self.case_study.blocks, draft.start)

    def _find_heads(self, drafts: list[Draft]) -> None:
        """Note for each item of a list of places the token where the list starts."""
        for before, draft in zip([None, *drafts], drafts, strict=False):
            start = bisect_right(self.words.ends, draft.start)
            head = start
            if before is not None:
                gap = self.text[before.end : draft.start]
                words = gap.replace(",", " ").split()
                joined = all(w in ("and", "or", "y", "e", "et", "the", "&", "with") for w in words)
                if joined and len(gap) < 12 and (words or "," in gap):
                    head = self._heads.get(before.start, start)
            self._heads[draft.start] = head


def _evidence(doc: Doc, runs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the sentences of the first few runs, in order of the text."""
    bounds = dict.fromkeys(sentence_bounds(doc, start, end) for start, end in runs)
    return tuple(sorted(list(bounds)[:_MAX_EVIDENCE]))
