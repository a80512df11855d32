"""Measure queries over HTTP against a service that is really started."""

import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import psutil

from ontology.competency import Question
from service.errors import ServiceError

_START_S = 60
_STOP_S = 20


@dataclass(frozen=True, slots=True)
class QueryMeasurement:
    """Hold the times of one query: wall milliseconds at the client, CPU of all server processes."""

    key: str
    rows: int
    p50_ms: float
    p95_ms: float
    cpu_ms: float


@contextmanager
def running_service(data_dir: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Start the service on a free port; yield its address and process, and stop it after."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from service.cli import main; main()"]
    command += ["--data", str(data_dir), "serve", "--port", str(port)]
    process = subprocess.Popen(command)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(process, address)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(_STOP_S)


def _wait_until_ready(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            _fetch(urllib.request.Request(f"{address}/health"))
            return
        except OSError:
            time.sleep(0.1)
    raise ServiceError(f"the service at {address} did not answer; see its messages above")


def measure_query(
    address: str, service: psutil.Process, question: Question, base: str, rounds: int
) -> QueryMeasurement:
    """Ask one question a number of times, after one that warms up."""
    query = urllib.parse.urlencode({"query": question.render(base)})
    request = urllib.request.Request(f"{address}/sparql?{query}", headers={"Accept": "text/csv"})
    rows = _fetch(request).count(b"\r\n") - 1
    before = cpu_seconds(service)
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        _fetch(request)
        times.append((time.perf_counter() - started) * 1000)
    cpu_ms = (cpu_seconds(service) - before) * 1000 / rounds
    cuts = quantiles(times, n=20, method="inclusive")
    return QueryMeasurement(question.key, rows, cuts[9], cuts[18], cpu_ms)


def cpu_seconds(process: psutil.Process) -> float:
    """Return the CPU seconds of a process and all below it that run."""
    total = 0.0
    for each in [process, *process.children(recursive=True)]:
        times = each.cpu_times()
        total += times.user + times.system
    return total


def _fetch(request: urllib.request.Request) -> bytes:
    with urllib.request.urlopen(request, timeout=120) as response:
        data: bytes = response.read()
        return data
