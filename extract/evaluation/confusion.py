"""What was given in the place of what."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from extract.evaluation.facets import PREDICATES
from extract.evaluation.tally import Fault

NOTHING = "-"

Confusion = tuple[str, str, str, int]
"""Facet, what is annotated, what was given, how often; ``-`` stands for nothing."""


def confusions(faults: Iterable[Fault]) -> tuple[Confusion, ...]:
    """Count which codes and types were taken for which, the most frequent first.

    Codes belong to a text and not to a place in it: a missed one is set against a wrong one of the
    same text, under the same code of level 1 where there is one.
    """
    counted: Counter[tuple[str, str, str]] = Counter()
    missed: dict[tuple[str, str], list[str]] = defaultdict(list)
    wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fault in faults:
        key = (fault.text, fault.facet)
        if fault.facet == "actor link":
            counted["actor type", fault.wanted, fault.found] += 1
        elif fault.facet in PREDICATES and fault.kind == "missed":
            missed[key].append(fault.wanted)
        elif fault.facet in PREDICATES:
            wrong[key].append(fault.found)
    for key in sorted({*missed, *wrong}):
        for pair in _pairs(sorted(missed[key]), sorted(wrong[key])):
            counted[key[1], *pair] += 1
    ordered = sorted(counted.items(), key=lambda item: (item[0][0], -item[1], item[0]))
    return tuple((facet, wanted, found, count) for (facet, wanted, found), count in ordered)


def _pairs(missed: list[str], wrong: list[str]) -> list[tuple[str, str]]:
    left = list(wrong)
    partners: dict[str, str] = {}
    for near in (True, False):
        for code in missed:
            fitting = [o for o in left if not near or o.split(".")[0] == code.split(".")[0]]
            if code not in partners and fitting:
                partners[code] = fitting[0]
                left.remove(fitting[0])
    return [(code, partners.get(code, NOTHING)) for code in missed] + [
        (NOTHING, code) for code in left
    ]


def error_kinds(faults: Iterable[Fault]) -> tuple[tuple[str, str, int], ...]:
    """Count the errors of each facet by their kind; a link that is wrong is ``wrong``."""
    counted = Counter((f.facet, "wrong" if f.facet.endswith(" link") else f.kind) for f in faults)
    return tuple((facet, kind, count) for (facet, kind), count in sorted(counted.items()))
