"""Point lookups of many clients while one client runs a cross product; ``make soak``."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.service.running import Service
from tests.service.test_limits import fill

_CLIENTS = 16
_RATE = 50.0
_SECONDS = 12.0
_CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def percentile(times: list[float], share: float) -> float:
    """Return the time that a share of all stay below."""
    return sorted(times)[int(len(times) * share)]


def look_up(service: Service, seconds: float) -> list[float]:
    """Ask at a fixed rate whatever the answers take; seconds from due time to answer."""
    local = threading.local()
    start = time.monotonic() + 0.2

    def ask(number: int) -> float:
        due = start + number / _RATE
        time.sleep(max(0.0, due - time.monotonic()))
        if not hasattr(local, "connection"):
            local.connection = HTTPConnection("127.0.0.1", service.port, timeout=60)
        text = quote(f"SELECT ?o {{ <urn:s{number % 2000}> <urn:p> ?o }} # {seconds} {number}")
        local.connection.request("GET", f"/sparql?query={text}", headers={"Accept": "text/csv"})
        response = local.connection.getresponse()
        response.read()
        assert response.status == 200
        return time.monotonic() - due

    with ThreadPoolExecutor(_CLIENTS) as pool:
        return list(pool.map(ask, range(int(seconds * _RATE))))


@pytest.mark.soak
def test_latency_holds_beside_a_cross_product(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        fill(service)
        look_up(service, 2.0)
        before = look_up(service, _SECONDS)
        query = f"/sparql?timeout={_SECONDS + 5}&query={quote(_CROSS)}"
        greedy = HTTPConnection("127.0.0.1", service.port, timeout=60)
        greedy.request("GET", query)
        time.sleep(0.5)
        during = look_up(service, _SECONDS - 0.5)
        assert greedy.getresponse().status == 504
        greedy.close()
    for name, times in (("before", before), ("during", during)):
        print(  # noqa: T201
            f"{name}: {len(times)} lookups, p50 {percentile(times, 0.5) * 1000:.1f} ms, "
            f"p95 {percentile(times, 0.95) * 1000:.1f} ms"
        )
    assert percentile(during, 0.95) <= 3 * percentile(before, 0.95)
