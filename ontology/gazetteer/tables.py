"""Read the gazetteer's tables from package data."""

import csv
import gzip
import io
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from ontology.errors import OntologyError


def _folder() -> Traversable:
    return files("ontology") / "gazetteer"


def table_files() -> tuple[Traversable, ...]:
    """List the table files, sorted by name."""
    names = [f for f in _folder().iterdir() if f.name.endswith((".csv", ".csv.gz"))]
    return tuple(sorted(names, key=lambda f: f.name))


def code_files() -> tuple[Traversable, ...]:
    """List the modules that turn tables into the lookup, sorted by name."""
    return tuple(
        sorted((f for f in _folder().iterdir() if f.name.endswith(".py")), key=lambda f: f.name)
    )


def iterate_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table, named without its ending."""
    for ending in (".csv", ".csv.gz"):
        path = _folder() / f"{name}{ending}"
        if path.is_file():
            content = path.read_bytes()
            text = gzip.decompress(content) if ending == ".csv.gz" else content
            yield from csv.DictReader(io.StringIO(text.decode("utf-8"), newline=""))
            return
    known = ", ".join(f.name for f in table_files())
    raise OntologyError(f"gazetteer table {name!r} is missing; there are {known}")


@lru_cache(maxsize=32)
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Return all rows of a table; meant for the small ones."""
    return tuple(iterate_table(name))


def read_sources() -> str:
    """Return the text that names tables, sources and licences."""
    return (_folder() / "SOURCES.md").read_text(encoding="utf-8")
