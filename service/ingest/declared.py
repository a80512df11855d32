"""What a source's own fields say, as declared statements beside what its text states."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.documents import CaseStudy
from extract.graph.terms import Triples, text
from extract.reconcile.place_entities import PlaceEntities
from extract.reconcile.reconciler import Reconciler
from extract.records import Entity, EntityKind, Extraction, Predicate, Statement
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer
from ontology.namespaces import DCTERMS, Minter, slugify
from ontology.vocabulary import load_vocabulary

SCORE = 0.95
"""How sure a field is that names a code; a name that has to be linked is as sure as its link."""
_LITERALS = {
    "approach": DCTERMS.subject,
    "category": DCTERMS.subject,
    "challenge": DCTERMS.subject,
    "ecosystem": DCTERMS.subject,
    "keyword": DCTERMS.subject,
    "theme": DCTERMS.subject,
    "aichi_target": DCTERMS.conformsTo,
    "region": DCTERMS.spatial,
    "location": DCTERMS.spatial,
    "coordinates": DCTERMS.spatial,
    "published": DCTERMS.issued,
    "updated": DCTERMS.modified,
    "licence": DCTERMS.rights,
}
"""Fields that are kept as the words of the source, and under which property."""


@dataclass(frozen=True, slots=True)
class _Fact:
    predicate: Predicate
    entity: Entity
    score: float


class DeclaredFields:
    """Turn the fields of a case study into statements and properties."""

    def __init__(self, gazetteer: Gazetteer, minter: Minter) -> None:
        self._gazetteer = gazetteer
        self._minter = minter
        self._reconciler = Reconciler(gazetteer, minter)
        self._places = PlaceEntities(gazetteer, minter)

    def add_to(self, extraction: Extraction, case_study: CaseStudy) -> Extraction:
        """Return the extraction with what the fields declare."""
        entities = {entity.iri: entity for entity in extraction.entities}
        statements = {}
        for field, value in case_study.declared:
            for fact in self._facts(field, value):
                entities.setdefault(fact.entity.iri, fact.entity)
                statements[fact.predicate, fact.entity.iri] = Statement(
                    subject=extraction.iri,
                    predicate=fact.predicate,
                    object=fact.entity.iri,
                    score=fact.score,
                    basis="declared",
                    rule=f"declared:{field}",
                )
        return replace(
            extraction,
            entities=tuple(entities[iri] for iri in sorted(entities)),
            statements=(*extraction.statements, *(statements[key] for key in sorted(statements))),
        )

    def _facts(self, field: str, value: str) -> Iterator[_Fact]:
        match field:
            case "country":
                code = self._country(value)
                if code:
                    yield _Fact("takesPlaceInCountry", self._places.country(code), SCORE)
            case "sdg":
                yield from self._concept("contributesToSDG", "sdg", "sdg_target", value)
            case "gbf_target":
                yield from self._concept("contributesToTarget", "kmgbf", "kmgbf_target", value)
            case "threat":
                yield from self._linked("addressesThreat", "threat", value)
            case "intervention":
                yield from self._linked("usesIntervention", "intervention", value)
            case "organisation" | "contributor":
                yield self._actor(value, person=field == "contributor")

    def _country(self, value: str) -> str:
        """Return the alpha-2 code of a country by its code or name; empty where it is none."""
        if value.upper() in self._places.countries:
            return value.upper()
        rows = [self._gazetteer.place(h.row_id) for h in self._gazetteer.place_names(fold(value))]
        codes = {row.code for row in rows if row.kind == "country"}
        known = sorted(codes & set(self._places.countries))
        return known[0] if len(known) == 1 else ""

    def _concept(
        self, predicate: Predicate, scheme: str, kind: EntityKind, code: str
    ) -> Iterator[_Fact]:
        concept = load_vocabulary(scheme).concepts.get(code)
        if concept is not None:
            entity = Entity(
                iri=self._minter.concept(scheme, code),
                kind=kind,
                label=concept.labels.get("en", code),
                notation=code,
                scheme=self._minter.scheme(scheme),
            )
            yield _Fact(predicate, entity, SCORE)

    def _linked(self, predicate: Predicate, kind: EntityKind, name: str) -> Iterator[_Fact]:
        """Yield what a name is linked to, where that is one thing."""
        if kind not in ("threat", "intervention"):
            return
        for candidate in self._reconciler.reconcile(name, type=kind, limit=1):
            if candidate.match:
                code = candidate.iri.rpartition("/")[2]
                scheme = self._minter.scheme(kind)
                entity = Entity(candidate.iri, kind, candidate.label, code, scheme)
                yield _Fact(predicate, entity, round(min(SCORE, candidate.score), 4))

    def _actor(self, name: str, *, person: bool) -> _Fact:
        if not person:
            for candidate in self._reconciler.reconcile(name, type="actor", limit=1):
                if candidate.match:
                    entity = Entity(
                        candidate.iri, "actor", candidate.label, actor_type="other", named=True
                    )
                    return _Fact("hasContributor", entity, round(min(SCORE, candidate.score), 4))
        entity = Entity(
            self._minter.actor(slugify(f"person {name}" if person else name)),
            "actor",
            name,
            actor_type="person" if person else "other",
            named=True,
        )
        return _Fact("hasContributor", entity, SCORE)


def declared_literals(case_study: CaseStudy, minter: Minter) -> bytes:
    """Write the fields that are kept in the words of the source."""
    triples = Triples()
    subject = minter.case_study(case_study.id)
    for field, value in case_study.declared:
        if field in _LITERALS and value.strip():
            triples.add(subject, str(_LITERALS[field]), text(value.strip()))
    return triples.to_bytes()
