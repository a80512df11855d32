"""A real service in processes of its own: start, respawn, stop, and commands beside it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main
from service.ingest.state import IngestState
from service.store.folder import DataFolder
from service.store.owner import open_store, owner_pid
from tests.service.running import Service, eventually, is_running

G = "https://data.test/graph/a"
TRIPLE = b'<https://data.test/s> <https://data.test/p> "one" .\n'


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    started = Service(tmp_path)
    yield started
    started.process.kill()
    started.process.communicate()


@pytest.mark.slow
def test_supervision_starts_serves_and_stops_cleanly(service: Service) -> None:
    assert service.answers()
    children = service.children()
    assert len(children) == 2
    service.process.send_signal(signal.SIGTERM)
    _, errors = service.process.communicate(timeout=20)
    assert (service.process.returncode, errors) == (0, "")
    assert not any(is_running(pid) for pid in children)
    assert owner_pid(DataFolder(service.data)) is None


@pytest.mark.slow
def test_supervision_lets_commands_write_and_read_meanwhile(service: Service) -> None:
    assert not service.ask()
    with open_store(DataFolder(service.data)) as store:
        store.put_graph(G, TRIPLE)
        assert service.ask()
    query = service.data / "q.rq"
    query.write_text("SELECT ?o { ?s ?p ?o }")
    ecoduct = [Path(sys.executable).with_name("ecoduct"), "--data", service.data]
    done = subprocess.run([*ecoduct, "query", query], capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, b"o\r\none\r\n"), done.stderr
    exported = subprocess.run([*ecoduct, "export"], capture_output=True, timeout=60)
    assert exported.stdout == TRIPLE[:-2] + f"<{G}> .\n".encode()


@pytest.mark.slow
def test_supervision_starts_killed_processes_again(service: Service) -> None:
    folder = DataFolder(service.data)
    for _ in range(3):
        for pid in sorted(service.children()):
            os.kill(pid, signal.SIGKILL)
            assert eventually(lambda pid=pid: pid not in service.children())
            assert eventually(lambda: len(service.children()) == 2 and service.answers())
        assert eventually(lambda: owner_pid(folder) in service.children())
        with open_store(folder) as store:
            store.put_graph(G, TRIPLE)
        assert service.ask()


@pytest.mark.slow
def test_supervision_ingests_through_a_writer_that_is_killed(
    service: Service, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    records = elsewhere / "a.jsonl"
    ecoduct = Path(sys.executable).with_name("ecoduct")
    generate = [ecoduct, "bench", "generate", "70", "-o", records]
    subprocess.run(generate, check=True, capture_output=True)
    ingest = [ecoduct, "--data", service.data, "ingest", records, "--workers", "2"]
    state = IngestState(DataFolder(service.data).state)
    with subprocess.Popen(ingest, stderr=subprocess.PIPE, text=True) as process:
        assert eventually(lambda: state.count("done") > 0, 240)
        writer = owner_pid(DataFolder(service.data))
        assert writer in service.children()
        os.kill(writer, signal.SIGKILL)
        _, errors = process.communicate(timeout=400)
    state.close()
    again = subprocess.run(ingest, capture_output=True, text=True, timeout=400)
    assert (process.returncode, again.returncode) == (0, 0), errors + again.stderr
    assert "70 ingested, 0 unchanged" in errors
    fresh = [ecoduct, "--data", elsewhere / "data", "ingest", records]
    subprocess.run(fresh, check=True, capture_output=True, timeout=400)
    exports = [
        subprocess.run([ecoduct, "--data", data, "export", "--no-runs"], capture_output=True)
        for data in (service.data, elsewhere / "data")
    ]
    assert exports[0].stdout == exports[1].stdout != b""


@pytest.mark.slow
def test_supervision_leaves_no_process_when_it_is_killed(service: Service) -> None:
    assert service.answers()
    children = service.children()
    readers = service.readers()
    assert readers
    service.process.kill()
    service.process.wait()
    assert eventually(lambda: not any(is_running(pid) for pid in children | readers), 4)
    again = Service(service.data)
    assert again.answers()
    again.process.terminate()
    again.process.communicate(timeout=20)


@pytest.mark.slow
def test_supervision_waits_for_a_command_that_owns_the_folder(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with open_store(folder) as store:
        store.put_graph(G, TRIPLE)
        service = Service(tmp_path)
        assert service.ask()
        assert owner_pid(folder) == os.getpid()
    assert eventually(lambda: owner_pid(folder) in service.children())
    service.process.terminate()
    service.process.communicate(timeout=20)


def run(*arguments: str) -> tuple[int, str]:
    """Run a command and return its exit code and messages."""
    with CliRunner().isolation() as (_, errors, _):
        try:
            main(list(arguments))
        except SystemExit as stop:
            return int(stop.code or 0), errors.getvalue().decode()
    return 0, errors.getvalue().decode()


def test_supervision_says_when_the_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, message = run("--data", str(tmp_path), "serve", "--port", str(port))
    assert code == 1
    assert message == (
        f"ecoduct: port {port} on 127.0.0.1 is taken by another program; "
        "stop that one or choose another with --port\n"
    )


def test_supervision_says_when_the_folder_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, message = run("--data", str(tmp_path / "file"), "serve", "--port", "0")
    assert code == 1
    assert "--data" in message
