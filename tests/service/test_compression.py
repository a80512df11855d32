"""Answers are packed for those who take it, whole, in small memory, and cut where cut."""

import gzip
import zlib
from collections.abc import Iterator

import pytest
import zstandard
from flask.testing import FlaskClient
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from service.compression import PackedChunks, choose_encoding

MANY = "SELECT ?s ?p ?o { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=1, zstd;q=0.5", "gzip"),
        ("*", "zstd"),
        ("*;q=0, gzip;q=0.1", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("gzip;q=0", None),
        ("br", None),
    ],
)
def test_compression_is_what_the_client_likes_best(header: str, expected: str | None) -> None:
    assert choose_encoding(parse_accept_header(header, Accept)) == expected


def unpack(data: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_compression_packs_query_answers_and_pages(client: FlaskClient, encoding: str) -> None:
    for path in ("/solutions", "/threat/4.1.ttl", "/ontology.ttl", "/sparql?query=" + MANY):
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": encoding})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == encoding, path
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert len(packed.data) < len(plain.data)
        assert sorted(unpack(packed.data, encoding).split()) == sorted(plain.data.split())


def test_compression_leaves_alone_what_is_short_empty_or_packed(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip"}
    for path in ("/health", "/sparql?query=ASK {}&format=csv"):
        response = client.get(path, headers=headers)
        assert "Content-Encoding" not in response.headers or path.startswith("/sparql")
    assert "Content-Encoding" not in client.head("/solutions", headers=headers).headers


@pytest.mark.parametrize("encoding", ["gzip", "zstd", "identity"])
def test_compression_keeps_conditional_requests(client: FlaskClient, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    first = client.get("/sparql", query_string={"query": MANY}, headers=headers)
    assert first.headers["ETag"].startswith("W/") == (encoding != "identity")
    headers["If-None-Match"] = first.headers["ETag"]
    again = client.get("/sparql", query_string={"query": MANY}, headers=headers)
    assert (again.status_code, again.data) == (304, b"")


class Source:
    """Give chunks without end; tell how many were asked for and whether it was closed."""

    def __init__(self, ends_after: int | None = None) -> None:
        self.given = 0
        self.closed = False
        self._ends_after = ends_after

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self.given == self._ends_after:
            raise ConnectionAbortedError
        self.given += 1
        return b"%d" % self.given * 1000

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_compression_gives_each_chunk_as_it_comes(encoding: str) -> None:
    source = Source()
    packed = PackedChunks(source, encoding)  # type: ignore[arg-type]
    unpacker = (
        zlib.decompressobj(wbits=31)
        if encoding == "gzip"
        else zstandard.ZstdDecompressor().decompressobj()
    )
    for number in range(1, 20):
        assert unpacker.decompress(next(packed)) == b"%d" % number * 1000
        assert source.given == number
    packed.close()
    assert source.closed


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_compression_of_a_cut_answer_is_cut(encoding: str) -> None:
    packed = PackedChunks(Source(ends_after=2), encoding)  # type: ignore[arg-type]
    data = next(packed) + next(packed)
    with pytest.raises(ConnectionAbortedError):
        next(packed)
    if encoding == "gzip":
        with pytest.raises(EOFError):
            gzip.decompress(data)
    else:
        unpacker = zstandard.ZstdDecompressor().decompressobj()
        unpacker.decompress(data)
        assert not unpacker.eof
