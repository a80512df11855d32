"""State what follows from the statements of a text by the rules of the ontology."""

from collections import Counter
from typing import get_args

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import (
    add_entity,
    add_statement,
    case_study_of,
    entities_of,
    minter_of,
    statements_of,
)
from extract.components.scopes import CueFinder, read_scopes
from extract.records import Entity, EntityKind, Predicate, Statement
from ontology.goal_rules import spoken_of
from ontology.inference import Premise, infer
from ontology.namespaces import Minter
from ontology.vocabulary import load_vocabulary

_KINDS: dict[str, tuple[str, EntityKind]] = {
    "relevantToInstrument": ("cms_instruments", "cms_instrument"),
    "contributesToSDG": ("sdg", "sdg_target"),
}
_PREDICATES: dict[str, Predicate] = {name: name for name in get_args(Predicate)}
_HOLDS = frozenset({"affirmed", "historical"})


@Language.factory("inference")
def make_inference(nlp: Language, name: str, threshold: float = 0.5) -> "Inference":
    """Make the component that adds inferred statements about the solution."""
    return Inference(nlp, name, threshold=threshold)


class Inference:
    """Add relevantToInstrument and contributesToSDG statements, with basis inferred."""

    def __init__(self, nlp: Language, name: str, *, threshold: float) -> None:
        self.name = name
        self._threshold = threshold
        self._cues = CueFinder("sdg_cues")

    def __call__(self, doc: Doc) -> Doc:
        minter = minter_of(doc)
        subject = minter.case_study(case_study_of(doc).id)
        about = [s for s in statements_of(doc) if s.subject == subject]
        known = {(s.predicate, s.object) for s in about}
        premises = [
            Premise(s.predicate, s.object, s.score, s.evidence, _is_primary(s))
            for s in about
            if s.assertion in _HOLDS and s.score >= self._threshold
        ]
        broader = {iri: entity.broader for iri, entity in entities_of(doc).items()}
        for found in infer(premises, broader, minter, spoken=self._spoken(doc)):
            predicate = _PREDICATES[found.predicate]
            if (predicate, found.object) in known:
                continue
            add_entity(doc, _describe(found.predicate, found.object, minter))
            statement = Statement(
                subject,
                predicate,
                found.object,
                found.score,
                "affirmed",
                found.evidence,
                "inferred",
                found.rule,
            )
            add_statement(doc, statement)
        return doc

    def _spoken(self, doc: Doc) -> frozenset[str]:
        """Return the wordings for goals that enough sentences of the text have."""
        scopes = read_scopes(doc)
        self._cues.mark(doc, scopes)
        names = Counter(name for scope in scopes for name in {cue.name for cue in scope.cues})
        return spoken_of(names)


def _is_primary(statement: Statement) -> bool:
    """Tell whether a target is stated by the text itself or follows by a primary rule."""
    return statement.basis != "inferred" or "(primary)" in statement.rule


def _describe(predicate: str, iri: str, minter: Minter) -> Entity:
    vocabulary, kind = _KINDS[predicate]
    loaded = load_vocabulary(vocabulary)
    prefix = minter.scheme(loaded.scheme.segment)
    concept = loaded.concepts[iri.removeprefix(prefix)]
    # Instruments have short names and no codes.
    notation = None if kind == "cms_instrument" else concept.notation
    return Entity(iri, kind, concept.label, notation=notation, scheme=prefix)
