"""Write candidates as messages of both versions of the Reconciliation API."""

from collections.abc import Iterable
from typing import Any

from extract.reconcile.ranked import RankedCandidate
from service.web.reconciliation.types import feature_name, type_info

Json = dict[str, Any]
_FULL = 100
"""Both versions give scores from 0 to 100."""


def write_old(options: Iterable[RankedCandidate]) -> Json:
    """Write the result of one query as version 0.2 has it."""
    return {"result": [_candidate(option, named=False) for option in options]}


def write_draft(options: Iterable[RankedCandidate]) -> Json:
    """Write the result of one query as the 1.0 draft has it."""
    return {"candidates": [_candidate(option, named=True) for option in options]}


def _candidate(option: RankedCandidate, *, named: bool) -> Json:
    candidate, info = option.candidate, type_info(option.type)
    return {
        "id": candidate.iri,
        "name": candidate.label,
        "description": _description(option),
        "score": round(_FULL * candidate.score, 1),
        "match": candidate.match,
        "type": [{"id": info.id, "name": info.name}],
        "features": [
            {"id": id, "value": value} | ({"name": feature_name(id)} if named else {})
            for id, value in option.features
            if not isinstance(value, str)
        ],
    }


def _description(option: RankedCandidate) -> str:
    """Say what the candidate is, and by which of its names it was found."""
    features = dict(option.features)
    name = features.get("name", "")
    if not isinstance(name, str) or not name or name == option.candidate.label:
        return option.description
    kind = features.get("name_kind", "")
    found = f"found as {name}" + (f" ({kind})" if kind and isinstance(kind, str) else "")
    return f"{option.description}; {found}" if option.description else found
