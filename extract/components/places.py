"""Find names of places and leave them on the Doc as drafts."""

from bisect import bisect_left, bisect_right
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import Draft, add_draft, case_study_of
from extract.components.words import words_of
from extract.matching.place_candidates import Entity, PlaceCandidate, PlaceText
from extract.matching.place_cues import load_setting_cues
from extract.matching.place_recogniser import PlaceRecogniser
from extract.matching.place_scan import Demonym
from extract.matching.place_types import load_place_words
from ontology.gazetteer.folding import Words
from ontology.gazetteer.lookup import open_gazetteer

_HEADINGS = frozenset(("title", "heading"))
_CAPITALISED = 0.6
DEMONYM = "an adjective of nationality, not a place"
LANGUAGE = "a language, not a place"


@Language.factory("place_ruler", default_config={"gazetteer": ""})
def make_place_ruler(nlp: Language, name: str, gazetteer: str) -> "PlaceRuler":
    """Make the component that finds places with the gazetteer at a path."""
    return PlaceRuler(PlaceRecogniser(open_gazetteer(Path(gazetteer))))


class PlaceRuler:
    """Add a draft for each candidate; refused ones keep the reason."""

    def __init__(self, recogniser: PlaceRecogniser) -> None:
        self.recogniser = recogniser

    def __call__(self, doc: Doc) -> Doc:
        text = read_text(doc)
        candidates, demonyms = self.recogniser.recognise(text)
        for candidate in candidates:
            source = candidates[candidate.refers] if candidate.refers >= 0 else None
            add_draft(doc, _draft(text.words, candidate, source))
        cues = load_setting_cues()
        for demonym in demonyms:
            language = cues.is_language(text.words, demonym.start, demonym.end)
            add_draft(doc, _demonym_draft(text.words, demonym, LANGUAGE if language else DEMONYM))
        return doc


def read_text(doc: Doc) -> PlaceText:
    """Return the words, sentences, headings and model entities of a Doc as the rules read them."""
    case_study = case_study_of(doc)
    words = words_of(doc)
    sentences = (
        frozenset(bisect_left(words.starts, sent.start_char) for sent in doc.sents)
        if doc.has_annotation("SENT_START")
        else frozenset((0,))
    )
    title: set[int] = set()
    function = load_place_words("function")
    for block in case_study.blocks:
        if block.type in _HEADINGS:
            first = bisect_left(words.starts, block.start)
            last = bisect_left(words.starts, block.end)
            content = [
                at
                for at in range(first, last)
                if words.keys[at] not in function and words.keys[at][0].isalpha()
            ]
            capitals = sum(words.text[words.starts[at]].isupper() for at in content)
            if len(content) > 2 and capitals >= _CAPITALISED * len(content):
                title.update(range(first, last))
    entities = tuple(
        Entity(
            bisect_right(words.ends, ent.start_char),
            bisect_left(words.starts, ent.end_char),
            ent.label_,
        )
        for ent in doc.ents
    )
    return PlaceText(
        words=words,
        lang=case_study.lang,
        sentence_starts=sentences,
        title=frozenset(title),
        entities=tuple(e for e in entities if e.start < e.end),
        modelled=bool(doc.ents),
    )


def _draft(words: Words, candidate: PlaceCandidate, source: PlaceCandidate | None) -> Draft:
    start, end = words.starts[candidate.start], words.ends[candidate.end - 1]
    first, last = candidate.name
    name = words.surface(first, last) if first < last else ""
    return Draft(
        kind="place",
        start=start,
        end=end,
        text=words.text[start:end],
        score=candidate.score,
        rule=f"place_ruler:{candidate.rule}",
        rejected=candidate.rejected,
        features={
            "core": words.surface(max(candidate.start, candidate.core), candidate.end),
            "rows": candidate.rows,
            "name_rows": candidate.name_rows,
            "name": name,
            "kinds": tuple(dict.fromkeys(t.kind for t in candidate.types)),
            "type_word": candidate.types[0].word if candidate.types else "",
            "typed": candidate.typed,
            "listed": candidate.listed,
            "direction": candidate.direction,
            "refers": (words.starts[source.start], words.ends[source.end - 1]) if source else None,
        },
    )


def _demonym_draft(words: Words, demonym: Demonym, reason: str) -> Draft:
    start, end = words.starts[demonym.start], words.ends[demonym.end - 1]
    return Draft(
        kind="place",
        start=start,
        end=end,
        text=words.text[start:end],
        score=0.0,
        rule="place_ruler:demonym",
        rejected=reason,
        features={"countries": demonym.countries},
    )
