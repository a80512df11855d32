"""Fixtures that more than one package's tests use."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology.gazetteer.lookup import Gazetteer, ensure_lookup, open_gazetteer
from service.cli import cli

_ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes what the end-to-end cases give as what they are to give."""
    parser.addoption("--update-cases", action="store_true", help="rewrite tests/cases/*/expected.*")


@pytest.fixture(scope="session")
def gazetteer_path(request: pytest.FixtureRequest) -> Path:
    """Return the lookup of the shipped tables, built once for a checkout."""
    assert request.config.cache is not None
    return ensure_lookup(request.config.cache.mkdir("gazetteer"))


@pytest.fixture(scope="session")
def gazetteer(gazetteer_path: Path) -> Gazetteer:
    """Return the opened lookup of the shipped tables."""
    return open_gazetteer(gazetteer_path)


@pytest.fixture(scope="session")
def shipped_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ingest the shipped corpus into a new data folder."""
    data = tmp_path_factory.mktemp("shipped")
    corpus = _ROOT / "corpus"
    cli.main(["--data", str(data), "ingest", str(corpus)], standalone_mode=False)
    return data


@pytest.fixture(scope="session")
def service_url(shipped_data: Path) -> Iterator[str]:
    """Serve the shipped corpus on a free port and return the address."""
    code = "from service.cli import main; main()"
    command = [sys.executable, "-c", code, "--data", str(shipped_data), "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=_ROOT, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            if address := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield address[0]
                break
        else:
            pytest.fail("the service ended before it listened")
    finally:
        process.terminate()
        process.communicate(timeout=30)
