"""What relation rules read from: one text's sentences, cues and prepositions, and what is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.components.mentions import Draft
from extract.components.salience import NARROW_RANKS
from extract.components.scopes import Cue, Scope
from extract.matching.attachment import Passives, Prepositions, coordinated
from extract.records import AssertionStatus, Entity, Predicate, Statement

SURE = 0.6
"""Score from which a mention of a threat or intervention counts without a statement."""
_CONJUNCTION = re.compile(r"\b(?:and|or|as well as|et|ou|y|e|o|u)\b|&|/")
_WEAKEST: tuple[AssertionStatus, ...] = (
    "negated",
    "hypothetical",
    "planned",
    "historical",
    "affirmed",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold one text for the rules, which only read it."""

    text: str
    case_study: str
    """IRI of the case study."""
    scopes: tuple[Scope, ...]
    prepositions: Prepositions
    passives: Passives
    focal: tuple[str, ...]
    """IRIs of the taxa in focus, weightiest first."""
    invaders: frozenset[str]
    """IRIs of taxa that the text calls invasive, introduced or a pest."""
    entities: dict[str, Entity]
    statements: tuple[Statement, ...]
    contributors: tuple[str, ...] = ()
    """IRIs of the named actors that the text is by."""

    def objects_of(self, *predicates: Predicate) -> list[Statement]:
        """List what is said about the case study itself, surest first."""
        found = [
            s
            for s in self.statements
            if s.subject == self.case_study
            and s.predicate in predicates
            and s.assertion not in ("negated", "hypothetical")
        ]
        return sorted(found, key=lambda s: (-s.score, s.object))

    def is_central(self, taxon: str) -> bool:
        """Tell whether the title names a taxon in focus, or it is no wider than a family."""
        entity = self.entities.get(taxon)
        if entity is not None and entity.rank in NARROW_RANKS:
            return True
        titles = (scope for scope in self.scopes if scope.block == "title")
        return any(iri_of(draft) == taxon for scope in titles for draft in scope.drafts)

    def is_sure(self, concept: Draft) -> bool:
        """Tell whether a threat or intervention is stated for the solution, or sure by itself."""
        if concept.score >= SURE:
            return True
        return any(statement.object == iri_of(concept) for statement in self.statements)

    def broken(self, scope: Scope, left: int, right: int) -> bool:
        """Tell whether a clause ends between two places of a sentence."""
        if ";" in self.text[left:right]:
            return True
        return any(left <= cue.start < right for cue in scope.cued("clause break"))


def iri_of(draft: Draft) -> str:
    """Return the IRI of a linked draft."""
    return draft.entity.iri if draft.entity is not None else ""


def is_broad(draft: Draft) -> bool:
    """Tell whether a place is too wide to be what a threat harms: a country, a continent."""
    country = draft.entity is not None and draft.entity.place_type in ("country", "continent")
    wide = draft.features.get("wide") or draft.features.get("direction")
    return draft.kind == "place" and (country or bool(wide))


def of_kind(scope: Scope, *kinds: str) -> list[Draft]:
    """List the drafts of a sentence of some kinds, in text order."""
    return [draft for draft in scope.drafts if draft.kind in kinds]


def overlap(one: Draft, other: Draft) -> bool:
    return one.start < other.end and other.start < one.end


def within(cue: Cue, left: int, right: int) -> bool:
    return left <= cue.start and cue.end <= right


def chains(text: str, drafts: list[Draft], *, closed: bool = False) -> Iterator[list[Draft]]:
    """Yield runs of drafts that are coordinated: ``A, B and C``.

    A closed run has a conjunction; commas alone (``With A, B did``) then join nothing.
    """
    run: list[Draft] = []
    for draft in drafts:
        if run and not coordinated(text, run[-1].end, draft.start):
            yield from _closed(text, run) if closed else (run,)
            run = []
        run.append(draft)
    if run:
        yield from _closed(text, run) if closed else (run,)


def _closed(text: str, run: list[Draft]) -> Iterator[list[Draft]]:
    if len(run) > 1 and not _CONJUNCTION.search(text, run[-2].end, run[-1].start):
        yield from ([draft] for draft in run)
    else:
        yield run


def joint_status(*drafts: Draft) -> AssertionStatus:
    """Return the weakest status of some drafts: a fact holds as far as its parts do."""
    statuses = {draft.assertion for draft in drafts}
    return next(status for status in _WEAKEST if status in statuses)
