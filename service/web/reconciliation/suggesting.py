"""Complete what a user types to entities, types and properties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import islice
from typing import Any

from extract.reconcile.catalogue import SCHEMES, TYPE_OF_KIND, Catalogue, Entry
from extract.reconcile.concept_ranking import CONCEPT_KINDS
from extract.reconcile.properties import PROPERTIES
from extract.reconcile.queries import Query, QueryReconciler
from extract.reconcile.ranked import ReconcileType
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.rows import PlaceRow
from ontology.gazetteer.tables import iterate_table
from ontology.vocabulary import load_vocabulary
from service.queries import GraphData
from service.web.entity_solutions import count_solutions
from service.web.reconciliation.types import TYPES, type_info

Json = dict[str, Any]
PAGE = 10
_MOST_KEYS = 1000
"""Names looked at for very short prefixes, which half of the gazetteer begins with."""
_KEYS = 24
"""Names of a kind that are looked at, the shortest, whatever page is asked for."""
_SHORT = 2
_ALIKE = 0.5
_INDEX_KINDS: dict[ReconcileType, str] = {"target": "kmgbf"}
"""Kinds of the text index that are named otherwise than the type."""
_SETTLEMENT = 2
"""What towns, which are many, come later."""


@dataclass(frozen=True, slots=True)
class _Named:
    """Hold an entry with the name it was found by; smaller ranks come first."""

    exact: bool
    weight: int
    name: str
    """Folded."""
    entry: Entry
    written: str

    def rank(self, solutions: int) -> tuple[bool, bool, int, int, str, str]:
        return (
            not solutions,
            not self.exact,
            self.weight,
            len(self.name),
            self.name,
            self.entry.iri,
        )


class Suggester:
    """Suggest entities by the beginning of one of their names."""

    def __init__(self, gazetteer: Gazetteer, queries: QueryReconciler, data: GraphData) -> None:
        self._gazetteer = gazetteer
        self._queries = queries
        self._data = data

    def entities(
        self, prefix: str, *, types: Sequence[ReconcileType], start: int = 0
    ) -> list[Json]:
        """List one page of suggestions, those that solutions speak of before others.

        A prefix that nothing begins with is taken for a slip.
        """
        key = fold(prefix)
        if not key:
            return []
        wanted = start + PAGE
        found: dict[str, _Named] = {}
        for named in self._named(key, types):
            known = found.get(named.entry.iri)
            if known is None or named.rank(0) < known.rank(0):
                found[named.entry.iri] = named
        counts = count_solutions(self._data, found)
        ordered = sorted(found.values(), key=lambda n: n.rank(counts.get(n.entry.iri, 0)))
        if ordered:
            return [_suggestion(named.entry, named.written) for named in ordered[start:wanted]]
        return [_suggestion(entry, "") for entry in self._alike(prefix, types, wanted)[start:]]

    def _alike(self, prefix: str, types: Sequence[ReconcileType], wanted: int) -> list[Entry]:
        """Return what has a name like a prefix, of the first type that has something so."""
        catalogue = self._queries.catalogue
        for type in [type for type in types if type not in SCHEMES] or types:
            options = self._queries.answer(Query(prefix, (type,), wanted))
            if options and options[0].candidate.score >= _ALIKE:
                entries = (catalogue.find(option.candidate.iri) for option in options)
                return [entry for entry in entries if entry is not None]
        return []

    def _named(self, key: str, types: Sequence[ReconcileType]) -> Iterator[_Named]:
        catalogue = self._queries.catalogue
        for kind, type in TYPE_OF_KIND.items():
            if type not in types:
                continue
            names = self._gazetteer.names_of(kind)
            for name in self._keys(kind, key):
                for hit in names(name)[:3]:
                    if hit.kind != "adjective":
                        entry = catalogue.of_row(kind, hit.row_id)
                        weight = hit.priority + _SETTLEMENT * _is_settlement(entry)
                        yield _Named(name == key, weight, name, entry, hit.name)
        for type, scheme in SCHEMES.items():
            if type in types:
                yield from _concepts(catalogue, type, scheme, key)

    def _known(self, key: str, types: Sequence[ReconcileType]) -> Iterator[_Named]:
        """Yield what the text index finds among the entities of the graph."""
        for type in types if self._data.search is not None else ():
            assert self._data.search is not None
            for hit in self._data.search.suggest(key, _INDEX_KINDS.get(type, type), limit=_KEYS):
                entry = self._queries.catalogue.find(hit.iri)
                if entry is not None and hit.matched:
                    yield _Named(hit.exact, 0, fold(hit.matched), entry, hit.matched)

    def _countries(self, key: str) -> Iterator[_Named]:
        for folded, name, code in _country_names():
            number = self._gazetteer.find_row("place", code) if folded.startswith(key) else None
            if number is not None:
                entry = self._queries.catalogue.of_row("place", number)
                yield _Named(folded == key, -1, folded, entry, name)

    def _keys(self, kind: str, key: str) -> list[str]:
        if len(key) <= _SHORT:
            block = islice(self._gazetteer.iterate_block(kind, key), _MOST_KEYS)
            names = [name for name in block if name[-1] != " "]
            names += [key] if self._gazetteer.names_of(kind)(key) else []
        else:
            names = [name for name in self._gazetteer.block_of(kind)(key) if name[-1] != " "]
        return nsmallest(_KEYS, set(names), key=lambda name: (len(name), name))


@cache
def _country_names() -> tuple[tuple[str, str, str], ...]:
    """Return folded name, name and key of each country, which short prefixes should find."""
    return tuple(
        (fold(row["name"]), row["name"], row["iso2"].lower()) for row in iterate_table("countries")
    )


def _is_settlement(entry: Entry) -> bool:
    return isinstance(entry.item, PlaceRow) and entry.item.kind == "settlement"


def _concepts(catalogue: Catalogue, type: ReconcileType, scheme: str, key: str) -> Iterator[_Named]:
    for concept in load_vocabulary(scheme).concepts.values():
        if concept.status != "valid" or (type == "target" and concept.kind not in CONCEPT_KINDS):
            continue
        code = concept.notation or concept.code
        for label in (*concept.labels.values(), code):
            folded = fold(label)
            if folded.startswith(key) or f" {key}" in folded:
                weight = int(not folded.startswith(key))
                entry = catalogue.of_concept(type, concept)
                yield _Named(folded == key, weight, folded, entry, label)


def _suggestion(entry: Entry, name: str) -> Json:
    info = type_info(entry.type)
    found = f"; {name}" if name and fold(name) != fold(entry.label) else ""
    return {
        "id": entry.iri,
        "name": entry.label,
        "description": f"{entry.description}{found}",
        "notable": [{"id": info.id, "name": info.name}],
    }


def suggest_types(prefix: str) -> list[Json]:
    """List the types whose name or id begins with a prefix; all for an empty one."""
    start = prefix.strip().casefold()
    return [
        {"id": info.id, "name": info.name, "description": info.description}
        for info in TYPES
        if info.name.casefold().startswith(start) or info.id.startswith(start)
    ]


def suggest_properties(prefix: str) -> list[Json]:
    """List the properties that a word of the name begins with a prefix; all for an empty one."""
    start = prefix.strip().casefold()
    return [
        {"id": item.id, "name": item.name, "description": item.description}
        for item in PROPERTIES
        if item.id.casefold().startswith(start)
        or any(word.startswith(start) for word in item.name.casefold().split())
    ]
