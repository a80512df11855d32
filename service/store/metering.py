"""Count the rows and bytes of an answer as it is written, and end it at its limits."""

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from service.errors import AnswerTooLargeError

_ROW_MARKS: dict[str, re.Pattern[bytes]] = {
    # A quotation mark inside a text is escaped, and after the last one of a text no name follows:
    # only a text that holds an empty pair of braces may be taken for a row that binds nothing.
    "application/sparql-results+json": re.compile(rb'[\[,]\{(?:"[^,}]|\})'),
    "application/sparql-results+xml": re.compile(rb"<result>"),
    "text/csv": re.compile(rb"\r\n"),
    "text/tab-separated-values": re.compile(rb"\n"),
}
_HEADED = ("text/csv", "text/tab-separated-values")
_LONGEST = len(b"<result>") - 1


class Meter:
    """Count what goes by; raise AnswerTooLargeError at the first row or byte too many."""

    def __init__(self, media_type: str, *, max_rows: int = 0, max_bytes: int = 0) -> None:
        self._mark = _ROW_MARKS.get(media_type)
        self._max_rows = max_rows
        self._max_bytes = max_bytes
        self._tail = b""
        self.rows = -1 if media_type in _HEADED else 0
        self.bytes = 0

    def take(self, data: bytes | bytearray) -> None:
        """Count a piece of an answer."""
        self.bytes += len(data)
        if self._mark is not None:
            self._count(self._mark, self._tail + data)
        if self._max_bytes and self.bytes > self._max_bytes:
            raise AnswerTooLargeError(
                f"the answer has more than {self._max_bytes} bytes; ask for less, or in pages by "
                "ORDER BY, LIMIT and OFFSET, or take a whole dump"
            )
        self._check_rows()

    def _count(self, mark: re.Pattern[bytes], data: bytes | bytearray) -> None:
        """Count marks, and keep the end, in which one may begin."""
        end = 0
        for match in mark.finditer(data):
            self.rows += 1
            end = match.end()
        self._tail = bytes(data[max(end, len(data) - _LONGEST) :])

    def triples(self, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
        """Pass triples on, counting each as a row."""
        for triple in triples:
            self.rows += 1
            self._check_rows()
            yield triple

    def _check_rows(self) -> None:
        if self._max_rows and self.rows > self._max_rows:
            raise AnswerTooLargeError(
                f"the answer has more than {self._max_rows} rows; ask for less, or in pages by "
                "ORDER BY, LIMIT and OFFSET, or take a whole dump"
            )
