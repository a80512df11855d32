"""Rank rows of the gazetteer for one name: taxa, places and organisations."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from extract.matching.taxon_match import SCIENTIFIC_KINDS, TaxonMatch
from extract.reconcile.catalogue import describe_actor, describe_place, describe_taxon
from extract.reconcile.place_entities import PlaceEntities
from extract.reconcile.places import PlaceContext, PlaceLinker, PlaceMention
from extract.reconcile.ranked import RankedCandidate
from extract.reconcile.spelling import similar_keys
from extract.reconcile.taxa import TaxonReconciler
from extract.records import Candidate
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.plurals import singular_keys, singular_keys_romance
from ontology.gazetteer.rows import NameHit, PlaceRow
from ontology.namespaces import Minter

_SIMILAR_NAMES = 12
_NUMBER = 0.99
"""Likeness of a name that is the plural of a listed one."""
_BESIDE_EXACT = 0.8
"""What a similar name counts where the very name is listed."""
_ABROAD = 0.3
_SHORT = 8
"""Names with fewer letters are never sure when they are misspelt."""
_GREAT_RANK = 2
_ORGANISATION = {"name": 0.95, "alternate": 0.9, "acronym": 0.8}
_HERE, _ELSEWHERE = 0.05, 0.25


@dataclass(frozen=True, slots=True)
class _Found:
    """Hold a listed key, how like the name it is, and its meanings."""

    key: str
    likeness: float
    hits: tuple[NameHit, ...]
    weight: float = 1.0

    @property
    def exact(self) -> bool:
        return self.likeness >= _NUMBER


class NameRanker:
    """Rank the rows that a name by itself may mean."""

    def __init__(self, gazetteer: Gazetteer, minter: Minter) -> None:
        self._gazetteer = gazetteer
        self._minter = minter
        self._taxa = TaxonReconciler(gazetteer, minter)
        self._linker = PlaceLinker(gazetteer)
        self._entities = PlaceEntities(gazetteer, minter)

    def taxa(self, name: str, country: str | None = None) -> Iterator[RankedCandidate]:
        """Yield the taxa that bear a name or one like it; a country tells nothing of them."""
        gazetteer = self._gazetteer
        for found in _lookup(gazetteer.taxon_names, gazetteer.taxon_block, name):
            match = TaxonMatch(0, 1, "vernacular", "reconcile", 1.0, found.hits)
            hits = {hit.row_id: hit for hit in reversed(found.hits)}
            for row_id, base in self._taxa.rank(match):
                row, hit = gazetteer.taxon(row_id), hits[row_id]
                yield RankedCandidate(
                    Candidate(self._minter.taxon(row.key), row.label, _score(base, found)),
                    "taxon",
                    describe_taxon(row, row.label),
                    (*_name_features(found, hit), ("name_score", round(base, 2))),
                    sure=_is_sure_taxon(found, hit),
                )

    def places(self, name: str, country: str | None = None) -> Iterator[RankedCandidate]:
        """Yield the places that bear a name or one like it, those of ``country`` preferred."""
        gazetteer = self._gazetteer
        context = PlaceContext({country: 1.0} if country else {})

        def is_there(hit: NameHit) -> bool:
            return country is None or country in gazetteer.place(hit.row_id).countries

        for found in _lookup(gazetteer.place_names, gazetteer.place_block, name, is_there):
            hits = {hit.row_id: hit for hit in reversed(found.hits) if hit.kind != "adjective"}
            if not hits:
                continue
            mention = PlaceMention(0, len(name), name, found.key, rows=tuple(hits))
            ranked = self._linker.link([mention], context)[0].ranked
            great = [row for row, _ in ranked if _is_great(row)]
            for row, fit in ranked:
                rivals = [other for other in great if other.row_id != row.row_id]
                hit = hits.get(row.row_id) or found.hits[0]
                if country and row.kind == "country" and row.code != country:
                    fit -= _ABROAD
                yield RankedCandidate(
                    Candidate(
                        self._entities.iri_of(row),
                        row.name,
                        _score(_place_base(fit, alone=len(ranked) == 1), found),
                    ),
                    "place",
                    describe_place(row),
                    (
                        *_name_features(found, hit),
                        ("fit", round(fit, 2)),
                        *((("country", float(country in row.countries)),) if country else ()),
                    ),
                    sure=(found.exact or len(found.key) >= _SHORT)
                    and not (rivals and country is None),
                )

    def actors(self, name: str, country: str | None = None) -> Iterator[RankedCandidate]:
        """Yield the organisations that bear a name or one like it."""
        gazetteer = self._gazetteer
        names, keys = gazetteer.organisation_names, gazetteer.organisation_block
        for found in _lookup(names, keys, name):
            for hit in found.hits:
                row = gazetteer.organisation(hit.row_id)
                base = _ORGANISATION[hit.kind]
                features = list(_name_features(found, hit))
                if country:
                    here = row.country == country
                    base += _HERE if here else -_ELSEWHERE if row.country else 0.0
                    features.append(("country", float(here)))
                yield RankedCandidate(
                    Candidate(self._minter.actor(row.key), row.name, _score(base, found)),
                    "actor",
                    describe_actor(row),
                    tuple(features),
                    sure=(found.exact or len(found.key) >= _SHORT)
                    and not (hit.kind == "acronym" and len(found.hits) > 1),
                )


def _lookup(
    names: Callable[[str], tuple[NameHit, ...]],
    keys_from: Callable[[str], Iterable[str]],
    name: str,
    fits: Callable[[NameHit], bool] = lambda _: True,
) -> list[_Found]:
    """Find a name as it stands, else in the singular; where none ``fits``, names like it too."""
    key = fold(name)
    found: dict[str, _Found] = {}
    if hits := names(key):
        found[key] = _Found(key, 1.0, hits)
    else:
        for form in dict.fromkeys((*singular_keys(key), *singular_keys_romance(key))):
            if hits := names(form):
                found[form] = _Found(form, _NUMBER, hits)
    if any(fits(hit) for one in found.values() for hit in one.hits):
        return list(found.values())
    named = {hit.row_id for one in found.values() for hit in one.hits}
    beside = _BESIDE_EXACT if named else 1.0
    for similar, likeness in similar_keys(keys_from, key, limit=_SIMILAR_NAMES):
        hits = tuple(hit for hit in names(similar) if hit.row_id not in named)
        if hits and similar not in found:
            found[similar] = _Found(similar, likeness, hits, beside)
    return list(found.values())


def _name_features(found: _Found, hit: NameHit) -> tuple[tuple[str, float | str], ...]:
    return (
        ("name", hit.name),
        ("name_kind", hit.kind),
        ("source", hit.source),
        ("likeness", round(found.likeness, 3)),
    )


def _score(base: float, found: _Found) -> float:
    """Let the score fall faster than the likeness: two slips are four times as odd as one."""
    return round(max(0.0, min(base, 1.0)) * found.likeness**2 * found.weight, 3)


def _place_base(fit: float, *, alone: bool) -> float:
    """Turn what the linker says of a place into a score; an only bearer of a name is sure."""
    return max(fit, 0.85) if alone and fit >= 0.5 else min(fit, 0.95)


def _is_sure_taxon(found: _Found, hit: NameHit) -> bool:
    """Tell whether a name has no other meaning as good, and is no chance likeness."""
    if hit.kind in SCIENTIFIC_KINDS:
        return found.exact or len(found.key) >= _SHORT
    curated = hit.priority == 0
    return found.exact and (curated or len({other.row_id for other in found.hits}) == 1)


def _is_great(row: PlaceRow) -> bool:
    """Tell whether a place is likely to be meant by a name that others bear too."""
    known = row.rank is not None and row.rank <= _GREAT_RANK
    return row.kind in ("country", "admin1") or known
