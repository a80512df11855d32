"""Check rows that a user adds to the gazetteer, and say line and column of what is wrong."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ontology.databases import find_database
from ontology.errors import OntologyError
from ontology.gazetteer.folding import fold
from ontology.gazetteer.tables import iterate_table, read_table
from ontology.namespaces import WIKIDATA

KINDS = ("taxon", "place", "organisation")
ROW_COLUMNS = (
    "kind",
    "name",
    "alt_names",
    "language",
    "scientific_name",
    "rank",
    "class",
    "order",
    "family",
    "type",
    "countries",
    "lat",
    "lon",
    "acronym",
    "ncbi",
    "gbif",
    "wikidata",
    "geonames",
    "ror",
    "url",
)
IDENTIFIER_COLUMNS = ("kind", "key", "name", "database", "id")
ORGANISATION_TYPES = (
    "community",
    "fund",
    "government",
    "igo",
    "network",
    "ngo",
    "private",
    "research",
)
_TAXON = frozenset(("language", "scientific_name", "rank", "class", "order", "family"))
_ALLOWED: Mapping[str, frozenset[str]] = {
    "taxon": _TAXON | {"ncbi", "gbif", "wikidata"},
    "place": frozenset(("type", "countries", "lat", "lon", "wikidata", "geonames")),
    "organisation": frozenset(("type", "countries", "acronym", "wikidata", "ror", "url")),
}
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\\\^`]+")
_PATTERNS = {
    "ncbi": re.compile(r"[1-9]\d*"),
    "gbif": re.compile(r"[1-9]\d*"),
    "geonames": re.compile(r"[1-9]\d*"),
    "wikidata": re.compile(r"Q[1-9]\d*"),
    "ror": re.compile(r"(?:https://ror\.org/)?0[a-z0-9]{6}\d{2}"),
    "url": _ADDRESS,
}
_EXAMPLES = {
    "ncbi": "9690",
    "gbif": "5219426",
    "geonames": "192950",
    "wikidata": "Q35694",
    "ror": "011ywv381",
    "url": str(WIKIDATA["Q35694"]),
}
_SCIENTIFIC = re.compile(r"[A-Z][\w.-]+(?: [×\w.()-]+)*")
_DATABASE = re.compile(r"[a-z][a-z0-9_-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST_PROBLEMS = 20

Row = dict[str, str]
Problem = tuple[str, str]
"""A column and what is wrong with it."""


@cache
def place_types() -> tuple[str, ...]:
    """List the types that a user's place may have; countries are not for users to add."""
    kinds = {row["kind"] for row in read_table("place_type_words")} - {"country"}
    return tuple(sorted(kinds | {"settlement", "site", "region"}))


@cache
def country_codes() -> frozenset[str]:
    return frozenset(row["iso2"] for row in iterate_table("countries"))


def read_checked(
    file: Path, columns: Sequence[str], check: Callable[[Row], Iterator[Problem]]
) -> list[tuple[int, Row]]:
    """Read a user's CSV file as rows with their lines; missing columns are empty.

    Raise OntologyError that lists file, line and column of each problem.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{file}: {error}; give a CSV file in UTF-8") from error
    problems: list[str] = []
    rows: list[tuple[int, Row]] = []
    for line, row, problem in _records(text, columns):
        found = [problem] if problem is not None else list(check(row))
        problems += [f"{file}, line {line}, column {column}: {what}" for column, what in found]
        rows.append((line, row))
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        shown = problems[:_MOST_PROBLEMS] + ([f"and {more} more"] if more > 0 else [])
        raise OntologyError("\n".join((*shown, "nothing was added")))
    if not rows:
        raise OntologyError(f"{file}: no rows; give a header line and a row for each name")
    return rows


def _records(text: str, columns: Sequence[str]) -> Iterator[tuple[int, Row, Problem | None]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        known = ", ".join(columns)
        for column in header:
            if column not in columns:
                yield 1, {}, (column or "without a name", f"not known; there are {known}")
            elif header.count(column) > 1:
                yield 1, {}, (column, "twice in the header; leave one out")
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = dict.fromkeys(columns, "")
                row.update(zip(header, (" ".join(c.split()) for c in cells), strict=False))
                extra = len(cells) > len(header)
                what = f"{len(cells)} cells where the header has {len(header)}; quote commas"
                yield line, row, (str(len(header) + 1), what) if extra else None
            line = reader.line_num + 1
    except csv.Error as error:
        yield reader.line_num, {}, ("?", f"{error}; write it as CSV with doubled quotes")


def check_row(row: Row) -> Iterator[Problem]:
    """Yield what is wrong with a taxon, place or organisation."""
    kind = row["kind"]
    if kind not in KINDS:
        yield "kind", f"{kind!r} is none of {', '.join(KINDS)}"
        return
    if not any(c.isalpha() for c in fold(row["name"])):
        yield "name", "empty; every row needs a name with a letter in it"
    for column in sorted(_TAXON | _ALLOWED["place"] | _ALLOWED["organisation"]):
        if row[column] and column not in _ALLOWED[kind]:
            yield column, f"{row[column]!r} is given, but the {kind} has no such value"
    for column, pattern in _PATTERNS.items():
        if row[column] and not pattern.fullmatch(row[column]):
            yield column, f"{row[column]!r} is not like {_EXAMPLES[column]}"
    if kind == "taxon":
        yield from _check_taxon(row)
    else:
        yield from _check_type(row, place_types() if kind == "place" else ORGANISATION_TYPES)
        yield from _check_countries(row)
        yield from _check_point(row)


def _check_taxon(row: Row) -> Iterator[Problem]:
    scientific = row["scientific_name"] or row["name"]
    if not _SCIENTIFIC.fullmatch(scientific):
        example = "Panthera onca"
        yield "scientific_name", f"{scientific!r} is no scientific name; write it like {example}"
    if row["language"] and not _LANGUAGE.fullmatch(row["language"]):
        yield "language", f"{row['language']!r} is no language code such as en"


def _check_type(row: Row, types: Sequence[str]) -> Iterator[Problem]:
    if row["type"] not in types:
        yield "type", f"{row['type']!r} is none of {', '.join(types)}"


def _check_countries(row: Row) -> Iterator[Problem]:
    codes = row["countries"].split()
    for code in codes:
        if code not in country_codes():
            yield "countries", f"{code!r} is no ISO 3166-1 code such as KE; part codes by blanks"
    if row["kind"] == "organisation" and len(codes) > 1:
        yield "countries", "an organisation has one country; leave it empty for worldwide ones"


def _check_point(row: Row) -> Iterator[Problem]:
    for column, most in (("lat", 90.0), ("lon", 180.0)):
        other = "lon" if column == "lat" else "lat"
        if not row[column]:
            if row[other]:
                yield column, f"empty while {other} is given; give both or none"
            continue
        try:
            value = float(row[column])
        except ValueError:
            yield column, f"{row[column]!r} is no number; write degrees such as -3.25"
            continue
        if not -most <= value <= most:
            yield column, f"{row[column]} is not between -{most:g} and {most:g} degrees"


def check_identifier(row: Row) -> Iterator[Problem]:
    """Yield what is wrong with a row that maps a name or key to a number of a database."""
    kind = row["kind"] or "taxon"
    if kind not in KINDS:
        yield "kind", f"{kind!r} is none of {', '.join(KINDS)}"
        return
    if not row["name"] and not row["key"]:
        yield "name", "empty, and key too; give one of them"
    database = row["database"]
    known = find_database(database)
    if not _DATABASE.fullmatch(database):
        yield "database", f"{database!r} is no short name such as gbif or col"
    elif known is not None and kind not in known.kinds:
        kinds = " and ".join(known.kinds)
        yield "database", f"{database!r} numbers {kinds} rows, and this one is a {kind}"
    if not row["id"]:
        yield "id", "empty; give the number or the address in that database"
    elif database in _PATTERNS and not _PATTERNS[database].fullmatch(row["id"]):
        yield "id", f"{row['id']!r} is not like {_EXAMPLES[database]}"
    elif known is not None and ":" not in row["id"] and not known.matches(row["id"]):
        yield "id", f"{row['id']!r} is not like {known.example}"
    elif ":" in row["id"] and not _ADDRESS.fullmatch(row["id"]):
        yield "id", f"{row['id']!r} is no web address; leave out blanks, brackets and quotes"
