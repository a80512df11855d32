"""Link the names of a short text and tell what each might have meant."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.documents import Block, CaseStudy, Source
from extract.components.mentions import Draft, drafts_of
from extract.pipeline import Pipeline
from extract.reconcile.ranked import Feature, RankedCandidate, ReconcileType
from extract.reconcile.reconciler import Reconciler
from extract.records import Candidate, MentionKind

_TYPES: Mapping[MentionKind, ReconcileType] = {
    "species": "taxon",
    "place": "place",
    "actor": "actor",
    "threat": "threat",
    "stress": "stress",
    "intervention": "intervention",
}
_MOST_CANDIDATES = 5
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class LinkedMention:
    """Hold one mention, what the text tells of it, and what it may mean, likeliest first."""

    start: int
    end: int
    text: str
    kind: MentionKind
    score: float
    rule: str
    rejected: str
    features: tuple[Feature, ...]
    candidates: tuple[RankedCandidate, ...]


def make_case_study(text: str, lang: str) -> CaseStudy:
    """Wrap a bare text as a case study of one paragraph without title."""
    source = Source("text", "", "text/plain")
    return CaseStudy("text", "", lang, text, (Block(0, len(text), "prose"),), (), source)


def link_text(
    pipeline: Pipeline, reconciler: Reconciler, text: str, *, lang: str, rejected: bool = False
) -> list[LinkedMention]:
    """Return the mentions of a text in order, on request also those that were rejected."""
    doc = pipeline.annotate(make_case_study(text, lang))
    return [_linked(draft, reconciler) for draft in drafts_of(doc, rejected=rejected)]


def _linked(draft: Draft, reconciler: Reconciler) -> LinkedMention:
    return LinkedMention(
        draft.start,
        draft.end,
        draft.text,
        draft.kind,
        draft.score,
        draft.rule,
        draft.rejected,
        tuple(sorted(_features(draft.features))),
        () if draft.rejected else _candidates(draft, reconciler),
    )


def _candidates(draft: Draft, reconciler: Reconciler) -> tuple[RankedCandidate, ...]:
    """Join the candidates of the pipeline, scored in context, with features of the bare name."""
    type = _TYPES.get(draft.kind)
    name = " ".join(draft.text.split())
    ranked = reconciler.rank(name, type=type, limit=_LOOKED_AT) if type else ()
    by_iri = {option.candidate.iri: option for option in ranked}
    entity = draft.entity
    own = list(draft.candidates)
    if entity is not None and all(candidate.iri != entity.iri for candidate in own):
        own.insert(0, Candidate(entity.iri, entity.label, draft.score, match=True))
    joined = []
    for candidate in own:
        known = by_iri.pop(candidate.iri, None)
        if known is not None:
            joined.append(replace(known, candidate=candidate))
        else:
            joined.append(RankedCandidate(candidate, type or "target", "", ()))
    others = (
        replace(option, candidate=replace(option.candidate, match=False))
        for option in by_iri.values()
        if type != "place" or not own
    )
    return (*joined, *others)[:_MOST_CANDIDATES]


def _features(features: Mapping[str, Any]) -> list[Feature]:
    """Take what can be shown of a draft's features: numbers, words and lists of words."""
    shown: list[Feature] = []
    for name, value in features.items():
        if isinstance(value, bool | int | float):
            shown.append((name, float(value)))
        elif isinstance(value, str) and value:
            shown.append((name, value))
        elif isinstance(value, tuple) and value and all(isinstance(v, str) for v in value):
            shown.append((name, "|".join(value)))
    return shown
