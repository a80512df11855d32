"""Keep the text index true to the store: what a write touches is read again before its answer.

A graph that is about to be written is noted first, in the index itself. Where the process ends
before the write is answered, the next one finds the note and reads that graph again.
"""

import logging
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ontology.namespaces import DEFAULT_BASE, Minter
from service.errors import StoreUnavailableError
from service.index.entries import Entry, read_entries
from service.index.tables import SCHEMA, SCHEMA_VERSION
from service.store.operations import Operation
from service.store.sqlite import Database
from service.store.update_targets import find_targets

_ANY = "*"
"""Stands for all graphs where it is not known which."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_log = logging.getLogger(__name__)


def touched_graphs(operation: Operation, minter: Minter) -> set[str] | None:
    """Name the graphs that an operation may write; None where it may be any."""
    written = _written_graphs(operation)
    if written is None:
        return None
    return written | {name for iri in written if (name := minter.inferred_from(iri))}


def _written_graphs(operation: Operation) -> set[str] | None:
    if operation.kind == "update":
        targets = find_targets(operation.text, base=operation.base)
        if targets.graphs is None:
            return None
        return {*targets.graphs, *([""] if targets.default else [])}
    if operation.kind in ("bulk_load", "index"):
        return None
    return {*operation.graphs, *operation.additions}


def _boot() -> str:
    """Name the time since the machine was started: after it, what was not synced may be lost."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


class IndexBuilder:
    """Write the text index of one store; only the owner of its data folder does."""

    def __init__(self, path: Path, *, base: str = "", merged: bool = True) -> None:
        self._path = path
        self._database = Database(path, SCHEMA)
        self._base = base or DEFAULT_BASE
        self._merged = merged

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.close()

    def begin(self, store: ox.Store, current: str, following: str) -> None:
        """Bring the index up to a store that has been opened.

        ``current`` is the store's last generation, ``following`` the one that will hold what is
        in it now. Whatever another software wrote, or a machine that was switched off lost, is
        read again whole; so is a file that is damaged.
        """
        try:
            self._begin(store, current, following)
        except StoreUnavailableError as error:
            if isinstance(error.__cause__, sqlite3.OperationalError):
                raise
            _log.warning("%s is damaged and made anew", self._path)
            self.close()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
            self._begin(store, current, following)

    def _begin(self, store: ox.Store, current: str, following: str) -> None:
        with self._database.transaction() as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta"))
        known = (
            meta.get("generation") in (current, following)
            and meta.get("made by") == self._maker()
            and meta.get("boot", _boot()) == _boot()
        )
        if not known:
            self.note(None)
        self.refresh(store, following)

    def _maker(self) -> str:
        return f"{SCHEMA_VERSION} {self._base} {'merged' if self._merged else 'own'}"

    def end(self) -> None:
        """Note that everything has been closed and synced.

        A full disk takes no note: the index is then read again, should the machine be switched off.
        """
        try:
            with self._database.transaction() as connection:
                connection.execute("DELETE FROM meta WHERE key = 'boot'")
        except StoreUnavailableError as error:
            _log.debug("%s", error)
        finally:
            self.close()

    def clear(self) -> None:
        """Forget everything, to be read again whole."""
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
            for table in ("holders", "entries"):
                connection.execute(f"DELETE FROM {table}")

    def expect(self, operation: Operation) -> None:
        """Note what a write is about to touch."""
        if operation.kind == "index":
            self.clear()
        self.note(touched_graphs(operation, Minter(self._base)))

    def note(self, graphs: set[str] | None) -> None:
        """Note graphs that are about to be written; None stands for any."""
        names = {_ANY} if graphs is None else graphs
        if names:
            with self._database.transaction() as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO pending VALUES (?)", [(name,) for name in names]
                )

    def refresh(self, store: ox.Store, generation: str) -> None:
        """Read the noted graphs again and mark the index with the generation it is true of."""
        with self._database.transaction() as connection:
            noted = {row[0] for row in connection.execute("SELECT graph FROM pending")}
            if _ANY in noted:
                noted.remove(_ANY)
                noted.update(graph.value for graph in store.named_graphs() if _is_named(graph))
                noted.update(r[0] for r in connection.execute("SELECT DISTINCT graph FROM holders"))
                noted.add("")
                _log.info("reading %d graphs into the text index", len(noted))
            for graph in sorted(noted):
                unread = self._merged and not graph
                wanted = set() if unread else read_entries(store, graph, self._base)
                _replace(connection, graph, wanted)
            connection.execute("DELETE FROM pending")
            meta = {"generation": generation, "made by": self._maker(), "boot": _boot()}
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())


def _is_named(graph: object) -> bool:
    return isinstance(graph, ox.NamedNode)


def _replace(connection: sqlite3.Connection, graph: str, wanted: Iterable[Entry]) -> None:
    """Set the entries that a graph holds; an entry goes with the last graph that holds it."""
    rows = connection.execute(
        "SELECT digest, id FROM holders JOIN entries ON id = entry WHERE graph = ?", (graph,)
    )
    held: dict[bytes, int] = dict(rows.fetchall())
    new = {entry.digest: entry for entry in wanted}
    for digest, number in held.items():
        if digest not in new:
            _drop(connection, graph, number)
    for digest in sorted(new.keys() - held.keys()):
        _add(connection, graph, digest, new[digest])


def _add(connection: sqlite3.Connection, graph: str, digest: bytes, entry: Entry) -> None:
    row = connection.execute("SELECT id FROM entries WHERE digest = ?", (digest,)).fetchone()
    if row is None:
        values = (entry.iri, entry.kind, entry.role, entry.language, entry.text, entry.facet)
        number = connection.execute(
            "INSERT INTO entries (digest, iri, kind, role, language, text, facet, key) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (digest, *values, entry.key),
        ).lastrowid
        connection.execute(
            "INSERT INTO words (rowid, text, facet) VALUES (?, ?, ?)",
            (number, entry.text, entry.facet),
        )
    else:
        number = row[0]
    connection.execute("INSERT INTO holders VALUES (?, ?)", (graph, number))
    connection.execute("UPDATE entries SET uses = uses + 1 WHERE id = ?", (number,))


def _drop(connection: sqlite3.Connection, graph: str, number: int) -> None:
    connection.execute("DELETE FROM holders WHERE graph = ? AND entry = ?", (graph, number))
    connection.execute("UPDATE entries SET uses = uses - 1 WHERE id = ?", (number,))
    row = connection.execute(
        "SELECT text, facet FROM entries WHERE id = ? AND uses = 0", (number,)
    ).fetchone()
    if row is not None:
        connection.execute(
            "INSERT INTO words (words, rowid, text, facet) VALUES ('delete', ?, ?, ?)",
            (number, *row),
        )
        connection.execute("DELETE FROM entries WHERE id = ?", (number,))
