"""What there is to ingest: files, files of extraction records, and items of other sources."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

from corpus.documents import CaseStudy, Display
from corpus.errors import CorpusError
from corpus.readers.sniffing import CSV, JSON, JSON_LINES
from corpus.sources.protocol import Fetched, ItemSource, SourceItem
from service.ingest.reading import Reader
from service.store.texts import case_study_json

RECORDS_SUFFIX = ".jsonl"
_TABLES = (CSV, JSON, JSON_LINES)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Name one document of an item, before it is known whether it has to be extracted."""

    document: str
    fingerprint: str
    payload: CaseStudy | str


class Loaded(Protocol):
    """Hold an item whose content is at hand."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def file(self) -> str:
        """Return the name of its content; the same wherever its folder lies."""
        ...

    def candidates(self, reader: Reader) -> Iterator[Candidate]:
        """Yield its documents; raise CorpusError."""
        ...


class Item(Protocol):
    """Name one thing that is ingested."""

    @property
    def key(self) -> str: ...

    @property
    def version(self) -> str:
        """Return what the source says of the version; empty where it says nothing."""
        ...

    def load(self) -> Loaded:
        """Have the content; raise CorpusError."""
        ...


@dataclass(frozen=True, slots=True)
class LoadedText:
    """Hold the bytes of a text."""

    fetched: Fetched
    columns: tuple[str, ...] = ()
    """What the settings say of the columns of tables."""

    @property
    def file(self) -> str:
        return self.fetched.source.file

    @property
    def fingerprint(self) -> str:
        """Return what changes with the bytes and with what is known of the source."""
        source = replace(self.fetched.source, checksum=checksum(self.fetched.data))
        columns = list(self.columns) if source.media_type in _TABLES else []
        known = asdict(source) | ({"columns": columns} if columns else {})
        return text_fingerprint(json.dumps(known, sort_keys=True))

    def candidates(self, reader: Reader) -> Iterator[Candidate]:
        for case_study in reader.read(self.fetched):
            fingerprint = text_fingerprint(case_study_json(case_study))
            yield Candidate(case_study.id, fingerprint, case_study)


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """Name an item of a source that knows how to fetch it."""

    source: ItemSource
    entry: SourceItem
    display: Display | None = None
    """What the settings allow to be shown of it; None leaves it to the source."""
    columns: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the path of a file; of other sources their name goes before."""
        if self.entry.key.startswith("/"):
            return self.entry.key
        return f"{self.source.name} {self.entry.key}"

    @property
    def version(self) -> str:
        version = self.entry.version
        return f"{version} {self.display}" if version and self.display else version

    def load(self) -> LoadedText:
        fetched = self.source.fetch(self.entry)
        if self.display is not None:
            fetched = replace(fetched, source=replace(fetched.source, display=self.display))
        return LoadedText(fetched, self.columns)


@dataclass(frozen=True, slots=True)
class RecordFile:
    """Name a file of extraction records, one a line; it is read line by line."""

    path: Path
    file: str

    @property
    def key(self) -> str:
        return str(self.path)

    @property
    def version(self) -> str:
        return ""

    @property
    def fingerprint(self) -> str:
        """Return what changes with the bytes; raise CorpusError where there are none."""
        try:
            with self.path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise CorpusError(f"{self.path}: cannot be read: {error.strerror}") from error
        return text_fingerprint(f"{digest} {self.file}")

    def load(self) -> "RecordFile":
        return self

    def candidates(self, reader: Reader) -> Iterator[Candidate]:
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    text = line.decode("utf-8")
                    document = json.loads(text)["id"]
                except (ValueError, KeyError, TypeError) as error:
                    raise CorpusError(
                        f"{self.path}, line {number}: not an extraction record: {error}"
                    ) from error
                yield Candidate(str(document), text_fingerprint(text), text)


def checksum(data: bytes) -> str:
    """Return the SHA-256 of bytes as ``sha256:HEX``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def text_fingerprint(text: str) -> str:
    """Return a short checksum of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
