"""How far figures may be off: bootstrap over texts."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from extract.evaluation.tally import Tally

RESAMPLES = 1000
_SHARE = 0.95

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold the range of each figure of a facet."""

    precision: Range
    recall: Range
    f1: Range


def bootstrap(
    by_text: Mapping[str, Mapping[str, Tally]], *, seed: int = 1, resamples: int = RESAMPLES
) -> dict[str, Interval]:
    """Return the 95 % intervals of each facet: texts are drawn anew, with replacement.

    Texts and not errors are drawn, since errors of one text go together. A draw in which nothing
    of a facet is wanted nor found says nothing of it and is left out.
    """
    chance = random.Random(seed)
    texts = sorted(by_text)
    facets = sorted({facet for tallies in by_text.values() for facet in tallies})
    draws: dict[str, list[Tally]] = {facet: [] for facet in facets}
    for _ in range(resamples if texts else 0):
        drawn = chance.choices(texts, k=len(texts))
        for facet in facets:
            total = Tally()
            for text in drawn:
                if (tally := by_text[text].get(facet)) is not None:
                    total.add(tally)
            if total.right + total.wrong + total.missed:
                draws[facet].append(total)
    return {
        facet: Interval(
            _range([t.precision for t in found]),
            _range([t.recall for t in found]),
            _range([t.f1 for t in found]),
        )
        for facet, found in draws.items()
        if found
    }


def _range(values: list[float]) -> Range:
    ordered = sorted(values)
    cut = int(len(ordered) * (1 - _SHARE) / 2)
    return ordered[cut], ordered[len(ordered) - 1 - cut]
