"""Read the messages of both versions of the Reconciliation API as queries."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast, get_args

from extract.reconcile.properties import EVERYTHING
from extract.reconcile.queries import Condition, Quantifier, Query
from extract.reconcile.ranked import ReconcileType
from service.problems import ProblemError
from service.web.reconciliation.types import type_of_id

MOST_QUERIES = 1000
_MOST_CANDIDATES = 100
_LIMIT = 5
_OLD_KEYS = frozenset(("query", "type", "limit", "properties", "type_strict"))
_DRAFT_KEYS = frozenset(("type", "limit", "lang", "dir", "conditions"))
_STRICT = ("any", "should", "all")
_QUANTIFIERS: tuple[Quantifier, ...] = get_args(Quantifier)


def refuse(what: str) -> ProblemError:
    """Make the error for a message that is not what the specification says."""
    return ProblemError(HTTPStatus.BAD_REQUEST, what)


def parse_json(text: str, what: str) -> Any:
    """Parse a message; raise ProblemError where it is no JSON."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise refuse(f"{what} is not JSON: {error}") from error


def _check_size(count: int) -> None:
    if count > MOST_QUERIES:
        raise ProblemError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"{count} queries in one batch; send {MOST_QUERIES} or fewer at a time",
        )


def read_old_batch(batch: Any) -> dict[str, Query]:
    """Read a batch of version 0.2: an object of queries by key."""
    if not isinstance(batch, dict):
        raise refuse("queries must be an object that maps a key to each query")
    _check_size(len(batch))
    return {key: _read_old(query, f"query {key!r}") for key, query in batch.items()}


def _read_old(query: Any, where: str) -> Query:
    _check_object(query, _OLD_KEYS, where)
    name, conditions = query.get("query"), query.get("properties")
    if name is None and not conditions:
        raise refuse(f"{where} has neither a query nor properties")
    if name is not None and not isinstance(name, str):
        raise refuse(f"{where}: query must be a text")
    if query.get("type_strict", "any") not in _STRICT:
        raise refuse(f"{where}: type_strict must be one of {', '.join(_STRICT)}")
    given = query.get("type", [])
    types = [given] if isinstance(given, str) else given
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise refuse(f"{where}: type must be a text or a list of texts")
    known = _known_types([one for one in types if one])
    if query.get("type_strict") == "all" and len(set(types)) > 1:
        known = ()
    return Query(
        name or "",
        known,
        _read_limit(query, where),
        tuple(_read_old_property(item, where) for item in _list(conditions, where)),
    )


def _read_old_property(item: Any, where: str) -> Condition:
    if not isinstance(item, dict) or not isinstance(item.get("pid"), str) or "v" not in item:
        raise refuse(f"{where}: each property needs a pid and a v")
    return Condition(item["pid"], read_values(item["v"], where))


def read_draft_batch(batch: Any) -> list[Query]:
    """Read a batch of the 1.0 draft: an object with a list of queries."""
    if not isinstance(batch, dict) or not isinstance(batch.get("queries"), list):
        raise refuse("the body must be an object with a list of queries")
    _check_size(len(batch["queries"]))
    return [_read_draft(query, f"query {n}") for n, query in enumerate(batch["queries"])]


def _read_draft(query: Any, where: str) -> Query:
    _check_object(query, _DRAFT_KEYS, where)
    conditions = query.get("conditions")
    if not isinstance(conditions, list) or not conditions:
        raise refuse(f"{where} needs a list of conditions that is not empty")
    if "type" in query and not isinstance(query["type"], str):
        raise refuse(f"{where}: type must be one text")
    names: list[str] = []
    ids: list[str] = []
    filters: list[Condition] = []
    for condition in conditions:
        if not isinstance(condition, dict) or "propertyValue" not in condition:
            raise refuse(f"{where}: each condition needs a matchType and a propertyValue")
        values = read_values(condition["propertyValue"], where)
        match condition.get("matchType"):
            case "name":
                names += values
            case "id":
                ids += values
            case "property":
                filters.append(_read_filter(condition, values, where))
            case _:
                raise refuse(f"{where}: matchType must be name, id or property")
    return Query(
        names[0] if names else "",
        _known_types([query["type"]] if query.get("type") else []),
        _read_limit(query, where),
        tuple(filters),
        tuple(ids),
        tuple(names[1:]),
    )


def _read_filter(condition: Mapping[str, Any], values: tuple[str, ...], where: str) -> Condition:
    quantifier, required = condition.get("matchQuantifier", "any"), condition.get("required", False)
    if not isinstance(condition.get("propertyId"), str):
        raise refuse(f"{where}: a condition on a property needs a propertyId")
    if quantifier not in _QUANTIFIERS or not isinstance(required, bool):
        raise refuse(f"{where}: matchQuantifier is any, all or none, and required true or false")
    return Condition(condition["propertyId"], values, required, cast(Quantifier, quantifier))


def read_values(value: Any, where: str) -> tuple[str, ...]:
    """Read one value or a list of them; of an entity its id, else its name, is taken."""
    values = value if isinstance(value, list) else [value]
    read = []
    for one in values:
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            read.append(one["id"])
        elif isinstance(one, bool):
            read.append(str(one).lower())
        elif isinstance(one, str | int | float):
            read.append(one if isinstance(one, str) else f"{one:g}" if one % 1 else str(int(one)))
        else:
            raise refuse(f"{where}: a value is a text, a number, true, false or an entity's id")
    return tuple(read)


def _list(value: Any, where: str) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise refuse(f"{where}: properties must be a list")
    return value or []


def _check_object(query: Any, known: frozenset[str], where: str) -> None:
    if not isinstance(query, dict):
        raise refuse(f"{where} must be an object")
    if unknown := sorted(set(query) - known):
        raise refuse(f"{where} has {', '.join(unknown)}; known are {', '.join(sorted(known))}")


def _read_limit(query: Mapping[str, Any], where: str) -> int:
    limit = query.get("limit", _LIMIT)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 1 or limit % 1:
        raise refuse(f"{where}: limit must be a whole number above 0")
    return min(int(limit), _MOST_CANDIDATES)


def _known_types(ids: list[str]) -> tuple[ReconcileType, ...]:
    """Return the types that are ours of those asked for, all where none was asked for."""
    if not ids:
        return EVERYTHING
    found = (type_of_id(id) for id in ids)
    return tuple(dict.fromkeys(type for type in found if type is not None))
