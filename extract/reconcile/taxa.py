"""Link names of taxa to taxa, and describe taxa as entities."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from extract.matching.taxon_match import TaxonMatch
from extract.matching.virus_names import is_virus
from extract.reconcile.cms import appendices
from extract.reconcile.exact_matches import exact_matches
from extract.records import Candidate, Entity
from ontology.gazetteer.lookup import Gazetteer
from ontology.gazetteer.rows import NameHit, TaxonRow
from ontology.namespaces import NCBITAXON, Minter, slugify

_MOST_CANDIDATES = 5
_FAMILIAR = 0.15
"""What a candidate gains whose class the document speaks of."""
_LOOSE = "English Wikipedia lead"
_NONE_FAMILIAR: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TaxonLink:
    """Tie a match to an entity, with its wider taxa and the other candidates."""

    entity: Entity
    ancestors: tuple[Entity, ...]
    candidates: tuple[Candidate, ...]
    score: float


class TaxonReconciler:
    """Choose the taxon that a name means in its document."""

    def __init__(self, gazetteer: Gazetteer, minter: Minter) -> None:
        self._gazetteer = gazetteer
        self._minter = minter

    def link(
        self,
        matches: Iterable[TaxonMatch],
        *,
        countries: frozenset[str] = frozenset(),
    ) -> list[TaxonLink | None]:
        """Link the matches of one document, None where a name is known to no table."""
        matches = list(matches)
        familiar = self._classes(matches)
        return [self._link(match, familiar, countries) for match in matches]

    def _classes(self, matches: list[TaxonMatch]) -> Counter[str]:
        """Count the classes of the names that have one meaning only."""
        classes: Counter[str] = Counter()
        for match in matches:
            rows = match.rows()
            if len(rows) == 1 or match.bound is not None:
                row = self._gazetteer.taxon(rows[0])
                if row.class_name:
                    classes[row.class_name] += 1
        return classes

    def _link(
        self, match: TaxonMatch, familiar: Counter[str], countries: frozenset[str]
    ) -> TaxonLink | None:
        if match.scientific and match.bound is None:
            return self._unlisted(match, countries)
        ranked = self.rank(match, familiar)
        if not ranked:
            return None
        row = self._gazetteer.taxon(ranked[0][0])
        candidates = tuple(
            Candidate(
                self._minter.taxon(option.key), option.label, round(score, 2), number == row.row_id
            )
            for number, score in ranked[:_MOST_CANDIDATES]
            for option in (self._gazetteer.taxon(number),)
        )
        entity = self.entity(row, countries)
        return TaxonLink(entity, self._ancestors(row, countries), candidates, ranked[0][1])

    def rank(
        self, match: TaxonMatch, familiar: Mapping[str, int] = _NONE_FAMILIAR
    ) -> list[tuple[int, float]]:
        """Return the rows that a match may mean with their scores, likeliest first.

        ``familiar`` counts for each class the names of the document that are surely of it.
        """
        scores: dict[int, float] = {}
        if match.bound is not None:
            scores[match.bound] = 1.0
        for place, hit in enumerate(match.hits):
            row = self._gazetteer.taxon(hit.row_id)
            score = _base_score(hit) - 0.02 * place
            if len(match.hits) > 1 and familiar.get(row.class_name, 0) > 0 and hit.priority > 0:
                score = min(score + _FAMILIAR, 0.9)
            scores[hit.row_id] = max(score, scores.get(hit.row_id, 0.0))
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

    def _unlisted(self, match: TaxonMatch, countries: frozenset[str]) -> TaxonLink:
        """Describe a species that only its name in the text is known of."""
        parent = None if match.parent is None else self._gazetteer.taxon(match.parent)
        names = self._gazetteer.ncbi
        ncbi = names.taxid(match.scientific) if names is not None else ""
        entity = Entity(
            iri=self._minter.taxon(slugify(match.scientific)),
            kind="species",
            label=match.scientific,
            scientific_name=match.scientific,
            rank=_rank_by_shape(match.scientific),
            exact_match=(str(NCBITAXON) + ncbi,) if ncbi else (),
            broader=() if parent is None else (self._minter.taxon(parent.key),),
        )
        ancestors: tuple[Entity, ...] = ()
        if parent is not None:
            ancestors = (self.entity(parent, countries), *self._ancestors(parent, countries))
        return TaxonLink(entity, ancestors, (), 0.7)

    def _ancestors(self, row: TaxonRow, countries: frozenset[str]) -> tuple[Entity, ...]:
        lineage = self._gazetteer.taxon_lineage(row.row_id)
        return tuple(self.entity(wider, countries) for wider in lineage)

    def entity(self, row: TaxonRow, countries: frozenset[str] = frozenset()) -> Entity:
        """Describe a taxon of the gazetteer."""
        alternatives = [row.name_en, row.name_fr, row.name_es, row.scientific_name]
        lineage = self._gazetteer.taxon_lineage(row.row_id)
        parent = None if row.parent is None else self._gazetteer.taxon(row.parent)
        return Entity(
            iri=self._minter.taxon(row.key),
            kind="species",
            label=row.label,
            scientific_name=row.scientific_name or None,
            rank=row.rank or None,
            cms_appendix=appendices(row, lineage, countries),
            exact_match=exact_matches(row),
            alt_labels=tuple(
                name for name in dict.fromkeys(alternatives) if name and name != row.label
            ),
            broader=() if parent is None else (self._minter.taxon(parent.key),),
        )


def _base_score(hit: NameHit) -> float:
    """Say how sure a name is of its taxon, from where the name comes."""
    if hit.priority == 0:
        return 0.95
    if hit.kind == "synonym":
        return 0.9 - 0.1 * (hit.priority - 1)
    if hit.kind in ("head", "subspecies of"):
        return 0.6
    return max(0.85 - 0.15 * (hit.priority - 1) - 0.1 * (hit.source == _LOOSE), 0.2)


def _rank_by_shape(name: str) -> str:
    """Return the rank that the number of words tells; names of viruses are of any length."""
    if is_virus(name):
        return "species"
    return ("genus", "species", "subspecies")[min(name.count(" "), 2)]
