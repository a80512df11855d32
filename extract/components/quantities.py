"""Find quantities and say of what they are."""

from spacy.language import Language
from spacy.tokens import Doc

from extract.components.mentions import (
    Draft,
    add_draft,
    add_entity,
    add_statement,
    case_study_of,
    drafts_of,
    minter_of,
    sentence_bounds,
    text_of,
)
from extract.matching.actor_lexicon import load_actor_lexicon
from extract.matching.quantities import find_quantities
from extract.records import Entity, MentionKind, Statement

_SCORE = 0.8
_COUNT_SCORE = 0.6
_BEARERS: tuple[MentionKind, ...] = ("species", "place", "actor")
_LANGUAGES = frozenset(("en", "es", "fr", "pt"))


@Language.factory("quantity_ruler")
def make_quantity_ruler(nlp: Language, name: str) -> "QuantityRuler":
    """Make the component that finds quantities."""
    return QuantityRuler()


@Language.factory("quantity_statements")
def make_quantity_statements(nlp: Language, name: str) -> "QuantityStatements":
    """Make the component that ties quantities to what they measure."""
    return QuantityStatements()


class QuantityRuler:
    """Add drafts of quantities with their entities."""

    def __init__(self) -> None:
        self._function_words = load_actor_lexicon().function_words

    def __call__(self, doc: Doc) -> Doc:
        case_study, minter = case_study_of(doc), minter_of(doc)
        lang = case_study.lang[:2] if case_study.lang[:2] in _LANGUAGES else "en"
        found = find_quantities(text_of(doc), lang, function_words=self._function_words)
        for number, quantity in enumerate(found, start=1):
            text = text_of(doc)[quantity.start : quantity.end]
            stop = max(quantity.end, quantity.counted[1] if quantity.counted else 0)
            entity = Entity(
                iri=minter.quantity(case_study.id, number),
                kind="quantity",
                label=" ".join(text_of(doc)[quantity.start : stop].split()),
                value=quantity.value,
                unit=quantity.unit,
                quantity_kind=quantity.quantity_kind,
                time=quantity.time or None,
            )
            draft = Draft(
                "quantity",
                quantity.start,
                quantity.end,
                text,
                _COUNT_SCORE if quantity.unit == "1" else _SCORE,
                f"quantity_ruler:{quantity.quantity_kind}",
                entity=entity,
                features={"counted": quantity.counted},
            )
            add_draft(doc, draft)
        return doc


class QuantityStatements:
    """State hasQuantity of the counted thing, else of the case study; expects linked drafts."""

    def __call__(self, doc: Doc) -> Doc:
        case_study, minter = case_study_of(doc), minter_of(doc)
        bearers = [d for d in drafts_of(doc, *_BEARERS) if d.entity is not None]
        for draft in drafts_of(doc, "quantity"):
            if draft.entity is None:
                continue
            add_entity(doc, draft.entity)
            bearer = _bearer(draft, bearers)
            counted = bearer is not None and bearer.entity is not None
            add_statement(
                doc,
                Statement(
                    subject=bearer.entity.iri
                    if bearer is not None and bearer.entity is not None
                    else minter.case_study(case_study.id),
                    predicate="hasQuantity",
                    object=draft.entity.iri,
                    score=draft.score if counted else round(draft.score * 0.9, 4),
                    assertion=draft.assertion,
                    evidence=(sentence_bounds(doc, draft.start, draft.end),),
                    rule="quantity_statements:" + ("counted" if counted else "text"),
                ),
            )
        return doc


def _bearer(draft: Draft, bearers: list[Draft]) -> Draft | None:
    """Return the named thing that ends the counted noun phrase."""
    counted = draft.features["counted"]
    if counted is None:
        return None
    inside = [b for b in bearers if counted[0] <= b.start < counted[1] <= b.end]
    named = [b for b in inside if b.entity is not None and b.entity.named is not False]
    return named[0] if named else None
