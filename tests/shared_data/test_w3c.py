"""The W3C SPARQL 1.1 suite against a service in processes of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KNOWN = Path(__file__).with_name("w3c_known_failures.txt")
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
        assert line.startswith("ecoduct: listening on http://127.0.0.1:"), line
        yield line.split()[-1], added.stdout.strip()
        process.terminate()
        process.communicate(timeout=20)


def run_suite(
    shared: Path, service: tuple[str, str], report: Path, *options: str
) -> tuple[set[str], dict[str, int]]:
    """Run the suite; the tests that failed, and the totals."""
    address, token = service
    command = [sys.executable, "-W", "ignore", "-c", _RUN, shared / "tools" / "w3c_runner.py"]
    command += [shared / "w3c" / "sparql11", "--engine", "http", "--token", token]
    command += ["--query", f"{address}/sparql", "--update", f"{address}/update"]
    command += ["--gsp", f"{address}/rdf-graph-store", "--expect", KNOWN, "--json", report]
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(
        [*command, *options], capture_output=True, text=True, env=environment, timeout=600
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    result = json.loads(report.read_text())
    return {name for name, _ in result["failures"]}, result["total"]


@pytest.mark.slow
def test_w3c_suite_fails_where_it_is_known_to(shared: Path, tmp_path: Path) -> None:
    known = {
        line.split()[0]
        for line in KNOWN.read_text().splitlines()
        if line and not line.startswith("#")
    }
    with serve(tmp_path / "data") as service:
        failed, total = run_suite(shared, service, tmp_path / "report.json")
    assert failed == known
    assert total == {"passed": 554 - len(known), "failed": len(known), "skipped": 1}


@pytest.mark.slow
def test_w3c_suite_asks_the_endpoints_that_are_allowed(shared: Path, tmp_path: Path) -> None:
    allowed = ("--allow-service", "127.0.0.1", "--allow-private")
    with serve(tmp_path / "data", *allowed) as service:
        failed, total = run_suite(
            shared, service, tmp_path / "report.json", "--group", "service", "--group", "syntax-fed"
        )
    assert failed == {"syntax-fed#test_1", "syntax-fed#test_2"}
    assert total == {"passed": 7, "failed": 2, "skipped": 1}
