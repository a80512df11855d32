"""Measure selective queries over HTTP on our service and on others over the same graph.

All servers of a run stand at the same time and are asked in turns, so that whatever else the
machine does falls on all of them. CPU is that of all processes of a server.
"""

import http.client
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil

from ontology.namespaces import ECO, RDFS, SKOS, WGS84
from service.bench import cpu_seconds, running_service
from service.errors import ServiceError
from service.store.folder import DataFolder
from service.store.protocol import QueryRequest
from service.store.reading import SnapshotReader

_START_S = 120.0
_PREFIXES = "".join(
    f"PREFIX {name}: <{space}>\n"
    for name, space in (("eco", ECO), ("rdfs", RDFS), ("skos", SKOS), ("wgs84", WGS84))
)
_TEMPLATES = (
    "SELECT ?label WHERE {{ {solution} rdfs:label ?label }}",
    "SELECT ?solution ?label ?action WHERE {{ ?solution eco:takesPlaceInCountry {country} ; "
    "eco:addressesThreat {threat} ; eco:usesIntervention ?action ; rdfs:label ?label }}",
    "SELECT ?solution ?label WHERE {{ ?solution eco:focalTaxon {taxon} ; "
    "eco:takesPlaceInCountry ?country . ?country rdfs:label ?label }}",
    "SELECT ?solution WHERE {{ {taxon} skos:broader* ?wider . ?solution eco:focalTaxon ?wider }}",
    "SELECT ?solution ?label ?target ?funder WHERE {{ ?solution eco:focalTaxon {taxon} ; "
    "rdfs:label ?label OPTIONAL {{ ?solution eco:contributesToTarget ?target }} "
    "OPTIONAL {{ ?solution eco:fundedBy ?funder }} }}",
    "SELECT ?solution ?label WHERE {{ ?solution eco:takesPlaceInCountry {country} ; "
    'rdfs:label ?label FILTER(REGEX(?label, "{letters}", "i")) }}',
    "CONSTRUCT WHERE {{ {solution} ?property ?value }}",
    "SELECT ?graph ?label WHERE {{ GRAPH ?graph {{ {solution} a eco:Solution ; "
    "rdfs:label ?label }} }}",
    "SELECT ?place ?lat ?long WHERE {{ ?place wgs84:lat ?lat ; wgs84:long ?long "
    "FILTER(?lat >= {south} && ?lat <= {south} + 5 && ?long >= {west} && ?long <= {west} + 5) }}",
)
"""Selective queries of the kinds that pages and clients send: none reads the whole graph."""
_RDFLIB_ENDPOINT = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(store="Oxigraph")
graph.open(sys.argv[1])
uvicorn.run(SparqlEndpoint(graph=graph), port=int(sys.argv[2]), log_level="error")
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Name a server that stands, where it is asked and its process."""

    name: str
    url: str
    process: psutil.Process


@dataclass(slots=True)
class Serving:
    """Hold what one server did; ``failed`` counts answers that were not 200."""

    name: str
    requests: int = 0
    failed: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu_s / max(1, self.requests)

    @property
    def per_second(self) -> float:
        return self.requests / self.wall_s if self.wall_s else 0.0


_THINGS = {
    "solution": "SELECT ?x WHERE { ?x a eco:Solution }",
    "taxon": "SELECT DISTINCT ?x WHERE { ?s eco:focalTaxon ?x }",
    "country": "SELECT DISTINCT ?x WHERE { ?s eco:takesPlaceInCountry ?x }",
    "threat": "SELECT DISTINCT ?x WHERE { ?s eco:addressesThreat ?x }",
}


def make_queries(data_dir: Path, *, count: int, seed: int = 1) -> list[str]:
    """Return selective queries about things of the graph, the same for a seed."""
    reader = SnapshotReader(DataFolder(data_dir).snapshots)
    try:
        things = {name: _column(reader, query) for name, query in _THINGS.items()}
    finally:
        reader.close()
    lacking = [name for name, found in things.items() if not found]
    if lacking:
        raise ServiceError(f"{data_dir}: holds no {lacking[0]} to ask about")
    choose = random.Random(seed)
    return [
        _PREFIXES
        + _TEMPLATES[number % len(_TEMPLATES)].format(
            **{name: f"<{choose.choice(found)}>" for name, found in things.items()},
            letters="".join(choose.choices("aeiourst", k=2)),
            south=choose.randrange(-50, 60),
            west=choose.randrange(-180, 175),
        )
        for number in range(count)
    ]


def _column(reader: SnapshotReader, query: str) -> list[str]:
    answer = reader.query(QueryRequest(_PREFIXES + query, "text/csv"))
    return sorted(b"".join(answer.chunks).decode().split("\r\n")[1:-1])


@contextmanager
def serving(name: str, data_dir: Path, scratch: Path) -> Iterator[Server]:
    """Start ``ecoduct``, ``oxigraph`` or ``rdflib-endpoint`` over the graph of a data folder."""
    if name == "ecoduct":
        with running_service(data_dir) as (address, process):
            yield Server(name, f"{address}/sparql", process)
        return
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    snapshots = DataFolder(data_dir).snapshots
    if name == "oxigraph":
        location = (snapshots / "current").resolve()
        binary = Path(sys.executable).with_name("oxigraph")
        command = [str(binary), "serve-read-only", "--location", str(location)]
        command += ["--bind", f"127.0.0.1:{port}"]
        path = "/query"
    else:
        location = copy_store((snapshots / "current").resolve(), scratch / "rdflib-endpoint")
        command = [sys.executable, "-c", _RDFLIB_ENDPOINT, str(location), str(port)]
        path = "/"
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as started:
        try:
            _wait(name, started, port)
            yield Server(name, f"http://127.0.0.1:{port}{path}", psutil.Process(started.pid))
        finally:
            started.kill()


def copy_store(source: Path, target: Path) -> Path:
    """Copy a store that another process may write; its tables never change, so they are linked."""

    def copy(file: str, to: str) -> str:
        if file.endswith(".sst"):
            Path(to).hardlink_to(file)
            return to
        return str(shutil.copyfile(file, to))

    return Path(shutil.copytree(source, target, copy_function=copy))


def _wait(name: str, process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise ServiceError(f"{name} did not start; install what the extra 'test' holds")


def ask_all(server: Server, queries: Sequence[str], *, clients: int) -> int:
    """Send queries over some connections at once; return how many were not answered with 200."""
    failed = [0] * clients
    where = urlsplit(server.url)

    def run(number: int) -> None:
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=120)
        for query in queries[number::clients]:
            accept = "text/turtle" if "CONSTRUCT" in query else "application/sparql-results+json"
            parameters = urlencode({"query": query})
            connection.request("GET", f"{where.path}?{parameters}", headers={"Accept": accept})
            response = connection.getresponse()
            response.read()
            failed[number] += response.status != 200
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(failed)


def measure_serving(
    data_dir: Path,
    scratch: Path,
    *,
    names: Sequence[str] = ("ecoduct", "oxigraph", "rdflib-endpoint"),
    requests: int = 900,
    rounds: int = 3,
    clients: int = 4,
) -> list[Serving]:
    """Ask all servers the same queries in turns; ``rdflib-endpoint`` a tenth of them."""
    queries = make_queries(data_dir, count=requests)
    results = [Serving(name) for name in names]
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(name, data_dir, scratch)) for name in names]
        for server in servers:
            ask_all(server, queries[: 2 * len(_TEMPLATES)], clients=clients)
        for _ in range(rounds):
            for server, result in zip(servers, results, strict=True):
                part = queries[:: 10 if server.name == "rdflib-endpoint" else 1]
                cpu, wall = cpu_seconds(server.process), time.perf_counter()
                result.failed += ask_all(server, part, clients=clients)
                result.wall_s += time.perf_counter() - wall
                result.cpu_s += cpu_seconds(server.process) - cpu
                result.requests += len(part)
    return results


def format_serving(results: Sequence[Serving]) -> str:
    """Lay out the results, one server a line."""
    lines = [f"{'server':18s} {'requests':>8s} {'failed':>6s} {'CPU ms':>8s} {'a second':>9s}"]
    lines += [
        f"{r.name:18s} {r.requests:8d} {r.failed:6d} {r.cpu_ms:8.2f} {r.per_second:9.1f}"
        for r in results
    ]
    return "\n".join(lines) + "\n"
