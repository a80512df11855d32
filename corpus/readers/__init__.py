"""Readers, one a format: the bytes of a file say which one reads it, its suffix what it claims."""

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.building import TooManyBlocksError
from corpus.documents import CaseStudy, Document, Source
from corpus.errors import CorpusError
from corpus.readers.markdown import read_markdown
from corpus.readers.sniffing import (
    CSV,
    DOCX,
    HTML,
    JSON,
    JSON_LINES,
    MARKDOWN,
    MHTML,
    PANORAMA,
    PDF,
    PLAIN,
    sniff,
)
from corpus.readers.text import read_text
from corpus.splitter import split_document

MEDIA_TYPES = {
    ".csv": CSV,
    ".docx": DOCX,
    ".htm": HTML,
    ".html": HTML,
    ".json": JSON,
    ".jsonl": JSON_LINES,
    ".markdown": MARKDOWN,
    ".md": MARKDOWN,
    ".mht": MHTML,
    ".mhtml": MHTML,
    ".ndjson": JSON_LINES,
    ".pdf": PDF,
    ".text": PLAIN,
    ".tsv": CSV,
    ".txt": PLAIN,
    ".xhtml": HTML,
}
"""Media type by suffix."""

BINARY = frozenset((PDF, DOCX))
"""Types that are not read as text."""


def has_reader(path: Path) -> bool:
    """Tell whether a file's suffix has a reader."""
    return path.suffix.lower() in MEDIA_TYPES


def media_type_of(path: Path) -> str:
    """Return the media type of a file by its suffix; raise CorpusError where none is known."""
    try:
        return MEDIA_TYPES[path.suffix.lower()]
    except KeyError:
        known = ", ".join(sorted(MEDIA_TYPES))
        raise CorpusError(f"{path}: no reader for this type of file; known are {known}") from None


def read_studies(
    data: bytes, source: Source, *, columns: Mapping[str, str] | None = None
) -> tuple[CaseStudy, ...]:
    """Read bytes as what they are and split them; raise CorpusError and nothing else.

    A bad file may cost time and memory all the same: run this where both are limited.
    """
    try:
        return _read(data, source, columns)
    except TooManyBlocksError as error:
        raise CorpusError(f"{source.file}: {error}") from error


def _read(data: bytes, source: Source, columns: Mapping[str, str] | None) -> tuple[CaseStudy, ...]:
    media_type = sniff(data, source)
    if media_type in (JSON, JSON_LINES, CSV, PANORAMA):
        from corpus.readers.tables import read_table

        return read_table(data, source, media_type, columns=columns)
    if media_type in (HTML, MHTML):
        from corpus.readers.html import read_html_studies

        return read_html_studies(data, source, media_type)
    document = _document_reader(media_type)(data, source)
    return split_document(document, find_title=media_type in BINARY)


def _document_reader(media_type: str) -> Callable[[bytes, Source], Document]:
    """Return the reader of a type; those with heavy libraries are loaded when they are needed."""
    if media_type == PDF:
        from corpus.readers.pdf import read_pdf

        return read_pdf
    if media_type == DOCX:
        from corpus.readers.docx import read_docx

        return read_docx
    return read_markdown if media_type == MARKDOWN else read_text


__all__ = ["BINARY", "MEDIA_TYPES", "has_reader", "media_type_of", "read_studies"]
