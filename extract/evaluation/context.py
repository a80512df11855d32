"""Find where in a text an error shows."""

from dataclasses import replace

from extract.evaluation.facets import PREDICATES
from extract.evaluation.gold import GoldText
from extract.evaluation.tally import Fault
from extract.records import Extraction

Span = tuple[int, int]

_AROUND = 90


def locate(fault: Fault, extraction: Extraction, gold: GoldText) -> Fault:
    """Say where a wrong code was read, or where the words of a missed one stand."""
    if fault.span is not None or fault.facet not in PREDICATES:
        return fault
    if fault.kind == "spurious":
        span = _evidence(fault, extraction)
    else:
        span = _phrase(gold.facets[fault.facet].phrases.get(fault.detail, ""), extraction.text)
    return replace(fault, span=span)


def _evidence(fault: Fault, extraction: Extraction) -> Span | None:
    for statement in extraction.statements:
        entity = extraction.entity_index.get(statement.object)
        if statement.predicate != PREDICATES[fault.facet] or entity is None:
            continue
        codes = entity.countries if fault.facet == "countries" else (entity.notation or "",)
        near = any(f"{code}.".startswith(f"{fault.detail}.") for code in codes)
        if near and statement.evidence:
            return statement.evidence[0]
    return None


def _phrase(phrase: str, text: str) -> Span | None:
    for part in (phrase, *phrase.split(";")):
        start = text.casefold().find(part.strip().casefold()) if part.strip() else -1
        if start >= 0:
            return start, start + len(part.strip())
    return None


def in_context(text: str, span: Span) -> tuple[str, str, str]:
    """Return what stands before, at and after a place, cut at words."""
    start, end = span
    left = max(0, start - _AROUND)
    right = min(len(text), end + _AROUND)
    before, after = text[left:start], text[end:right]
    if left > 0:
        before = "… " + before.partition(" ")[2]
    if right < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, text[start:end], after
