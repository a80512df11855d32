"""A service over the shipped case studies."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]


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
