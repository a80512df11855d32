"""Readers, one a format; the suffix of a file picks one."""

from collections.abc import Callable
from pathlib import Path

from corpus.decoding import read_bytes
from corpus.documents import Document, Source
from corpus.errors import CorpusError
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text

Reader = Callable[[bytes, Source], Document]

READERS: dict[str, tuple[str, Reader]] = {
    ".md": ("text/markdown", read_markdown),
    ".markdown": ("text/markdown", read_markdown),
    ".txt": ("text/plain", read_text),
    ".text": ("text/plain", read_text),
}
"""Suffix to media type and reader."""


def has_reader(path: Path) -> bool:
    """Tell whether a file's suffix has a reader."""
    return path.suffix.lower() in READERS


def media_type_of(path: Path) -> str:
    """Return the media type of a file by its suffix; raise CorpusError where none is known."""
    try:
        return READERS[path.suffix.lower()][0]
    except KeyError:
        known = ", ".join(sorted(READERS))
        raise CorpusError(f"{path}: no reader for this type of file; known are {known}") from None


def read_document(path: Path, source: Source) -> Document:
    """Read one file as a Document."""
    _, reader = READERS[path.suffix.lower()]
    return reader(read_bytes(path), source)
