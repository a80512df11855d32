"""List what there is to ingest: files with texts, and files with extraction records."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.documents import Source
from corpus.errors import CorpusError
from corpus.readers import has_reader
from corpus.sources.register import SOURCES_FILE, read_register

RECORDS_SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Item:
    """Name one file; ``source`` is its row in the folder's table of sources, where one lies."""

    path: Path
    file: str
    """Path relative to what was asked for; the same wherever the folder lies."""
    source: Source | None = None

    @property
    def key(self) -> str:
        return str(self.path)

    @property
    def holds_records(self) -> bool:
        return self.path.suffix.lower() == RECORDS_SUFFIX


def list_items(paths: Iterable[Path]) -> Iterator[Item | CorpusError]:
    """Yield the files at paths, folders' files in order of their names, and what is wrong."""
    seen = set()
    for path in paths:
        for item in _list_path(path.resolve(), path):
            if isinstance(item, CorpusError):
                yield item
            elif item.key not in seen:
                seen.add(item.key)
                yield item


def _list_path(path: Path, named: Path) -> Iterator[Item | CorpusError]:
    try:
        if path.is_dir():
            yield from _list_folder(path)
        elif path.exists():
            register = path.parent / SOURCES_FILE
            rows = read_register(register) if register.is_file() else {}
            yield Item(path, path.name, rows.get(path.name))
        else:
            yield CorpusError(f"{named}: no such file or folder")
    except CorpusError as error:
        yield error


def _list_folder(folder: Path) -> Iterator[Item | CorpusError]:
    register = folder / SOURCES_FILE
    if register.is_file():
        for file, source in sorted(read_register(register).items()):
            if (folder / file).is_file():
                yield Item(folder / file, file, source)
            else:
                yield CorpusError(f"{register}: lists {file}, which is not there")
        return
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        wanted = has_reader(path) or path.suffix.lower() == RECORDS_SUFFIX
        if wanted and not hidden and path.is_file():
            yield Item(path, relative.as_posix())


def file_checksum(path: Path) -> str:
    """Return the SHA-256 of a file as ``sha256:HEX``; raise CorpusError."""
    try:
        with path.open("rb") as file:
            return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read: {error.strerror}") from error


def item_fingerprint(item: Item, checksum: str) -> str:
    """Return what changes when the file's bytes or what is known of its source change."""
    known = asdict(item.source) if item.source else {}
    return text_fingerprint(json.dumps([checksum, item.file, known], sort_keys=True))


def text_fingerprint(text: str) -> str:
    """Return a short checksum of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
