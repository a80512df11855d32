"""Rules for targetsTaxon and targetsPlace: what an intervention is aimed at."""

from collections.abc import Iterator

from extract.components.mentions import Draft
from extract.components.occurrence_rules import located
from extract.components.reading import Reading, iri_of, joint_status, of_kind, overlap
from extract.components.scopes import Scope
from extract.matching.attachment import words_between
from extract.records import Predicate, Statement

_NEAR = 15
_SPECIES_ACTS = ("2.1", "2.2", "2.3")
"""Codes that act on a species; where the sentence names none, on the one in focus."""


def find_aims(reading: Reading) -> Iterator[Statement]:
    """Yield targetsTaxon and targetsPlace from the sentences of interventions."""
    for scope in reading.scopes:
        acts = of_kind(scope, "intervention")
        governed = located(reading, scope) if acts else {}
        for act in acts:
            taxa = [t for t in of_kind(scope, "species") if _reaches(reading, scope, act, t)]
            for taxon in taxa:
                yield _statement(act, "targetsTaxon", iri_of(taxon), 0.65, scope, "sentence")
            code = (act.entity.notation or "") if act.entity else ""
            if not taxa and len(reading.focal) == 1 and code.startswith(_SPECIES_ACTS):
                yield _statement(act, "targetsTaxon", reading.focal[0], 0.5, scope, "focal")
            for place in of_kind(scope, "place"):
                if "place" in governed[place.start] and _reaches(reading, scope, act, place):
                    yield _statement(act, "targetsPlace", iri_of(place), 0.65, scope, "sentence")


def _reaches(reading: Reading, scope: Scope, act: Draft, other: Draft) -> bool:
    left, right = sorted((act, other), key=lambda draft: draft.start)
    return (
        not overlap(act, other)
        and not reading.broken(scope, left.end, right.start)
        and words_between(reading.text, left.end, right.start) <= _NEAR
    )


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
