"""The file of the text index: its tables, in SQLite with full-text search."""

SCHEMA_VERSION = "1"
SCHEMA = """
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending (graph TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    iri TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    facet TEXT NOT NULL,
    key TEXT,
    uses INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS entries_by_iri ON entries (iri, role);
CREATE INDEX IF NOT EXISTS entries_by_key ON entries (key) WHERE key IS NOT NULL;
CREATE INDEX IF NOT EXISTS entries_by_kind ON entries (kind, key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS holders (
    graph TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (graph, entry)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    text, facet,
    content = 'entries', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
"""
