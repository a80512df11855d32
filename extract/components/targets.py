"""State to which KMGBF targets a solution contributes: what the text says, then by rule."""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import (
    Draft,
    add_entity,
    add_statement,
    case_study_of,
    entities_of,
    minter_of,
    statements_of,
)
from extract.components.policy import describe_policy
from extract.components.salience import NARROW_RANKS
from extract.components.scopes import CueFinder, Scope, read_scopes
from extract.matching.contributions import Bounds, Premise, infer_contributions
from extract.records import AssertionStatus, Entity, Predicate, Statement
from ontology.target_rules import PremiseKind, load_target_rules

_STATEMENTS: dict[Predicate, PremiseKind] = {
    "usesIntervention": "intervention",
    "addressesThreat": "threat",
    "addressesStress": "stress",
}
_STATED: dict[str, Predicate] = {
    "kmgbf_target": "contributesToTarget",
    "sdg_target": "contributesToSDG",
    "cms_instrument": "relevantToInstrument",
}
_TRUST = 0.5
"""What of a stated fact is taken for granted: rules weigh what follows from it."""
_DONE: frozenset[AssertionStatus] = frozenset({"affirmed", "historical", "planned"})


@Language.factory("targets")
def make_targets(nlp: Language, name: str, threshold: float = 0.5) -> "Targets":
    """Make the component that states contributions to policy targets."""
    return Targets(nlp, name, threshold=threshold)


class Targets:
    """Add contributesToTarget statements, stated or inferred, each inference with its reasons."""

    def __init__(self, nlp: Language, name: str, *, threshold: float) -> None:
        self.name = name
        self._threshold = threshold
        self._rules = load_target_rules()
        self._cues = CueFinder("target_cues")

    def __call__(self, doc: Doc) -> Doc:
        scopes = read_scopes(doc)
        self._cues.mark(doc, scopes)
        minter = minter_of(doc)
        subject = minter.case_study(case_study_of(doc).id)
        stated = self._add_stated(doc, scopes, subject)
        premises = [
            *_fact_premises(doc),
            *_taxon_premises(doc, scopes),
            *_name_premises(scopes),
            *_cue_premises(scopes),
        ]
        for found in infer_contributions(self._rules, premises, threshold=self._threshold):
            entity = describe_policy(minter, "kmgbf", found.target)
            if entity is None or entity.iri in stated:
                continue
            rule = f"{self.name}:{'+'.join(found.rules)} ({found.role}): because {found.because}"
            add_statement(
                doc,
                Statement(
                    subject,
                    "contributesToTarget",
                    add_entity(doc, entity).iri,
                    found.score,
                    found.assertion,
                    found.evidence,
                    "inferred",
                    rule,
                ),
            )
        return doc

    def _add_stated(self, doc: Doc, scopes: list[Scope], subject: str) -> set[str]:
        """State what the text itself names, and return the IRIs of that."""
        mentions: dict[str, list[tuple[Draft, Bounds]]] = {}
        entities: dict[str, Entity] = {}
        for scope in scopes:
            for draft in scope.drafts:
                if draft.kind == "policy_target" and draft.assertion in _DONE:
                    for entity in draft.features.get("targets", ()):
                        entities[entity.iri] = entity
                        mentions.setdefault(entity.iri, []).append((draft, scope.bounds))
        for iri, found in mentions.items():
            predicate = _STATED.get(entities[iri].kind)
            if predicate is not None:
                evidence = tuple(sorted({bounds for _, bounds in found}))
                score = max(draft.score for draft, _ in found)
                rule = f"{self.name}:named"
                add_statement(
                    doc,
                    Statement(
                        subject, predicate, iri, score, evidence=evidence, basis="stated", rule=rule
                    ),
                )
        return set(mentions)


def _fact_premises(doc: Doc) -> Iterable[Premise]:
    """Turn what the text states of interventions, threats and stresses into premises."""
    entities = entities_of(doc)
    for statement in statements_of(doc):
        kind = _STATEMENTS.get(statement.predicate)
        entity = entities.get(statement.object)
        if kind and entity and entity.notation and statement.assertion in _DONE:
            yield Premise(
                kind,
                (entity.notation,),
                f"{entity.notation} {entity.label}",
                statement.evidence,
                round(_TRUST + (1 - _TRUST) * statement.score, 4),
                statement.assertion,
            )


def _taxon_premises(doc: Doc, scopes: list[Scope]) -> Iterable[Premise]:
    """Turn the taxa in focus into premises, with the sentences that name them."""
    entities = entities_of(doc)
    for statement in statements_of(doc):
        entity = entities.get(statement.object)
        if statement.predicate != "focalTaxon" or entity is None:
            continue
        values = ["focal"]
        if entity.cms_appendix:
            values.append("listed")
        if entity.rank in NARROW_RANKS:
            values.append("narrow")
        evidence = tuple(
            scope.bounds
            for scope in scopes
            if any(d.entity and d.entity.iri == entity.iri for d in scope.drafts)
        )
        yield Premise("taxon", tuple(values), entity.label, evidence or statement.evidence)


def _name_premises(scopes: list[Scope]) -> Iterable[Premise]:
    """Turn linked actors and places into premises, one for each type of them."""
    named: dict[tuple[PremiseKind, str], tuple[dict[str, None], dict[Bounds, None]]] = {}
    for scope in scopes:
        for draft in scope.drafts:
            entity = draft.entity
            if entity is None:
                continue
            key: tuple[PremiseKind, str] | None = None
            if draft.kind == "actor" and entity.actor_type:
                key = ("actor", entity.actor_type)
            elif draft.kind == "place" and entity.place_type:
                key = ("place", entity.place_type)
            if key is not None:
                labels, evidence = named.setdefault(key, ({}, {}))
                labels[entity.label] = None
                evidence[scope.bounds] = None
    for (kind, value), (labels, evidence) in named.items():
        yield Premise(kind, (value,), ", ".join(labels), tuple(evidence))


def _cue_premises(scopes: list[Scope]) -> Iterable[Premise]:
    """Turn the cues of one name into one premise."""
    cues: dict[str, dict[Bounds, None]] = {}
    for scope in scopes:
        for cue in scope.cues:
            cues.setdefault(cue.name, {})[scope.bounds] = None
    for name, evidence in cues.items():
        yield Premise("cue", (name,), name, tuple(evidence))
