"""Find explicit mentions of policy: KMGBF, Aichi and SDG targets, CMS instruments, plans."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import (
    Draft,
    add_draft,
    add_entity,
    case_study_of,
    minter_of,
    text_of,
)
from extract.matching.policy import PolicyHit, PolicyMatcher
from extract.records import Entity, EntityKind
from ontology.namespaces import Minter
from ontology.phrases import LANGUAGES
from ontology.policy import PolicyRow, load_policy
from ontology.vocabulary import concept_iri, load_vocabulary, scheme_iri

_VOCABULARIES: dict[str, tuple[str, EntityKind]] = {
    "kmgbf": ("kmgbf", "kmgbf_target"),
    "sdg": ("sdg", "sdg_target"),
    "aichi": ("aichi", "policy_target"),
    "cms-resolution": ("cms_resolutions", "policy_target"),
    "cms-instrument": ("cms_instruments", "cms_instrument"),
}
_INSTRUMENT = "cms-instrument"
_AMBIGUOUS = 4
"""Acronyms of so few letters stand for other things too."""


@Language.factory("policy_ruler")
def make_policy_ruler(nlp: Language, name: str, score: float = 0.9) -> "PolicyRuler":
    """Make the component that finds mentions of policy."""
    return PolicyRuler(nlp, name, score=score)


class PolicyRuler:
    """Add drafts of kind policy_target, linked where the vocabularies hold what is named."""

    def __init__(self, nlp: Language, name: str, *, score: float) -> None:
        self.name = name
        self._score = score
        rows = load_policy()
        self._matchers = {
            lang: PolicyMatcher(rows + _instrument_rows(lang), lang) for lang in LANGUAGES
        }

    def __call__(self, doc: Doc) -> Doc:
        lang = case_study_of(doc).lang[:2]
        matcher = self._matchers.get(lang, self._matchers["en"])
        minter = minter_of(doc)
        for hit in matcher.find(text_of(doc)):
            codes = [hit.code, *hit.between]
            entities = [describe_policy(minter, hit.family, code) for code in codes if code]
            known = [add_entity(doc, entity) for entity in entities if entity is not None]
            if hit.code and not known:
                continue
            text = text_of(doc)[hit.start : hit.end]
            draft = Draft(
                "policy_target",
                hit.start,
                hit.end,
                text,
                self._score,
                f"{self.name}:{hit.family}",
                entity=known[0] if known else _named_whole(doc, hit, text),
                features={"family": hit.family, "targets": tuple(known)},
            )
            add_draft(doc, draft)
        return doc


def _instrument_rows(lang: str) -> tuple[PolicyRow, ...]:
    """Make a row of each name of a CMS instrument; its code is what the name stands for."""
    rows = []
    for concept in load_vocabulary("cms_instruments").concepts.values():
        if concept.kind == "appendix":
            continue
        names = {concept.labels.get(lang, ""), *concept.alt_labels}
        patterns = sorted(re.escape(n) for n in names if len(n) > _AMBIGUOUS or n == "AEWA")
        rows += [
            PolicyRow(_INSTRUMENT, concept.code, "fixed", lang, p, "cms_instruments.csv")
            for p in patterns
        ]
    return tuple(rows)


def describe_policy(minter: Minter, family: str, code: str) -> Entity | None:
    """Return the entity of a code; None where the vocabulary does not hold it."""
    name, kind = _VOCABULARIES[family]
    vocabulary = load_vocabulary(name)
    key = f"goal-{code.lower()}" if code.isalpha() and family == "kmgbf" else code
    concept = vocabulary.concepts.get(key)
    if concept is None:
        return None
    return Entity(
        concept_iri(minter, name, concept.code),
        kind,
        concept.label,
        notation=None if family in ("cms-resolution", _INSTRUMENT) else concept.notation or None,
        scheme=scheme_iri(minter, name),
    )


def _named_whole(doc: Doc, hit: PolicyHit, text: str) -> Entity | None:
    """Link a resolution by its number; frameworks and national plans stay unlinked."""
    number = re.search(r"\d{1,2}\.\d{1,2}", text)
    if hit.family != "cms-resolution" or number is None:
        return None
    for concept in load_vocabulary("cms_resolutions").concepts.values():
        if re.search(rf"(?<![\d.]){re.escape(number[0])}(?!\d)", concept.notation):
            entity = describe_policy(minter_of(doc), hit.family, concept.code)
            return None if entity is None else add_entity(doc, entity)
    return None
