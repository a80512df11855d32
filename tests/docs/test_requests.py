"""The requests that the page for databases shows get the answers that it promises."""

import re
import subprocess
from pathlib import Path

import pytest

PAGE = Path("docs/for-databases.md")
_FENCE = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ADDRESS = "http://127.0.0.1:8000"


def requests() -> list[str]:
    blocks = _FENCE.findall(PAGE.read_text(encoding="utf-8"))
    return [line for block in blocks for line in block.splitlines() if "curl " in line]


def test_requests_are_shown() -> None:
    assert len(requests()) >= 18


@pytest.mark.slow
def test_requests_are_answered(service_url: str, tmp_path: Path) -> None:
    failed = []
    for line in requests():
        command = line.replace(_ADDRESS, service_url).replace("curl ", "curl -sSf ")
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        written = done.stdout or any(file.stat().st_size for file in tmp_path.iterdir())
        if done.returncode or not written:
            failed.append((line, done.stderr))
    assert failed == []


@pytest.mark.slow
def test_requests_in_bulk_join_with_the_solutions(service_url: str) -> None:
    line = next(line for line in requests() if "number,scientificName" in line)
    command = line.replace(_ADDRESS, service_url).replace("curl ", "curl -sSf ")
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    rows = [row.split(",") for row in done.stdout.splitlines()]
    assert rows[0][-1] == "solutions"
    assert [row[4] for row in rows[1:]] == ["jaguar", "giant panda"]
    assert all(int(row[-1]) >= 1 for row in rows[1:])
