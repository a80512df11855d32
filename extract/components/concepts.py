"""Link triggers to concepts, and state which of them a case study is about."""

from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import (
    Draft,
    add_entity,
    add_statement,
    case_study_of,
    drafts_of,
    minter_of,
    sentence_bounds,
    statements_of,
)
from extract.components.setting import Setting, read_setting
from extract.components.triggers import TRIGGER_KINDS
from extract.reconcile.concept_scores import Evidence, ScoredCode, weigh_codes
from extract.reconcile.concepts import link_concept
from extract.records import AssertionStatus, Basis, EntityKind, MentionKind, Predicate, Statement
from ontology.lexicon import load_threat_stresses

_PREDICATES: dict[MentionKind, Predicate] = {
    "threat": "addressesThreat",
    "stress": "addressesStress",
    "intervention": "usesIntervention",
}
_MAX_EVIDENCE = 6
_PRESENT: tuple[AssertionStatus, ...] = ("affirmed", "planned")
"""A threat that has ended brings no stress any more."""
_REPEATED = 2
"""Sentences in which a text must speak of a threat before a stress is inferred from it."""
_NAMED = 0.7
"""Score from which a stress is named as such; below, words only describe what may be one."""
_UNCAUSED = 0.85
"""Share kept of a described stress whose sentence names no threat that could bring it."""
_SILENT = frozenset(("caption", "credit"))
_HEADLINES = frozenset(("title", "heading"))
_THRESHOLDS = {"threat": 0.55, "stress": 0.6, "intervention": 0.6, "implied": 0.6}
_ASIDES = {"threat": 0.66, "intervention": 0.7}


@Language.factory("concept_linker")
def make_concept_linker(nlp: Language, name: str) -> "ConceptLinker":
    """Make the component that links triggers to concepts."""
    return ConceptLinker()


@Language.factory(
    "trigger_statements", default_config={"thresholds": _THRESHOLDS, "asides": _ASIDES}
)
def make_trigger_statements(
    nlp: Language, name: str, thresholds: dict[str, float], asides: dict[str, float]
) -> "TriggerStatements":
    """Make the component that states threats, stresses and interventions of a case study.

    ``asides`` are the thresholds of what a text on other matters mentions in one sentence.
    """
    return TriggerStatements(thresholds, asides)


class ConceptLinker:
    """Set the entity of each trigger and add its wider concepts."""

    def __call__(self, doc: Doc) -> Doc:
        minter = minter_of(doc)
        for draft in drafts_of(doc, *TRIGGER_KINDS):
            chain = link_concept(minter, cast(EntityKind, draft.kind), draft.features["code"])
            draft.entity = add_entity(doc, chain[0])
            for wider in chain[1:]:
                add_entity(doc, wider)
        return doc


class TriggerStatements:
    """Weigh the triggers of a text and state those codes that pass the threshold."""

    def __init__(self, thresholds: dict[str, float], asides: dict[str, float]) -> None:
        self.thresholds = thresholds
        self.asides = asides

    def __call__(self, doc: Doc) -> Doc:
        setting = read_setting(doc)
        for kind in TRIGGER_KINDS:
            evidence = [
                _evidence(doc, draft, setting)
                for draft in drafts_of(doc, kind)
                if draft.features["block"] not in _SILENT
                and not (kind == "intervention" and setting.is_elsewhere(draft.start, draft.end))
            ]
            aside = self.asides.get(kind, 0.0)
            for code in weigh_codes(evidence, threshold=self.thresholds[kind], aside=aside):
                _state(doc, kind, code)
        self._state_implied(doc)
        return doc

    def _state_implied(self, doc: Doc) -> None:
        """Infer the stress that each stated threat brings, unless the text names it."""
        minter = minter_of(doc)
        stated = {s.object for s in statements_of(doc) if s.predicate == "addressesStress"}
        threats = {s.object: s for s in statements_of(doc) if s.predicate == "addressesThreat"}
        for row in load_threat_stresses():
            threat = threats.get(minter.threat(row.threat))
            object_ = minter.stress(row.stress)
            if threat is None or threat.assertion not in _PRESENT or object_ in stated:
                continue
            if len(threat.evidence) < _REPEATED:
                continue
            score = round(threat.score * row.weight, 4)
            if score < self.thresholds["implied"]:
                continue
            stated.add(object_)
            code = ScoredCode(row.stress, score, threat.assertion, threat.evidence)
            _state(doc, "stress", code, basis="inferred", rule=f"implied:{row.where}")


def _evidence(doc: Doc, draft: Draft, setting: Setting) -> Evidence:
    described = draft.kind == "stress" and draft.score < _NAMED
    alone = described and not setting.has_threat(draft.start, draft.end)
    return Evidence(
        code=draft.features["code"],
        pattern=draft.features["pattern"],
        score=draft.score * _UNCAUSED if alone else draft.score,
        status=draft.assertion,
        headline=draft.features["block"] in _HEADLINES,
        sentence=sentence_bounds(doc, draft.start, draft.end),
    )


def _state(
    doc: Doc,
    kind: MentionKind,
    code: ScoredCode,
    *,
    basis: Basis = "stated",
    rule: str = "weighed",
) -> None:
    minter = minter_of(doc)
    chain = link_concept(minter, cast(EntityKind, kind), code.code)
    for entity in chain:
        add_entity(doc, entity)
    add_statement(
        doc,
        Statement(
            subject=minter.case_study(case_study_of(doc).id),
            predicate=_PREDICATES[kind],
            object=chain[0].iri,
            score=code.score,
            assertion=code.status,
            evidence=code.sentences[:_MAX_EVIDENCE],
            basis=basis,
            rule=f"trigger_statements:{rule}",
        ),
    )
