"""Snapshots: read-only copies by hard links, one of them current.

A snapshot is a folder named by its number. ``current`` is a symbolic link that is replaced in one
rename. A reader holds a shared lock on the folder that it reads; the writer removes a folder only
under an exclusive lock, so never under a reader.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from service.errors import StoreUnavailableError

_TRASH = ".trash-"


def _lock(path: Path, operation: int) -> int | None:
    """Open and lock a folder; None where it is gone or locked by another."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, operation)
        opened = os.fstat(descriptor)
        try:
            standing = path.stat()
        except FileNotFoundError:
            standing = None
    except BlockingIOError:
        standing = None
    if standing is None or (standing.st_ino, standing.st_dev) != (opened.st_ino, opened.st_dev):
        os.close(descriptor)
        return None
    return descriptor


class SnapshotLease:
    """Keep one snapshot from being removed until ``release``; ends with the process too."""

    def __init__(self, path: Path, generation: str, descriptor: int) -> None:
        self.path = path
        self.generation = generation
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "SnapshotLease":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


class Snapshots:
    """Publish, find and remove the snapshots of one folder.

    A generation is named by the folder's own random key and the snapshot's number, so that no two
    states of any data folder share a name.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "current"

    def current_name(self) -> str | None:
        """Name the current snapshot; None before the first."""
        try:
            return self._pointer.readlink().name
        except FileNotFoundError:
            return None

    def lease(self) -> SnapshotLease:
        """Lock the current snapshot for reading; raise StoreUnavailableError where none is."""
        for _ in range(100):
            name = self.current_name()
            if name is None:
                break
            descriptor = _lock(self.folder / name, fcntl.LOCK_SH)
            if descriptor is not None:
                return SnapshotLease(self.folder / name, name, descriptor)
        raise StoreUnavailableError(
            f"{self.folder}: no snapshot to read; run 'ecoduct ingest' or 'ecoduct serve' first"
        )

    def next_name(self) -> str:
        """Name the snapshot that would be published next."""
        current = self.current_name()
        key, number = current.rsplit("-", 1) if current else (secrets.token_hex(4), "0")
        return f"{key}-{int(number) + 1:08d}"

    def publish(self, write: Callable[[Path], None], name: str = "") -> str:
        """Let ``write`` fill a new folder, make it current and return its name."""
        name = name or self.next_name()
        target = self.folder / name
        if target.exists():
            shutil.rmtree(target)
        write(target)
        link = self.folder / ".current-new"
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        link.replace(self._pointer)
        self.clean()
        return name

    def clean(self) -> None:
        """Remove what is neither current, nor the one before it, nor being read."""
        current = self.current_name()
        found = sorted(path for path in self.folder.iterdir() if path.is_dir())
        for path in found:
            if path.name.startswith(_TRASH):
                shutil.rmtree(path, ignore_errors=True)
        standing = [
            p for p in found if not p.name.startswith(_TRASH) and p.name != self._pointer.name
        ]
        before = [path for path in standing if current is not None and path.name < current]
        kept = {current, before[-1].name if before else None}
        for path in standing:
            if path.name in kept:
                continue
            descriptor = _lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if descriptor is None:
                continue
            trash = self.folder / f"{_TRASH}{path.name}"
            try:
                path.rename(trash)
            finally:
                os.close(descriptor)
            shutil.rmtree(trash, ignore_errors=True)
