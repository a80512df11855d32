"""Collect names and rows of one kind before they are packed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ontology.gazetteer.folding import fold

_KINDS = (
    "scientific",
    "name",
    "vernacular",
    "group",
    "domestic",
    "crop",
    "role",
    "acronym",
    "alternate",
    "synonym",
    "subspecies of",
    "head",
    "adjective",
    "short",
)

_LOOSE = "English Wikipedia lead"
"""The source whose names are the least sure, by the column of the vernacular table."""


@dataclass(slots=True)
class Collection:
    """Gather rows by key, then names of rows; row numbers follow the sorted keys."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, dict[tuple[str, str, str], tuple[int, str, str]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """Folded key to {(row key, kind, lang): (priority, written name, source)}."""

    def add_row(self, key: str, **values: Any) -> None:
        self.rows.setdefault(key, values)

    def add_name(
        self, row: str, name: str, *, lang: str, source: str, priority: int, kind: str
    ) -> None:
        """Record a name; of one name given twice for a row the better priority stays."""
        key = fold(name)
        if not key or not any(c.isalpha() for c in key):
            return
        slot = self.names[key]
        value = (priority, name, source)
        known = slot.get((row, kind, lang))
        if known is None or value < known:
            slot[(row, kind, lang)] = value

    def numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(sorted(self.rows))}

    def hits(self, numbers: dict[str, int]) -> dict[str, list[list[Any]]]:
        """Return for each key its hits as lists in the order of NameHit's fields."""
        result: dict[str, list[list[Any]]] = {}
        for key, slot in self.names.items():
            hits = [
                [numbers[row], name, lang, source, priority, kind]
                for (row, kind, lang), (priority, name, source) in slot.items()
            ]
            hits.sort(
                key=lambda h: (h[4], _KINDS.index(h[5]), h[2] != "en", h[3] == _LOOSE, h[0], h[2])
            )
            result[key] = hits
        return result


def set_identifier(row: dict[str, Any], own: Mapping[str, str], columns: Sequence[str]) -> None:
    """Give a row a user's identifier: in the column of its database, else among the further."""
    if own["database"] in columns:
        row[own["database"]] = own["id"]
        return
    others = [pair for pair in row.get("identifiers", []) if pair[0] != own["database"]]
    row["identifiers"] = sorted([*others, [own["database"], own["id"]]])
