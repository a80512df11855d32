"""Back up a data folder while it is written, and bring it back.

The writer copies between two writes: the graph by hard links, which takes a moment, and every
database as it stands. So what is copied belongs together: no text without its graph, no document
that counts as read without its statements. The command then makes true copies elsewhere.
"""

import hashlib
import json
import secrets
import shutil
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from service.errors import ServiceError, StoreUnavailableError
from service.store.copying import kept_files, list_files
from service.store.folder import DataFolder, explain_disk_error
from service.store.operations import Operation, Writer
from service.store.owner import OwnerLock
from service.store.snapshots import Snapshots

MANIFEST = "backup.json"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def back_up(folder: DataFolder, writer: Writer, target: Path) -> dict[str, Any]:
    """Back up a data folder into one that does not exist yet; return what was written.

    ``writer`` is whoever owns the data folder. The target appears when it is whole.
    """
    if target.exists():
        raise ServiceError(f"{target}: exists already; name a folder that does not")
    staged = folder.path.resolve() / f".backup-{secrets.token_hex(4)}"
    partial = target.with_name(f".{target.name}.partial")
    try:
        generation = writer.write(Operation("backup", str(staged)))
        shutil.rmtree(partial, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(staged, partial)
        partial.chmod(0o700)
        manifest = {
            "software": version("ecoduct"),
            "generation": generation,
            "files": {
                str(file.relative_to(partial)): _digest(file)
                for file in sorted(list_files(partial))
            },
        }
        text = json.dumps(manifest, indent=1, sort_keys=True) + "\n"
        (partial / MANIFEST).write_text(text, encoding="utf-8")
        partial.rename(target)
    except OSError as error:
        raise explain_disk_error(error, target) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(partial, ignore_errors=True)
    return manifest


def read_manifest(source: Path) -> dict[str, Any]:
    """Read what a backup holds and check that every file is as it was written."""
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
        wrong = [n for n, digest in manifest["files"].items() if _digest(source / n) != digest]
    except (OSError, ValueError, KeyError) as error:
        raise ServiceError(f"{source}: not a whole backup: {error}") from error
    if wrong:
        raise ServiceError(f"{source}: damaged, since it was written: {', '.join(wrong[:5])}")
    return manifest


def restore(source: Path, folder: DataFolder, *, replace: bool = False) -> str:
    """Bring a backup back into a data folder that no process owns; return its generation.

    What the folder held is removed, where that is allowed, once the copy is whole.
    """
    manifest = read_manifest(source)
    folder.prepare()
    lock = OwnerLock(folder.lock)
    if not lock.acquire():
        raise StoreUnavailableError(
            f"data folder {folder.path}: it is in use; stop the service before you restore"
        )
    staged = folder.path / f".restore-{secrets.token_hex(4)}"
    try:
        standing = [folder.store, *kept_files(folder.path)]
        if not replace and any(path.exists() for path in standing):
            raise ServiceError(
                f"data folder {folder.path}: it holds data; allow their end with --replace"
            )
        shutil.copytree(source, staged, ignore=shutil.ignore_patterns(MANIFEST))
        generation = _rename_generation(staged, str(manifest["generation"]))
        _swap(folder, staged)
        _publish(folder, generation)
    except OSError as error:
        raise explain_disk_error(error, folder.path) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        lock.release()
    return generation


def _swap(folder: DataFolder, staged: Path) -> None:
    for path in (folder.store, folder.snapshots, folder.dumps):
        shutil.rmtree(path, ignore_errors=True)
    for file in kept_files(folder.path):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{file}{suffix}").unlink(missing_ok=True)
    for path in sorted(staged.iterdir()):
        path.rename(folder.path / path.name)


def _publish(folder: DataFolder, generation: str) -> None:
    folder.snapshots.mkdir()
    engine = ox.Store(str(folder.store))
    Snapshots(folder.snapshots).publish(lambda target: engine.backup(str(target)), generation)


def _rename_generation(staged: Path, old: str) -> str:
    """Give the state a name of its own: what is written next is not what was written before.

    Ingestion and the text index say of which store they speak, so they are told.
    """
    old_key, _, number = old.rpartition("-")
    key = secrets.token_hex(4)
    new = f"{key}-{number}"
    folder = DataFolder(staged)
    if folder.state.exists():
        with closing(sqlite3.connect(folder.state)) as state, state:
            state.execute(
                "UPDATE meta SET value = ?1 || substr(value, length(?2) + 1) "
                "WHERE key = 'store' AND substr(value, 1, length(?2)) = ?2",
                (key, old_key),
            )
    if folder.index.exists():
        with closing(sqlite3.connect(folder.index)) as index, index:
            index.execute("UPDATE meta SET value = ? WHERE key = 'generation'", (new,))
            index.execute("DELETE FROM meta WHERE key = 'boot'")
    return new
