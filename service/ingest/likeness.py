"""Find texts that are the same or nearly so, by MinHash, and the solution each speaks of.

Signatures are compared where a band of them is equal. Which texts are alike is a function of the
set of texts, never of the order in which they came.
"""

import hashlib
import operator
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service.store.sqlite import Database

PERMUTATIONS = 128
BANDS = 16
ALIKE = 0.85
"""Share of word sequences that two texts have in common to be one text told twice."""
_SHINGLE = 4
_SHORT = 40
"""Words under which only equal texts are alike."""
_WORD = re.compile(r"\w+")
_ROWS = PERMUTATIONS // BANDS


@dataclass(frozen=True, slots=True)
class Signature:
    """Hold what tells whether a text is like another."""

    text: str
    """Checksum of the text's words."""
    values: bytes
    """MinHash values; empty for short texts."""


def sign(text: str) -> Signature:
    """Return the signature of a text; case, punctuation and spacing do not count."""
    from datasketch.minhash import MinHash

    words = _WORD.findall(text.casefold())
    key = hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]
    if len(words) < _SHORT:
        return Signature(key, b"")
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    minhash = MinHash(num_perm=PERMUTATIONS)
    minhash.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return Signature(key, minhash.digest().astype("<u8").tobytes())


def similarity(one: bytes, other: bytes) -> float:
    """Estimate the Jaccard similarity of two signatures."""
    values, others = memoryview(one).cast("Q"), memoryview(other).cast("Q")
    if len(values) != len(others) or not values:
        return 0.0
    equal: int = sum(map(operator.eq, values, others))
    return equal / len(values)


def _bands(signature: Signature) -> list[tuple[int, bytes]]:
    size = len(signature.values) // BANDS
    parts = [
        (band, signature.values[band * size : (band + 1) * size]) for band in range(BANDS) if size
    ]
    return [*parts, (BANDS, signature.text.encode())]


class Likenesses:
    """Keep signatures and the pairs of documents that are alike."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        connection: sqlite3.Connection,
        signatures: Mapping[str, Signature],
        removed: Iterable[str],
    ) -> None:
        """Note signatures and whom they are like, as part of a transaction."""
        gone = sorted({*signatures, *removed})
        for document in gone:
            for table, column in (
                ("signatures", "document"),
                ("bands", "document"),
                ("likenesses", "one"),
                ("likenesses", "other"),
            ):
                connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (document,))
        for document, signature in sorted(signatures.items()):
            self._save_one(connection, document, signature)
        if gone:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('likeness', 'changed')")

    def _save_one(
        self, connection: sqlite3.Connection, document: str, signature: Signature
    ) -> None:
        candidates: set[str] = set()
        for band in _bands(signature):
            rows = connection.execute(
                "SELECT document FROM bands WHERE band = ? AND value = ?", band
            )
            candidates.update(row[0] for row in rows)
            connection.execute("INSERT INTO bands VALUES (?, ?, ?)", (*band, document))
        connection.execute(
            "INSERT INTO signatures VALUES (?, ?, ?)",
            (document, signature.text, signature.values),
        )
        for other in sorted(candidates):
            text, values = connection.execute(
                "SELECT text, signature FROM signatures WHERE document = ?", (other,)
            ).fetchone()
            if text == signature.text or similarity(values, signature.values) >= ALIKE:
                pair = sorted((document, other))
                connection.execute("INSERT OR REPLACE INTO likenesses VALUES (?, ?)", pair)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """List the pairs of documents that are alike."""
        with self._database.transaction() as connection:
            rows = connection.execute("SELECT one, other FROM likenesses ORDER BY one, other")
            return tuple((row[0], row[1]) for row in rows.fetchall())


def group_solutions(
    solutions: Mapping[str, str], pairs: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Give each solution the smallest one among those whose texts are alike, directly or not."""
    parents: dict[str, str] = {solution: solution for solution in solutions.values()}

    def find(solution: str) -> str:
        while parents[solution] != solution:
            parents[solution] = parents[parents[solution]]
            solution = parents[solution]
        return solution

    for one, other in pairs:
        if one in solutions and other in solutions:
            first, second = sorted((find(solutions[one]), find(solutions[other])))
            parents[second] = first
    return {solution: find(solution) for solution in parents}
