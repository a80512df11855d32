"""Keep the rows and identifiers that a user adds to the gazetteer, in the data folder."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import OntologyError
from ontology.gazetteer.folding import fold
from ontology.gazetteer.own_checks import (
    IDENTIFIER_COLUMNS,
    ROW_COLUMNS,
    Row,
    check_identifier,
    check_row,
    read_checked,
)

SOURCE = "own"
"""What stands as the source of a name that a user added."""
_FOLDER = "own-gazetteer"


@dataclass(frozen=True, slots=True)
class OwnTables:
    """Hold a user's rows and identifiers, sorted."""

    rows: tuple[Row, ...] = ()
    identifiers: tuple[Row, ...] = ()
    ncbi: bool = False
    """The names of the NCBI Taxonomy are wanted too."""

    def of(self, kind: str) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row["kind"] == kind)

    def identifiers_of(self, kind: str) -> tuple[Row, ...]:
        return tuple(row for row in self.identifiers if row["kind"] == kind)


NOTHING_OWN = OwnTables()


@dataclass(frozen=True, slots=True)
class Added:
    """Count what an addition did."""

    new: int
    replaced: int
    unknown: int = 0
    """Identifiers left out since no row bears the name."""


def own_files(data_dir: Path) -> tuple[Path, Path]:
    """Return where rows and identifiers are kept."""
    folder = data_dir / _FOLDER
    return folder / "rows.csv", folder / "identifiers.csv"


def _ncbi_mark(data_dir: Path) -> Path:
    return data_dir / _FOLDER / "ncbi.txt"


def choose_ncbi(data_dir: Path, *, wanted: bool) -> None:
    """Switch the names of the NCBI Taxonomy on or off for a data folder."""
    mark = _ncbi_mark(data_dir)
    try:
        if wanted:
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.write_text("names of the NCBI Taxonomy are wanted\n", encoding="utf-8")
        else:
            mark.unlink(missing_ok=True)
    except OSError as error:
        raise OntologyError(
            f"cannot write {mark}: {error}; choose a data folder that can be written"
        ) from error


def own_checksum(data_dir: Path) -> str:
    """Return the checksum of a user's tables and choices, empty where there are none."""
    files = (*own_files(data_dir), _ncbi_mark(data_dir))
    contents = [file.read_bytes() if file.is_file() else b"" for file in files]
    if not any(contents):
        return ""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(f"{len(content)}\0".encode() + content)
    return digest.hexdigest()


def read_own(data_dir: Path) -> OwnTables:
    """Read a user's tables, checked again, since they may have been edited in place."""
    rows, identifiers = own_files(data_dir)
    return OwnTables(
        tuple(row for _, row in read_checked(rows, ROW_COLUMNS, check_row))
        if rows.is_file()
        else (),
        tuple(row for _, row in read_checked(identifiers, IDENTIFIER_COLUMNS, check_identifier))
        if identifiers.is_file()
        else (),
        _ncbi_mark(data_dir).is_file(),
    )


def add_rows(data_dir: Path, file: Path) -> Added:
    """Add the rows of a CSV file; a row for a thing that is already there replaces it."""
    rows = [row for _, row in read_checked(file, ROW_COLUMNS, check_row)]
    return _merge(own_files(data_dir)[0], ROW_COLUMNS, read_own(data_dir).rows, rows, _row_key)


def add_identifiers(
    data_dir: Path,
    file: Path,
    resolve: Callable[[str, str, str], tuple[str, ...]],
    *,
    skip_unknown: bool = False,
) -> Added:
    """Add a mapping of identifiers.

    ``resolve`` gives the keys of the rows that a kind, key and name may mean; there must be one.
    """
    rows: list[Row] = []
    problems: list[str] = []
    unknown = 0
    for line, row in read_checked(file, IDENTIFIER_COLUMNS, check_identifier):
        kind = row["kind"] or "taxon"
        keys = resolve(kind, row["key"], row["name"])
        column = "key" if row["key"] else "name"
        where = f"{file}, line {line}, column {column}: {row[column]!r}"
        if len(keys) == 1:
            rows.append(row | {"kind": kind, "key": keys[0]})
        elif keys:
            problems.append(f"{where} may be {', '.join(keys)}; give the key of one")
        elif skip_unknown:
            unknown += 1
        else:
            problems.append(f"{where} is no {kind} of the gazetteer; add it first")
    if problems:
        raise OntologyError("\n".join((*problems[:20], "nothing was added")))
    known = read_own(data_dir).identifiers
    done = _merge(own_files(data_dir)[1], IDENTIFIER_COLUMNS, known, rows, _identifier_key)
    return Added(done.new, done.replaced, unknown)


def _row_key(row: Row) -> tuple[str, ...]:
    return row["kind"], fold(row["name"]), row["scientific_name"], row["countries"]


def _identifier_key(row: Row) -> tuple[str, ...]:
    return row["kind"], row["key"], row["database"]


def _merge(
    file: Path,
    columns: Sequence[str],
    known: Iterable[Row],
    rows: Iterable[Row],
    key: Callable[[Row], tuple[str, ...]],
) -> Added:
    merged = {key(row): row for row in known}
    before, replaced = len(merged), 0
    for row in rows:
        replaced += key(row) in merged
        merged[key(row)] = row
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(merged[name] for name in sorted(merged))
    partial = file.with_suffix(".partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text.getvalue(), encoding="utf-8", newline="")
        partial.replace(file)
    except OSError as error:
        raise OntologyError(
            f"cannot write {file}: {error}; choose a data folder that can be written"
        ) from error
    return Added(len(merged) - before, replaced)
