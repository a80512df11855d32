"""What the writer does beside writing: it leaves the store in order for quick reads."""

import sqlite3
from pathlib import Path

import pytest

from service.store import committer
from service.store.embedded import EmbeddedStore, open_embedded
from service.store.folder import DataFolder

WRITES = 3


def write_some(store: EmbeddedStore) -> None:
    for number in range(WRITES):
        store.put_graph(f"x:g{number}", f'<x:a> <x:p> "{number}" .\n'.encode())


def tables(folder: DataFolder) -> int:
    """Count the tables that hold what is in the store now."""
    return len(list((folder.snapshots / "current").resolve().glob("*.sst")))


def test_committer_merges_tables_when_the_index_is_made_anew(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    store = open_embedded(folder)
    write_some(store)
    before = tables(folder)
    store.rebuild_index()
    assert tables(folder) < before
    assert store.stats().triples == WRITES
    store.close()


@pytest.mark.parametrize("limit", [1, 1 << 20])
def test_committer_merges_tables_after_a_command_that_wrote_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(committer, "OPTIMIZE_BYTES", limit)
    folder = DataFolder(tmp_path)
    store = open_embedded(folder)
    write_some(store)
    before, generation = tables(folder), store.generation()
    store.close()
    assert (tables(folder) < before) == (limit == 1)
    assert (store.generation() != generation) == (limit == 1)
    with sqlite3.connect(folder.index) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    assert row == (store.generation(),)
    connection.close()
    again = open_embedded(folder)
    assert again.stats().triples == WRITES
    again.close()
