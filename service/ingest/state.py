"""What has been ingested, so that nothing is read twice and what failed is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from service.ingest.versions import Versions
from service.store.sqlite import Database

Outcome = Literal["done", "failed"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    pipeline TEXT NOT NULL, vocabulary TEXT NOT NULL, gazetteer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY,
    item TEXT NOT NULL,
    file TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    pipeline TEXT NOT NULL, vocabulary TEXT NOT NULL, gazetteer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_by_item ON documents (item);
"""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Tell how a file was when it was last ingested."""

    key: str
    fingerprint: str
    versions: Versions
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Tell how a document was when it was last ingested, and from which file it came."""

    id: str
    item: str
    file: str
    fingerprint: str
    versions: Versions
    outcome: Outcome
    reason: str = ""

    @property
    def rank(self) -> tuple[str, str]:
        """Order documents that claim one identifier, wherever their folders lie."""
        return (self.file, self.fingerprint)


class IngestState:
    """Keep the state of ingestion of one data folder."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA)

    def bind(self, store: str) -> None:
        """Forget everything where it was said of another store than this one."""
        if self.meta("store") == store:
            return
        with self._database.transaction() as connection:
            for table in ("meta", "items", "documents"):
                connection.execute(f"DELETE FROM {table}")
        self.set_meta("store", store)

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
        with self._database.transaction() as connection:
            row = connection.execute("SELECT * FROM items WHERE key = ?", (key,)).fetchone()
        return ItemRow(row[0], row[1], Versions(*row[2:5]), row[5], row[6]) if row else None

    def document(self, identifier: str) -> DocumentRow | None:
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT * FROM documents WHERE id = ?", (identifier,)
            ).fetchone()
        if row is None:
            return None
        identifier, item, file, fingerprint, *versions, outcome, reason = row
        return DocumentRow(
            identifier, item, file, fingerprint, Versions(*versions), outcome, reason
        )

    def documents_of(self, item: str) -> tuple[str, ...]:
        """List the documents that came from a file."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT id FROM documents WHERE item = ? ORDER BY id", (item,)
            ).fetchall()
        return tuple(row[0] for row in rows)

    def failed(self) -> tuple[tuple[str, str], ...]:
        """List what failed with its reason: files, then documents."""
        with self._database.transaction() as connection:
            items = connection.execute(
                "SELECT key, reason FROM items WHERE outcome = 'failed' ORDER BY key"
            ).fetchall()
            documents = connection.execute(
                "SELECT id, reason FROM documents WHERE outcome = 'failed' ORDER BY id"
            ).fetchall()
        return tuple((row[0], row[1]) for row in [*items, *documents])

    def count(self, outcome: Outcome) -> int:
        """Count documents by how they ended."""
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT COUNT(*) FROM documents WHERE outcome = ?", (outcome,)
            ).fetchone()
        return int(row[0])

    def count_files(self, outcome: Outcome) -> int:
        """Count files by how they ended; one with a document that failed has failed."""
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT COUNT(*) FROM items WHERE outcome = ?", (outcome,)
            ).fetchone()
        return int(row[0])

    def save_item(self, row: ItemRow) -> None:
        """Note how a file ended."""
        versions = row.versions
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    row.key,
                    row.fingerprint,
                    versions.pipeline,
                    versions.vocabulary,
                    versions.gazetteer,
                    row.outcome,
                    row.reason,
                ),
            )

    def save_documents(self, rows: Iterable[DocumentRow], *, removed: Iterable[str] = ()) -> None:
        """Note how documents ended and forget those that are no more."""
        values = [
            (
                row.id,
                row.item,
                row.file,
                row.fingerprint,
                row.versions.pipeline,
                row.versions.vocabulary,
                row.versions.gazetteer,
                row.outcome,
                row.reason,
            )
            for row in rows
        ]
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values
            )
            connection.executemany("DELETE FROM documents WHERE id = ?", [(i,) for i in removed])

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.close()
