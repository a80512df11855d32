"""The example programs run as they stand, against a service that was really started."""

import gzip
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

from service.store.folder import DataFolder
from service.store.reading import SnapshotReader

EXAMPLES = Path("docs/examples")
EXPECTED = {
    "load_in_owlready2.py": "The Jaguar Corridor Initiative: A range-wide species",
    "query_with_sparqlwrapper.py": "Panthera onca\tBR\tThe Jaguar Corridor Initiative",
    "query_with_rdflib.py": "giant panda\tEcological Corridor for the Reunion of Giant Pandas",
    "query_with_pandas.py": "country\t",
    "federate_with_rdflib.py": "panda of the list\tEcological Corridor for the Reunion",
    "join_species_list.py": "4\tour name for the panda\tVU\tmatched\tgiant panda\t1",
    "reconcile_like_openrefine.py": "Pantera onca\tjaguar\tTrue\tPanthera onca\t9690\t1",
}
"""How a line begins that each program writes."""
_SPECIES = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://purl.obolibrary.org/obo/NCBITaxon_9646> rdfs:label "panda of the list" .
<http://purl.obolibrary.org/obo/NCBITaxon_9913> rdfs:label "cattle of the list" .
"""


def _fetch(address: str) -> bytes:
    with urllib.request.urlopen(address) as response:
        data: bytes = response.read()
    return data


def _run(name: str, *arguments: str) -> list[str]:
    command = [sys.executable, "-W", "error", str(EXAMPLES / name), *arguments]
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
@pytest.mark.parametrize("name", ["join_species_list.py", "reconcile_like_openrefine.py"])
def test_examples_match_names_with_the_running_service(service_url: str, name: str) -> None:
    lines = _run(name, service_url)
    assert any(line.startswith(EXPECTED[name]) for line in lines), lines


@pytest.mark.slow
def test_examples_federate_two_endpoints(service_url: str, tmp_path: Path) -> None:
    name = "federate_with_rdflib.py"
    (tmp_path / "list.ttl").write_text(_SPECIES, encoding="utf-8")
    with _other_endpoint(tmp_path) as address:
        lines = _run(name, f"{service_url}/sparql", address)
    assert any(line.startswith(EXPECTED[name]) for line in lines), lines


@contextmanager
def _other_endpoint(folder: Path) -> Iterator[str]:
    """Run an endpoint of another kind over a species list."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    store = str(folder / "store")
    load = [program, "load", "--location", store, "--file", str(folder / "list.ttl")]
    subprocess.run(load, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve-read-only", "--location", store, "--bind", address]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                _fetch(f"http://{address}/query?query=ASK%7B%7D")
                break
            except URLError:
                assert time.monotonic() < deadline, "the other endpoint did not start"
                time.sleep(0.1)
        yield f"http://{address}/query"
    finally:
        process.terminate()
        process.wait(30)


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
