"""Write ranked candidates as cells of a table and as JSON."""

from typing import TYPE_CHECKING, Any

from extract.reconcile.ranked import Feature, RankedCandidate

if TYPE_CHECKING:  # it would load spaCy, which serving must do without
    from extract.linking import LinkedMention

COLUMNS = ("score", "match", "candidate", "label", "description", "features")
WIDEST = 120
LINK_COLUMNS = ("at", "kind", "text", *COLUMNS)


def candidate_row(option: RankedCandidate, base: str) -> tuple[str, ...]:
    """Return the cells of a candidate, its IRI written relative to the base."""
    candidate = option.candidate
    local = candidate.iri.removeprefix(base)
    return (
        f"{candidate.score:.2f}",
        "yes" if candidate.match else "",
        f"<{local}>" if local != candidate.iri else candidate.iri,
        candidate.label,
        option.description,
        format_features(option.features),
    )


def format_features(features: tuple[Feature, ...]) -> str:
    """Write features as ``name=value`` in one cell."""
    return " ".join(
        f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}"
        for name, value in features
    )


def candidate_to_json(option: RankedCandidate) -> dict[str, Any]:
    """Return a candidate as the Reconciliation API writes it."""
    candidate = option.candidate
    return {
        "id": candidate.iri,
        "name": candidate.label,
        "score": candidate.score,
        "match": candidate.match,
        "type": [option.type],
        "description": option.description,
        "features": [{"id": name, "value": value} for name, value in option.features],
    }


def mention_rows(mention: "LinkedMention", base: str) -> list[tuple[str, ...]]:
    """Return a row that tells of the mention itself, then one for each candidate."""
    fate = f"rejected: {mention.rejected}" if mention.rejected else mention.rule
    if not mention.rejected and not any(c.candidate.match for c in mention.candidates):
        fate = f"unlinked, {fate}"
    head = (f"{mention.start}:{mention.end}", mention.kind, " ".join(mention.text.split()))
    own = (*head, f"{mention.score:.2f}", "", "", "", fate, format_features(mention.features))
    options = [("", "", "", *candidate_row(option, base)) for option in mention.candidates]
    return [own, *options]


def mention_to_json(mention: "LinkedMention") -> dict[str, Any]:
    """Return a mention with its candidates as JSON data."""
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "score": mention.score,
        "rule": mention.rule,
        "rejected": mention.rejected,
        "features": dict(mention.features),
        "candidates": [candidate_to_json(option) for option in mention.candidates],
    }
