"""What components leave on a Doc: drafts of mentions, entities and statements."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span

from corpus.documents import CaseStudy
from extract.records import AssertionStatus, Candidate, Entity, MentionKind, Statement
from ontology.namespaces import Minter

GROUP = "mentions"
_DRAFTS = "ecoduct.drafts"
_CASE_STUDY = "ecoduct.case_study"
_ENTITIES = "ecoduct.entities"
_STATEMENTS = "ecoduct.statements"
_MINTER = "ecoduct.minter"
_SENTENCES = "ecoduct.sentences"


@dataclass(slots=True)
class Draft:
    """Hold a mention while components work on it; offsets are characters of the text."""

    kind: MentionKind
    start: int
    end: int
    text: str
    score: float
    rule: str
    """The component and rule, lexicon row or model that found it, as ``component:rule``."""
    entity: Entity | None = None
    candidates: tuple[Candidate, ...] = ()
    assertion: AssertionStatus = "affirmed"
    rejected: str = ""
    """Why it is no mention after all; empty while it stands."""
    features: dict[str, Any] = field(default_factory=dict)
    """What a recogniser knows for the linker: gazetteer rows, codes, head word, type."""


def prepare_doc(doc: Doc, case_study: CaseStudy, minter: Minter) -> Doc:
    """Attach a case study and empty result lists to a new Doc."""
    doc.user_data[_CASE_STUDY] = case_study
    doc.user_data[_MINTER] = minter
    doc.user_data[_DRAFTS] = []
    doc.user_data[_ENTITIES] = {}
    doc.user_data[_STATEMENTS] = []
    doc.spans[GROUP] = []
    return doc


def case_study_of(doc: Doc) -> CaseStudy:
    case_study: CaseStudy = doc.user_data[_CASE_STUDY]
    return case_study


def minter_of(doc: Doc) -> Minter:
    minter: Minter = doc.user_data[_MINTER]
    return minter


def add_draft(doc: Doc, draft: Draft) -> Draft:
    """Record a draft and its span, whose ``span_id`` is the draft's number."""
    drafts: list[Draft] = doc.user_data[_DRAFTS]
    span = doc.char_span(draft.start, draft.end, label=draft.kind.upper(), alignment_mode="expand")
    if span is not None:
        doc.spans[GROUP].append(
            Span(doc, span.start, span.end, label=draft.kind.upper(), span_id=str(len(drafts)))
        )
    drafts.append(draft)
    return draft


def drafts_of(doc: Doc, *kinds: MentionKind, rejected: bool = False) -> list[Draft]:
    """List the drafts of some kinds (all where none is named) in text order."""
    drafts: list[Draft] = doc.user_data[_DRAFTS]
    chosen = [d for d in drafts if (not kinds or d.kind in kinds) and (rejected or not d.rejected)]
    return sorted(chosen, key=lambda d: (d.start, -d.end, d.kind))


def add_entity(doc: Doc, entity: Entity) -> Entity:
    """Record an entity once; the first description of an IRI stands."""
    entities: dict[str, Entity] = doc.user_data[_ENTITIES]
    return entities.setdefault(entity.iri, entity)


def entities_of(doc: Doc) -> dict[str, Entity]:
    entities: dict[str, Entity] = doc.user_data[_ENTITIES]
    return entities


def add_statement(doc: Doc, statement: Statement) -> None:
    doc.user_data[_STATEMENTS].append(statement)


def statements_of(doc: Doc) -> list[Statement]:
    statements: list[Statement] = doc.user_data[_STATEMENTS]
    return statements


def text_of(doc: Doc) -> str:
    """Return the text of a Doc at once; ``doc.text`` is put together anew at each call."""
    return case_study_of(doc).text


def sentences_of(doc: Doc) -> list[tuple[int, int]]:
    """List the character bounds of the sentences, white space trimmed, found once for a Doc."""
    bounds: list[tuple[int, int]] | None = doc.user_data.get(_SENTENCES)
    if bounds is None:
        text = text_of(doc)
        bounds = []
        for sentence in doc.sents:
            run = text[sentence.start_char : sentence.end_char]
            left = sentence.start_char + len(run) - len(run.lstrip())
            bounds.append((left, left + len(run.strip())))
        doc.user_data[_SENTENCES] = bounds
    return bounds


def sentence_bounds(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the character bounds, white space trimmed, of the sentences that a run touches."""
    bounds = sentences_of(doc)
    first = max(bisect_right(bounds, start, key=lambda pair: pair[0]) - 1, 0)
    last = max(bisect_left(bounds, end, key=lambda pair: pair[0]) - 1, first)
    return (bounds[first][0], bounds[last][1]) if bounds else (start, end)
