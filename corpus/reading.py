"""Read case studies from files and folders."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.decoding import checksum, read_bytes
from corpus.documents import CaseStudy, Source
from corpus.errors import CorpusError
from corpus.limits import most_bytes
from corpus.readers import has_reader, media_type_of, read_studies
from corpus.sources.folder import list_files
from corpus.sources.protocol import Fetched
from corpus.sources.register import SOURCES_FILE, read_register


def read_case_studies(path: Path) -> Iterator[CaseStudy]:
    """Yield the case studies of a file, or of a folder's files in order of their names.

    Raise CorpusError for the first one that cannot be read.
    """
    for source, file in list_sources(path):
        yield from read_source(source, file)


def list_sources(path: Path) -> Iterator[tuple[Source, Path]]:
    """Yield each file with what is known of it before it is read; checksums are of the bytes."""
    if path.is_dir():
        yield from list_files(path)
    elif not path.exists():
        raise CorpusError(f"{path}: no such file or folder")
    else:
        media_type = media_type_of(path)
        register = path.parent / SOURCES_FILE
        known = read_register(register).get(path.name) if register.is_file() else None
        yield known or Source(path.name, checksum(read_file(path)), media_type), path


def read_source(source: Source, file: Path) -> tuple[CaseStudy, ...]:
    """Read and split one file; raise CorpusError where its checksum is not the registered one."""
    data = read_file(file)
    if source.checksum and checksum(data) != source.checksum:
        raise CorpusError(
            f"{file}: the file is not the one registered in {SOURCES_FILE} "
            f"(checksum {checksum(data)}); update its row or restore the file"
        )
    return read_data(data, source)


def read_file(path: Path) -> bytes:
    """Read the bytes of a file within the limit for its type."""
    return read_bytes(path, max_bytes=most_bytes(media_type_of(path)))


def read_data(
    data: bytes, source: Source, *, columns: Mapping[str, str] | None = None
) -> tuple[CaseStudy, ...]:
    """Read bytes from wherever they came; raise CorpusError and nothing else.

    ``columns`` gives the field of columns of tables whose names are not known.
    """
    most = most_bytes(source.media_type)
    if len(data) > most:
        raise CorpusError(
            f"{source.file}: {len(data) / 1e6:.0f} MB is over the limit of {most / 1e6:.0f} MB "
            "for one text; split it into parts"
        )
    return read_studies(data, source, columns=columns)


def read_fetched(
    fetched: Fetched, *, columns: Mapping[str, str] | None = None
) -> tuple[CaseStudy, ...]:
    """Read what a source gave."""
    return read_data(fetched.data, fetched.source, columns=columns)


__all__ = [
    "has_reader",
    "list_sources",
    "read_case_studies",
    "read_data",
    "read_fetched",
    "read_file",
    "read_source",
]
