"""Count the rows and bytes of an answer as it is written, and end it at its limits."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from service.errors import AnswerTooLargeError

_ROW_MARKS: dict[str, tuple[bytes, ...]] = {
    # In a text of JSON a quotation mark is escaped: these stand between rows alone.
    "application/sparql-results+json": (b'[{"', b',{"', b"[{}", b",{}"),
    "application/sparql-results+xml": (b"<result>",),
    "text/csv": (b"\r\n",),
    "text/tab-separated-values": (b"\n",),
}
_HEADED = ("text/csv", "text/tab-separated-values")
_LONGEST = max(len(mark) for marks in _ROW_MARKS.values() for mark in marks)


class Meter:
    """Count what goes by; raise AnswerTooLargeError at the first row or byte too many."""

    def __init__(self, media_type: str, *, max_rows: int = 0, max_bytes: int = 0) -> None:
        self._marks = _ROW_MARKS.get(media_type, ())
        self._max_rows = max_rows
        self._max_bytes = max_bytes
        self._tail = b""
        self.rows = -1 if media_type in _HEADED else 0
        self.bytes = 0

    def take(self, data: bytes | bytearray) -> None:
        """Count a piece of an answer."""
        self.bytes += len(data)
        for mark in self._marks:
            keep = len(mark) - 1
            seam = self._tail[-keep:] + data[:keep] if keep else b""
            self.rows += data.count(mark) + seam.count(mark)
        self._tail = (self._tail + data[-_LONGEST:])[-_LONGEST:]
        if self._max_bytes and self.bytes > self._max_bytes:
            raise AnswerTooLargeError(
                f"the answer has more than {self._max_bytes} bytes; ask for less, or in pages by "
                "ORDER BY, LIMIT and OFFSET, or take a whole dump"
            )
        self._check_rows()

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
