"""Reconcile names one by one: what commands and the reconciliation service ask."""

from collections.abc import Iterator

from extract.errors import ExtractError
from extract.reconcile.concept_ranking import rank_concepts
from extract.reconcile.name_ranking import NameRanker
from extract.reconcile.ranked import RECONCILE_TYPES, RankedCandidate, ReconcileType, best_of
from extract.records import Candidate
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import Minter


class Reconciler:
    """Offer candidates for a name of a given type, with scores and the features behind them."""

    def __init__(self, gazetteer: Gazetteer, minter: Minter) -> None:
        self._minter = minter
        self._names = NameRanker(gazetteer, minter)

    def reconcile(
        self, name: str, *, type: ReconcileType, country: str | None = None, limit: int = 5
    ) -> tuple[Candidate, ...]:
        """Return candidates, best first; ``match`` only where the name can mean one thing."""
        ranked = self.rank(name, type=type, country=country, limit=limit)
        return tuple(option.candidate for option in ranked)

    def rank(
        self, name: str, *, type: ReconcileType, country: str | None = None, limit: int = 5
    ) -> tuple[RankedCandidate, ...]:
        """Return the candidates with description and features.

        ``country`` is an ISO 3166-1 alpha-2 code that the name is likely to belong to. Raise
        ExtractError for an unknown type or a limit below 1.
        """
        if limit < 1:
            raise ExtractError(f"limit {limit}: ask for 1 candidate or more")
        if not name.strip():
            return ()
        code = country.upper() if country else None
        return best_of(self._options(name, type, code), limit=limit)

    def _options(
        self, name: str, type: ReconcileType, country: str | None
    ) -> Iterator[RankedCandidate]:
        match type:
            case "taxon":
                return self._names.taxa(name, country)
            case "place":
                return self._names.places(name, country)
            case "actor":
                return self._names.actors(name, country)
            case "threat" | "stress" | "intervention" | "target":
                return rank_concepts(self._minter, name, type)
            case _:
                known = ", ".join(RECONCILE_TYPES)
                raise ExtractError(f"type {type!r} cannot be reconciled; use one of {known}")
