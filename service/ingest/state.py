"""What has been ingested, so that nothing is read twice and what failed is known."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from service.ingest.likeness import Likenesses, Signature
from service.ingest.listings import Listings
from service.ingest.rows import DocumentRow, ItemRow, Outcome
from service.ingest.tables import TABLES, open_tables
from service.ingest.versions import Versions

__all__ = ["DocumentRow", "IngestState", "ItemRow", "Outcome", "StateChange"]

_ITEM = "key, fingerprint, pipeline, vocabulary, gazetteer, outcome, reason, version, attempts"
_DOCUMENT = (
    "id, item, file, fingerprint, pipeline, vocabulary, gazetteer, outcome, reason, attempts, "
    "solution, assigned, graph"
)


@dataclass(slots=True)
class StateChange:
    """Gather what is noted in one transaction."""

    documents: list[DocumentRow] = field(default_factory=list)
    signatures: dict[str, Signature] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    """Items that are forgotten with their places in listings."""


def _item_row(row: Sequence[str]) -> ItemRow:
    key, fingerprint, *rest = row
    outcome: Outcome = "failed" if rest[3] == "failed" else "done"
    return ItemRow(
        key, fingerprint, Versions(*rest[:3]), outcome, rest[4], rest[5], int(rest[6]), rest[7]
    )


def _document_row(row: Sequence[str]) -> DocumentRow:
    identifier, item, file, fingerprint, *rest = row
    outcome: Outcome = "failed" if rest[3] == "failed" else "done"
    return DocumentRow(
        identifier,
        item,
        file,
        fingerprint,
        Versions(*rest[:3]),
        outcome,
        rest[4],
        int(rest[5]),
        *rest[6:],
    )


def _marks(columns: str) -> str:
    return ", ".join("?" * (columns.count(",") + 1))


class IngestState:
    """Keep the state of ingestion of one data folder."""

    def __init__(self, path: Path) -> None:
        self._database = open_tables(path)
        self.listings = Listings(self._database)
        self.likenesses = Likenesses(self._database)

    def bind(self, store: str) -> None:
        """Forget everything where it was said of another store than this one."""
        if self.meta("store") == store:
            return
        with self._database.transaction() as connection:
            for table in TABLES:
                connection.execute(f"DELETE FROM {table}")
        self.set_meta("store", store)

    def rebase(self, store: str, old: str, new: str) -> None:
        """Keep what is known of a store whose IRIs have moved to another base."""
        if self.meta("store") != f"{store} {old}":
            return
        with self._database.transaction() as connection:
            for column in ("solution", "assigned"):
                connection.execute(
                    f"UPDATE documents SET {column} = ?2 || substr({column}, length(?1) + 1) "
                    f"WHERE substr({column}, 1, length(?1)) = ?1",
                    (old, new),
                )
        self.set_meta("store", f"{store} {new}")

    def meta(self, key: str) -> str | None:
        """Return a note; None where it was never made."""
        with self._database.transaction() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Make a note."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def item(self, key: str) -> ItemRow | None:
        rows = self._items("WHERE key = ?", key)
        return rows[0] if rows else None

    def document(self, identifier: str) -> DocumentRow | None:
        rows = self._documents("WHERE id = ?", identifier)
        return rows[0] if rows else None

    def documents_of(self, item: str) -> tuple[str, ...]:
        """List the documents that came from an item."""
        return tuple(row.id for row in self._documents("WHERE item = ? ORDER BY id", item))

    def all_documents(self) -> tuple[DocumentRow, ...]:
        """List all documents by identifier."""
        return self._documents("ORDER BY id")

    def solutions_without(self, documents: Iterable[str]) -> tuple[str, ...]:
        """List the solutions that no other document speaks of than these."""
        leaving = set(documents)
        solutions = {row.assigned for name in leaving if (row := self.document(name)) is not None}
        return tuple(
            solution
            for solution in sorted(solutions - {""})
            if all(row.id in leaving for row in self._documents("WHERE assigned = ?", solution))
        )

    def failed_items(self) -> tuple[ItemRow, ...]:
        """List the items of which something failed."""
        return self._items("WHERE outcome = 'failed' ORDER BY key")

    def failed_documents(self) -> tuple[DocumentRow, ...]:
        """List the documents that failed."""
        return self._documents("WHERE outcome = 'failed' ORDER BY id")

    def failed(self) -> tuple[tuple[str, str], ...]:
        """List what failed with its reason: items, then documents."""
        items = [(row.key, row.reason) for row in self.failed_items()]
        return (*items, *((row.id, row.reason) for row in self.failed_documents()))

    def _items(self, condition: str, *values: str) -> tuple[ItemRow, ...]:
        with self._database.transaction() as connection:
            rows = connection.execute(
                f"SELECT {_ITEM}, updated FROM items {condition}", values
            ).fetchall()
        return tuple(_item_row(row) for row in rows)

    def _documents(self, condition: str, *values: str) -> tuple[DocumentRow, ...]:
        with self._database.transaction() as connection:
            rows = connection.execute(
                f"SELECT {_DOCUMENT}, updated FROM documents {condition}", values
            ).fetchall()
        return tuple(_document_row(row) for row in rows)

    def count(self, outcome: Outcome) -> int:
        """Count documents by how they ended."""
        return self._count("documents", outcome)

    def count_files(self, outcome: Outcome) -> int:
        """Count items by how they ended; one with a document that failed has failed."""
        return self._count("items", outcome)

    def _count(self, table: str, outcome: Outcome) -> int:
        with self._database.transaction() as connection:
            row = connection.execute(
                f"SELECT COUNT(*) FROM {table} WHERE outcome = ?", (outcome,)
            ).fetchone()
        return int(row[0])

    def save_item(self, row: ItemRow) -> None:
        """Note how an item ended."""
        values = (
            row.key,
            row.fingerprint,
            row.versions.pipeline,
            row.versions.vocabulary,
            row.versions.gazetteer,
            row.outcome,
            row.reason,
            row.version,
            row.attempts,
        )
        with self._database.transaction() as connection:
            connection.execute(
                f"INSERT OR REPLACE INTO items ({_ITEM}, updated) "
                f"VALUES ({_marks(_ITEM)}, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                values,
            )

    def save_documents(self, rows: Iterable[DocumentRow], *, removed: Iterable[str] = ()) -> None:
        """Note how documents ended and forget those that are no more."""
        self.save(StateChange(documents=list(rows), removed=list(removed)))

    def save(self, change: StateChange) -> None:
        """Note all of a change in one step."""
        with self._database.transaction() as connection:
            for row in change.documents:
                _save_document(connection, row)
            self.likenesses.save(connection, change.signatures, change.removed)
            removed = [(identifier,) for identifier in change.removed]
            connection.executemany("DELETE FROM documents WHERE id = ?", removed)
            items = [(key,) for key in change.items]
            connection.executemany("DELETE FROM items WHERE key = ?", items)
            connection.executemany("DELETE FROM listings WHERE item = ?", items)

    def assign(self, assigned: Iterable[tuple[str, str, str]]) -> None:
        """Note of documents which solution their graphs speak of, and the graphs' checksum."""
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE documents SET assigned = ?2, graph = ?3 WHERE id = ?1", assigned
            )

    def copy_to(self, path: Path) -> None:
        """Write a copy that can be changed without a trace."""
        with self._database.transaction() as connection:
            copy = sqlite3.connect(path)
            connection.backup(copy)
            copy.close()

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.close()


def _save_document(connection: sqlite3.Connection, row: DocumentRow) -> None:
    versions = row.versions
    connection.execute(
        f"INSERT OR REPLACE INTO documents ({_DOCUMENT}, updated) "
        f"VALUES ({_marks(_DOCUMENT)}, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
        (
            row.id,
            row.item,
            row.file,
            row.fingerprint,
            versions.pipeline,
            versions.vocabulary,
            versions.gazetteer,
            row.outcome,
            row.reason,
            row.attempts,
            row.solution,
            row.assigned,
            row.graph,
        ),
    )
