"""Two thousand solutions from the stand-in site, and the cost of each of 5,000 documents."""

import os
import resource
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from extract.bench.generator import generate_extractions
from extract.records import extraction_to_json
from ontology.namespaces import Minter
from service.config import Settings
from service.ingest.run import IngestRun
from service.store.folder import DataFolder
from service.store.owner import open_store
from tests.standin.panorama import KEY, PanoramaStandIn

_SETTINGS = (
    f'panorama_key = "{KEY}"\nfetch_private = true\nfetch_interval_s = 0.0\ngrace_days = 0.0\n'
)


def _run(data: Path, *arguments: str) -> tuple[bytes, str, float]:
    """Return output, messages and CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = "from service.cli import main; main()"
    settings = data.with_suffix(".toml")
    settings.write_text(_SETTINGS, "utf-8")
    command = [sys.executable, "-c", code, "--config", str(settings), "--data", str(data)]
    done = subprocess.run([*command, *arguments], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, done.stderr.decode(), cpu


def _export(data: Path) -> bytes:
    return _run(data, "export", "--format", "nquads", "--no-runs")[0]


@pytest.mark.soak
def test_ingestion_standin_of_two_thousand_ends_as_built_from_scratch(tmp_path: Path) -> None:
    data, fresh = tmp_path / "data", tmp_path / "fresh"
    with PanoramaStandIn(count=2000) as site:
        source = f"panorama:{site.base}"
        site.spoil(0.05, seed=1)
        site.fault_every = 9
        first = _run(data, "ingest", source, "--workers", "2")[2]
        messages, second = _run(data, "ingest", source)[1:]
        assert " 0 ingested" in messages
        assert first >= 50 * second
        for seed in (2, 4):
            site.change(0.1, seed=seed)
            site.remove(0.02, seed=seed + 1)
            _run(data, "ingest", source, "--workers", "2")
        _run(fresh, "ingest", source, "--workers", "2")
    assert _export(data) == _export(fresh) != b""


class _Costs:
    """Note CPU seconds and memory of this process and its children after each tenth."""

    def __init__(self, tenth: int) -> None:
        self._tenth = tenth
        self._count = 0
        self.seconds = [0.0]
        self.memory: list[int] = []

    def expect(self, count: int) -> None: ...

    def advance(self, count: int) -> None:
        self._count += count
        if self._count >= self._tenth * len(self.seconds):
            own = psutil.Process()
            family = [own, *own.children(recursive=True)]
            times = [process.cpu_times() for process in family]
            self.seconds.append(sum(t.user + t.system for t in times))
            self.memory.append(sum(process.memory_info().rss for process in family))


@pytest.mark.soak
def test_ingestion_costs_the_same_for_the_first_and_the_last_documents(tmp_path: Path) -> None:
    count = int(os.environ.get("ECODUCT_SOAK_DOCUMENTS", "5000"))
    records = tmp_path / "records.jsonl"
    with records.open("w", encoding="utf-8") as lines:
        for extraction in generate_extractions(count, seed=1, minter=Minter()):
            lines.write(extraction_to_json(extraction) + "\n")
    costs = _Costs(count // 10)
    with open_store(DataFolder(tmp_path / "data")) as store:
        IngestRun(Settings(data_dir=tmp_path / "data"), store, progress=costs).ingest([records])
    tenths = [later - earlier for earlier, later in pairwise(costs.seconds)]
    sys.stderr.write(f"CPU seconds a tenth {tenths}, bytes {costs.memory}\n")
    # The first tenth bears what starting costs: the second stands for it.
    assert tenths[-1] <= 1.2 * max(tenths[1], tenths[2])
    assert costs.memory[-1] <= 1.3 * costs.memory[1]
