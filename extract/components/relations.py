"""State how what a text names hangs together: taxa in focus, threats, places, agents, aims."""

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.agent_defaults import find_agents
from extract.components.agent_rules import find_implementers
from extract.components.aim_rules import find_aims
from extract.components.asides import background_taxa, is_aside, used_taxa
from extract.components.definites import Definites
from extract.components.mentions import (
    Draft,
    add_entity,
    add_statement,
    case_study_of,
    drafts_of,
    entities_of,
    minter_of,
    sentence_bounds,
    statements_of,
    text_of,
)
from extract.components.occurrence_rules import find_occurrences
from extract.components.reading import Reading, iri_of, of_kind
from extract.components.salience import (
    choose_focal,
    in_margin,
    is_wide,
    narrow_down,
    weigh_taxa,
)
from extract.components.scopes import CueFinder, Scope, read_scopes
from extract.components.threat_rules import find_threatened
from extract.matching.attachment import Passives, Prepositions
from extract.records import Statement
from ontology.phrases import LANGUAGES, load_phrases

_LABEL = 60
"""Characters of the longest sentence without mentions that may be a label."""
_INVADER_REACH = 25
"""Characters between the word for an invader and the taxon that is one."""


@Language.factory("relations")
def make_relations(nlp: Language, name: str, least: float = 0.4) -> "Relations":
    """Make the component that states relations."""
    return Relations(nlp, name, least=least)


class Relations:
    """Add the statements of the relation rules that reach a least score."""

    def __init__(self, nlp: Language, name: str, *, least: float) -> None:
        self.name = name
        self._least = least
        self._cues = CueFinder("relation_cues")
        rows = load_phrases("prepositions")
        self._prepositions = {lang: Prepositions(rows, lang) for lang in LANGUAGES}
        passives = load_phrases("passives")
        self._passives = {lang: Passives(passives, lang) for lang in LANGUAGES}
        definites = load_phrases("definites")
        self._definites = {lang: Definites(definites, lang) for lang in LANGUAGES}

    def __call__(self, doc: Doc) -> Doc:
        for statement in _taxon_statements(doc):
            add_statement(doc, statement)
        reading = self._read(doc)
        rules = (find_threatened, find_occurrences, find_agents, find_aims)
        for find in rules:
            for statement in find(reading):
                if statement.score >= self._least and statement.subject != statement.object:
                    add_statement(doc, statement)
        for statement in find_implementers(reading, statements_of(doc)):
            add_statement(doc, statement)
        return doc

    def _read(self, doc: Doc) -> Reading:
        case_study = case_study_of(doc)
        lang = case_study.lang[:2] if case_study.lang[:2] in LANGUAGES else "en"
        scopes = read_scopes(doc)
        subject = minter_of(doc).case_study(case_study.id)
        statements = tuple(statements_of(doc))
        focal = [s for s in statements if s.predicate == "focalTaxon" and s.subject == subject]
        focal.sort(key=lambda s: (-s.score, s.object))
        in_focus = tuple(s.object for s in focal)
        self._definites[lang].carry(text_of(doc), scopes, in_focus, entities_of(doc))
        for scope in scopes:
            scope.drafts = [
                d
                for d in scope.drafts
                if not (_says_little(d, in_focus) or is_aside(doc, d, in_focus))
            ]
        self._cues.mark(doc, [s for s in scopes if s.drafts or s.end - s.start <= _LABEL])
        return Reading(
            text_of(doc),
            subject,
            tuple(scopes),
            self._prepositions[lang],
            self._passives[lang],
            in_focus,
            _invaders(scopes),
            entities_of(doc),
            statements,
            tuple(
                s.object
                for s in statements
                if s.predicate == "hasContributor" and _is_named(doc, s.object)
            ),
        )


def _says_little(draft: Draft, focal: tuple[str, ...]) -> bool:
    """Tell whether a draft names too wide a group of taxa to relate: plants, birds, fish."""
    entity = draft.entity
    return (
        draft.kind == "species"
        and entity is not None
        and is_wide(entity)
        and entity.iri not in focal
    )


def _is_named(doc: Doc, iri: str) -> bool:
    entity = entities_of(doc).get(iri)
    return entity is not None and entity.named is not False and entity.actor_type != "person"


def _taxon_statements(doc: Doc) -> Iterable[Statement]:
    """Yield focalTaxon for what the text is about and mentionsTaxon for every linked taxon."""
    case_study = case_study_of(doc)
    subject = minter_of(doc).case_study(case_study.id)
    drafts = [draft for draft in drafts_of(doc, "species") if draft.entity is not None]
    entities = {}
    evidence: dict[str, dict[tuple[int, int], None]] = {}
    stating: dict[str, dict[tuple[int, int], None]] = {}
    scores: dict[str, float] = {}
    for draft in drafts:
        if draft.entity is not None:
            entity = add_entity(doc, draft.entity)
            entities[entity.iri] = entity
            bounds = sentence_bounds(doc, draft.start, draft.end)
            evidence.setdefault(entity.iri, {})[bounds] = None
            if not in_margin(case_study, draft):
                stating.setdefault(entity.iri, {})[bounds] = None
            scores[entity.iri] = max(scores.get(entity.iri, 0.0), draft.score)
    used = used_taxa(doc, drafts)
    weights = {i: w for i, w in weigh_taxa(case_study, drafts).items() if i not in used}
    weights = narrow_down(weights, entities_of(doc))
    focal = choose_focal(weights, entities, background_taxa(doc, drafts))
    for iri, found in evidence.items():
        rule, sentences = "relations:named", tuple(sorted(found))
        yield Statement(subject, "mentionsTaxon", iri, scores[iri], evidence=sentences, rule=rule)
        if iri in focal:
            score = round(scores[iri] * (0.6 + 0.4 * focal[iri]), 4)
            rule, sentences = "relations:salience", tuple(sorted(stating[iri]))
            yield Statement(subject, "focalTaxon", iri, score, evidence=sentences, rule=rule)


def _invaders(scopes: Iterable[Scope]) -> frozenset[str]:
    """Return the taxa right behind a word that calls them invasive, introduced or a pest."""
    found = set()
    for scope in scopes:
        taxa = of_kind(scope, "species")
        for cue in scope.cued("invader"):
            behind = next((taxon for taxon in taxa if taxon.start >= cue.end), None)
            if behind is not None and behind.start - cue.end <= _INVADER_REACH:
                found.add(iri_of(behind))
    return frozenset(found)
