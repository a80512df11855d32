"""Find actors and projects: organisations by name and shape, groups, contributors."""

from bisect import bisect_left, bisect_right
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from corpus.documents import CaseStudy
from extract.components.blocks import block_at
from extract.components.mentions import Draft, add_draft, case_study_of, drafts_of, text_of
from extract.components.words import words_of
from extract.matching.actor_lexicon import load_actor_lexicon
from extract.matching.actor_names import find_actors
from extract.matching.actor_reading import ActorFound, Names, Reading
from extract.matching.generic_groups import GroupFound, find_groups
from extract.matching.marked_words import MarkedWords, mark_words
from extract.matching.peoples import PeopleFound, find_peoples
from extract.records import ACTOR_TYPES
from ontology.gazetteer.folding import Words
from ontology.gazetteer.lookup import Gazetteer, open_gazetteer

_READING = "ecoduct.actor_reading"
_GROUP_LANGUAGES = frozenset(("en", "es", "fr"))


@Language.factory("actor_ruler", default_config={"gazetteer": ""})
def make_actor_ruler(nlp: Language, name: str, gazetteer: str) -> "ActorRuler":
    """Make the component that finds actors over a gazetteer lookup."""
    return ActorRuler(open_gazetteer(Path(gazetteer)))


class ActorRuler:
    """Add drafts of actors and projects; what is turned down keeps its reason."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._lexicon = load_actor_lexicon()
        self._names = Names(
            hits=gazetteer.organisation_names,
            has_prefix=gazetteer.has_organisation_prefix,
            row=gazetteer.organisation,
            is_country=lambda key: any(
                gazetteer.place(hit.row_id).kind == "country" and hit.kind != "adjective"
                for hit in gazetteer.place_names(key)[:1]
            ),
            is_any_place=lambda key: bool(gazetteer.place_names(key)),
        )

    def __call__(self, doc: Doc) -> Doc:
        case_study = case_study_of(doc)
        words = words_of(doc)
        starts = frozenset(token.idx for token in doc if token.is_sent_start)
        marked = mark_words(words, starts, case_study.lang[:2])
        reading = find_actors(
            marked,
            self._lexicon,
            self._names,
            other=_labels(words, _named_otherwise(doc, case_study)),
            model=_labels(words, _entities(doc)),
            lang=case_study.lang[:2],
        )
        doc.user_data[_READING] = reading
        for actor in reading.found:
            self._add_name(doc, words, actor)
        self._add_groups(doc, case_study, reading)
        self._add_persons(doc, case_study, reading)
        return doc

    def _add_name(self, doc: Doc, words: Words, actor: ActorFound) -> None:
        start, end = words.starts[actor.start], words.ends[actor.end - 1]
        project = actor.type == "project"
        add_draft(
            doc,
            Draft(
                "project" if project else "actor",
                start,
                end,
                text_of(doc)[start:end],
                actor.score,
                actor.rule,
                rejected=actor.rejected,
                features={
                    "type": actor.type if actor.type in ACTOR_TYPES else "other",
                    "name": actor.name,
                    "rows": actor.rows,
                    "alternates": actor.alternates,
                    "named": True,
                },
            ),
        )

    def _add_groups(self, doc: Doc, case_study: CaseStudy, reading: Reading) -> None:
        marked, taken = reading.marked, reading.covered
        for people in find_peoples(marked, self._lexicon, taken):
            if not any(taken[people.start : people.end]):
                taken[people.start : people.end] = [True] * (people.end - people.start)
                self._add_people(doc, marked, people)
        lang = case_study.lang[:2] if case_study.lang[:2] in _GROUP_LANGUAGES else "en"
        cued = {c.end for c in reading.cues if c.cue.side == "after"}
        acting = {c.start for c in reading.cues if c.cue.side == "before"}
        for group in find_groups(marked, self._lexicon, taken, lang):
            role = group.sure or group.start in cued or group.end in acting
            self._add_group(doc, marked, group, "" if role else "a common word without a role")

    def _add_people(self, doc: Doc, marked: MarkedWords, people: PeopleFound) -> None:
        start, end = marked.words.starts[people.start], marked.words.ends[people.end - 1]
        features = {
            "type": people.type,
            "name": people.name,
            "rows": (),
            "alternates": (),
            "named": True,
            "country": people.country,
            "generic": True,
        }
        text = text_of(doc)[start:end]
        add_draft(
            doc, Draft("actor", start, end, text, 0.7, "actor_ruler:people", features=features)
        )

    def _add_group(self, doc: Doc, marked: MarkedWords, group: GroupFound, why_not: str) -> None:
        start, end = marked.words.starts[group.start], marked.words.ends[group.end - 1]
        features = {
            "type": group.group.type,
            "name": group.lemma,
            "named": False,
            "generic": True,
            "plural": group.group.plural,
        }
        text = text_of(doc)[start:end]
        score = 0.75 if group.group.plural else 0.6
        add_draft(
            doc,
            Draft(
                "actor",
                start,
                end,
                text,
                score,
                "actor_ruler:group",
                rejected=why_not,
                features=features,
            ),
        )

    def _add_persons(self, doc: Doc, case_study: CaseStudy, reading: Reading) -> None:
        """Add people whom a credit names; elsewhere people are left to the text."""
        for entity in doc.ents:
            if entity.label_ not in ("PERSON", "PER"):
                continue
            block = block_at(case_study.blocks, entity.start_char)
            if block is None or block.type != "credit":
                continue
            first = bisect_left(reading.marked.words.starts, entity.start_char)
            if first < len(reading.covered) and reading.covered[first]:
                continue
            features = {"type": "person", "name": entity.text, "named": True, "rows": ()}
            add_draft(
                doc,
                Draft(
                    "actor",
                    entity.start_char,
                    entity.end_char,
                    entity.text,
                    0.5,
                    "actor_ruler:person",
                    features=features,
                ),
            )


def reading_of(doc: Doc) -> Reading | None:
    """Return what the actor ruler read, None where it did not run."""
    reading: Reading | None = doc.user_data.get(_READING)
    return reading


def _named_otherwise(doc: Doc, case_study: CaseStudy) -> list[tuple[int, int, str]]:
    """List runs whose capitals tell of no organisation: headings, species, places."""
    headings = [
        (b.start, b.end, "heading") for b in case_study.blocks if b.type in ("title", "heading")
    ]
    return headings + [(d.start, d.end, d.kind) for d in drafts_of(doc, "species", "place")]


def _entities(doc: Doc) -> list[tuple[int, int, str]]:
    return [
        (e.start_char, e.end_char, "PERSON" if e.label_ == "PER" else e.label_) for e in doc.ents
    ]


def _labels(words: Words, spans: list[tuple[int, int, str]]) -> list[str]:
    """Spread labels of character spans over the words inside them."""
    labels = [""] * len(words.keys)
    for start, end, label in spans:
        first, last = bisect_left(words.starts, start), bisect_right(words.ends, end)
        for index in range(first, last):
            labels[index] = label
    return labels
