"""What ranking one name gives: candidates with the features that their scores rest on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from extract.records import Candidate

ReconcileType = Literal["taxon", "place", "actor", "threat", "stress", "intervention", "target"]
RECONCILE_TYPES: tuple[ReconcileType, ...] = get_args(ReconcileType)
Feature = tuple[str, float | str]
_SURE = 0.8
_MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """Offer one entity with what it is and why it was offered."""

    candidate: Candidate
    type: ReconcileType
    description: str
    features: tuple[Feature, ...]
    sure: bool = True
    """It may be called a match where no other candidate comes close."""


def best_of(candidates: Iterable[RankedCandidate], *, limit: int) -> tuple[RankedCandidate, ...]:
    """Keep the best of each entity, best first, and mark the first where it alone can be meant."""
    best: dict[str, RankedCandidate] = {}
    for option in candidates:
        known = best.get(option.candidate.iri)
        if known is None or option.candidate.score > known.candidate.score:
            best[option.candidate.iri] = option
    ranked = sorted(best.values(), key=lambda o: (-o.candidate.score, o.candidate.iri))
    if ranked and _alone(ranked):
        first = ranked[0]
        ranked[0] = replace(first, candidate=replace(first.candidate, match=True))
    return tuple(ranked[:limit])


def _alone(ranked: list[RankedCandidate]) -> bool:
    first = ranked[0]
    if not first.sure or first.candidate.score < _SURE:
        return False
    return len(ranked) == 1 or (first.candidate.score - ranked[1].candidate.score >= _MARGIN - 1e-9)
