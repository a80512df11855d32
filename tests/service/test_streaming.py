"""A large answer passes through in small memory, plain or packed."""

import gzip
import http.client
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil
import pytest
import zstandard

from service.bench import running_service
from service.store.embedded import open_embedded
from service.store.folder import DataFolder

pytestmark = pytest.mark.slow

COUNT = 250_000
GROWTH_MB = 25
"""What all processes together may grow by; the answer has 33 MB."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streaming")
    quads = folder / "many.nq"
    with quads.open("w", encoding="ascii") as file:
        for number in range(COUNT):
            subject = f"<https://data.test/subject/{number}>"
            file.write(f'{subject} <https://data.test/p> "{number:040d}" <https://data.test/g> .\n')
    store = open_embedded(DataFolder(folder / "data"), merged=False)
    store.bulk_load(str(quads))
    store.close()
    return folder / "data"


def memory(service: psutil.Process) -> int:
    processes = [service, *service.children(recursive=True)]
    return sum(process.memory_info().rss for process in processes) >> 20


def ask(url: str, encoding: str, watch: psutil.Process) -> tuple[bytes, int]:
    """Read an answer slowly at first; return it and the most memory that was seen."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=120)
    query = quote("SELECT ?s ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
    headers = {"Accept": "application/sparql-results+json", "Accept-Encoding": encoding}
    connection.request("GET", f"/sparql?query={query}", headers=headers)
    response = connection.getresponse()
    assert (response.status, response.headers.get("Content-Encoding", "identity")) == (
        200,
        encoding,
    )
    parts, most = [response.read(1 << 16)], memory(watch)
    time.sleep(0.5)
    while part := response.read(1 << 18):
        parts.append(part)
        most = max(most, memory(watch))
    connection.close()
    return b"".join(parts), most


def test_streaming_keeps_memory_small(data: Path) -> None:
    with running_service(data) as (address, service):
        ask(address, "identity", service)
        before = memory(service)
        for encoding in ("identity", "gzip", "zstd"):
            answer, most = ask(address, encoding, service)
            if encoding == "gzip":
                answer = gzip.decompress(answer)
            elif encoding == "zstd":
                answer = zstandard.ZstdDecompressor().decompressobj().decompress(answer)
            assert answer.count(b'"o":') == COUNT
            assert len(answer) > 30 << 20
            assert most - before < GROWTH_MB, encoding
