"""Packed files of the whole graph, made once for each generation."""

import gzip
import os
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DumpForm:
    """Describe one form of dump."""

    title: str
    media_type: str


DUMPS: dict[str, DumpForm] = {
    "nq": DumpForm("All named graphs as N-Quads", "application/n-quads"),
    "nt": DumpForm("Their merge as N-Triples", "application/n-triples"),
}
"""Forms by the suffix of their files."""


class Exporter(Protocol):
    """Write whole graphs, sorted."""

    def generation(self) -> str: ...

    def export(self, *, media_type: str, leave_out: Collection[str] = ()) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class DumpFile:
    """Hold where a dump lies and the generation that it was made from."""

    path: Path
    generation: str


class Dumps:
    """Keep the dumps of the current generation in a folder."""

    def __init__(self, exporter: Exporter, folder: Path) -> None:
        self._exporter = exporter
        self._folder = folder
        self._lock = threading.Lock()

    def get(self, suffix: str) -> DumpFile:
        """Return the dump of the current generation; the first to ask for it waits."""
        with self._lock:
            generation = self._exporter.generation()
            path = self._folder / f"ecoduct-{generation}.{suffix}.gz"
            if not path.exists():
                self._write(path, DUMPS[suffix].media_type)
                for old in self._folder.glob(f"ecoduct-*.{suffix}.gz"):
                    if old != path:
                        old.unlink(missing_ok=True)
        return DumpFile(path, generation)

    def _write(self, path: Path, media_type: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".part{os.getpid()}")
        with part.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
            for chunk in self._exporter.export(media_type=media_type):
                packed.write(chunk)
        part.replace(path)
