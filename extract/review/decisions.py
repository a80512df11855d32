"""What reviewers decide, as records that outlast the extraction they were made on."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from extract.errors import ExtractError
from extract.graph.statements import assertion_key
from extract.records import Entity, Extraction, Mention, Statement
from extract.review.anchors import Anchor, make_anchor
from ontology.namespaces import DEFAULT_BASE, Minter

Verdict = Literal["accept", "reject", "correct"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Decision:
    """Hold a verdict on one mention or statement; IRIs are those of the default base.

    ``entities`` describe what it points at, so that it can be stated again where software no
    longer finds it.
    """

    key: str
    document: str
    verdict: Verdict
    anchors: tuple[Anchor, ...]
    mention: Mention | None = None
    statement: Statement | None = None
    corrected_mention: Mention | None = None
    corrected_statement: Statement | None = None
    entities: tuple[Entity, ...] = ()
    reviewer: str = ""
    note: str = ""
    decided: str = ""
    """When, in ISO 8601."""


def decide(
    extraction: Extraction,
    found: Mention | Statement,
    verdict: Verdict,
    minter: Minter,
    *,
    corrected: Mention | Statement | None = None,
    entities: Iterable[Entity] = (),
    reviewer: str = "",
    note: str = "",
    decided: str = "",
) -> Decision:
    """Make a decision on something that was found; ``entities`` describe what corrects it."""
    if (verdict == "correct") != (corrected is not None):
        raise ExtractError("a correction says what is right; nothing else does")
    known = dict(extraction.entity_index) | {entity.iri: entity for entity in entities}
    decision = Decision(
        key="",
        document=extraction.id,
        verdict=verdict,
        anchors=_anchors(extraction, found),
        mention=found if isinstance(found, Mention) else None,
        statement=found if isinstance(found, Statement) else None,
        corrected_mention=corrected if isinstance(corrected, Mention) else None,
        corrected_statement=corrected if isinstance(corrected, Statement) else None,
        entities=_needed((found, corrected), known),
        reviewer=reviewer,
        note=note,
        decided=decided,
    )
    moved = move_base(decision, minter.base, DEFAULT_BASE)
    return replace(moved, key=_key(moved))


def _anchors(extraction: Extraction, found: Mention | Statement) -> tuple[Anchor, ...]:
    spans = ((found.start, found.end),) if isinstance(found, Mention) else found.evidence
    return tuple(make_anchor(extraction.text, start, end) for start, end in spans)


def _needed(
    found: Iterable[Mention | Statement | None], known: dict[str, Entity]
) -> tuple[Entity, ...]:
    pending: list[str] = []
    for item in found:
        if isinstance(item, Mention):
            pending.append(item.entity or "")
        elif item is not None:
            pending += [item.subject, item.object]
    chosen: dict[str, Entity] = {}
    while pending:
        entity = known.get(pending.pop())
        if entity is not None and entity.iri not in chosen:
            chosen[entity.iri] = entity
            pending.extend(entity.broader)
    return tuple(chosen[iri] for iri in sorted(chosen))


def _key(decision: Decision) -> str:
    if decision.statement is not None:
        return assertion_key(decision.statement, Minter(DEFAULT_BASE))
    mention, anchor = decision.mention, decision.anchors[0]
    assert mention is not None
    parts = (mention.kind, mention.entity or "", *map(str, asdict(anchor).values()))
    return "m" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:15]


def move_base(decision: Decision, old: str, new: str) -> Decision:
    """Return a decision with the IRIs of another base."""
    if old == new:
        return decision

    def moved(iri: str | None) -> str | None:
        return new + iri.removeprefix(old) if iri is not None and iri.startswith(old) else iri

    def mention(record: Mention | None) -> Mention | None:
        return record and replace(record, entity=moved(record.entity), candidates=())

    def statement(record: Statement | None) -> Statement | None:
        if record is None:
            return None
        return replace(
            record,
            subject=moved(record.subject) or "",
            object=moved(record.object) or "",
        )

    return replace(
        decision,
        mention=mention(decision.mention),
        statement=statement(decision.statement),
        corrected_mention=mention(decision.corrected_mention),
        corrected_statement=statement(decision.corrected_statement),
        entities=tuple(
            replace(
                entity,
                iri=moved(entity.iri) or "",
                scheme=moved(entity.scheme),
                broader=tuple(moved(iri) or "" for iri in entity.broader),
            )
            for entity in decision.entities
        ),
    )


def decision_to_json(decision: Decision) -> str:
    """Write a decision as one line of JSON, keys sorted."""
    return json.dumps(asdict(decision), ensure_ascii=False, sort_keys=True)


def decision_from_json(line: str) -> Decision:
    """Read a decision; raise ExtractError where the line is none."""
    try:
        data: dict[str, Any] = json.loads(line)
        if data["verdict"] not in VERDICTS:
            raise ValueError(f"verdict {data['verdict']!r}")
        data["anchors"] = tuple(Anchor(**anchor) for anchor in data["anchors"])
        data["entities"] = tuple(Entity(**_tuples(entity)) for entity in data["entities"])
        for name in ("mention", "corrected_mention"):
            if data[name] is not None:
                data[name] = Mention(**{**_tuples(data[name]), "candidates": ()})
        for name in ("statement", "corrected_statement"):
            if data[name] is not None:
                evidence = tuple((start, end) for start, end in data[name]["evidence"])
                data[name] = Statement(**{**data[name], "evidence": evidence})
        return Decision(**data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExtractError(f"not a decision: {type(error).__name__} {error}") from error


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in data.items()}
