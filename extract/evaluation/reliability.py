"""Set scores against how often they were right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.evaluation.calibration import expected_error

BINS = 10

Scored = Sequence[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Bin:
    """Hold a tenth of the observations: lowest and highest score, mean, share right, how many."""

    low: float
    high: float
    mean: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """Hold the bins of one set of scores and the expected calibration error over them."""

    name: str
    bins: tuple[Bin, ...]
    error: float
    count: int


def reliability(name: str, scored: Scored, *, bins: int = BINS) -> Reliability:
    """Part scores into bins of equal mass and compare each with its share of right ones."""
    ordered = sorted(scored, key=lambda pair: pair[0])
    edges = [round(i * len(ordered) / bins) for i in range(bins + 1)]
    found = []
    for start, end in pairwise(edges):
        part = ordered[start:end]
        if part:
            mean = sum(score for score, _ in part) / len(part)
            right = sum(truth for _, truth in part) / len(part)
            found.append(Bin(part[0][0], part[-1][0], mean, right, len(part)))
    error = expected_error(ordered, bins) if ordered else 0.0
    return Reliability(name, tuple(found), error, len(ordered))
