"""The example programs run as they stand, against a service that was really started."""

import gzip
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from service.store.folder import DataFolder
from service.store.reading import SnapshotReader

EXAMPLES = Path("docs/examples")
EXPECTED = {
    "load_in_owlready2.py": "The Jaguar Corridor Initiative: A range-wide species",
    "query_with_sparqlwrapper.py": "Panthera onca\tBR\tThe Jaguar Corridor Initiative",
    "query_with_rdflib.py": "giant panda\tEcological Corridor for the Reunion of Giant Pandas",
    "query_with_pandas.py": "country\t",
}
"""How a line begins that each program writes."""


def _fetch(address: str) -> bytes:
    with urllib.request.urlopen(address) as response:
        data: bytes = response.read()
    return data


def _run(name: str, argument: str) -> list[str]:
    command = [sys.executable, "-W", "error", str(EXAMPLES / name), argument]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_examples_are_all_run_and_all_listed() -> None:
    names = {path.name for path in EXAMPLES.glob("*.py")}
    assert names == set(EXPECTED)
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert all(f"]({name})" in page for name in names)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith("query_")])
def test_examples_query_the_running_service(service_url: str, name: str) -> None:
    lines = _run(name, f"{service_url}/sparql")
    assert any(line.startswith(EXPECTED[name]) for line in lines), lines


@pytest.mark.slow
def test_examples_load_the_dump_in_owlready2(service_url: str, tmp_path: Path) -> None:
    path = tmp_path / "ecoduct.nt"
    path.write_bytes(gzip.decompress(_fetch(f"{service_url}/dumps/ecoduct.nt.gz")))
    lines = _run("load_in_owlready2.py", str(path))
    assert len(lines) == 12
    jaguars = [line for line in lines if line.startswith(EXPECTED["load_in_owlready2.py"])]
    assert "Conservation Planning" in jaguars[0]


@pytest.mark.slow
def test_examples_dump_is_the_export(service_url: str, shipped_data: Path) -> None:
    dump = gzip.decompress(_fetch(f"{service_url}/dumps/ecoduct.nq.gz"))
    reader = SnapshotReader(DataFolder(shipped_data).snapshots)
    export = b"".join(reader.export(media_type="application/n-quads"))
    reader.close()
    assert dump == export
