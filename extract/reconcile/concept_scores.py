"""Weigh the mentions of a text for each code, and choose the codes that it is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from extract.records import AssertionStatus

DONE: tuple[AssertionStatus, ...] = ("affirmed", "planned", "historical")
_TITLE_SHARE = 0.35
_SAME_PATTERN = 0.3
_OTHER_PATTERN = 0.7
_LEAST = 0.55
"""What the surest mention of a code must reach: bare words do not add up to a statement."""
_SIDE = 0.3
"""Share of the weight of the weightiest code below which a text is about others."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Say that a sentence speaks of a code: by which pattern, how surely, in what mode."""

    code: str
    pattern: str
    score: float
    status: AssertionStatus
    headline: bool
    """It stands in a title or heading, which says what the text is about."""
    sentence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ScoredCode:
    """Hold what a text says about one code, the surest sentences first."""

    code: str
    score: float
    status: AssertionStatus
    sentences: tuple[tuple[int, int], ...]


def weigh_codes(
    evidence: Iterable[Evidence], *, threshold: float, aside: float = 0.0
) -> list[ScoredCode]:
    """Choose codes: each level-2 code that passes, its level-3 codes, else level 1.

    ``aside`` is what a code must reach that one sentence alone speaks of, in a text on others.
    """
    pools: dict[str, list[Evidence]] = {}
    for item in evidence:
        parts = item.code.split(".")
        for level in range(1, len(parts) + 1):
            pools.setdefault(".".join(parts[:level]), []).append(item)
    support = {code: _support(items) for code, items in pools.items() if code.count(".") == 1}
    bar = _SIDE * max(support.values(), default=0.0)
    scored = {
        code: score
        for code, items in pools.items()
        if (score := _score(code, items, threshold))
        and (score.score >= aside or len(score.sentences) > 1 or _support(items) >= bar)
    }
    chosen = [
        result
        for code, result in scored.items()
        if "." in code or not any(other.startswith(code + ".") for other in scored)
    ]
    return sorted(chosen, key=lambda result: _key(result.code))


def _score(code: str, items: list[Evidence], threshold: float) -> ScoredCode | None:
    """Combine the mentions done; where those do not pass, the ones supposed or denied."""
    done = [item for item in items if item.status in DONE]
    for group in (done, [i for i in items if i.status not in DONE]):
        score, ranked = _combine(group)
        if score >= threshold and _weight(ranked[0]) >= _LEAST:
            statuses = {item.status for item in group}
            order: tuple[AssertionStatus, ...] = (*DONE, "hypothetical", "negated")
            status = next(one for one in order if one in statuses)
            sentences = tuple(dict.fromkeys(item.sentence for item in ranked))
            return ScoredCode(code, round(score, 4), status, sentences)
    return None


def _support(items: list[Evidence]) -> float:
    """Add up the surest mention of each sentence."""
    best: dict[tuple[int, int], float] = {}
    for item in items:
        if item.status in DONE:
            best[item.sentence] = max(best.get(item.sentence, 0.0), item.score)
    return sum(best.values())


def _combine(items: list[Evidence]) -> tuple[float, list[Evidence]]:
    """Add up scores as independent signs, later ones counting for less."""
    ranked = sorted(items, key=lambda i: (-_weight(i), i.sentence, i.pattern))
    missing = 1.0
    seen: set[str] = set()
    for number, item in enumerate(ranked):
        share = 1.0 if number == 0 else _OTHER_PATTERN
        if item.pattern in seen:
            share = _SAME_PATTERN
        seen.add(item.pattern)
        missing *= 1 - share * _weight(item)
    return 1 - missing, ranked


def _weight(item: Evidence) -> float:
    return item.score + (1 - item.score) * _TITLE_SHARE if item.headline else item.score


def _key(code: str) -> tuple[int, ...]:
    return tuple(int(part) for part in code.split("."))
