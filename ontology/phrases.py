"""Read tables of cue phrases: what a wording in one language stands for."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ontology.errors import OntologyError

LANGUAGES = ("en", "es", "fr")
_NAME = re.compile(r"[^\W\d_][^,;|+:]*")


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """Tie a pattern in one language to the cue that it is; patterns as in the trigger lexicons."""

    cue: str
    lang: str
    pattern: str
    where: str
    """File and line, for messages."""


def read_table(
    source: Traversable, columns: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of a CSV file with its place; refuse missing columns and ragged rows."""
    with source.open("r", encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        found = tuple(reader.fieldnames or ())
        if found != columns:
            raise OntologyError(
                f"{source.name}:1: columns are {', '.join(found)}; expected {', '.join(columns)}"
            )
        for row in reader:
            where = f"{source.name}:{reader.line_num}"
            if None in row or None in row.values():
                raise OntologyError(
                    f"{where}: expected {len(columns)} fields; quote those that hold commas"
                )
            yield where, {name: value.strip() for name, value in row.items()}


def read_phrases(source: Traversable) -> tuple[PhraseRow, ...]:
    """Read a table of phrases; raise OntologyError with file and line at the first bad row."""
    rows = []
    seen: dict[tuple[str, str, str], str] = {}
    for where, row in read_table(source, ("cue", "lang", "pattern")):
        key = (row["cue"], row["lang"], row["pattern"])
        if not _NAME.fullmatch(row["cue"]):
            raise OntologyError(f"{where}: cue {row['cue']!r} is no name; write words")
        if row["lang"] not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise OntologyError(f"{where}: language {row['lang']!r} is unknown; write {known}")
        if not row["pattern"]:
            raise OntologyError(f"{where}: the pattern is empty; write at least one word")
        if key in seen:
            raise OntologyError(f"{where}: says the same as {seen[key]}; delete one of them")
        seen[key] = where
        rows.append(PhraseRow(*key, where))
    return tuple(rows)


def lexicon_file(name: str) -> Traversable:
    """Return a packaged lexicon file."""
    return files("ontology") / "lexicons" / f"{name}.csv"


@cache
def load_phrases(name: str) -> tuple[PhraseRow, ...]:
    """Read a packaged table of phrases, once a process."""
    return read_phrases(lexicon_file(name))
