"""Apply decisions to what was extracted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from extract.graph.statements import assertion_key
from extract.records import Entity, Extraction, Mention, Statement
from extract.review.anchors import find_anchor
from extract.review.decisions import Decision, move_base
from ontology.namespaces import DEFAULT_BASE, Minter

RULE = "review:correct"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Hold an extraction with decisions in effect, and which decisions those are.

    Rejected mentions are gone from it. Rejected statements stay: ``rejected`` has their keys, and
    they make no direct triple.
    """

    extraction: Extraction
    rejected: frozenset[str] = frozenset()
    of_mention: Mapping[str, Decision] = field(default_factory=dict)
    """Decisions by the identifier of the mention that they are about."""
    of_statement: Mapping[str, Decision] = field(default_factory=dict)
    """Decisions by the key of the statement that they are about."""
    dropped: tuple[Mention, ...] = ()
    """Mentions that were rejected or corrected away."""
    stale: tuple[Decision, ...] = ()
    """Decisions whose words the text has no more."""


class _Work:
    """Gather what decisions change, the oldest first, so that the newest has its way."""

    def __init__(self, extraction: Extraction, minter: Minter) -> None:
        self.text = extraction.text
        self.minter = minter
        self.mentions = {m.id: m for m in extraction.mentions}
        self.statements = {assertion_key(s, minter): s for s in extraction.statements}
        self.entities = {entity.iri: entity for entity in extraction.entities}
        self.rejected: set[str] = set()
        self.dropped: dict[str, Mention] = {}
        self.of_mention: dict[str, Decision] = {}
        self.of_statement: dict[str, Decision] = {}
        self.stale: list[Decision] = []

    def take(self, decision: Decision) -> None:
        spans = [span for a in decision.anchors if (span := find_anchor(self.text, a)) is not None]
        if decision.anchors and not spans:
            self.stale.append(decision)
        elif decision.mention is not None:
            self._mention(decision, decision.mention, spans[0])
        elif decision.statement is not None:
            self._statement(decision, decision.statement, tuple(sorted(spans)))

    def _mention(self, decision: Decision, mention: Mention, span: tuple[int, int]) -> None:
        same = [
            m
            for m in self.mentions.values()
            if (m.start, m.end, m.kind) == (*span, mention.kind) and m.entity == mention.entity
        ]
        here = same[0] if same else None
        if here is not None:
            self.of_mention[here.id] = decision
        if decision.verdict == "accept":
            place = here or self._placed(mention, span, decision)
            self._keep(replace(place, score=1.0), decision)
            return
        if here is not None:
            self.dropped[here.id] = self.mentions.pop(here.id)
        if decision.corrected_mention is not None:
            placed = self._placed(decision.corrected_mention, span, decision)
            ident = here.id if here else placed.id
            self._keep(replace(placed, id=ident, score=1.0, component=RULE), decision)

    def _placed(self, mention: Mention, span: tuple[int, int], decision: Decision) -> Mention:
        start, end = span
        return replace(
            mention, id=f"r{decision.key}", start=start, end=end, text=self.text[start:end]
        )

    def _keep(self, mention: Mention, decision: Decision) -> None:
        self.mentions[mention.id] = mention
        self.of_mention[mention.id] = decision
        self._describe(decision)

    def _statement(
        self, decision: Decision, statement: Statement, spans: tuple[tuple[int, int], ...]
    ) -> None:
        key = assertion_key(statement, self.minter)
        self.of_statement[key] = decision
        if decision.verdict == "accept":
            here = self.statements.get(key) or replace(statement, evidence=spans)
            self.statements[key] = replace(here, score=1.0)
            self.rejected.discard(key)
            self._describe(decision)
            return
        if key in self.statements:
            self.rejected.add(key)
        if decision.corrected_statement is not None:
            right = replace(decision.corrected_statement, evidence=spans, score=1.0, rule=RULE)
            other = assertion_key(right, self.minter)
            self.statements[other] = right
            self.rejected.discard(other)
            self.of_statement.setdefault(other, decision)
            self._describe(decision)

    def _describe(self, decision: Decision) -> None:
        for entity in decision.entities:
            self.entities.setdefault(entity.iri, entity)

    def unsupported(self) -> set[str]:
        """Return the keys of statements on what no mention speaks of any more."""
        left = {m.entity for m in self.mentions.values()}
        gone = {m.entity for m in self.dropped.values() if m.entity} - left
        return {
            key
            for key, s in self.statements.items()
            if {s.subject, s.object} & gone and key not in self.of_statement
        }


def apply_decisions(
    extraction: Extraction, decisions: Collection[Decision], minter: Minter
) -> Reviewed:
    """Return the extraction as reviewers want it."""
    if not decisions:
        return Reviewed(extraction)
    work = _Work(extraction, minter)
    for decision in sorted(decisions, key=lambda d: (d.decided, d.key)):
        work.take(move_base(decision, DEFAULT_BASE, minter.base))
    rejected = work.rejected | work.unsupported()
    changed = replace(
        extraction,
        mentions=tuple(sorted(work.mentions.values(), key=lambda m: (m.start, -m.end, m.kind))),
        statements=tuple(
            sorted(
                work.statements.values(),
                key=lambda s: (s.subject, s.predicate, s.object, s.assertion, s.basis),
            )
        ),
        entities=_used(work.entities),
    )
    return Reviewed(
        changed,
        frozenset(rejected),
        work.of_mention,
        work.of_statement,
        tuple(work.dropped[key] for key in sorted(work.dropped)),
        tuple(work.stale),
    )


def _used(entities: dict[str, Entity]) -> tuple[Entity, ...]:
    return tuple(entities[iri] for iri in sorted(entities))
