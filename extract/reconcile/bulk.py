"""Match the rows of a table: by the identifiers they hold, else by their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from extract.reconcile.catalogue import Entry
from extract.reconcile.properties import EVERYTHING
from extract.reconcile.queries import Condition, Query, QueryReconciler
from extract.reconcile.ranked import ReconcileType
from ontology.databases import find_database

RowStatus = Literal["matched", "likely", "ambiguous", "none"]
NAME_COLUMNS = ("name", "scientificname", "scientific_name", "vernacularname", "vernacular_name")
"""Columns that names are read from, in this order, whatever their case."""
COUNTRY_COLUMNS = ("country", "countrycode", "country_code")
TYPE_COLUMN = "type"
OUTPUT_COLUMNS = ("iri", "label", "matched_type", "status", "matched_by", "score")


@dataclass(frozen=True, slots=True)
class RowMatch:
    """Hold what a row was matched to and how surely.

    ``matched``: one identifier or a name that can mean nothing else; ``likely``: the best of
    several or a misspelt one, to be looked at; ``ambiguous``: one identifier, several entities.
    """

    status: RowStatus
    iri: str = ""
    label: str = ""
    type: str = ""
    by: str = ""
    """The column that told."""
    score: float = 0.0

    def cells(self) -> dict[str, str]:
        """Return the match as cells by the names of OUTPUT_COLUMNS."""
        score = f"{self.score:g}" if self.iri else ""
        values = (self.iri, self.label, self.type, self.status, self.by, score)
        return dict(zip(OUTPUT_COLUMNS, values, strict=True))


def readable_columns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some columns that a match can be made by."""
    return tuple(
        column
        for column in columns
        if column.casefold() in NAME_COLUMNS or column_database(column) is not None
    )


def column_database(column: str) -> str | None:
    """Return the database that a column holds identifiers of: ``ncbi``, ``ncbi_id``, ``taxid``."""
    name = column.strip().casefold().replace(" ", "_")
    database = find_database(name) or find_database(name.removesuffix("_id"))
    return None if database is None else database.key


class RowMatcher:
    """Match rows, all of the same columns, one by one."""

    def __init__(
        self,
        queries: QueryReconciler,
        columns: tuple[str, ...],
        *,
        types: tuple[ReconcileType, ...] = EVERYTHING,
    ) -> None:
        """Take the types that rows may be where no column ``type`` says one."""
        self._queries = queries
        self._types = types
        folded = {column.casefold(): column for column in columns}
        self._databases = [(c, key) for c in columns if (key := column_database(c)) is not None]
        self._names = [folded[name] for name in NAME_COLUMNS if name in folded]
        self._countries = [folded[name] for name in COUNTRY_COLUMNS if name in folded]
        self._type = folded.get(TYPE_COLUMN)

    def match(self, row: Mapping[str, str]) -> RowMatch:
        """Match one row: the first identifier that is known, else the best of its names."""
        types = self._types_of(row)
        several: RowMatch | None = None
        for column, database in self._databases:
            entries = self._identified(database, row.get(column, ""), types)
            if len(entries) == 1:
                return _of_entry(entries[0], column)
            if entries and several is None:
                several = RowMatch("ambiguous", by=column)
        best = several or RowMatch("none")
        for column in self._names:
            found = self._named(row.get(column, ""), column, row, types)
            if found.status == "matched":
                return found
            if found.score > best.score:
                best = found
        return best

    def _types_of(self, row: Mapping[str, str]) -> tuple[ReconcileType, ...]:
        wanted = row.get(self._type, "").strip().casefold() if self._type else ""
        return tuple(type for type in EVERYTHING if type == wanted) or self._types

    def _identified(
        self, database: str, identifier: str, types: tuple[ReconcileType, ...]
    ) -> list[Entry]:
        if not identifier.strip():
            return []
        found = self._queries.catalogue.identified(database, identifier)
        return [entry for entry in found if entry.type in types]

    def _named(
        self, name: str, column: str, row: Mapping[str, str], types: tuple[ReconcileType, ...]
    ) -> RowMatch:
        countries = [row[c].strip() for c in self._countries if row.get(c, "").strip()]
        conditions = (Condition("country", (countries[0],)),) if countries else ()
        if conditions and types == ("taxon",):
            conditions = ()
        options = self._queries.answer(Query(name, types, 2, conditions)) if name.strip() else ()
        if not options:
            return RowMatch("none")
        first = options[0]
        status: RowStatus = "matched" if first.candidate.match else "likely"
        candidate = first.candidate
        return RowMatch(status, candidate.iri, candidate.label, first.type, column, candidate.score)


def _of_entry(entry: Entry, column: str) -> RowMatch:
    return RowMatch("matched", entry.iri, entry.label, entry.type, column, 1.0)
