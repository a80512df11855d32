"""What is posted over HTTP: kept as a file first, ingested by a process of its own after."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from slugify import slugify

from corpus.documents import Source
from corpus.readers import MEDIA_TYPES
from corpus.readers.sniffing import sniff
from service.config import Settings
from service.ingest.state import IngestState
from service.store.folder import DataFolder

_SUFFIXES = {
    media_type: suffix
    for suffix, media_type in MEDIA_TYPES.items()
    if suffix in (".csv", ".docx", ".html", ".json", ".jsonl", ".md", ".mhtml", ".pdf", ".txt")
}
_ALIASES = {"application/ld+json": ".json", "text/x-markdown": ".md"}


@dataclass(frozen=True, slots=True)
class Job:
    """Tell what has become of something posted."""

    id: str
    state: Literal["waiting", "done", "failed", "unknown"]
    documents: tuple[str, ...] = ()
    reason: str = ""


class Inbox:
    """Keep posted files; the name of a file is the job."""

    def __init__(self, settings: Settings) -> None:
        self._folder = DataFolder(settings.data_dir)

    def put(self, data: bytes, *, media_type: str, name: str = "") -> str:
        """Keep what was posted and name its job; raise CorpusError for what no reader takes.

        The same name replaces; without a name the content is the name.
        """
        suffix = PurePath(name).suffix.lower()
        if suffix not in MEDIA_TYPES:
            suffix = _SUFFIXES.get(media_type, _ALIASES.get(media_type, ".txt"))
        claimed = Source(name or "what was posted", "", MEDIA_TYPES[suffix])
        kind = sniff(data, claimed)
        suffix = _SUFFIXES.get(kind, suffix)
        stem = slugify(PurePath(name).stem, max_length=80) or hashlib.sha256(data).hexdigest()[:16]
        path = self._folder.inbox / f"{stem}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.parent / f".{path.name}.{os.getpid()}-{hashlib.sha256(data).hexdigest()[:8]}"
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        return path.name

    def job(self, identifier: str) -> Job:
        """Tell how a job stands."""
        path = self._folder.inbox / PurePath(identifier).name
        if identifier.startswith(".") or not path.is_file():
            return Job(identifier, "unknown")
        if not self._folder.state.exists():
            return Job(identifier, "waiting")
        state = IngestState(self._folder.state)
        try:
            row = state.item(str(path.resolve()))
            if row is None or _newer(path, row.updated):
                return Job(identifier, "waiting")
            documents = state.documents_of(row.key)
            reason = row.reason.replace(f"{path.parent.resolve()}/", "")
            return Job(identifier, row.outcome, documents, reason)
        finally:
            state.close()


def _newer(path: Path, updated: str) -> bool:
    """Tell whether a file was put there after its item was noted."""
    from datetime import UTC, datetime

    noted = datetime.strptime(updated, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
    return path.stat().st_mtime > noted + 1.0
