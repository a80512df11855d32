"""Lay out SPARQL results as a text table for a terminal."""

import json
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import east_asian_width

from ontology.namespaces import PREFIXES

WIDEST = 60


def _shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    for prefix, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri


def _cell(term: Mapping[str, str] | None, prefixes: Mapping[str, str], base: str) -> str:
    if term is None:
        return ""
    if term["type"] == "uri":
        local = term["value"].removeprefix(base)
        if local != term["value"] and not local.startswith("ontology#"):
            return f"<{local}>"
        return _shorten(term["value"], prefixes)
    return " ".join(term["value"].split())


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _fit(text: str, width: int) -> str:
    if _width(text) > width:
        while _width(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - _width(text))


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(_fit(c, w) for c, w in zip(cells, widths, strict=True)).rstrip()


def format_table(results: bytes, *, base: str, widest: int = WIDEST) -> str:
    """Lay out SPARQL JSON results; IRIs under the base are written relative to it."""
    data = json.loads(results)
    if "boolean" in data:
        return f"{'yes' if data['boolean'] else 'no'}\n"
    names: list[str] = data["head"]["vars"]
    bindings = data["results"]["bindings"]
    rows = [[_cell(row.get(name), PREFIXES, base) for name in names] for row in bindings]
    noun = "row" if len(rows) == 1 else "rows"
    return format_rows(names, rows, widest=widest) + f"({len(rows)} {noun})\n"


def format_rows(
    names: Sequence[str], rows: Sequence[Sequence[str]], *, widest: int = WIDEST
) -> str:
    """Lay out cells under their names, columns no wider than ``widest``."""
    widths = [
        min(widest, max(_width(name), *(_width(row[i]) for row in rows), 1))
        for i, name in enumerate(names)
    ]
    lines = [_line(names, widths), _line(["-" * width for width in widths], widths)]
    lines += [_line(row, widths) for row in rows]
    return "\n".join(lines) + "\n"
