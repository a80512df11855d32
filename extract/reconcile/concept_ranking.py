"""Rank concepts of a vocabulary for one name: by code, by label, by the trigger lexicons."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from extract.matching.triggers import LANGUAGES, load_reader
from extract.reconcile.catalogue import SCHEMES
from extract.reconcile.ranked import RankedCandidate, ReconcileType
from extract.records import Candidate
from ontology.gazetteer.folding import fold
from ontology.namespaces import Minter
from ontology.vocabulary import Concept, concept_iri, load_vocabulary

_LEAST = 0.55
_SPELT_ALIKE = 80.0
CONCEPT_KINDS = frozenset(("", "target", "goal"))
"""Kinds of concepts that are meant; indicators and the like bear the words of their targets."""
_CODE = re.compile(r"(?:\D*\b)?(?P<code>\d+(?:\.\d+)*|[A-D])")
_EXACT_LABEL, _OTHER_LABEL, _SIMILAR = 1.0, 0.95, 0.9
_TRIGGER = 0.9


def rank_concepts(minter: Minter, name: str, type: ReconcileType) -> Iterator[RankedCandidate]:
    """Yield the concepts that a name, a code or a phrase of the lexicons may mean."""
    scheme = SCHEMES[type]
    vocabulary = load_vocabulary(scheme)
    key = fold(name)
    triggers = _triggers(name, type)
    code = _CODE.fullmatch(name.strip())
    for concept in vocabulary.concepts.values():
        if type == "target" and concept.kind not in CONCEPT_KINDS:
            continue
        label, likeness = _closest_label(concept, key)
        trigger = triggers.get(concept.code, 0.0)
        by_code = code is not None and code["code"] in (concept.code, concept.notation)
        score = max(float(by_code), likeness, _TRIGGER * trigger)
        if score < _LEAST or concept.status != "valid":
            continue
        yield RankedCandidate(
            Candidate(concept_iri(minter, scheme, concept.code), concept.label, round(score, 3)),
            type,
            concept.notation or concept.code,
            (
                ("name", label if likeness >= _LEAST else concept.label),
                ("code", float(by_code)),
                ("likeness", round(likeness, 3)),
                ("trigger", round(trigger, 3)),
            ),
        )


def _closest_label(concept: Concept, key: str) -> tuple[str, float]:
    """Return the label most like a key, and how like; part of a label is less than the whole."""
    best = ("", 0.0)
    own = list(concept.labels.values())
    for label in (*own, *concept.alt_labels):
        folded = fold(label)
        if folded == key:
            likeness = _EXACT_LABEL if label in own else _OTHER_LABEL
        else:
            whole = fuzz.ratio(key, folded, score_cutoff=_SPELT_ALIKE)
            words = fuzz.token_set_ratio(key, folded) * _coverage(key, folded)
            likeness = _SIMILAR * max(whole, words) / 100
        if likeness > best[1]:
            best = (label, likeness)
    return best


def _coverage(key: str, folded: str) -> float:
    """Weigh what share of the longer name the shorter one has words for."""
    shorter, longer = sorted((len(key.split(" ")), len(folded.split(" "))))
    return 0.6 + 0.4 * shorter / longer


def _triggers(name: str, type: ReconcileType) -> dict[str, float]:
    """Return the codes of the phrase's triggers in each language with the surest score."""
    found: dict[str, float] = {}
    text = name if name != name.title() else name.lower()
    for lang in LANGUAGES:
        for trigger in load_reader(lang).read(text, 0, len(text)):
            if trigger.kind == type:
                found[trigger.code] = max(found.get(trigger.code, 0.0), trigger.score)
    return found
