"""Draw relations between what texts name, for readers to judge, with and without wording."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Entity, Extraction, Predicate, Statement
from ontology.thresholds import least_score

RELATIONS: tuple[Predicate, ...] = (
    "implements",
    "occursIn",
    "partOf",
    "targetsPlace",
    "targetsTaxon",
    "threatens",
)
_SAID = frozenset({"affirmed", "historical"})
_COLUMNS = ("text", "start", "end", "predicate", "subject", "object", "first", "second")
_SHEET = (*_COLUMNS[:4], "subject", "object", "sentences", "right (y/n)")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold one statement that was drawn, and the text that it is from."""

    extraction: Extraction
    statement: Statement


def draw_relations(
    extractions: Sequence[Extraction], count: int, *, seed: int, threshold: float
) -> list[Drawn]:
    """Draw statements between entities that make a direct triple, in order of text and place."""
    found = [
        Drawn(extraction, statement)
        for extraction in sorted(extractions, key=lambda e: e.id)
        for statement in sorted(extraction.statements, key=_order)
        if statement.predicate in RELATIONS
        and statement.assertion in _SAID
        and statement.evidence
        and statement.score >= least_score(statement.predicate, threshold)
    ]
    chosen = random.Random(seed).sample(range(len(found)), min(count, len(found)))
    return [found[index] for index in sorted(chosen)]


def _order(statement: Statement) -> tuple[object, ...]:
    return (statement.evidence, statement.predicate, statement.subject, statement.object)


def relations_table(drawn: Sequence[Drawn]) -> str:
    """Return the table that may be kept: where, predicate, codes, two verdicts; no wording."""
    rows = [_COLUMNS]
    for item in drawn:
        (start, _), (_, end) = item.statement.evidence[0], item.statement.evidence[-1]
        ends = (item.statement.subject, item.statement.object)
        subject, object_ = (_code(item.extraction.entity_index[iri]) for iri in ends)
        place = (item.extraction.id, str(start), str(end))
        rows.append((*place, item.statement.predicate, subject, object_, "", ""))
    return _tsv(rows)


def reading_sheet(drawn: Sequence[Drawn]) -> str:
    """Return the sheet that readers judge by, with the sentences: mind the rights of the texts."""
    rows = [_SHEET]
    for item in drawn:
        statement, text = item.statement, item.extraction.text
        subject, object_ = (
            _name(item.extraction.entity_index[iri])
            for iri in (statement.subject, statement.object)
        )
        start, end = statement.evidence[0][0], statement.evidence[-1][1]
        sentences = " […] ".join(text[a:b] for a, b in statement.evidence)
        place = (item.extraction.id, str(start), str(end))
        rows.append((*place, statement.predicate, subject, object_, sentences, ""))
    return _tsv(rows)


def _code(entity: Entity) -> str:
    """Return the code of a concept, else the IRI."""
    return entity.notation or entity.iri


def _name(entity: Entity) -> str:
    name = f"{entity.notation} {entity.label}" if entity.notation else entity.label
    named = entity.scientific_name and entity.scientific_name != entity.label
    return f"{name} ({entity.scientific_name})" if named else name


def _tsv(rows: Sequence[tuple[str, ...]]) -> str:
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
