"""The W3C SPARQL 1.1 suite against a service in processes of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

KNOWN = Path(__file__).with_name("w3c_known_failures.txt")
KNOWN_WITHOUT_LIST = Path(__file__).with_name("w3c_known_failures_without_list.txt")
SETTINGS = {
    KNOWN: ("--allow-service", "127.0.0.1", "--allow-private"),
    KNOWN_WITHOUT_LIST: (),
}
REFUSED = ("SERVICE is refused", "LOAD is refused")
_RUN = """
import runpy, sys, urllib.request

class Handler(urllib.request.HTTPHandler):
    # Some tests send a body without a media type; urllib would name one.
    def http_request(self, request):
        named = request.has_header("Content-type")
        request = super().http_request(request)
        if not named:
            request.unredirected_hdrs.pop("Content-type", None)
        return request

urllib.request.install_opener(urllib.request.build_opener(Handler))
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@contextmanager
def serve(tmp_path: Path, *options: str) -> Iterator[tuple[str, str]]:
    """Start a service over an empty store; its address and a token for it."""
    ecoduct = [str(Path(sys.executable).with_name("ecoduct")), "--data", str(tmp_path)]
    added = subprocess.run(
        [*ecoduct, "token", "add", "suite", "--scope", "admin"],
        capture_output=True,
        text=True,
        check=True,
    )
    command = [*ecoduct, "serve", "--default-graph", "own", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        while "still starting" in line:
            line = process.stderr.readline()
        assert line.startswith("ecoduct: listening on http://127.0.0.1:"), line
        yield line.split()[-1], added.stdout.strip()
        process.terminate()
        process.communicate(timeout=20)


def read_known(path: Path) -> dict[str, str]:
    """Read the tests that are known to fail, with their reasons."""
    lines = path.read_text(encoding="utf-8").splitlines()
    parts = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return {name: reason for name, reason in parts}


def run_suite(
    shared: Path, service: tuple[str, str], report: Path
) -> tuple[set[str], dict[str, dict[str, int]]]:
    """Run the suite; the tests that failed, and the totals by group and in all."""
    address, token = service
    command = [sys.executable, "-W", "ignore", "-c", _RUN, shared / "tools" / "w3c_runner.py"]
    command += [shared / "w3c" / "sparql11", "--engine", "http", "--token", token]
    command += ["--query", f"{address}/sparql", "--update", f"{address}/update"]
    command += ["--gsp", f"{address}/rdf-graph-store", "--json", report]
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=900)
    assert report.exists(), done.stdout[-4000:] + done.stderr[-2000:]
    result = json.loads(report.read_text())
    return {name for name, _ in result["failures"]}, {**result["groups"], "all": result["total"]}


@pytest.fixture(scope="module")
def runs(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, tuple[set[str], dict[str, dict[str, int]]]]:
    """Run the suite with an allow-list and without, side by side."""

    def run(item: tuple[Path, tuple[str, ...]]) -> tuple[set[str], dict[str, dict[str, int]]]:
        known, options = item
        folder = tmp_path_factory.mktemp(known.stem)
        with serve(folder / "data", *options) as service:
            return run_suite(shared, service, folder / "report.json")

    with ThreadPoolExecutor() as pool:
        return dict(zip(SETTINGS, pool.map(run, SETTINGS.items()), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("known_file", SETTINGS, ids=lambda path: path.stem)
def test_w3c_suite_fails_where_it_is_known_to(
    runs: dict[Path, tuple[set[str], dict[str, dict[str, int]]]], known_file: Path
) -> None:
    known = read_known(known_file)
    failed, totals = runs[known_file]
    assert failed == known.keys()
    assert totals["all"] == {"passed": 554 - len(known), "failed": len(known), "skipped": 1}
    for group, count in (
        ("protocol", 34),
        ("graph-store-protocol", 13),
        ("service-description", 3),
    ):
        assert totals[group] == {"passed": count, "failed": 0, "skipped": 0}


def test_w3c_suite_fails_without_a_list_only_where_something_is_refused() -> None:
    known, without_list = read_known(KNOWN), read_known(KNOWN_WITHOUT_LIST)
    further = {name: without_list[name] for name in without_list.keys() - known.keys()}
    assert known.keys() <= without_list.keys()
    assert len(further) == 5
    assert set(further.values()) <= set(REFUSED)
    assert 554 - len(known) >= 528
