import pyoxigraph as ox
import pytest

from service.errors import AnswerTooLargeError
from service.store.answers import choose_media_type, evaluate, write_answer
from service.store.metering import Meter
from service.store.protocol import QueryRequest

_TYPES = [
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
]
_VALUES = ['{"a": 1},{"b": 2}', "<result>", "two\nlines", ",{", "[{", "é"]


class Pieces:
    """Give an answer to a meter in pieces of any size."""

    def __init__(self, meter: Meter, size: int) -> None:
        self._meter = meter
        self._size = size

    def flush(self) -> None:
        """Have nothing to do: pieces are taken at once."""

    def write(self, data: bytes) -> int:
        for start in range(0, len(data), self._size):
            self._meter.take(data[start : start + self._size])
        return len(data)


def measure(text: str, media_type: str, *, size: int = 1 << 16, max_rows: int = 0) -> Meter:
    store = ox.Store()
    for number, value in enumerate(_VALUES):
        store.add(ox.Quad(ox.NamedNode(f"urn:s{number}"), ox.NamedNode("urn:p"), ox.Literal(value)))
    results = evaluate(store, QueryRequest(text, media_type))
    meter = Meter(choose_media_type(results, media_type), max_rows=max_rows)
    write_answer(results, media_type, Pieces(meter, size), meter)
    return meter


@pytest.mark.parametrize("media_type", _TYPES)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 16])
def test_metering_counts_rows_however_they_are_cut(media_type: str, size: int) -> None:
    assert measure("SELECT ?s ?o { ?s ?p ?o }", media_type, size=size).rows == len(_VALUES)


@pytest.mark.parametrize("media_type", _TYPES)
def test_metering_counts_rows_that_bind_nothing_and_none_at_all(media_type: str) -> None:
    assert measure("SELECT ?x { ?s ?p ?o }", media_type).rows == len(_VALUES)
    assert measure("SELECT ?s { ?s <urn:none> ?o }", media_type).rows == 0


@pytest.mark.parametrize("media_type", ["text/turtle", "application/ld+json"])
def test_metering_counts_triples(media_type: str) -> None:
    assert measure("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", media_type).rows == len(_VALUES)


@pytest.mark.parametrize(
    ("text", "media_type"),
    [("SELECT ?s { ?s ?p ?o }", media_type) for media_type in _TYPES]
    + [("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "application/n-triples")],
)
def test_metering_ends_an_answer_at_the_first_row_too_many(text: str, media_type: str) -> None:
    measure(text, media_type, max_rows=len(_VALUES))
    with pytest.raises(AnswerTooLargeError, match="more than 5 rows"):
        measure(text, media_type, max_rows=len(_VALUES) - 1)


def test_metering_ends_an_answer_at_the_first_byte_too_many() -> None:
    meter = Meter("text/csv", max_bytes=10)
    meter.take(b"12345")
    meter.take(b"67890")
    with pytest.raises(AnswerTooLargeError, match="more than 10 bytes"):
        meter.take(b"1")
