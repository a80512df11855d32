"""Set the assertion status of threats, stresses and interventions."""

from bisect import bisect_right
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import case_study_of, drafts_of, text_of
from extract.components.triggers import TRIGGER_KINDS, sentences_of, trigger_language
from extract.matching.cues import Scope, load_cue_reader, status_of
from ontology.lexicon_rows import TriggerKind


@Language.factory("assertion")
def make_assertion(nlp: Language, name: str) -> "Assertion":
    """Make the component that reads negation, supposition, plans and history."""
    return Assertion()


class Assertion:
    """Read the cues of each sentence that holds a trigger, and set what they govern."""

    def __call__(self, doc: Doc) -> Doc:
        drafts = drafts_of(doc, *TRIGGER_KINDS)
        if not drafts:
            return doc
        reader = load_cue_reader(trigger_language(case_study_of(doc).lang))
        sentences = list(sentences_of(doc))
        starts = [start for start, _ in sentences]
        read: dict[int, list[Scope]] = {}
        for draft in drafts:
            number = bisect_right(starts, draft.start) - 1
            if number not in read:
                read[number] = reader.scopes(text_of(doc), *sentences[number])
            kind = cast(TriggerKind, draft.kind)
            draft.assertion = status_of(
                read[number], kind, draft.start, draft.end, draft.features["pattern"]
            )
        return doc
