"""Read a folder's table of sources."""

import csv
from pathlib import Path
from typing import get_args

from corpus.documents import Display, Source
from corpus.errors import CorpusError
from corpus.readers import has_reader, media_type_of

SOURCES_FILE = "SOURCES.csv"
_COLUMNS = ("file", "title", "symbol", "creator", "url", "licence", "display", "checksum")


def read_register(path: Path) -> dict[str, Source]:
    """Return the sources of a table by their file, relative to the table's folder.

    Rows of files that no reader takes are passed over. Raise CorpusError naming line and column.
    """
    sources: dict[str, Source] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        missing = [name for name in _COLUMNS if name not in (rows.fieldnames or [])]
        if missing:
            raise CorpusError(f"{path}: column {', '.join(missing)} is missing")
        for number, row in enumerate(rows, start=2):
            file = row["file"]
            if row["display"] not in get_args(Display):
                raise CorpusError(
                    f"{path}, line {number}, column display: {row['display']!r}; "
                    f"use {', '.join(get_args(Display))}"
                )
            if file in sources:
                raise CorpusError(f"{path}, line {number}, column file: {file} is listed twice")
            if has_reader(Path(file)):
                sources[file] = _source(row)
    return sources


def _source(row: dict[str, str]) -> Source:
    display: Display = "full" if row["display"] == "full" else "snippets"
    return Source(
        file=row["file"],
        checksum=row["checksum"],
        media_type=media_type_of(Path(row["file"])),
        display="none" if row["display"] == "none" else display,
        title=row["title"],
        symbol=row["symbol"],
        creator=row["creator"],
        url=row["url"],
        licence=row["licence"],
    )
