"""The shipped case studies in a data folder, and a service over it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.cli import cli

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shipped_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ingest the shipped corpus into a new data folder."""
    data = tmp_path_factory.mktemp("shipped")
    cli.main(["--data", str(data), "ingest", "corpus/"], standalone_mode=False)
    return data


@pytest.fixture(scope="session")
def service_url(shipped_data: Path) -> Iterator[str]:
    """Serve that folder on a free port and return the address."""
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
