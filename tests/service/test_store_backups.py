"""What is backed up comes back whole: graph, texts, state, tokens, index and what else is there."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from service.errors import ServiceError, StoreUnavailableError
from service.index.searching import SearchIndex
from service.ingest.state import IngestState
from service.store.backups import MANIFEST, back_up, restore
from service.store.copying import kept_files
from service.store.embedded import EmbeddedStore
from service.store.folder import DataFolder
from service.store.owner import open_store
from service.store.reading import SnapshotReader
from service.store.tokens import TokenStore

BASE = "https://w3id.org/ecoduct/"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
NQUADS = "application/n-quads"


def put(store: EmbeddedStore, number: int) -> None:
    name = f'<{BASE}taxon/t{number}> {LABEL} "Beast {number}" .\n'.encode()
    store.put_graph(f"{BASE}graph/d{number}", name)


def export(folder: DataFolder) -> bytes:
    reader = SnapshotReader(folder.snapshots)
    data = b"".join(reader.export(media_type=NQUADS))
    reader.close()
    return data


@pytest.fixture
def filled(tmp_path: Path) -> DataFolder:
    """Return a folder with a graph, state, a token and a file that this software does not know."""
    folder = DataFolder(tmp_path / "data")
    with open_store(folder) as store:
        put(store, 1)
        state = IngestState(folder.state)
        state.bind(f"{store.generation().rpartition('-')[0]} {BASE}")
        state.set_meta("vocabulary", "v1")
        state.close()
    TokenStore(folder.tokens).add("curator", ["curate"])
    with sqlite3.connect(folder.path / "decisions.sqlite") as decisions:
        decisions.execute("CREATE TABLE decisions (what TEXT)")
        decisions.execute("INSERT INTO decisions VALUES ('rejected')")
    decisions.close()
    (folder.path / "notes").mkdir()
    (folder.path / "notes" / "a.txt").write_text("kept", encoding="utf-8")
    return folder


def test_backups_bring_everything_back(filled: DataFolder, tmp_path: Path) -> None:
    before = export(filled)
    with open_store(filled) as store:
        back_up(filled, store.writer, tmp_path / "backup")
        put(store, 2)
    other = DataFolder(tmp_path / "other")
    generation = restore(tmp_path / "backup", other)
    assert export(other) == before != export(filled)
    assert TokenStore(other.tokens).list_tokens() == TokenStore(filled.tokens).list_tokens()
    assert other.tokens.stat().st_mode & 0o777 == 0o600
    assert [hit.label for hit in SearchIndex(other.index).search("beast")] == ["Beast 1"]
    assert SearchIndex(other.index).generation() == generation
    with sqlite3.connect(other.path / "decisions.sqlite") as decisions:
        assert decisions.execute("SELECT what FROM decisions").fetchall() == [("rejected",)]
    decisions.close()
    assert (other.path / "notes" / "a.txt").read_text(encoding="utf-8") == "kept"
    with open_store(other) as store:
        state = IngestState(other.state)
        state.bind(f"{store.generation().rpartition('-')[0]} {BASE}")
        assert state.meta("vocabulary") == "v1"
        state.close()
        put(store, 2)
    assert export(other) == export(filled)


def test_backups_give_the_restored_state_names_of_its_own(
    filled: DataFolder, tmp_path: Path
) -> None:
    with open_store(filled) as store:
        back_up(filled, store.writer, tmp_path / "backup")
    key = SnapshotReader(filled.snapshots).generation().rpartition("-")[0]
    assert not restore(tmp_path / "backup", filled, replace=True).startswith(key)


def test_backups_replace_only_what_they_are_allowed_to(filled: DataFolder, tmp_path: Path) -> None:
    with open_store(filled) as store:
        back_up(filled, store.writer, tmp_path / "backup")
        with pytest.raises(ServiceError, match="exists already"):
            back_up(filled, store.writer, tmp_path / "backup")
        with pytest.raises(StoreUnavailableError, match="stop the service"):
            restore(tmp_path / "backup", filled, replace=True)
        before = export(filled)
        put(store, 3)
        (filled.path / "later.txt").touch()
    with pytest.raises(ServiceError, match="--replace"):
        restore(tmp_path / "backup", filled)
    assert export(filled) != before
    restore(tmp_path / "backup", filled, replace=True)
    assert export(filled) == before
    assert filled.path / "later.txt" not in kept_files(filled.path)
    assert not [path for path in filled.path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("harm", ["change", "lose", "manifest"])
def test_backups_that_are_damaged_are_refused(
    filled: DataFolder, tmp_path: Path, harm: str
) -> None:
    backup = tmp_path / "backup"
    with open_store(filled) as store:
        back_up(filled, store.writer, backup)
    if harm == "change":
        (backup / "notes" / "a.txt").write_text("Kept", encoding="utf-8")
    else:
        (backup / {"lose": "tokens.sqlite", "manifest": MANIFEST}[harm]).unlink()
    before = export(filled)
    with pytest.raises(ServiceError, match=r"damaged|not a whole backup"):
        restore(backup, filled, replace=True)
    assert export(filled) == before


@pytest.mark.slow
def test_backups_made_while_others_write_hold_whole_writes(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with open_store(folder) as store:
        put(store, 0)
        stop = threading.Event()
        written: list[int] = []

        def write() -> None:
            while not stop.is_set():
                put(store, len(written) + 1)
                written.append(len(written) + 1)

        writing = threading.Thread(target=write)
        writing.start()
        for number in range(3):
            at_least = len(written)
            back_up(folder, store.writer, tmp_path / f"b{number}")
            at_most = len(written) + 1
            other = DataFolder(tmp_path / f"r{number}")
            restore(tmp_path / f"b{number}", other)
            graphs = export(other).count(b"\n") - 1
            assert at_least <= graphs <= at_most
            with open_store(other):
                hits = SearchIndex(other.index).find("beast", "taxon")
            assert len(hits) == graphs + 1
        stop.set()
        writing.join()


@pytest.mark.slow
def test_backup_and_restore_as_commands(filled: DataFolder, tmp_path: Path) -> None:
    ecoduct = Path(sys.executable).with_name("ecoduct")
    command = [ecoduct, "--data", filled.path, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        assert "listening" in service.stderr.readline()
        backup = [ecoduct, "--data", filled.path, "backup", tmp_path / "backup"]
        done = subprocess.run(backup, capture_output=True, text=True, timeout=60)
        assert (done.returncode, "files of generation" in done.stderr) == (0, True), done.stderr
        back = [ecoduct, "--data", tmp_path / "other", "restore", tmp_path / "backup"]
        done = subprocess.run(back, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        again = [ecoduct, "--data", filled.path, "restore", "--replace", tmp_path / "backup"]
        done = subprocess.run(again, capture_output=True, text=True, timeout=60)
        assert (done.returncode, "stop the service" in done.stderr) == (1, True)
        service.terminate()
        service.communicate(timeout=30)
    assert export(DataFolder(tmp_path / "other")) == export(filled)
