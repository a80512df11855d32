"""Pack answers by gzip or zstd as they are written, for clients that take it."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Literal

import zstandard
from flask import Response, request
from werkzeug import Request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

Encoding = Literal["zstd", "gzip"]
_ENCODINGS: tuple[Encoding, ...] = ("zstd", "gzip")
"""Best liked first, where a client likes both as well."""
_LEAST = 1024
"""Answers that are known to be shorter are sent as they are."""
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3
_PLAIN = frozenset({"application/gzip", "application/zip", "application/pdf"})
_PACKABLE = ("text/", "application/", "image/svg+xml")
_OLD_PROTOCOL = "HTTP/1.0"


def choose_encoding(accepted: Accept) -> Encoding | None:
    """Choose what a client likes best and more than no packing at all; None for no packing."""
    ranked = [(accepted.quality(name), name == "zstd", name) for name in _ENCODINGS]
    quality, _, best = max(ranked)
    named = any(value.lower() == "identity" for value, _ in accepted)
    plain = accepted.quality("identity") if named else 0
    return best if quality > 0 and quality >= plain else None


def _gzip() -> tuple[Callable[[bytes], bytes], Callable[[bool], bytes]]:
    packer = zlib.compressobj(_GZIP_LEVEL, wbits=31)
    return packer.compress, lambda last: packer.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)


def _zstd() -> tuple[Callable[[bytes], bytes], Callable[[bool], bytes]]:
    packer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
    block, finish = zstandard.COMPRESSOBJ_FLUSH_BLOCK, zstandard.COMPRESSOBJ_FLUSH_FINISH
    return packer.compress, lambda last: packer.flush(finish if last else block)


@lru_cache(maxsize=64)
def _read_encodings(header: str) -> Encoding | None:
    return choose_encoding(parse_accept_header(header, Accept))


class PackedChunks:
    """Pack chunk by chunk, so that memory stays small and each chunk goes out as it comes.

    Where the chunks break off, so does the packed stream, without its end.
    """

    def __init__(self, chunks: Iterable[bytes], encoding: Encoding) -> None:
        self._source = chunks
        self._chunks: Iterator[bytes] | None = iter(chunks)
        self._pack, self._flush = _zstd() if encoding == "zstd" else _gzip()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        while self._chunks is not None:
            try:
                chunk = next(self._chunks)
            except StopIteration:
                self._chunks = None
                return self._flush(True)
            data = self._pack(chunk) + self._flush(False)
            if data:
                return data
        raise StopIteration

    def close(self) -> None:
        """Tell the source that no more is wanted."""
        close = getattr(self._source, "close", None)
        if close is not None:
            close()


def _packable(response: Response, asked: Request) -> bool:
    return (
        response.status_code not in (204, 304)
        and asked.method != "HEAD"
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and response.mimetype not in _PLAIN
        and (response.mimetype or "").startswith(_PACKABLE)
        and asked.environ.get("SERVER_PROTOCOL") != _OLD_PROTOCOL
    )


def pack_page(response: Response) -> Response:
    """Pack a page where its client takes that, and say that the answer depends on it."""
    if _packable(response, request):
        response.vary.add("Accept-Encoding")
    return pack_response(response, request)


def pack_response(response: Response, asked: Request) -> Response:
    """Pack an answer where its client takes that; its entity tag becomes a weak one."""
    encoding = _read_encodings(asked.headers.get("Accept-Encoding", ""))
    if encoding is None or not _packable(response, asked):
        return response
    length = None if response.is_streamed else response.calculate_content_length()
    if length is not None and length < _LEAST:
        return response
    if response.is_streamed:
        response.response = PackedChunks(response.iter_encoded(), encoding)
        response.headers.pop("Content-Length", None)
    else:
        response.set_data(b"".join(PackedChunks([response.get_data()], encoding)))
    response.headers["Content-Encoding"] = encoding
    tag, weak = response.get_etag()
    if tag is not None and not weak:
        response.set_etag(tag, weak=True)
    return response
