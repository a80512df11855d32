"""Find the rows that bear an identifier of another database, and count what there is."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import marisa_trie

from ontology.databases import database_key, find_database
from ontology.errors import OntologyError
from ontology.gazetteer.rows import OrganisationRow, PlaceRow, TaxonRow

AnyRow = TaxonRow | PlaceRow | OrganisationRow
Found = tuple[str, int]
"""Kind and number of a row."""
_FILE, _COUNTS = "identifiers.marisa", "identifiers.json"
_HERITAGE = "World Heritage"
_SEPARATOR = "\t"


def identifiers_of(row: AnyRow) -> Iterator[tuple[str, str]]:
    """Yield short name of the database and identifier, each pair once, the main ones first."""
    yield from dict.fromkeys(
        (database_key(name), identifier)
        for name, identifier in _columns(row)
        if identifier and _is_wellformed(name, identifier)
    )


def _columns(row: AnyRow) -> Iterator[tuple[str, str]]:
    if isinstance(row, TaxonRow):
        yield from (("ncbi", row.ncbi), ("wikidata", row.wikidata), ("gbif", row.gbif))
    elif isinstance(row, PlaceRow):
        yield "iso", row.code
        yield "geonames", row.geonames
        # The item of a World Heritage row may be that of the listing and not of the place.
        yield "wikidata", "" if row.designation.startswith(_HERITAGE) else row.wikidata
    else:
        yield "ror", row.ror.rpartition("/")[2]
        yield "wikidata", row.wikidata
    yield from row.identifiers


def _is_wellformed(name: str, identifier: str) -> bool:
    database = find_database(name)
    if database is None or identifier.startswith(("http://", "https://", "urn:")):
        return True
    return database.matches(identifier)


def write_identifiers(folder: Path, rows: Mapping[str, Iterable[AnyRow]]) -> None:
    """Write the index of identifiers of the rows of each kind into a lookup's folder."""
    keys: set[str] = set()
    for kind, of_kind in rows.items():
        for row in of_kind:
            for name, identifier in identifiers_of(row):
                keys.add(_SEPARATOR.join((name, identifier.casefold(), kind, str(row.row_id))))
    marisa_trie.Trie(sorted(keys)).save(str(folder / _FILE))
    identifiers: dict[str, set[str]] = {}
    links: Counter[str] = Counter()
    for key in keys:
        name, identifier, _, _ = key.split(_SEPARATOR)
        identifiers.setdefault(name, set()).add(identifier)
        links[name] += 1
    counts = {name: [len(identifiers[name]), links[name]] for name in sorted(links)}
    (folder / _COUNTS).write_text(json.dumps(counts), encoding="utf-8")


class IdentifierIndex:
    """Answer which rows bear an identifier, from a mapped file."""

    def __init__(self, folder: Path) -> None:
        self._trie = marisa_trie.Trie()
        try:
            self._trie.mmap(str(folder / _FILE))
            counts = json.loads((folder / _COUNTS).read_text(encoding="utf-8"))
        except (OSError, RuntimeError, ValueError) as error:
            raise OntologyError(
                f"identifiers of {folder}: {error}; run 'ecoduct gazetteer build --force'"
            ) from error
        self.counts: dict[str, int] = {name: numbers[0] for name, numbers in counts.items()}
        """Distinct identifiers by the short name of their database."""

    def find(self, name: str, identifier: str) -> tuple[Found, ...]:
        """Return kind and number of each row that bears an identifier, sorted."""
        key = database_key(name)
        database = find_database(name)
        clean = identifier.strip() if database is None else database.clean(identifier)
        start = _SEPARATOR.join((key, clean.casefold(), ""))
        found = (entry.split(_SEPARATOR)[2:] for entry in self._trie.keys(start))
        return tuple(sorted((kind, int(row)) for kind, row in found))
