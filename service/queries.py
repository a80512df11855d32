"""Ask the graph on behalf of pages: safe terms in fixed queries, answers kept by generation."""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rdflib import URIRef

from ontology.namespaces import PREFIXES
from service.errors import ServiceError
from service.index.searching import SearchIndex
from service.sparql.results import ResultTable, parse_results
from service.sparql.tokenizer import tokenize
from service.store.protocol import QueryRequest, Reader

Value = str | int | float | Decimal
"""A URIRef becomes an IRI, any other text a plain literal."""
Row = dict[str, str]

_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(PREFIXES.items()))
_NONCHARACTERS = "".join(
    chr(plane << 16 | end) for plane in range(1, 14) for end in (0xFFFE, 0xFFFF)
)
_FORBIDDEN = re.compile(
    r'[\x00-\x20<>"{}|^`\\\[\]\x7F-\x9F\uD800-\uF8FF\uFDD0-\uFDEF\uFFF0-\uFFFF'
    rf"{_NONCHARACTERS}\U000E0000-\U000E0FFF\U000F0000-\U0010FFFF]|%(?![0-9A-Fa-f]{{2}})"
)
"""What stands in no IRI by RFC 3987, but for brackets around a numeric host."""
_NUMERIC_HOST = re.compile(r"(?<=://)\[[0-9A-Fa-f:.]+\]")
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)
_JSON = "application/sparql-results+json"


def is_valid_iri(iri: str) -> bool:
    """Tell whether an IRI can stand between angle brackets."""
    rest = _NUMERIC_HOST.sub("", iri, count=1)
    return ":" in iri and iri.count("#") < 2 and _FORBIDDEN.search(rest) is None


def write_term(value: Value) -> str:
    """Write a value as a SPARQL term; raise ServiceError where an IRI is not valid."""
    if isinstance(value, URIRef):
        if not is_valid_iri(value):
            raise ServiceError(f"{str(value)!r} is not a valid IRI")
        return f"<{value}>"
    if isinstance(value, str):
        return f'"{value.translate(_ESCAPES)}"'
    return str(value)


def fill_query(text: str, **bindings: Value | Sequence[URIRef]) -> str:
    """Replace each ``$name`` of a query by its term, or by its IRIs one after another.

    Variables of the query itself are written ``?name``; strings and comments are left alone.
    """
    parts = []
    position = 0
    for token in tokenize(text):
        if token.kind == "variable" and token.text.startswith("$"):
            value = bindings[token.text[1:]]
            terms = [value] if isinstance(value, Value) else value
            parts.append(text[position : token.start])
            parts.append(" ".join(write_term(term) for term in terms))
            position = token.start + len(token.text)
    return _PROLOGUE + "".join(parts) + text[position:]


class GraphData:
    """Answer SELECT queries for pages; what was asked once is kept while the data stand."""

    def __init__(
        self,
        reader: Reader,
        *,
        search: SearchIndex | None = None,
        size: int = 512,
        max_rows: int = 20_000,
    ) -> None:
        self._reader = reader
        self.search = search
        """Text search beside the graph; None where the store has none."""
        self._size = size
        self._max_rows = max_rows
        self._kept: OrderedDict[tuple[str, str], ResultTable] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def generation(self) -> str:
        return self._reader.generation()

    def table(self, text: str, **bindings: Value | Sequence[URIRef]) -> ResultTable:
        """Return the answer with the kinds of its terms."""
        query = fill_query(text, **bindings)
        key = (self.generation, query)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        table = parse_results(self._reader.query(QueryRequest(query, _JSON)))
        if len(table.rows) <= self._max_rows:
            with self._lock:
                self._kept[table.generation, query] = table
                while len(self._kept) > self._size:
                    self._kept.popitem(last=False)
        return table

    def select(self, text: str, **bindings: Value | Sequence[URIRef]) -> list[Row]:
        """Return rows as dictionaries of text; what is unbound is the empty string."""
        table = self.table(text, **bindings)
        return [
            {
                name: term.value if term else ""
                for name, term in zip(table.variables, row, strict=True)
            }
            for row in table.rows
        ]

    def ask(self, text: str, **bindings: Value | Sequence[URIRef]) -> bool:
        """Return the truth of an ASK query."""
        return bool(self.table(text, **bindings).boolean)

    def count(self, text: str, **bindings: Value | Sequence[URIRef]) -> int:
        """Return the one number that a query selects; 0 where it has no row."""
        rows = self.select(text, **bindings)
        return int(next(iter(rows[0].values()))) if rows else 0


def iris(values: Iterable[str]) -> list[URIRef]:
    """Sort distinct valid IRIs for a VALUES block."""
    return [URIRef(value) for value in sorted({v for v in values if is_valid_iri(v)})]
