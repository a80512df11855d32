"""Serving at 5,000 generated solutions: CPU beside the engine, throughput beside rdflib-endpoint.

ECODUCT_BENCH_DATA may name a data folder with them; without it, they are generated and ingested.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.serving_bench import format_serving, measure_serving

COUNT = 5000


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if "ECODUCT_BENCH_DATA" in os.environ:
        return Path(os.environ["ECODUCT_BENCH_DATA"])
    folder = tmp_path_factory.mktemp("bench")
    ecoduct = str(Path(sys.executable).with_name("ecoduct"))
    records = folder / "generated.jsonl"
    subprocess.run([ecoduct, "bench", "generate", str(COUNT), "-o", records], check=True)
    command = [ecoduct, "--data", str(folder / "data"), "ingest", str(records), "--workers", "2"]
    subprocess.run(command, check=True)
    return folder / "data"


@pytest.mark.soak
def test_serving_holds_its_ratios_at_full_size(data: Path) -> None:
    scratch = data / "scratch"
    scratch.mkdir(exist_ok=True)
    results = measure_serving(data, scratch, requests=900, rounds=3)
    ours, engine, other = results
    sys.stderr.write(format_serving(results))
    assert [result.failed for result in results] == [0, 0, 0]
    assert ours.cpu_ms <= 2 * engine.cpu_ms, format_serving(results)
    assert ours.per_second >= 10 * other.per_second, format_serving(results)
