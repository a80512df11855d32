"""Copy a data folder between two writes, so that what is copied belongs together."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox

STORE = "store"
_LEFT_OUT = (
    STORE,
    "snapshots",
    "dumps",
    "gazetteer-*",
    "owner.*",
    "merge-pending",
    "*-wal",
    "*-shm",
    "*-journal",
    ".*",
)
"""What is made again from the rest, or belongs to running processes; all else is backed up."""
_SQLITE = b"SQLite format 3\0"


def kept_files(folder: Path) -> list[Path]:
    """List the files of a data folder, the graph apart, that nothing could bring back."""
    found = [p for p in folder.iterdir() if not any(p.match(pattern) for pattern in _LEFT_OUT)]
    return sorted(file for path in found for file in list_files(path))


def list_files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in path.rglob("*") if file.is_file())
    elif path.is_file():
        yield path


def copy_between_writes(engine: ox.Store, folder: Path, target: Path) -> None:
    """Copy what belongs together into a new folder; only the writer may."""
    target.mkdir(mode=0o700)
    for file in kept_files(folder):
        copy = target / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        with file.open("rb") as opened:
            is_database = opened.read(len(_SQLITE)) == _SQLITE
        if is_database:
            _copy_database(file, copy)
        else:
            shutil.copyfile(file, copy)
        shutil.copymode(file, copy)
    engine.backup(str(target / STORE))


def _copy_database(file: Path, copy: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
