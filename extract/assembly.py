"""Put drafts, entities and statements together as one Extraction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from corpus.documents import CaseStudy
from corpus.splitter import solution_key
from extract.records import (
    AssertionStatus,
    Candidate,
    Entity,
    Extraction,
    Mention,
    MentionKind,
    Statement,
)
from ontology.calibration import CalibrationCurve
from ontology.namespaces import Minter

MAX_CANDIDATES = 5

RawMention = tuple[
    int, int, MentionKind, str | None, float, str, AssertionStatus, tuple[Candidate, ...]
]
"""start, end, kind, entity, score, rule, assertion, candidates."""


def assemble(
    case_study: CaseStudy,
    minter: Minter,
    mentions: Iterable[RawMention],
    entities: Mapping[str, Entity],
    statements: Iterable[Statement],
    curves: Mapping[str, CalibrationCurve] | None = None,
) -> Extraction:
    """Sort, number and merge what the components found, and say how often such scores are right."""
    extraction = assemble_record(
        id=case_study.id,
        iri=minter.case_study(case_study.id),
        solution=minter.solution(solution_key(case_study.url) or case_study.id),
        title=case_study.title,
        lang=case_study.lang,
        text=case_study.text,
        source=case_study.source,
        url=case_study.url,
        blocks=case_study.blocks,
        offset_map=case_study.offset_map,
        mentions=mentions,
        entities=entities,
        statements=statements,
    )
    return calibrate(extraction, curves or {})


def calibrate(extraction: Extraction, curves: Mapping[str, CalibrationCurve]) -> Extraction:
    """Replace scores by the share of such scores that turned out right, where that is known."""
    mentions = tuple(
        replace(m, score=round(curves[m.kind].at(m.score), 4)) if m.kind in curves else m
        for m in extraction.mentions
    )
    statements = tuple(
        replace(s, score=round(curves[s.predicate].at(s.score), 4))
        if s.predicate in curves and s.subject == extraction.iri
        else s
        for s in extraction.statements
    )
    return replace(extraction, mentions=mentions, statements=statements)


def assemble_record(
    *,
    text: str,
    mentions: Iterable[RawMention],
    entities: Mapping[str, Entity],
    statements: Iterable[Statement],
    **header: Any,
) -> Extraction:
    """Build an Extraction from its header fields and what was found in its text."""
    records = _number(text, mentions)
    merged = _merge(statements)
    used = {m.entity for m in records if m.entity}
    used |= {iri for s in merged for iri in (s.subject, s.object)}
    return Extraction(
        text=text,
        mentions=records,
        entities=_closure(used, entities),
        statements=merged,
        **header,
    )


def _number(text: str, mentions: Iterable[RawMention]) -> tuple[Mention, ...]:
    """Keep the surest mention of each kind and place, and number them in text order."""
    best: dict[tuple[int, int, MentionKind, str | None], RawMention] = {}
    for raw in mentions:
        concept = raw[3] if raw[2] in ("threat", "stress", "intervention") else None
        key = (raw[0], raw[1], raw[2], concept)
        if key not in best or raw[4] > best[key][4]:
            best[key] = raw
    ordered = sorted(best.values(), key=lambda raw: (raw[0], -raw[1], raw[2], raw[3] or ""))
    return tuple(
        Mention(
            id=f"m{number}",
            start=start,
            end=end,
            text=text[start:end],
            kind=kind,
            entity=entity,
            score=round(score, 4),
            component=rule,
            assertion=assertion,
            candidates=candidates[:MAX_CANDIDATES],
        )
        for number, (start, end, kind, entity, score, rule, assertion, candidates) in enumerate(
            ordered, start=1
        )
    )


def _merge(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Merge statements of one fact and status: best score and its rule, all the evidence."""
    merged: dict[tuple[str, str, str, str], Statement] = {}
    for statement in statements:
        key = (statement.subject, statement.predicate, statement.object, statement.assertion)
        other = merged.get(key, statement)
        best = max(other, statement, key=lambda s: (s.score, s.rule))
        evidence = tuple(sorted({*other.evidence, *statement.evidence}))
        merged[key] = replace(best, evidence=evidence, score=round(best.score, 4))
    return tuple(merged[key] for key in sorted(merged))


def _closure(used: set[str], entities: Mapping[str, Entity]) -> tuple[Entity, ...]:
    """Return the used entities and all wider ones, sorted by IRI."""
    chosen: dict[str, Entity] = {}
    pending = [iri for iri in used if iri in entities]
    while pending:
        entity = entities[pending.pop()]
        if entity.iri not in chosen:
            chosen[entity.iri] = entity
            pending.extend(iri for iri in entity.broader if iri in entities)
    return tuple(chosen[iri] for iri in sorted(chosen))
