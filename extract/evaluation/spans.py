"""Match predicted mentions to annotated surfaces, one to one, best overlap first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.evaluation.gold import GoldItem
from extract.records import Mention

MIN_DICE = 0.25

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """Hold one place where an annotated surface stands."""

    span: Span
    neutral: bool
    item: GoldItem


@dataclass(frozen=True, slots=True)
class Matching:
    """Hold which predictions met which annotations; the rest was missed or is spurious."""

    pairs: tuple[tuple[GoldSpan, Mention], ...]
    missed: tuple[GoldSpan, ...]
    spurious: tuple[Mention, ...]


def find_surfaces(text: str, surfaces: Iterable[str]) -> list[Span]:
    """Return where surfaces stand as whole words, the longest first, without overlap."""
    spans: list[Span] = []
    for surface in sorted(set(surfaces), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if all(_shared(span, match.span()) <= 0 for span in spans):
                spans.append(match.span())
    return spans


def gold_spans(text: str, items: Sequence[GoldItem], others: Sequence[GoldItem]) -> list[GoldSpan]:
    """Return the spans of one kind, longest first; those inside a longer other name are neutral."""
    longer = [span for item in others for span in find_surfaces(text, item.surfaces)]
    found: list[GoldSpan] = []
    for item in items:
        for span in find_surfaces(text, item.surfaces):
            inside = any(_inside(span, o) and _length(o) > _length(span) for o in longer)
            found.append(GoldSpan(span, item.neutral or inside, item))
    found.sort(key=lambda gold: (-_length(gold.span), gold.span))
    kept: list[GoldSpan] = []
    for gold in found:
        if not any(_inside(gold.span, other.span) for other in kept):
            kept.append(gold)
    return kept


def match_spans(gold: Sequence[GoldSpan], mentions: Sequence[Mention]) -> Matching:
    """Pair annotations and predictions; a prediction inside a free neutral span is no error."""
    ordered = sorted(mentions, key=lambda mention: (mention.start, mention.end))
    scored = sorted(
        (-_dice(g.span, (m.start, m.end)), g.neutral, i, j)
        for i, g in enumerate(gold)
        for j, m in enumerate(ordered)
        if _dice(g.span, (m.start, m.end)) >= MIN_DICE
    )
    of_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in scored:
        if i not in of_gold and j not in taken:
            of_gold[i] = j
            taken.add(j)
    free = [g.span for i, g in enumerate(gold) if g.neutral and i not in of_gold]
    return Matching(
        pairs=tuple((gold[i], ordered[of_gold[i]]) for i in sorted(of_gold)),
        missed=tuple(g for i, g in enumerate(gold) if i not in of_gold and not g.neutral),
        spurious=tuple(
            m
            for j, m in enumerate(ordered)
            if j not in taken and not any(_inside((m.start, m.end), span) for span in free)
        ),
    )


def _shared(a: Span, b: Span) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def _length(span: Span) -> int:
    return span[1] - span[0]


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _dice(a: Span, b: Span) -> float:
    return 2 * max(_shared(a, b), 0) / (_length(a) + _length(b))
