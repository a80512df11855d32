"""Apply target rules to what was found in a text, keeping the premises of each inference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import prod

from extract.records import AssertionStatus
from ontology.target_rules import Condition, PremiseKind, Role, TargetRule

Bounds = tuple[int, int]

_ANY = ("*",)

_SAID: dict[PremiseKind, str] = {
    "intervention": "it uses",
    "threat": "it addresses",
    "stress": "it addresses",
    "taxon": "it is about",
    "place": "it works in",
    "actor": "it involves",
    "cue": "it speaks of",
}


@dataclass(frozen=True, slots=True)
class Premise:
    """Hold one finding that a rule may rest on, with the sentences that say it."""

    kind: PremiseKind
    values: tuple[str, ...]
    label: str
    evidence: tuple[Bounds, ...]
    score: float = 1.0
    assertion: AssertionStatus = "affirmed"


@dataclass(frozen=True, slots=True)
class Contribution:
    """State that a solution contributes to a target, why, and on which sentences."""

    target: str
    role: Role
    score: float
    evidence: tuple[Bounds, ...]
    rules: tuple[str, ...]
    because: str
    assertion: AssertionStatus = "affirmed"


@dataclass(frozen=True, slots=True)
class _Firing:
    rule: TargetRule
    score: float
    evidence: tuple[Bounds, ...]
    because: str
    assertion: AssertionStatus


def _matching(condition: Condition, premises: Sequence[Premise]) -> list[Premise]:
    return [
        premise
        for premise in premises
        if premise.kind == condition.kind and any(map(condition.covers, premise.values))
    ]


def _within(premises: Iterable[Premise], sentences: frozenset[Bounds]) -> list[Premise]:
    """Keep of each premise the sentences named, and the premises that have any."""
    kept = []
    for premise in premises:
        evidence = tuple(bounds for bounds in premise.evidence if bounds in sentences)
        if evidence:
            kept.append(
                Premise(
                    premise.kind,
                    premise.values,
                    premise.label,
                    evidence,
                    premise.score,
                    premise.assertion,
                )
            )
    return kept


def _sentences(premises: Iterable[Premise]) -> frozenset[Bounds]:
    return frozenset(bounds for premise in premises for bounds in premise.evidence)


def _nearest(premises: Sequence[Premise], named: Sequence[Sequence[Premise]]) -> list[Premise]:
    """Of any premises whatever, keep one: that which shares a sentence with the named, or the best.

    A rule that takes any action at all should not claim all of them as its reason.
    """
    others = frozenset(bounds for group in named for bounds in _sentences(group))
    near = [premise for premise in premises if not others.isdisjoint(premise.evidence)]
    return [max(near or premises, key=lambda premise: premise.score)]


def _count(evidence: Sequence[Bounds]) -> str:
    return f"{len(evidence)} sentence{'' if len(evidence) == 1 else 's'}"


def _phrase(kind: PremiseKind, premises: Sequence[Premise]) -> str:
    labels = ", ".join(f"{p.label} ({_count(p.evidence)})" for p in premises)
    return f"{_SAID[kind]} {labels}"


def _fire(rule: TargetRule, premises: Sequence[Premise]) -> _Firing | None:
    """Apply one rule, as sure as its weakest condition, each as sure as its surest premise."""
    groups = [_matching(condition, premises) for condition in rule.when]
    if not all(groups) or any(_matching(condition, premises) for condition in rule.unless):
        return None
    if rule.scope == "sentence":
        shared = frozenset.intersection(*map(_sentences, groups))
        groups = [_within(group, shared) for group in groups]
        if not all(groups):
            return None
    named = [g for c, g in zip(rule.when, groups, strict=True) if c.values != _ANY]
    groups = [
        _nearest(group, named) if condition.values == _ANY else group
        for condition, group in zip(rule.when, groups, strict=True)
    ]
    best = [max(group, key=lambda p: p.score) for group in groups]
    acts = [p for group in groups for p in group if p.kind == "intervention"]
    statuses = {p.assertion for p in acts}
    assertion: AssertionStatus = "affirmed"
    if len(statuses) == 1:
        assertion = statuses.pop()
    return _Firing(
        rule,
        rule.weight * min(p.score for p in best),
        tuple(sorted(_sentences(p for group in groups for p in group))),
        " and ".join(
            _phrase(condition.kind, group)
            for condition, group in zip(rule.when, groups, strict=True)
        ),
        assertion,
    )


def infer_contributions(
    rules: Sequence[TargetRule], premises: Sequence[Premise], *, threshold: float
) -> tuple[Contribution, ...]:
    """Return the targets whose rules together reach the threshold, in order of number.

    Rules add up as independent reasons; the strongest one gives role and status.
    """
    firings = [firing for rule in rules if (firing := _fire(rule, premises)) is not None]
    firings.sort(key=lambda f: (int(f.rule.target), -f.score, f.rule.id))
    found = []
    for target, group in groupby(firings, key=lambda f: f.rule.target):
        reasons = list(group)
        score = 1 - prod(1 - firing.score for firing in reasons)
        if score < threshold:
            continue
        found.append(
            Contribution(
                target,
                "primary" if any(f.rule.role == "primary" for f in reasons) else "supporting",
                round(score, 4),
                tuple(sorted({bounds for f in reasons for bounds in f.evidence})),
                tuple(f.rule.id for f in reasons),
                "; ".join(dict.fromkeys(f.because for f in reasons)),
                reasons[0].assertion,
            )
        )
    return tuple(found)
