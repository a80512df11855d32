"""Check the CSV of a vocabulary and say where, by line and column, it is broken."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import OntologyError
from ontology.vocabulary import COLUMNS, load_vocabulary, scheme_table, split_cell

LISTING_COLUMNS = (
    "key",
    "appendix",
    "rank",
    "name_as_listed",
    "taxon",
    "taxon_match",
    "broader_taxon",
    "population",
    "listed_by",
    "listed_by_year",
    "listing_status",
    "speciesplus_cms_id",
    "note",
    "source",
    "confidence",
)
"""Columns that the listings of the CMS appendices must have."""

_Table = tuple[list[str], list[tuple[int, list[str]]]]
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ALLOWED = {
    "status": frozenset({"valid", "deprecated"}),
    "confidence": frozenset({"checked", "recalled"}),
    "appendix": frozenset({"I", "II", ""}),
    "listing_status": frozenset(
        {"in-force-2006", "in-force-2024", "adopted", "proposed", "removal-proposed"}
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is wrong at a line, from 1, and a column, by its name."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]


def check_vocabulary(path: Path) -> tuple[Problem, ...]:
    """Check one vocabulary file and return its problems in the order of its lines.

    A file named like a packaged vocabulary is compared with it too: a code may be deprecated
    there, but not taken away. Raise OntologyError where the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OntologyError(f"cannot read {path}: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = _column_at(data, error.start)
        byte = data[error.start]
        return (Problem(line, column, f"byte 0x{byte:02X} is not UTF-8; save the file as UTF-8"),)
    table = _read(text)
    if isinstance(table, Problem):
        return (table,)
    problems = sorted(_check(table, path.stem), key=lambda p: (p.line, p.column, p.message))
    return tuple(problems)


def _column_at(data: bytes, offset: int) -> str:
    """Name the column that a byte stands in, as well as commas can tell."""
    lines = data.split(b"\n")
    header = lines[0].decode("utf-8", "replace").strip().split(",")
    start = data.rfind(b"\n", 0, offset) + 1
    fields = next(csv.reader([data[start:offset].decode("latin-1")]), [""])
    number = max(0, len(fields) - 1)
    return header[number] if number < len(header) else ""


def _read(text: str) -> _Table | Problem:
    """Return the header, and each record with the line that it starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        header = next(reader, [])
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        return Problem(reader.line_num, "", f"not CSV: {error}")
    return header, rows


def _check(table: _Table, name: str) -> Iterator[Problem]:
    header, rows = table
    listing = "appendix" in header
    wanted = LISTING_COLUMNS if listing else COLUMNS
    missing = [column for column in wanted if column not in header]
    for column in missing:
        yield Problem(1, column, "the column is missing")
    for column in sorted({c for c in header if header.count(c) > 1}):
        yield Problem(1, column, "the column stands there twice")
    if missing:
        return
    records = []
    for line, cells in rows:
        if len(cells) != len(header):
            yield Problem(line, "", f"{len(cells)} cells where the header has {len(header)}")
        else:
            records.append(_Row(line, dict(zip(header, cells, strict=True))))
    yield from _check_cells(records)
    yield from _check_keys(records, "key" if listing else "code")
    if not listing:
        yield from _check_concepts(records)
        yield from _check_release(records, name)


def _check_cells(records: list[_Row]) -> Iterator[Problem]:
    for row in records:
        for column, cell in row.cells.items():
            if cell != cell.strip():
                yield Problem(row.line, column, f"{cell!r} has white space at an end")
            if column in _ALLOWED and cell not in _ALLOWED[column]:
                known = ", ".join(sorted(item or "nothing" for item in _ALLOWED[column]))
                yield Problem(row.line, column, f"{cell!r} is none of {known}")
        if not row.cells["source"]:
            yield Problem(row.line, "source", "the source is missing")


def _check_keys(records: list[_Row], column: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in records:
        code = row.cells[column]
        if not _CODE.fullmatch(code):
            message = f"{code!r} cannot be part of an IRI; use letters, digits, dots, hyphens"
            yield Problem(row.line, column, message)
        elif code in first:
            yield Problem(row.line, column, f"{code!r} is a duplicate of line {first[code]}")
        first.setdefault(code, row.line)


def _check_concepts(records: list[_Row]) -> Iterator[Problem]:
    broader = {row.cells["code"]: row.cells["broader"] for row in records}
    notations: dict[str, int] = {}
    for row in records:
        cells, line = row.cells, row.line
        if not cells["label_en"]:
            yield Problem(line, "label_en", "the English label is missing")
        if cells["broader"] and cells["broader"] not in broader:
            yield Problem(line, "broader", f"no concept has the code {cells['broader']!r}")
        elif _is_cyclic(cells["code"], broader):
            yield Problem(line, "broader", f"{cells['code']!r} is wider than itself")
        if cells["notation"] and cells["notation"] in notations:
            where = notations[cells["notation"]]
            message = f"{cells['notation']!r} is also the notation of line {where}"
            yield Problem(line, "notation", message)
        notations.setdefault(cells["notation"], line)
        if cells["notation"] and not cells["version"]:
            yield Problem(line, "version", "a notation needs the version of its scheme")
        for code in split_cell(cells["replaced_by"]):
            if code not in broader:
                yield Problem(line, "replaced_by", f"no concept has the code {code!r}")
        if cells["replaced_by"] and cells["status"] != "deprecated":
            yield Problem(line, "status", "what is replaced must be deprecated")
        for address in split_cell(cells["see_also"]):
            if not _ADDRESS.fullmatch(address):
                yield Problem(line, "see_also", f"{address!r} is no web address")


def _is_cyclic(code: str, broader: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    above = broader[code]
    while above and above in broader and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = broader[above]
    return False


def _check_release(records: list[_Row], name: str) -> Iterator[Problem]:
    """Find codes that the packaged vocabulary has and this file has not."""
    if name not in scheme_table():
        return
    codes = {row.cells["code"] for row in records}
    for code in load_vocabulary(name).concepts:
        if code not in codes:
            message = f"{code!r} is gone; keep its row, with status deprecated and replaced_by"
            yield Problem(1, "code", message)
