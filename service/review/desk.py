"""The reviewer's desk: see what was found in a text, decide on it, let it take effect."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.documents import CaseStudy
from corpus.reading import read_case_studies
from extract.graph.statements import assertion_key
from extract.records import Entity, EntityKind, Extraction, Mention, MentionKind, Statement
from extract.review.applying import Reviewed, apply_decisions
from extract.review.decisions import Decision, Verdict, decide
from extract.review.resolving import KINDS, Resolver
from ontology.namespaces import Minter
from service.config import Settings
from service.errors import ServiceError
from service.review.decisions import DecisionStore
from service.store.folder import DataFolder
from service.store.texts import TextStore

if TYPE_CHECKING:
    from extract.pipeline import Pipeline
    from service.ingest.declared import DeclaredFields

_MENTION_ENTITIES: dict[MentionKind, EntityKind] = {
    "species": "species",
    "place": "place",
    "actor": "actor",
    "threat": "threat",
    "stress": "stress",
    "intervention": "intervention",
}


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one thing to decide on, under a name that is valid everywhere in the data folder."""

    id: str
    found: Mention | Statement
    decision: Decision | None
    rejected: bool = False


class Desk:
    """Read texts, list what was found in them, and keep decisions; usable by command and page."""

    def __init__(self, settings: Settings) -> None:
        folder = DataFolder(settings.data_dir)
        folder.prepare()
        self._settings = settings
        self._minter = Minter(settings.base)
        self._texts = TextStore(folder.texts)
        self._decisions = DecisionStore(folder.decisions)
        self._pipeline: Pipeline | None = None
        self._declared: DeclaredFields | None = None
        self._resolver: Resolver | None = None
        self._bare: dict[str, Extraction] = {}

    def open_texts(self, path: Path) -> tuple[str, ...]:
        """Take the texts of a file or folder and name their documents."""
        studies = tuple(read_case_studies(path))
        for study in studies:
            self._extract(study)
        return tuple(study.id for study in studies)

    def reviewed(self, document: str) -> Reviewed:
        """Return what was found in a document with all decisions on it in effect."""
        if document not in self._bare:
            study = self._texts.case_study(document)
            if study is None:
                raise ServiceError(f"{document}: no text of this name is kept; ingest it first")
            self._extract(study)
        decisions = self._decisions.decisions(document)
        return apply_decisions(self._bare[document], decisions, self._minter)

    def items(self, document: str) -> tuple[Item, ...]:
        """List statements, then mentions, those that were rejected among them."""
        reviewed = self.reviewed(document)
        extraction = reviewed.extraction
        items = []
        for statement in extraction.statements:
            key = assertion_key(statement, self._minter)
            decision = reviewed.of_statement.get(key)
            gone = key in reviewed.rejected
            items.append(Item(f"{document}/{key}", statement, decision, gone))
        mentions = [(m, False) for m in extraction.mentions]
        kept = {m.id for m in extraction.mentions}
        mentions += [(m, True) for m in reviewed.dropped if m.id not in kept]
        for mention, gone in sorted(mentions, key=lambda pair: (pair[0].start, pair[0].id)):
            decision = reviewed.of_mention.get(mention.id)
            items.append(Item(f"{document}/{mention.id}", mention, decision, gone))
        return tuple(items)

    def item(self, name: str) -> Item:
        """Return one thing by its name, which may be the IRI of its assertion or annotation."""
        for head in (self._minter.assertion("", ""), self._minter.annotation("", "")):
            name = name.removeprefix(head[:-1])
        document, _, _ = name.rpartition("/")
        for item in self.items(document) if document else ():
            if item.id == name:
                return item
        raise ServiceError(
            f"{name}: nothing has this name; 'ecoduct review list DOCUMENT' names it"
        )

    def decide(
        self,
        item: Item,
        verdict: Verdict,
        *,
        object_: str = "",
        kind: MentionKind | None = None,
        reviewer: str = "",
        note: str = "",
    ) -> Decision:
        """Keep a decision; for a correction ``object_`` says by code, IRI or name what is right."""
        document = item.id.rpartition("/")[0]
        found, earlier = item.found, item.decision
        if earlier is not None:
            # What is decided anew is what software found, not what a correction made of it.
            found = self._as_found(earlier, document) or found
        corrected: Mention | Statement | None = None
        entities: tuple[Entity, ...] = ()
        extraction = self.reviewed(document).extraction
        if verdict == "correct":
            corrected, entities = self._corrected(found, object_, kind, extraction)
        decision = decide(
            extraction,
            found,
            verdict,
            self._minter,
            corrected=corrected,
            entities=entities,
            reviewer=reviewer,
            note=note,
            decided=datetime.now(UTC).isoformat(timespec="milliseconds"),
        )
        self._decisions.save(decision, instead_of=earlier)
        return decision

    def withdraw(self, item: Item) -> None:
        """Forget the decision on something."""
        if item.decision is None:
            raise ServiceError(f"{item.id}: nothing was decided on it")
        self._decisions.remove(item.decision)

    def decisions(self, document: str | None = None) -> tuple[Decision, ...]:
        """Return all decisions, or those on one document."""
        return self._decisions.decisions(document)

    def entity_of(self, document: str, iri: str | None) -> Entity | None:
        """Return what is known of an entity of a document."""
        return self.reviewed(document).extraction.entity_index.get(iri or "")

    def _as_found(self, earlier: Decision, document: str) -> Mention | Statement | None:
        bare = self._bare[document]
        decided = apply_decisions(bare, (earlier,), self._minter)
        for mention in bare.mentions:
            if mention.id in decided.of_mention:
                return mention
        for statement in bare.statements:
            key = assertion_key(statement, self._minter)
            known = earlier.statement is not None and key == earlier.key
            if known:
                return statement
        return None

    def _corrected(
        self,
        found: Mention | Statement,
        object_: str,
        kind: MentionKind | None,
        extraction: Extraction,
    ) -> tuple[Mention | Statement, tuple[Entity, ...]]:
        if isinstance(found, Mention):
            kind = kind or found.kind
            if kind not in _MENTION_ENTITIES:
                raise ServiceError(f"a mention of kind {kind} cannot be corrected; reject it")
            entities = self._resolve(object_, _MENTION_ENTITIES[kind], extraction)
            return replace(found, kind=kind, entity=entities[0].iri, candidates=()), entities
        wanted = KINDS.get(found.predicate)
        if wanted is None:
            raise ServiceError(f"the object of {found.predicate} cannot be corrected; reject it")
        entities = self._resolve(object_, wanted, extraction)
        if found.predicate == "takesPlaceInCountry" and entities[0].place_type != "country":
            raise ServiceError(f"{object_}: no country; give its name or its two-letter code")
        return replace(found, object=entities[0].iri), entities

    def _resolve(self, value: str, kind: EntityKind, extraction: Extraction) -> tuple[Entity, ...]:
        if self._resolver is None:
            from ontology.gazetteer.lookup import ensure_lookup, open_gazetteer

            gazetteer = open_gazetteer(ensure_lookup(self._settings.data_dir))
            self._resolver = Resolver(gazetteer, self._minter)
        return self._resolver.resolve(value, kind, extraction)

    def _extract(self, study: CaseStudy) -> None:
        if self._pipeline is None:
            from extract.pipeline import load_pipeline
            from ontology.gazetteer.lookup import ensure_lookup, open_gazetteer
            from service.ingest.declared import DeclaredFields

            path = ensure_lookup(self._settings.data_dir)
            self._pipeline = load_pipeline(gazetteer_path=path, minter=self._minter)
            self._declared = DeclaredFields(open_gazetteer(path), self._minter)
        extraction = self._pipeline.extract(study)
        if study.declared and self._declared is not None:
            extraction = self._declared.add_to(extraction, study)
        self._bare[study.id] = extraction

    def close(self) -> None:
        """Close the files."""
        self._texts.close()
        self._decisions.close()


def documents_of(decisions: Iterable[Decision]) -> tuple[str, ...]:
    """Name the documents of decisions, each once."""
    return tuple(sorted({decision.document for decision in decisions}))
