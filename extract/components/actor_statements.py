"""State the roles of actors: implementers, partners, funders, those who gain, contributors."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.actors import reading_of
from extract.components.blocks import block_at
from extract.components.mentions import (
    Draft,
    add_statement,
    case_study_of,
    drafts_of,
    minter_of,
    sentence_bounds,
    text_of,
)
from extract.components.scopes import STATING
from extract.matching.actor_lexicon import load_actor_lexicon
from extract.matching.actor_roles import Party, Role, find_roles
from extract.records import PREDICATES, AssertionStatus, Predicate, Statement
from ontology.gazetteer.folding import Words

_CONTRIBUTOR_SCORE = 0.8
_NOT_WRITTEN = ("©", "photo", "foto", "image", "imagen", "picture", "copyright", "crédit", "credit")


@Language.factory("actor_statements")
def make_actor_statements(nlp: Language, name: str) -> "ActorStatements":
    """Make the component that states roles of linked actors."""
    return ActorStatements()


class ActorStatements:
    """Add statements about the case study; each role once, with all its sentences."""

    def __init__(self) -> None:
        self._lexicon = load_actor_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        case_study = case_study_of(doc)
        subject = minter_of(doc).case_study(case_study.id)
        merged: dict[tuple[str, str, AssertionStatus], Statement] = {}
        for statement in (*self._roles(doc, subject), *_contributors(doc, subject)):
            key = (statement.predicate, statement.object, statement.assertion)
            known = merged.get(key)
            merged[key] = statement if known is None else _merge(known, statement)
        for statement in merged.values():
            add_statement(doc, statement)
        return doc

    def _roles(self, doc: Doc, subject: str) -> Iterator[Statement]:
        reading = reading_of(doc)
        if reading is None:
            return
        words = reading.marked.words
        drafts: dict[tuple[int, int], Draft] = {}
        for draft in drafts_of(doc, "actor", "project"):
            if draft.entity is not None and _states(doc, draft.start):
                drafts.setdefault(_words_of(words, draft), draft)
        parties = [_party(span, draft) for span, draft in sorted(drafts.items())]
        names = dict(_words_of(words, draft) for draft in drafts_of(doc, "place", "species"))
        for role in find_roles(reading.marked, self._lexicon, reading.cues, parties, names):
            draft = drafts[(role.party.start, role.party.end)]
            if draft.entity is not None:
                yield Statement(
                    subject,
                    _predicate(role),
                    draft.entity.iri,
                    role.score,
                    role.assertion,
                    (_evidence(doc, words, role),),
                    rule=f"actor_statements:{role.cue.cue.phrase}",
                )


def _states(doc: Doc, offset: int) -> bool:
    block = block_at(case_study_of(doc).blocks, offset)
    return block is None or block.type in STATING


def _words_of(words: Words, draft: Draft) -> tuple[int, int]:
    """Return the words that a draft covers."""
    return bisect_right(words.ends, draft.start), bisect_left(words.starts, draft.end)


def _party(span: tuple[int, int], draft: Draft) -> Party:
    type_ = "project" if draft.kind == "project" else str(draft.features.get("type", "other"))
    return Party(*span, type_, bool(draft.features.get("named", True)))


def _predicate(role: Role) -> Predicate:
    return next(predicate for predicate in PREDICATES if predicate == role.predicate)


def _evidence(doc: Doc, words: Words, role: Role) -> tuple[int, int]:
    start = min(role.cue.start, role.party.start)
    end = max(role.cue.end, role.party.end)
    return sentence_bounds(doc, words.starts[start], words.ends[end - 1])


def _contributors(doc: Doc, subject: str) -> Iterator[Statement]:
    """Yield those whom a credit names as contributors of the text; photographers are none."""
    case_study = case_study_of(doc)
    for draft in drafts_of(doc, "actor"):
        block = block_at(case_study.blocks, draft.start)
        if draft.entity is None or block is None or block.type != "credit":
            continue
        written = text_of(doc)[block.start : block.end].strip()
        if written.casefold().startswith(_NOT_WRITTEN):
            continue
        yield Statement(
            subject,
            "hasContributor",
            draft.entity.iri,
            _CONTRIBUTOR_SCORE,
            "affirmed",
            ((block.start, block.end),),
            "declared",
            "actor_statements:credit",
        )


def _merge(one: Statement, other: Statement) -> Statement:
    """Return the surer of two like statements with the evidence of both."""
    best = max(one, other, key=lambda statement: statement.score)
    return Statement(
        best.subject,
        best.predicate,
        best.object,
        best.score,
        best.assertion,
        tuple(sorted({*one.evidence, *other.evidence})),
        best.basis,
        best.rule,
    )
