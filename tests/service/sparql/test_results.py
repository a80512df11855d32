import json
from collections.abc import Iterator

import pytest

from service.sparql.results import ResultTable, Term, parse_first_results, parse_results
from service.store.protocol import QueryAnswer

_ROWS = [
    {"a": {"type": "uri", "value": "http://e/1"}, "b": {"type": "bnode", "value": "x"}},
    {"a": {"type": "literal", "value": 'é "] }, {"', "xml:lang": "fr"}},
    {"b": {"type": "literal", "value": "3", "datatype": "http://e/int"}},
]
_TERMS = (
    (Term("iri", "http://e/1"), Term("blank", "x")),
    (Term("literal", 'é "] }, {"', lang="fr"), None),
    (None, Term("literal", "3", datatype="http://e/int")),
)
_JSON = {"head": {"vars": ["a", "b"]}, "results": {"bindings": _ROWS}}


class _Chunks:
    """Yield bytes in pieces and remember whether they were ended."""

    def __init__(self, data: bytes, size: int) -> None:
        self._pieces = iter([data[i : i + size] for i in range(0, len(data), size)])
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        self.closed = True


def _answer(data: object, size: int = 7, *, indent: int | None = None) -> QueryAnswer:
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return QueryAnswer("application/sparql-results+json", _Chunks(text.encode(), size), "g")


def test_results_read_terms() -> None:
    assert parse_results(_answer(_JSON)) == ResultTable(("a", "b"), _TERMS, "g")


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("indent", [None, 2])
def test_results_read_the_first_rows_as_they_come(size: int, indent: int | None) -> None:
    answer = _answer(_JSON, size, indent=indent)
    assert parse_first_results(answer, 2) == ResultTable(("a", "b"), _TERMS[:2], "g", cut=True)
    assert answer.chunks.closed
    whole = parse_first_results(_answer(_JSON, size, indent=indent), 3)
    assert whole == ResultTable(("a", "b"), _TERMS, "g")


def test_results_read_truth_and_no_rows() -> None:
    truth = parse_first_results(_answer({"head": {}, "boolean": True}), 5)
    assert truth.boolean is True
    empty = {"head": {"vars": ["a"]}, "results": {"bindings": []}}
    assert parse_first_results(_answer(empty), 5) == ResultTable(("a",), (), "g")
