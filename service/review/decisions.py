"""The decisions of a data folder, apart from all that software makes."""

import sqlite3
from pathlib import Path

from extract.review.decisions import Decision, decision_from_json, decision_to_json
from service.store.sqlite import Database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS decisions (
    document TEXT NOT NULL,
    key TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (document, key)
) WITHOUT ROWID
"""


class DecisionStore:
    """Keep decisions by document and key; usable from any thread and beside a running service.

    Nothing is made on disk before the first decision.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = Database(path, _SCHEMA)

    def save(self, decision: Decision, *, instead_of: Decision | None = None) -> None:
        """Keep a decision in the place of an earlier one on the same thing."""
        with self._database.transaction() as connection:
            if instead_of is not None:
                self._drop(connection, instead_of)
            connection.execute(
                "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?)",
                (decision.document, decision.key, decision_to_json(decision)),
            )

    def remove(self, decision: Decision) -> None:
        """Forget a decision."""
        with self._database.transaction() as connection:
            self._drop(connection, decision)

    @staticmethod
    def _drop(connection: sqlite3.Connection, decision: Decision) -> None:
        connection.execute(
            "DELETE FROM decisions WHERE document = ? AND key = ?",
            (decision.document, decision.key),
        )

    def decisions(self, document: str | None = None) -> tuple[Decision, ...]:
        """Return the decisions on one document, or all, sorted by document and key."""
        if not self._path.exists():
            return ()
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT record FROM decisions WHERE document = ?1 OR ?1 IS NULL "
                "ORDER BY document, key",
                (document,),
            ).fetchall()
        return tuple(decision_from_json(record) for (record,) in rows)

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.close()
