"""Which items each source listed last, and since when what it listed before is missing."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from service.store.sqlite import Database


def moment(time: datetime) -> str:
    """Write a time so that text order is time order."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Listings:
    """Keep, for each source and item, when it was last listed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def see(self, source: str, items: Iterable[str], now: datetime) -> None:
        """Note that a source lists these items now."""
        rows = [(source, item, moment(now)) for item in items]
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO listings (source, item, seen) VALUES (?, ?, ?)", rows
            )

    def end(self, source: str, now: datetime, *, grace: timedelta) -> tuple[str, ...]:
        """Close a listing that came to its end; return the items that are to be retired.

        What it lacks is missing from now on, and gone when it has been missing for the grace
        period and no other source lists it.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE listings SET missing = ?2 "
                "WHERE source = ?1 AND seen <> ?2 AND missing IS NULL",
                (source, moment(now)),
            )
            limits = (source, moment(now - grace))
            connection.execute(
                "DELETE FROM listings WHERE source = ?1 AND missing <= ?2 AND EXISTS ("
                "SELECT 1 FROM listings AS other WHERE other.item = listings.item "
                "AND other.source <> ?1 AND other.missing IS NULL)",
                limits,
            )
            rows = connection.execute(
                "SELECT item FROM listings WHERE source = ?1 AND missing <= ?2 ORDER BY item",
                limits,
            ).fetchall()
        return tuple(row[0] for row in rows)

    def lists(self, item: str) -> bool:
        """Tell whether some source lists an item, as far as is known."""
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT 1 FROM listings WHERE item = ? AND missing IS NULL", (item,)
            ).fetchone()
        return row is not None

    def sources_of(self, item: str) -> tuple[str, ...]:
        """Name the sources that list an item or listed it last."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT source FROM listings WHERE item = ? ORDER BY source", (item,)
            ).fetchall()
        return tuple(row[0] for row in rows)

    def missing(self) -> tuple[tuple[str, str, str], ...]:
        """List source, item and since when it is missing."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT source, item, missing FROM listings WHERE missing IS NOT NULL "
                "ORDER BY missing, source, item"
            ).fetchall()
        return tuple((row[0], row[1], row[2]) for row in rows)
