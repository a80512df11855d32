"""Answer reconciliation queries: names, identifiers, types, and properties as filters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from extract.reconcile.catalogue import Catalogue, EntityRef, Entry, PropertyValue
from extract.reconcile.properties import EVERYTHING
from extract.reconcile.ranked import RankedCandidate, ReconcileType, best_of
from extract.reconcile.reconciler import Reconciler
from extract.records import Candidate
from ontology.databases import database_key, find_database
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter

Quantifier = Literal["any", "all", "none"]
_COUNTRY = "country"
_UNMET = 0.6
"""What a candidate's score counts for each condition that it does not meet."""
_WIDE = 25
"""Candidates looked at where conditions may put another one first."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask that a property has one of some values, all, or none of them."""

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: Quantifier = "any"


@dataclass(frozen=True, slots=True)
class Query:
    """Ask for candidates by name, by identifier, by properties, or by all of them."""

    name: str = ""
    types: tuple[ReconcileType, ...] = EVERYTHING
    limit: int = 5
    conditions: tuple[Condition, ...] = ()
    ids: tuple[str, ...] = ()
    """IRIs, here or elsewhere, or CURIEs."""
    other_names: tuple[str, ...] = ()
    """Further names of the same thing."""

    @property
    def names(self) -> tuple[str, ...]:
        """List the names that are not blank."""
        return tuple(name for name in (self.name, *self.other_names) if name.strip())


class QueryReconciler:
    """Answer queries over the gazetteer and the vocabularies."""

    def __init__(self, gazetteer: Gazetteer, minter: Minter) -> None:
        self.catalogue = Catalogue(gazetteer, minter)
        self._reconciler = Reconciler(gazetteer, minter)

    def answer(self, query: Query) -> tuple[RankedCandidate, ...]:
        """Return the candidates, best first, with what each condition made of them."""
        country = self._country(query.conditions)
        rest = [c for c in query.conditions if not _is_identifier(c)]
        identified = list(self._identified(query))
        if not (identified or rest) and len(query.types) == len(query.names) == 1:
            return self._named(query, country, query.limit)
        limit = max(query.limit, _WIDE) if rest else query.limit
        options = [*identified, *self._named(query, country, limit)]
        judged = (self._judge(option, rest) for option in options)
        found = best_of((option for option in judged if option is not None), limit=query.limit)
        return _without_doubtful_match(found)

    def _named(self, query: Query, country: str | None, limit: int) -> tuple[RankedCandidate, ...]:
        return tuple(
            option
            for name in query.names
            for type in query.types
            for option in self._reconciler.rank(name, type=type, country=country, limit=limit)
        )

    def _identified(self, query: Query) -> Iterator[RankedCandidate]:
        """Yield what the name, an id or a condition on a database names without doubt."""
        entries: list[Entry] = []
        for text in (*query.names, *query.ids):
            entries += self.catalogue.named_by(text) if ":" in text or "/" in text else []
        for condition in query.conditions:
            if _is_identifier(condition) and condition.quantifier != "none":
                for value in condition.values:
                    entries += self.catalogue.identified(condition.property, value)
        for entry in entries:
            if entry.type in query.types:
                yield RankedCandidate(
                    Candidate(entry.iri, entry.label, 1.0),
                    entry.type,
                    entry.description,
                    (("identifier", 1.0),),
                )

    def _country(self, conditions: Iterable[Condition]) -> str | None:
        for condition in conditions:
            if condition.property == _COUNTRY and condition.quantifier != "none":
                for value in condition.values:
                    if code := self.catalogue.country_code(value):
                        return code
        return None

    def _judge(
        self, option: RankedCandidate, conditions: Iterable[Condition]
    ) -> RankedCandidate | None:
        """Weigh a candidate by the conditions; None where it fails one that is required."""
        entry = self.catalogue.find(option.candidate.iri)
        score, sure, features = option.candidate.score, option.sure, option.features
        for condition in conditions:
            met = entry is not None and self.meets(entry, condition)
            if not met and condition.required:
                return None
            score *= 1.0 if met else _UNMET
            sure = sure and met
            features = (*features, (f"property:{condition.property}", float(met)))
        candidate = replace(option.candidate, score=round(score, 3), match=False)
        return replace(option, candidate=candidate, sure=sure, features=features)

    def meets(self, entry: Entry, condition: Condition) -> bool:
        """Tell whether an entry meets a condition."""
        own = {key for v in self.catalogue.values(entry, condition.property) for key in _keys(v)}
        wanted = [self._wanted(value, condition.property) for value in condition.values]
        hits = [not own.isdisjoint(keys) for keys in wanted]
        if condition.quantifier == "none":
            return not any(hits)
        return all(hits) if condition.quantifier == "all" else any(hits)

    def _wanted(self, value: str, property: str) -> set[str]:
        if property == _COUNTRY and (code := self.catalogue.country_code(value)):
            return {fold(code)}
        entry = self.catalogue.find(value)
        return {fold(value)} if entry is None else {fold(value), entry.iri}


def _without_doubtful_match(
    found: tuple[RankedCandidate, ...],
) -> tuple[RankedCandidate, ...]:
    """Call the first no match where something of another type bears the very name too."""
    if not found or not found[0].candidate.match or dict(found[0].features).get("identifier"):
        return found
    first = found[0]
    rivals = (option for option in found[1:] if option.type != first.type)
    if any(dict(rival.features).get("likeness", 0) == 1 for rival in rivals):
        return (replace(first, candidate=replace(first.candidate, match=False)), *found[1:])
    return found


def _is_identifier(condition: Condition) -> bool:
    """Tell whether a condition names a row outright."""
    return find_database(condition.property) is not None and (
        database_key(condition.property) != "wikipedia_en"
    )


def _keys(value: PropertyValue) -> set[str]:
    """Return what a value may be compared by."""
    if isinstance(value, EntityRef):
        return {value.iri, fold(value.label), fold(value.iri.rpartition("/")[2])}
    return {fold(value)} if isinstance(value, str) else {fold(f"{value:g}")}
