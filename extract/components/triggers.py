"""Find mentions of threats, stresses and interventions by the trigger lexicons."""

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from corpus.documents import Block
from extract.components.blocks import block_at
from extract.components.marks import mark_taxa
from extract.components.mentions import Draft, add_draft, case_study_of, text_of
from extract.matching.triggers import LANGUAGES, Trigger, load_reader
from extract.records import MentionKind
from ontology.gazetteer.lookup import Gazetteer, open_gazetteer

TRIGGER_KINDS: tuple[MentionKind, ...] = ("threat", "stress", "intervention")


@Language.factory("trigger_ruler", default_config={"floor": 0.25, "gazetteer": ""})
def make_trigger_ruler(
    nlp: Language, name: str, floor: float, gazetteer: str = ""
) -> "TriggerRuler":
    """Make the component; mentions scored below the floor are left out.

    With a gazetteer, patterns that ask for an animal or plant take any taxon of it.
    """
    return TriggerRuler(floor, open_gazetteer(Path(gazetteer)) if gazetteer else None)


class TriggerRuler:
    """Draft a mention for each trigger of each sentence, in the language of the text."""

    def __init__(self, floor: float, gazetteer: Gazetteer | None = None) -> None:
        self.floor = floor
        self._gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        case_study = case_study_of(doc)
        reader = load_reader(trigger_language(case_study.lang))
        marks = mark_taxa(doc, self._gazetteer) if self._gazetteer is not None else []
        for start, end in sentences_of(doc):
            inside = marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))]
            for trigger in reader.read(text_of(doc), start, end, inside):
                if trigger.score >= self.floor:
                    add_draft(doc, _draft(trigger, text_of(doc), case_study.blocks))
        return doc


def trigger_language(lang: str) -> str:
    """Choose the lexicon of a text's language; English where there is none."""
    code = lang.split("-")[0].lower()
    return code if code in LANGUAGES else "en"


def sentences_of(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the character bounds of each sentence."""
    text = text_of(doc)
    starts = [token.idx for token in doc if token.is_sent_start]
    yield from zip(starts, [*starts[1:], len(text)], strict=True)


def _draft(trigger: Trigger, text: str, blocks: tuple[Block, ...]) -> Draft:
    row, block = trigger.row, block_at(blocks, trigger.start)
    return Draft(
        kind=cast(MentionKind, trigger.kind),
        start=trigger.start,
        end=trigger.end,
        text=text[trigger.start : trigger.end],
        score=round(trigger.score, 4),
        rule=f"trigger_ruler:{row.where}",
        features={
            "code": trigger.code,
            "scheme": row.scheme,
            "version": row.version,
            "pattern": row.pattern,
            "roles": trigger.roles,
            "block": block.type if block else "prose",
        },
    )
