"""Rules for targetsTaxon and targetsPlace: what an intervention is aimed at."""

import re
from collections.abc import Iterator

from extract.components.mentions import Draft
from extract.components.occurrence_rules import located
from extract.components.reading import Reading, chains, iri_of, joint_status, of_kind, overlap
from extract.components.scopes import Scope
from extract.matching.attachment import coordinated, words_between
from extract.records import Predicate, Statement

_NEAR = 10
_BEFORE = 3
"""Words between a taxon and the act on it that follows: snow leopard survey, robins were freed."""
_APART = re.compile(r",|\b(?:where|which|who|whose|donde|où|dont)\b")
"""What parts an act from what stands behind it: another item of a list, a clause on its own."""
_AIMLESS = ("7", "9", "10", "8.2", "5.1", "5.3")
"""Codes that act on people, rules and money, whatever taxon stands beside them."""
_SPECIES_ACTS = ("2.1", "2.2", "2.3")
"""Codes that act on a species; where the sentence names none, on the one in focus."""


def find_aims(reading: Reading) -> Iterator[Statement]:
    """Yield targetsTaxon and targetsPlace from the sentences of interventions."""
    for scope in reading.scopes:
        acts = of_kind(scope, "intervention")
        governed = located(reading, scope) if acts else {}
        for act in acts:
            code = (act.entity.notation or "") if act.entity else ""
            taxa = [] if code.startswith(_AIMLESS) else _taxa(reading, scope, act)
            for taxon in taxa:
                yield _statement(act, "targetsTaxon", iri_of(taxon), 0.65, scope, "sentence")
            if not taxa and len(reading.focal) == 1 and code.startswith(_SPECIES_ACTS):
                yield _statement(act, "targetsTaxon", reading.focal[0], 0.5, scope, "focal")
            for place in of_kind(scope, "place"):
                if "place" in governed[place.start] and _reaches(reading, scope, act, place):
                    yield _statement(act, "targetsPlace", iri_of(place), 0.65, scope, "sentence")


def _taxa(reading: Reading, scope: Scope, act: Draft) -> list[Draft]:
    """List the taxa that an act is on: those nearest behind it in one breath, or right before."""
    runs = list(chains(reading.text, of_kind(scope, "species")))
    behind = next((run for run in runs if run[0].start >= act.end), [])
    found = [t for t in behind if _reaches(reading, scope, act, behind[0])]
    before = next((run for run in reversed(runs) if run[-1].end <= act.start), [])
    near = before and words_between(reading.text, before[-1].end, act.start) <= _BEFORE
    if near and _reaches(reading, scope, act, before[-1]):
        found += before
    inside = [t for t in of_kind(scope, "species") if overlap(t, act)]
    return sorted([*found, *inside], key=lambda draft: draft.start)


def _reaches(reading: Reading, scope: Scope, act: Draft, other: Draft) -> bool:
    """Tell whether nothing parts an act from a taxon or place: no clause, no other act."""
    left, right = sorted((act, other), key=lambda draft: draft.start)
    acts = of_kind(scope, "intervention")
    between = [a for a in acts if left.end <= a.start and a.end <= right.start]
    return (
        not overlap(act, other)
        and not reading.broken(scope, left.end, right.start)
        and not (right is other and _APART.search(reading.text, left.end, right.start))
        and words_between(reading.text, left.end, right.start) <= _NEAR
        and not (right is other and any(_is_apart(reading, act, a) for a in between))
    )


def _is_apart(reading: Reading, act: Draft, other: Draft) -> bool:
    """Tell whether two acts are not named in one breath: a survey, plantings of bamboo."""
    return iri_of(act) != iri_of(other) and not coordinated(reading.text, act.end, other.start)


def _statement(
    act: Draft, predicate: Predicate, aim: str, score: float, scope: Scope, rule: str
) -> Statement:
    return Statement(
        iri_of(act),
        predicate,
        aim,
        score,
        joint_status(act),
        (scope.bounds,),
        "inferred" if rule == "focal" else "stated",
        f"relations:aims-{rule}",
    )
