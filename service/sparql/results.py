"""Parse the JSON that a store answers SELECT and ASK with."""

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
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
    cut: bool = False
    """Whether there are more rows than these."""


_ROWS = re.compile(r'"bindings"\s*:\s*\[')
_BETWEEN_ROWS = ", \t\r\n"
_DRAINED_CHUNKS = 16
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


def end_answer(answer: QueryAnswer) -> None:
    """Let a short answer run out and end a long one, which costs the store a reader."""
    for _ in islice(answer.chunks, _DRAINED_CHUNKS):
        pass
    close = getattr(answer.chunks, "close", None)
    if close is not None:
        close()


def _table(data: Mapping[str, Any], generation: str, *, cut: bool = False) -> ResultTable:
    variables = tuple(data["head"].get("vars", ()))
    rows = tuple(
        tuple(_term(row.get(name)) for name in variables)
        for row in data.get("results", {}).get("bindings", ())
    )
    return ResultTable(variables, rows, generation, data.get("boolean"), cut)


def parse_results(answer: QueryAnswer) -> ResultTable:
    """Read a whole answer in application/sparql-results+json."""
    return _table(json.loads(b"".join(answer.chunks)), answer.generation)


def parse_first_results(answer: QueryAnswer, limit: int) -> ResultTable:
    """Read no more than some rows of an answer in application/sparql-results+json.

    The rows are read as they come, so a long answer is neither held nor waited for.
    """
    decoder, decode = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8")().decode
    head: dict[str, Any] | None = None
    rows: list[Any] = []
    text = ""
    for chunk in answer.chunks:
        text += decode(chunk)
        if head is None and (start := _ROWS.search(text)):
            head = json.loads(text[: start.end()] + "]}}")
            text = text[start.end() :]
        while head is not None and len(rows) <= limit:
            text = text.lstrip(_BETWEEN_ROWS)
            if not text.startswith("{"):
                break
            try:
                row, end = decoder.raw_decode(text)
            except json.JSONDecodeError:
                # The rest of this row is in the next chunk.
                break
            rows.append(row)
            text = text[end:]
        if len(rows) > limit:
            end_answer(answer)
            break
    if head is None:
        return _table(json.loads(text), answer.generation)
    head["results"]["bindings"] = rows[:limit]
    return _table(head, answer.generation, cut=len(rows) > limit)
