"""What an operator wants to know of an installation at a glance."""

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ontology.gazetteer.lookup import lookup_path
from service.config import Settings
from service.ingest.state import IngestState
from service.ingest.versions import MODEL, current_versions
from service.store.folder import DataFolder
from service.store.owner import owner_pid
from service.store.reading import SnapshotReader
from service.store.snapshots import Snapshots


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"


def _megabytes(path: Path) -> str:
    """Return the size of a folder on disk; hard links count once."""
    found = {}
    for file in path.rglob("*"):
        try:
            status = file.lstat()
        except FileNotFoundError:
            continue
        found[status.st_ino] = status.st_blocks * 512
    return f"{sum(found.values()) / 1e6:.1f} MB"


def describe(settings: Settings) -> list[tuple[str, str]]:
    """List names and values to show."""
    folder = DataFolder(settings.data_dir)
    versions = current_versions(settings)
    rows = [
        ("ecoduct", _version("ecoduct")),
        ("python", platform.python_version()),
        ("store engine", f"pyoxigraph {_version('pyoxigraph')}"),
        ("language model", f"{MODEL} {_version(MODEL)}"),
        ("pipeline", versions.pipeline),
        ("vocabularies", versions.vocabulary),
        ("gazetteer", versions.gazetteer),
        ("base", settings.base),
        ("data folder", str(folder.path.resolve())),
    ]
    if not folder.path.is_dir():
        return [
            *rows,
            ("state", "no data folder yet; 'ecoduct ingest' or 'ecoduct serve' makes it"),
        ]
    built = lookup_path(settings.data_dir).exists()
    owner = owner_pid(folder)
    rows += [
        ("name lookup", "built" if built else "not built yet"),
        ("size on disk", _megabytes(folder.path)),
        ("writer", f"process {owner}" if owner else "none is running"),
    ]
    if Snapshots(folder.snapshots).current_name() is None:
        return [*rows, ("state", "nothing ingested yet")]
    reader = SnapshotReader(folder.snapshots)
    stats = reader.stats()
    reader.close()
    rows += [
        ("generation", stats.generation),
        ("triples", f"{stats.triples:,}"),
        ("graphs", f"{stats.graphs:,}"),
    ]
    if folder.state.exists():
        state = IngestState(folder.state)
        rows += [
            ("documents", f"{state.count('done'):,} ingested, {state.count('failed'):,} failed"),
            (
                "files",
                f"{state.count_files('done'):,} read whole, "
                f"{state.count_files('failed'):,} failed wholly or in part",
            ),
        ]
        state.close()
    return rows
