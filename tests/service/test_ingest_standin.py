"""Ingestion from the stand-in site, with its failures, changes and removals."""

import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psutil
import pytest

from ontology.namespaces import Minter
from service.config import Settings
from service.ingest.extraction import ExtractionSettings, Outcome, Task
from service.ingest.report import IngestReport
from service.ingest.run import IngestRun
from service.ingest.state import IngestState
from service.ingest.versions import Versions
from service.ingest.workers import ExtractionPool
from service.store.folder import DataFolder
from service.store.owner import open_store
from service.store.reading import SnapshotReader
from tests.service.running import eventually
from tests.standin.panorama import KEY, SPOILS, PanoramaStandIn

RUNS = Minter().service_graph("runs")
TIMES = 50
"""How much less CPU a run over what has not changed takes than the first."""


def export(data: Path) -> bytes:
    """Return all that is published but the graph of runs and times."""
    reader = SnapshotReader(DataFolder(data).snapshots)
    quads = b"".join(reader.export(media_type="application/n-quads", leave_out=(RUNS,)))
    reader.close()
    return quads


class Workers:
    """Lend one pool of extraction processes to all runs, so that each loads its models once."""

    def __init__(self, data: Path) -> None:
        self._pool = ExtractionPool(ExtractionSettings(Minter().base, 0.5, data))

    def __call__(self, settings: ExtractionSettings, **_: float) -> "Workers":
        return self

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        return self._pool.run(tasks)

    def close(self) -> None:
        """Stay for the next run."""

    def end(self) -> None:
        self._pool.close()

    def seconds(self) -> float:
        """Return the CPU seconds of this process, of its children that ended and of the pool."""
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        times = [psutil.Process(pid).cpu_times() for pid in (psutil.Process().pid, *self.pids())]
        return ended.ru_utime + ended.ru_stime + sum(time.user + time.system for time in times)

    def pids(self) -> tuple[int, ...]:
        return self._pool.pids()


@pytest.fixture
def workers(
    tmp_path: Path, gazetteer_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workers]:
    """Return the pool that all runs of a test use; no edit of a file makes its texts stale."""
    for name in ("data", "fresh"):
        prepare(tmp_path / name, gazetteer_path)
    pool = Workers(tmp_path / "data")
    versions = Versions("pipeline", "vocabulary", "gazetteer")
    monkeypatch.setattr("service.ingest.run.current_versions", lambda settings: versions)
    monkeypatch.setattr("service.ingest.run.ExtractionPool", pool)
    yield pool
    pool.end()


def prepare(data: Path, gazetteer: Path) -> None:
    """Make a data folder that has its name lookup."""
    data.mkdir()
    (data / gazetteer.name).symlink_to(gazetteer, target_is_directory=True)


def ingest(data: Path, source: str) -> IngestReport:
    """Run once over a source, with no grace period."""
    settings = Settings(
        data_dir=data, panorama_key=KEY, fetch_private=True, fetch_interval_s=0.0, grace_days=0.0
    )
    with open_store(DataFolder(data)) as store:
        return IngestRun(settings, store).ingest([source])


def tombstones(data: Path) -> int:
    """Count the documents that the graph of runs says are no more."""
    reader = SnapshotReader(DataFolder(data).snapshots)
    runs = b"".join(reader.get_graph(RUNS))
    reader.close()
    return sum(
        b"wasInvalidatedBy" in line and b"/case-study/" in line for line in runs.splitlines()
    )


@pytest.mark.slow
def test_ingest_standin_ends_in_the_graph_of_a_build_from_scratch(
    tmp_path: Path, workers: Workers
) -> None:
    data, fresh = tmp_path / "data", tmp_path / "fresh"
    with PanoramaStandIn(count=300, paragraphs=1) as site:
        source = f"panorama:{site.base}"
        spoiled = site.spoil(0.05, seed=1)
        assert set(spoiled.values()) == set(SPOILS)
        site.fault_every = 7
        failures = 3 * len(spoiled)
        began = workers.seconds() - site.cpu_s
        report = ingest(data, source)
        first = workers.seconds() - site.cpu_s - began
        assert (report.ingested, len(report.failed)) == (900 - failures, failures)
        quick = first
        for _ in range(2):
            began = workers.seconds() - site.cpu_s
            report = ingest(data, source)
            quick = min(quick, workers.seconds() - site.cpu_s - began)
            assert (report.unchanged, report.failed_before) == (900 - failures, failures)
        assert first >= TIMES * quick, f"{first:.2f} s, then {quick:.2f} s"
        gone = 0
        for seed in (2, 4):
            changed, removed = site.change(0.1, seed=seed), site.remove(0.02, seed=seed + 1)
            report = ingest(data, source)
            gone += 3 * len(removed)
            assert report.ingested == 3 * len(set(changed) - set(removed))
            assert (report.retired, report.failed) == (3 * len(removed), [])
        assert tombstones(data) == gone
        ingest(fresh, source)
    assert export(data) == export(fresh)


@pytest.mark.slow
def test_ingest_standin_survives_kills_while_texts_are_read(
    tmp_path: Path, gazetteer_path: Path
) -> None:
    """Kill early, at the first text that is noted and late; records are killed elsewhere."""
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    for data in (killed, whole):
        prepare(data, gazetteer_path)
        (data / "ecoduct.toml").write_text(
            f'panorama_key = "{KEY}"\nfetch_private = true\nfetch_interval_s = 0.0\n', "utf-8"
        )
    with PanoramaStandIn(count=90, per_page=20) as site:

        def start(data: Path) -> "subprocess.Popen[bytes]":
            command = [str(Path(sys.executable).with_name("ecoduct"))]
            command += ["--config", str(data / "ecoduct.toml"), "--data", str(data)]
            command += ["ingest", f"panorama:{site.base}?languages=en"]
            return subprocess.Popen(command, stderr=subprocess.DEVNULL)

        for wanted in (0, 1):
            with start(killed) as process:
                assert eventually(_reached(killed, wanted, process), 240)
                process.send_signal(signal.SIGKILL)
        for data in (killed, whole):
            with start(data) as process:
                assert process.wait(300) == 0
            assert count(data) == 90
    assert export(killed) == export(whole)


def _reached(data: Path, wanted: int, process: "subprocess.Popen[bytes]") -> Callable[[], bool]:
    def reached() -> bool:
        return process.poll() is not None or (
            DataFolder(data).state.exists() and count(data) >= wanted
        )

    return reached


def count(data: Path) -> int:
    """Count the documents that are published."""
    state = IngestState(DataFolder(data).state)
    try:
        return state.count("done")
    finally:
        state.close()
