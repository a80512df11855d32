"""Tell which taxa a text is about."""

from collections.abc import Collection, Mapping

from corpus.documents import BlockType, CaseStudy
from extract.components.blocks import block_at
from extract.components.mentions import Draft
from extract.records import Entity

_WEIGHTS: Mapping[BlockType, float] = {"title": 3.0, "heading": 1.5, "caption": 0.5, "credit": 0.0}
_OPENING = 1.0
"""What a first mention in the first running paragraph adds."""
_MOST_MENTIONS = 5
_LEAST = 2.0
_SHARE = 0.5
"""A taxon is in focus that has at least this share of the weight of the weightiest."""
NARROW_RANKS = frozenset(
    {"family", "superfamily", "subfamily", "tribe", "genus", "subgenus", "species", "subspecies"}
)
_FAR = 2.0
"""How many times the weight of any other a species of a group has that the group stands for."""
_NARROWEST = frozenset({"species", "subspecies"})
WIDE_RANKS = frozenset(
    {
        "class",
        "clade",
        "domain",
        "group",
        "kingdom",
        "phylum",
        "subkingdom",
        "subphylum",
        "superclass",
    }
)


def is_wide(entity: Entity) -> bool:
    """Tell whether a taxon is too wide a group to say much: plants, birds, fish."""
    return entity.rank in WIDE_RANKS


def _block_type(case_study: CaseStudy, draft: Draft) -> BlockType:
    block = block_at(case_study.blocks, draft.start)
    return block.type if block else "prose"


def in_margin(case_study: CaseStudy, draft: Draft) -> bool:
    """Tell whether a caption or credit names a taxon: it may be on any picture beside the text."""
    return _block_type(case_study, draft) in ("caption", "credit")


def weigh_taxa(case_study: CaseStudy, drafts: list[Draft]) -> dict[str, float]:
    """Return the weight of each linked taxon by title, opening and frequency."""
    opening = next((b for b in case_study.blocks if b.type in ("prose", "list_item")), None)
    weights: dict[str, float] = {}
    counts: dict[str, int] = {}
    opened: set[str] = set()
    in_text = {d.entity.iri for d in drafts if d.entity and not in_margin(case_study, d)}
    for draft in drafts:
        if draft.entity is None or draft.entity.iri not in in_text:
            continue
        key = draft.entity.iri
        kind: BlockType = _block_type(case_study, draft)
        weight = _WEIGHTS.get(kind)
        if weight is None:
            counts[key] = counts.get(key, 0) + 1
            weight = 1.0 if counts[key] <= _MOST_MENTIONS else 0.0
        if opening is not None and opening.start <= draft.start < opening.end:
            weight += 0.0 if key in opened else _OPENING
            opened.add(key)
        weights[key] = weights.get(key, 0.0) + weight
    return weights


def narrow_down(weights: Mapping[str, float], entities: Mapping[str, Entity]) -> dict[str, float]:
    """Return the weights with those of a group given to the one species of it that the text means.

    That is the only species of the group that the text names, or one named far more than others:
    the frog of a text on one frog.
    """
    found = dict(weights)
    for group in sorted(weights):
        if entities[group].rank in _NARROWEST or is_wide(entities[group]):
            continue
        members = [
            iri
            for iri in weights
            if entities[iri].rank == "species" and group in wider_entities(iri, entities)
        ]
        members.sort(key=lambda iri: (-weights[iri], iri))
        if members and all(weights[members[0]] >= _FAR * weights[m] for m in members[1:]):
            found[members[0]] += found.pop(group)
    return found


def wider_entities(iri: str, entities: Mapping[str, Entity]) -> frozenset[str]:
    """Return every wider entity of one that is described."""
    found: set[str] = set()
    pending = [iri]
    while pending:
        entity = entities.get(pending.pop())
        fresh = [b for b in entity.broader if b not in found] if entity is not None else []
        found.update(fresh)
        pending += fresh
    return frozenset(found)


def choose_focal(
    weights: Mapping[str, float],
    entities: Mapping[str, Entity],
    background: Collection[str] = (),
) -> dict[str, float]:
    """Return the taxa in focus with their share of the weight of the weightiest.

    Wide groups (plants, birds) are in focus only where no narrower taxon is named as often, those
    in the background (livestock, crops, plants of a habitat) only where no other taxon is named.
    """
    if not set(weights) <= set(background):
        weights = {iri: weight for iri, weight in weights.items() if iri not in background}
    if not weights:
        return {}
    narrow = {
        iri: weight for iri, weight in weights.items() if entities[iri].rank not in WIDE_RANKS
    }
    chosen = narrow if max(narrow.values(), default=0.0) >= _LEAST else dict(weights)
    top = max(chosen.values())
    bar = min(max(_LEAST, _SHARE * top), top)
    if top < _LEAST and len(chosen) > 1:
        return {}
    return {iri: weight / top for iri, weight in chosen.items() if weight >= bar}
