"""Search and suggest: find things of the graph by their names, solutions by their words too.

``SearchIndex(path).search("snow leopard", kind="taxon")`` finds what bears all these words, the
best first. ``suggest("snow l", kind="taxon")`` completes a name that is being typed.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ontology.gazetteer.folding import fold
from service.index.kinds import Role, kind_word, language_word
from service.index.tables import SCHEMA
from service.store.sqlite import Database

_MOST_WORDS = 16
_WIDER = 4
"""Entries that are looked at for each thing asked for: a thing has several names."""
_SCANNED = 2000
_RANKS: dict[str, int] = {"label": 0, "name": 1, "code": 2, "text": 3}
_LAST = "\U0010ffff"

_COLUMNS = ", ".join(
    f"entries.{name}" for name in ("iri", "kind", "role", "language", "text", "key", "uses")
)
_MATCHES = f"""
SELECT {_COLUMNS}, bm25(words, 1.0, 0.0) FROM words JOIN entries ON id = words.rowid
WHERE words MATCH ? ORDER BY rank LIMIT ?
"""
_BY_KEY = f"SELECT {_COLUMNS}, 0.0 FROM entries WHERE key = ? LIMIT {_SCANNED}"
_STARTING = f"""
SELECT {_COLUMNS}, 0.0 FROM entries
WHERE key >= ?1 AND key < ?2 AND (?3 IS NULL OR kind = ?3) LIMIT {_SCANNED}
"""
_STARTING_OF_KIND = f"""
SELECT {_COLUMNS}, 0.0 FROM entries
WHERE kind = ?3 AND key >= ?1 AND key < ?2 LIMIT {_SCANNED}
"""
_Row = tuple[str, str, Role, str, str, str | None, int, float]


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one thing that was found."""

    iri: str
    kind: str
    label: str
    """Its label: in the language asked for, else in English, else the first."""
    matched: str
    """The name that matched; empty where words of a solution's text did."""
    language: str
    """Language of what matched."""
    uses: int
    """Number of graphs that bear this name."""
    exact: bool
    """Whether the whole name is what was asked for, case and accents set aside."""


class SearchIndex:
    """Read the text index of a data folder; usable from any thread and beside the writer."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, SCHEMA)

    def generation(self) -> str:
        """Name the generation of the store that the index is true of; empty where none."""
        with self._database.transaction() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return row[0] if row else ""

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.close()

    def search(
        self, text: str, kind: str | None = None, language: str | None = None, limit: int = 10
    ) -> tuple[Hit, ...]:
        """Find what bears all words of a text, in one name or in one solution's text.

        The last resort takes words for the beginnings of others. The best come first: the very
        name, then labels before other names, then by how rare the words are and how many
        graphs bear the name.
        """
        words = split_query(text)
        if not words or limit < 1:
            return ()
        key = fold(text)
        rows = [
            row
            for row in self._rows(_BY_KEY, key)
            if kind in (None, row[1]) and _speaks(row, language)
        ]
        chosen = _facets(kind, language)
        rows += self._rows(_MATCHES, _expression(words, chosen), limit * _WIDER)
        if len({row[0] for row in rows}) < limit:
            rows += self._rows(_MATCHES, _expression(words, chosen, "*"), limit * _WIDER)
        return self._hits(rows, key, language, limit)

    def find(self, text: str, kind: str, limit: int = 10_000) -> tuple[str, ...]:
        """Return the IRIs of all things of a kind that bear all words of a text, sorted.

        Words are taken for the beginnings of words.
        """
        words = split_query(text)
        if not words:
            return ()
        expression = _expression(words, [f'"{kind_word(kind)}"'], "*")
        with self._database.transaction() as connection:
            found = connection.execute(
                "SELECT DISTINCT entries.iri FROM words JOIN entries ON id = words.rowid "
                "WHERE words MATCH ? ORDER BY entries.iri LIMIT ?",
                (expression, limit),
            )
            return tuple(row[0] for row in found)

    def suggest(
        self, prefix: str, kind: str | None = None, language: str | None = None, limit: int = 10
    ) -> tuple[Hit, ...]:
        """Complete a name: names that start so first, then names with words that start so."""
        start = fold(prefix)
        if not start or limit < 1:
            return ()
        statement = _STARTING if kind is None else _STARTING_OF_KIND
        with self._database.transaction() as connection:
            rows: list[_Row] = connection.execute(
                statement, (start, start + _LAST, kind)
            ).fetchall()
        rows = [row for row in rows if _speaks(row, language)]
        words = split_query(prefix)
        if words and len({row[0] for row in rows}) < limit:
            chosen = [*_facets(kind, language), "(rolelabel OR rolename)"]
            found = self._rows(_MATCHES, _expression(words, chosen, "*"), limit * _WIDER)
            rows += [(*row[:7], 1.0) for row in found]
        return self._hits(rows, start, language, limit)

    def _rows(self, statement: str, *values: str | int) -> list[_Row]:
        with self._database.transaction() as connection:
            rows: list[_Row] = connection.execute(statement, values).fetchall()
        return rows

    def _hits(
        self, rows: Sequence[_Row], key: str, language: str | None, limit: int
    ) -> tuple[Hit, ...]:
        """Keep the best row of each thing and the best things."""
        ranked = sorted(
            rows,
            key=lambda row: (
                row[5] != key,
                row[2] == "text",
                row[7],
                -row[6],
                _RANKS[row[2]],
                row[4],
                row[0],
            ),
        )
        best: dict[str, _Row] = {}
        for row in ranked:
            best.setdefault(row[0], row)
            if len(best) == limit:
                break
        labels = self._labels(best, language or "en")
        return tuple(
            Hit(
                iri,
                kind,
                labels.get(iri, text if role != "text" else ""),
                "" if role == "text" else text,
                spoken,
                uses,
                name == key,
            )
            for iri, kind, role, spoken, text, name, uses, _ in best.values()
        )

    def _labels(self, iris: Iterable[str], language: str) -> dict[str, str]:
        """Return a label for each IRI that has one."""
        wanted = sorted(iris)
        marks = ", ".join("?" * len(wanted))
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT iri, language, role, text FROM entries "
                f"WHERE role IN ('label', 'name') AND iri IN ({marks})",
                wanted,
            ).fetchall()
        order = (language, "en", "")
        labels: dict[str, tuple[int, int, str]] = {}
        for iri, spoken, role, text in rows:
            rank = order.index(spoken) if spoken in order else len(order)
            found = (_RANKS[role], rank, text)
            labels[iri] = min(labels.get(iri, found), found)
        return {iri: text for iri, (_, _, text) in labels.items()}


def _speaks(row: _Row, language: str | None) -> bool:
    """Tell whether a name is in a language, or in none: a scientific name is in none."""
    return language is None or language_word(row[3]) in (language_word(language), "langnone")


def split_query(text: str) -> list[str]:
    """Split what was asked for into quoted words; marks alone are no words."""
    words = unicodedata.normalize("NFC", text).replace('"', " ").replace("\0", " ").split()
    return [f'"{word}"' for word in words if any(c.isalnum() for c in word)][:_MOST_WORDS]


def _facets(kind: str | None, language: str | None) -> list[str]:
    facets = []
    if kind is not None:
        facets.append(f'"{kind_word(kind)}"')
    if language is not None:
        facets.append(f'("{language_word(language)}" OR langnone)')
    return facets


def _expression(words: Sequence[str], facets: Sequence[str], suffix: str = "") -> str:
    """Write a full-text query: all words in the text, all facets beside it."""
    text = " AND ".join(f"{word}{suffix}" for word in words)
    parts = [f"text : ({text})", *(f"facet : {facet}" for facet in facets)]
    return " AND ".join(parts)
