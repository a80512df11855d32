"""The tables of the state of ingestion; columns that came later are added to older files."""

from pathlib import Path

from service.store.sqlite import Database

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
CREATE TABLE IF NOT EXISTS listings (
    source TEXT NOT NULL,
    item TEXT NOT NULL,
    seen TEXT NOT NULL,
    missing TEXT,
    PRIMARY KEY (source, item)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS listings_by_item ON listings (item);
CREATE TABLE IF NOT EXISTS signatures (
    document TEXT PRIMARY KEY, text TEXT NOT NULL, signature BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bands (
    band INTEGER NOT NULL, value BLOB NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (band, value, document)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bands_by_document ON bands (document);
CREATE TABLE IF NOT EXISTS likenesses (
    one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS likenesses_by_other ON likenesses (other);
"""
TABLES = ("meta", "items", "documents", "listings", "signatures", "bands", "likenesses")
_LATER = {
    "items": ("version TEXT", "attempts INTEGER", "updated TEXT"),
    "documents": (
        "attempts INTEGER",
        "solution TEXT",
        "assigned TEXT",
        "graph TEXT",
        "updated TEXT",
    ),
}


def open_tables(path: Path) -> Database:
    """Open a state file with all its tables and columns."""
    database = Database(path, _SCHEMA)
    with database.transaction() as connection:
        # The lock comes before the look: another process may be adding the same columns.
        connection.execute("BEGIN IMMEDIATE")
        for table, columns in _LATER.items():
            known = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            for column in columns:
                name, kind = column.split()
                if name not in known:
                    empty = "0" if kind == "INTEGER" else "''"
                    connection.execute(
                        f"ALTER TABLE {table} ADD COLUMN {column} NOT NULL DEFAULT {empty}"
                    )
        connection.execute("CREATE INDEX IF NOT EXISTS by_assigned ON documents (assigned)")
    return database
