"""Show on a terminal what is to be decided."""

from extract.evaluation.context import in_context
from extract.records import Entity, Extraction, Mention
from service.review.desk import Item

_SAID = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}


def status_of(item: Item) -> str:
    """Return what was decided on something; ``open`` where nothing was."""
    if item.decision is not None:
        return _SAID[item.decision.verdict]
    return "unsupported" if item.rejected else "open"


def line_of(item: Item, extraction: Extraction) -> str:
    """Return name, state, score and what is said, parted by tabs."""
    found, names = item.found, extraction.entity_index
    if isinstance(found, Mention):
        what: tuple[str, ...] = (
            found.kind,
            found.text,
            _named(names.get(found.entity or ""), found.entity or "-"),
        )
    else:
        subject = "" if found.subject == extraction.iri else found.subject
        what = (
            found.predicate,
            _named(names.get(subject), subject),
            _named(names.get(found.object), found.object),
        )
        if found.assertion != "affirmed":
            what = (f"{found.predicate} ({found.assertion})", *what[1:])
    return "\t".join((item.id, status_of(item), f"{found.score:.2f}", *what))


def _named(entity: Entity | None, otherwise: str) -> str:
    if entity is None:
        return otherwise
    return f"{entity.notation} {entity.label}" if entity.notation else entity.label


def context_of(item: Item, extraction: Extraction) -> tuple[tuple[str, str, str], ...]:
    """Return the places in the text that speak for something: before, at, after."""
    found = item.found
    spans = ((found.start, found.end),) if isinstance(found, Mention) else found.evidence
    return tuple(in_context(extraction.text, span) for span in spans)
