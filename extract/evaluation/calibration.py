"""Fit how often scores are right, on annotated texts, and measure how well that holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.evaluation.facets import PREDICATES
from extract.evaluation.gold import FACETS, GoldFacet, GoldText
from extract.evaluation.spans import gold_spans, match_spans
from extract.records import Extraction
from ontology.calibration import CalibrationCurve

_PRIOR = 8.0
"""Observations that a group borrows from the mean of all groups, so that few do not say all."""
_BINS = 10
_CONCEPTS = {"threat": "threats", "stress": "stresses", "intervention": "interventions"}
_NOT_SAID = ("negated", "hypothetical")


@dataclass(frozen=True, slots=True)
class Observation:
    """Hold one scored mention or statement of an annotated text, and whether it is right."""

    text: str
    group: str
    """Kind of the mention or predicate of the statement."""
    score: float
    right: bool


def observe_mentions(extraction: Extraction, gold: GoldText) -> list[Observation]:
    """Judge mentions: names by the annotated surfaces, concepts by the codes of the text."""
    found: list[Observation] = []
    for kind, items in gold.items.items():
        others = [i for other, v in gold.items.items() if other != kind for i in v]
        spans = gold_spans(extraction.text, items, others)
        matching = match_spans(spans, [m for m in extraction.mentions if m.kind == kind])
        found += [Observation(gold.id, kind, m.score, False) for m in matching.spurious]
        found += [
            Observation(gold.id, kind, mention.score, True)
            for span, mention in matching.pairs
            if not span.neutral
        ]
    for mention in extraction.mentions:
        entity = extraction.entity_index.get(mention.entity or "")
        if mention.kind in _CONCEPTS and entity is not None and entity.notation:
            verdict = _verdict(entity.notation, gold.facets[_CONCEPTS[mention.kind]])
            if verdict is not None and mention.assertion not in _NOT_SAID:
                found.append(Observation(gold.id, mention.kind, mention.score, verdict))
    return found


def observe_statements(extraction: Extraction, gold: GoldText) -> list[Observation]:
    """Judge the statements about the case study by the annotated codes and countries."""
    found = []
    for facet in FACETS:
        for statement in extraction.statements:
            entity = extraction.entity_index.get(statement.object)
            if (
                statement.predicate != PREDICATES[facet]
                or statement.subject != extraction.iri
                or statement.assertion in _NOT_SAID
                or entity is None
            ):
                continue
            code = entity.countries[0] if facet == "countries" else entity.notation
            verdict = _verdict(code or "", gold.facets[facet])
            if verdict is not None:
                predicate = PREDICATES[facet]
                found.append(Observation(gold.id, predicate, statement.score, verdict))
    return found


def _verdict(code: str, gold: GoldFacet) -> bool | None:
    """Tell whether a code is required (right), unknown (wrong), or acceptable (None)."""
    level2 = ".".join(code.split(".")[:2])
    if level2 in gold.core:
        return True
    level1 = code.split(".")[0]
    near = {known.split(".")[0] for known in gold.core | gold.acceptable}
    if level2 in gold.acceptable or (level2 == level1 and level1 in near):
        return None
    return None if level1 in gold.core | gold.acceptable else False


def fit_curves(observations: Iterable[Observation]) -> tuple[CalibrationCurve, ...]:
    """Fit one rising curve a group: isotonic, each step drawn towards the mean of the group."""
    groups: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        groups[observation.group].append(observation)
    everything = [o for group in groups.values() for o in group]
    overall = _mean([o.right for o in everything]) if everything else 0.5
    curves = []
    for name in sorted(groups):
        rights = [o.right for o in groups[name]]
        base = (sum(rights) + _PRIOR * overall) / (len(rights) + _PRIOR)
        curves.append(CalibrationCurve(name, _isotonic(groups[name], base)))
    return tuple(curves)


def _isotonic(observations: Sequence[Observation], base: float) -> tuple[tuple[float, float], ...]:
    """Pool neighbouring scores until shares of right ones rise; return the corners of the steps."""
    pools: list[tuple[float, float, float, int]] = []  # lowest score, highest, right, count
    by_score: dict[float, list[bool]] = defaultdict(list)
    for observation in observations:
        by_score[round(observation.score, 2)].append(observation.right)
    for score in sorted(by_score):
        pools.append((score, score, float(sum(by_score[score])), len(by_score[score])))
        while len(pools) > 1 and _share(pools[-2], base) >= _share(pools[-1], base):
            (low, _, a, m), (_, high, b, n) = pools[-2:]
            pools[-2:] = [(low, high, a + b, m + n)]
    points = []
    for low, high, right, count in pools:
        share = round((right + _PRIOR * base) / (count + _PRIOR), 3)
        points += [(low, share), (high, share)] if high > low else [(low, share)]
    return tuple(points)


def _share(pool: tuple[float, float, float, int], base: float) -> float:
    return (pool[2] + _PRIOR * base) / (pool[3] + _PRIOR)


def leave_one_out(observations: Sequence[Observation]) -> list[tuple[float, bool]]:
    """Return the calibrated score of each observation, fitted on the other texts, and its truth."""
    found = []
    for text in sorted({o.text for o in observations}):
        curves = {c.group: c for c in fit_curves(o for o in observations if o.text != text)}
        for o in observations:
            if o.text == text:
                score = curves[o.group].at(o.score) if o.group in curves else o.score
                found.append((score, o.right))
    return found


def expected_error(scored: Sequence[tuple[float, bool]], bins: int = _BINS) -> float:
    """Return the mean gap of score and share of right ones over bins of equal mass (ECE)."""
    ordered = sorted(scored, key=lambda pair: pair[0])
    edges = [round(i * len(ordered) / bins) for i in range(bins + 1)]
    error = 0.0
    for start, end in pairwise(edges):
        part = ordered[start:end]
        if part:
            gap = _mean([s for s, _ in part]) - _mean([right for _, right in part])
            error += abs(gap) * len(part) / len(ordered)
    return error


def observe(
    extractions: Mapping[str, Extraction], golds: Iterable[GoldText]
) -> tuple[list[Observation], list[Observation]]:
    """Return the observations on mentions and on statements of the texts that were extracted."""
    mentions: list[Observation] = []
    statements: list[Observation] = []
    for gold in golds:
        extraction = extractions.get(gold.id)
        if extraction is not None:
            mentions += observe_mentions(extraction, gold)
            statements += observe_statements(extraction, gold)
    return mentions, statements


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
