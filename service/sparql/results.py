"""Parse the JSON that a store answers SELECT and ASK with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.store.protocol import QueryAnswer


@dataclass(frozen=True, slots=True)
class Term:
    """Hold one bound value: ``iri``, ``literal``, ``blank`` or ``triple``."""

    kind: str
    value: str
    lang: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Hold the rows of a SELECT, or the truth of an ASK, and the generation they come from."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    generation: str
    boolean: bool | None = None


_KINDS = {"uri": "iri", "literal": "literal", "typed-literal": "literal", "bnode": "blank"}


def _term(data: Mapping[str, Any] | None) -> Term | None:
    if data is None:
        return None
    if data["type"] == "triple":
        parts = (_term(data["value"][name]) for name in ("subject", "predicate", "object"))
        return Term("triple", " ".join(part.value for part in parts if part))
    return Term(
        _KINDS[data["type"]], data["value"], data.get("xml:lang", ""), data.get("datatype", "")
    )


def parse_results(answer: QueryAnswer) -> ResultTable:
    """Read a whole answer in application/sparql-results+json."""
    data = json.loads(b"".join(answer.chunks))
    variables = tuple(data["head"].get("vars", ()))
    rows = tuple(
        tuple(_term(row.get(name)) for name in variables)
        for row in data.get("results", {}).get("bindings", ())
    )
    return ResultTable(variables, rows, answer.generation, data.get("boolean"))
