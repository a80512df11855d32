"""One owner of a data folder, whoever comes first, and writes through it from elsewhere."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from service.errors import DefaultGraphWriteError, QuerySyntaxError, StoreUnavailableError
from service.store.committer import Committer
from service.store.folder import DataFolder
from service.store.operations import Operation
from service.store.owner import OwnerConnection, OwnerLock, open_store, owner_pid, try_to_own
from service.store.reading import SnapshotReader

A = "https://data.test/graph/a"
WRITER = """
import sys, time
from pathlib import Path
from service.store.folder import DataFolder
from service.store.owner import try_to_own
owner = try_to_own(DataFolder(Path(sys.argv[1])))
print("owning", flush=True)
sys.stdin.read()
"""


def triple(number: int) -> bytes:
    return f'<https://data.test/s> <https://data.test/p> "{number}" .\n'.encode()


def test_owner_is_one_and_others_write_through_it(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    owner = try_to_own(folder)
    assert owner is not None
    assert try_to_own(folder) is None
    assert owner_pid(folder) == os.getpid()
    with open_store(folder) as through:
        through.replace_graphs({A: triple(1)}, additions={A + "b": triple(2)})
        assert through.graph_iris() == (A, A + "b")
        with pytest.raises(QuerySyntaxError):
            through.update("INSERT {")
        with pytest.raises(DefaultGraphWriteError):
            through.put_graph(None, triple(1))
        through.update(f"DROP GRAPH <{A}b>")
        assert b"".join(through.get_graph(A)) == triple(1)
    owner.close()
    assert owner_pid(folder) is None
    again = try_to_own(folder)
    assert again is not None
    again.close()


def test_owner_acknowledges_a_write_when_new_reads_get_it(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with open_store(folder):
        connection = OwnerConnection(folder)
        reader = SnapshotReader(folder.snapshots)
        for number in range(5):
            generation = connection.write(Operation("post", graphs={A: triple(number)}))
            assert reader.generation() == generation
            assert reader.stats().triples == number + 1
        reader.close()
        connection.close()


def test_owner_shares_a_snapshot_among_writes_that_come_together(tmp_path: Path) -> None:
    committer = Committer(DataFolder(tmp_path))
    generations = []

    def write(number: int) -> None:
        generations.append(committer.write(Operation("post", graphs={A: triple(number)})))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    committer.close()
    assert len(generations) == 24
    assert len(set(generations)) < 24
    with pytest.raises(StoreUnavailableError, match="closed"):
        committer.write(Operation("snapshot"))


def test_owner_makes_no_snapshot_of_a_write_without_effect(tmp_path: Path) -> None:
    committer = Committer(DataFolder(tmp_path))
    first = committer.write(Operation("replace", graphs={A: triple(1)}))
    assert committer.write(Operation("replace", graphs={A: triple(1)})) == first
    committer.close()


def test_owner_listens_in_deep_folders(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / ("deep-" * 20) / ("er-" * 20))
    with open_store(folder), open_store(folder) as through:
        through.put_graph(A, triple(1))
        assert through.graph_iris() == (A,)


@pytest.mark.slow
def test_owner_killed_loses_no_acknowledged_write(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    for number in range(2):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"owning\n"
            connection = OwnerConnection(folder)
            connection.write(Operation("post", graphs={A: triple(number)}))
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            connection.close()
    with open_store(folder) as store:
        assert b"".join(store.get_graph(A)) == triple(0) + triple(1)


def test_owner_that_does_not_answer_is_reported(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.prepare()
    lock = OwnerLock(folder.lock)
    assert lock.acquire()
    connection = OwnerConnection(folder, patience_s=0.1)
    with pytest.raises(StoreUnavailableError, match="does not answer"):
        connection.write(Operation("snapshot"))
    lock.release()


def test_owner_mends_the_merge_after_a_raw_update_that_was_cut_short(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with open_store(folder) as store:
        store.put_graph(A, triple(1))
    with open_store(folder, merged=False) as raw:
        raw.update(f"DROP GRAPH <{A}> ; INSERT DATA {{ GRAPH <{A}> {{ _:x <urn:a:p> 'new' }} }}")
    (tmp_path / "merge-pending").touch()
    with open_store(folder) as store:
        merged = b"".join(store.get_graph(None))
        assert merged == b"".join(store.get_graph(A))
        assert merged.startswith(b"<https://w3id.org/ecoduct/.well-known/genid/")
    assert not (tmp_path / "merge-pending").exists()


FULL = """
import resource, sys
from pathlib import Path
from service.errors import ServiceError
from service.store.folder import DataFolder
from service.store.owner import open_store
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
try:
    with open_store(DataFolder(Path(sys.argv[1]))) as store:
        for number in range(40):
            lines = [f'<urn:a:s{number}> <urn:a:p{i}> "{"x" * 200}{i}" .' for i in range(2000)]
            store.put_graph(f"urn:a:g{number}", "\\n".join(lines).encode())
except ServiceError as error:
    print(error)
"""


def test_owner_says_so_when_files_cannot_grow(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, tmp_path], capture_output=True, text=True, timeout=120
    )
    assert f"data folder {tmp_path}: a file may not grow further" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("/sys/kernel/ecoduct", "Operation not permitted|may not be written"),
        ("file/x", "is a file"),
    ],
)
def test_owner_says_so_when_the_folder_cannot_be_written(
    tmp_path: Path, place: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(StoreUnavailableError, match=reason),
        open_store(DataFolder(tmp_path / place)),
    ):
        pass
