"""Send an answer so that a cut one never looks whole, and so that no reader waits for a client."""

import tempfile
from collections.abc import Iterator

from service.errors import ServiceError
from service.sparql.monitor import Watch
from service.store.protocol import QueryAnswer

_IN_MEMORY = 1 << 20


class AbortedAnswerError(ConnectionAbortedError):
    """Make the server end the connection without the closing chunk."""


class WatchedChunks:
    """Pass the chunks of an answer on, and note how it ended."""

    def __init__(self, found: QueryAnswer, watch: Watch) -> None:
        self._chunks = found.chunks
        self._watch = watch
        watch.cost, watch.generation = found.cost, found.generation

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            chunk = next(self._chunks)
        except StopIteration:
            self._watch.end()
            raise
        except ServiceError as error:
            self._watch.fail(error)
            raise AbortedAnswerError(str(error)) from error
        self._watch.bytes += len(chunk)
        return chunk

    def close(self) -> None:
        """End a query whose client has gone."""
        close = getattr(self._chunks, "close", None)
        if close is not None:
            close()
        self._watch.end("abandoned")


def keep_whole(found: QueryAnswer, watch: Watch) -> tuple[Iterator[bytes], int]:
    """Take a whole answer before its first byte is sent; return it and its length.

    HTTP/1.0 has no chunks: there a cut answer could not be told from a whole one.
    """
    chunks = WatchedChunks(found, watch)
    # Closed by the iterator that reads it, or with the last reference to it.
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    try:
        for chunk in chunks:
            file.write(chunk)
    except AbortedAnswerError as error:
        file.close()
        raise error.__cause__ or error from None
    length = file.tell()
    file.seek(0)

    def read() -> Iterator[bytes]:
        with file:
            while data := file.read(1 << 16):
                yield data

    return read(), length
