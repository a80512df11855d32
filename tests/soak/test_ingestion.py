"""Big corpora and many kills; by hand, with ``make soak``."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_RECORDS = 2000
_KILLS = 100


_MAIN = "from service.cli import main; main()"
_SMALL_BATCHES = f"""
import service.ingest.batches
service.ingest.batches.MOST, service.ingest.batches.SECONDS = 30, 1.0
{_MAIN}
"""
"""Writes often, so that kills fall between writes and within them."""


def _ecoduct(data: Path, *arguments: str, code: str = _MAIN) -> list[str]:
    return [
        sys.executable,
        "-c",
        code,
        "--data",
        str(data),
        *arguments,
    ]


def _export(data: Path) -> bytes:
    command = _ecoduct(data, "export", "--format", "nquads", "--no-runs")
    return subprocess.run(command, capture_output=True, check=True).stdout


@pytest.mark.soak
def test_ingestion_survives_kills_and_ends_in_the_same_graph(tmp_path: Path) -> None:
    records = tmp_path / "generated.jsonl"
    command = _ecoduct(tmp_path, "bench", "generate", str(_RECORDS), "-o", str(records))
    subprocess.run(command, check=True)
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    rng = random.Random(1)
    for _ in range(_KILLS):
        process = subprocess.Popen(_ecoduct(killed, "ingest", str(records), code=_SMALL_BATCHES))
        time.sleep(rng.uniform(0.5, 8.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(_ecoduct(killed, "ingest", str(records)), check=True)
    subprocess.run(_ecoduct(whole, "ingest", str(records), "--workers", "2"), check=True)
    assert _export(killed) == _export(whole)
