"""Ingestion from the stand-in site, with its failures, changes and removals, and from files."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ontology.namespaces import Minter
from service.ingest.state import IngestState
from service.store.folder import DataFolder
from service.store.reading import SnapshotReader
from tests.standin.panorama import KEY, PanoramaStandIn

RUNS = Minter().service_graph("runs")
SETTINGS = f"""
panorama_key = "{KEY}"
fetch_private = true
fetch_interval_s = 0.0
grace_days = 0.0
"""


def export(data: Path) -> bytes:
    reader = SnapshotReader(DataFolder(data).snapshots)
    quads = b"".join(reader.export(media_type="application/n-quads", leave_out=(RUNS,)))
    reader.close()
    return quads


class Operator:
    """Call the command line as an operator does, over one data folder."""

    def __init__(self, data: Path, gazetteer: Path) -> None:
        self.data = data
        data.mkdir()
        (data / gazetteer.name).symlink_to(gazetteer, target_is_directory=True)
        self.settings = data / "ecoduct.toml"
        self.settings.write_text(SETTINGS, "utf-8")

    def command(self, *arguments: str) -> list[str]:
        ecoduct = str(Path(sys.executable).with_name("ecoduct"))
        return [ecoduct, "--config", str(self.settings), "--data", str(self.data), *arguments]

    def run(self, *arguments: str) -> tuple[int, str, float]:
        """Return exit, last line of the messages, and seconds."""
        began = time.monotonic()
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, timeout=900)
        lines = done.stderr.strip().splitlines() or [""]
        return done.returncode, lines[-1], time.monotonic() - began

    def counts(self) -> tuple[int, int]:
        state = IngestState(DataFolder(self.data).state)
        try:
            return state.count("done"), state.count("failed")
        finally:
            state.close()


@pytest.mark.slow
def test_ingest_standin_ends_in_the_graph_of_a_build_from_scratch(
    tmp_path: Path, gazetteer_path: Path
) -> None:
    first = Operator(tmp_path / "first", gazetteer_path)
    fresh = Operator(tmp_path / "fresh", gazetteer_path)
    with PanoramaStandIn(count=100, per_page=25) as site:
        source = f"panorama:{site.base}"
        spoiled = site.spoil(0.05, seed=1)
        site.fault_every = 7
        code, message, slow = first.run("ingest", source, "--workers", "2")
        failures = 3 * len(spoiled)
        assert (code, first.counts()[0]) == (1, 3 * (100 - len(spoiled))), message
        code, message, quick = first.run("ingest", source)
        assert f"0 ingested, {300 - failures} unchanged" in message
        assert slow >= 5 * quick
        for seed in (2, 4):
            changed, removed = site.change(0.1, seed=seed), site.remove(0.02, seed=seed + 1)
            code, message, _ = first.run("ingest", source, "--workers", "2")
            ingested = 3 * len(set(changed) - set(removed))
            assert f"{ingested} ingested" in message
            assert f"{3 * len(removed)} retired, 0 failed, {failures} failed before" in message
        fresh.run("ingest", source, "--workers", "2")
    assert export(first.data) == export(fresh.data)
    code, message, _ = first.run("failed", "list")
    assert code == 0


@pytest.mark.slow
def test_ingest_standin_survives_kills_at_random_moments(
    tmp_path: Path, gazetteer_path: Path
) -> None:
    killed = Operator(tmp_path / "killed", gazetteer_path)
    whole = Operator(tmp_path / "whole", gazetteer_path)
    rng = random.Random(7)
    with PanoramaStandIn(count=12, per_page=5) as site:
        source = f"panorama:{site.base}"
        _, _, seconds = whole.run("ingest", source)
        for _ in range(10):
            process = subprocess.Popen(
                killed.command("ingest", source),
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            time.sleep(rng.uniform(0.1, 0.9) * seconds)
            process.send_signal(signal.SIGKILL)
            process.wait()
        code, message, _ = killed.run("ingest", source)
        assert code == 0, message
    assert killed.counts() == whole.counts() == (36, 0)
    assert export(killed.data) == export(whole.data)
