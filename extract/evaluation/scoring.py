"""Score a set of extractions against a set of annotated texts."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from extract.evaluation.context import locate
from extract.evaluation.facets import (
    codes_of,
    fold_name,
    score_facet,
    score_relations,
)
from extract.evaluation.gold import FACETS, GoldItem, GoldText
from extract.evaluation.spans import GoldSpan, gold_spans, match_spans
from extract.evaluation.tally import Fault, Tally
from extract.records import Entity, Extraction, Mention

EARTH_DIAMETER_KM = 12742


@dataclass(slots=True)
class Scores:
    """Hold the tallies by facet, the faults and the texts that were not extracted."""

    tallies: Mapping[str, Tally]
    faults: list[Fault] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    by_text: dict[str, Mapping[str, Tally]] = field(default_factory=dict)
    """The tallies of each text, those that were not extracted among them."""


def find_extractions(
    extractions: Sequence[Extraction], texts: Sequence[GoldText]
) -> dict[str, Extraction]:
    """Return the extraction of each annotated text by its id, its file's stem or its title."""
    by_id = {e.id: e for e in extractions}
    by_stem = {PurePath(e.source.file or "-").stem: e for e in extractions}
    by_title = {fold_name(e.title): e for e in extractions}
    found = {}
    for gold in texts:
        title = fold_name(gold.title)
        extraction = by_id.get(gold.id) or by_stem.get(gold.id) or by_title.get(title)
        if extraction is not None:
            found[gold.id] = extraction
    return found


def score(extractions: Sequence[Extraction], texts: Sequence[GoldText]) -> Scores:
    """Score extractions; a text is found by its id, its file's stem or its title."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    scores = Scores(tallies)
    found = find_extractions(extractions, texts)
    for gold in texts:
        own: dict[str, Tally] = defaultdict(Tally)
        if gold.id in found:
            extraction = found[gold.id]
            faults = _score_text(gold, extraction, own)
            scores.faults.extend(locate(fault, extraction, gold) for fault in faults)
        else:
            scores.missing.append(gold.id)
            _count_missing(gold, own)
        scores.by_text[gold.id] = own
        for facet, tally in own.items():
            tallies[facet].add(tally)
    return scores


def _count_missing(gold: GoldText, tallies: dict[str, Tally]) -> None:
    """Count a text that was not extracted as all missed, each name once."""
    for kind, items in gold.items.items():
        for facet in (f"{kind} mention (overlap)", f"{kind} mention (exact)"):
            tallies[facet].missed += sum(not item.neutral for item in items)
    for facet in FACETS:
        tallies[facet].missed += len(gold.facets[facet].core)
    tallies["relations (recall of core)"].missed += len(gold.relations)


def _score_text(gold: GoldText, extraction: Extraction, tallies: dict[str, Tally]) -> list[Fault]:
    faults: list[Fault] = []
    for kind, items in gold.items.items():
        others = [i for other, v in gold.items.items() if other != kind for i in v]
        faults += _score_mentions(gold.id, kind, items, others, extraction, tallies)
    faults += _score_named_actors(gold, extraction, tallies)
    for facet in FACETS:
        got = codes_of(extraction, facet)
        faults += score_facet(gold.id, facet, got, gold.facets[facet], tallies[facet])
    faults += score_relations(gold, extraction, tallies["relations (recall of core)"])
    return faults


def _score_mentions(
    text: str,
    kind: str,
    items: Sequence[GoldItem],
    others: Sequence[GoldItem],
    extraction: Extraction,
    tallies: dict[str, Tally],
) -> list[Fault]:
    faults: list[Fault] = []
    overlap, exact = tallies[f"{kind} mention (overlap)"], tallies[f"{kind} mention (exact)"]
    spans = gold_spans(extraction.text, items, others)
    matching = match_spans(spans, [m for m in extraction.mentions if m.kind == kind])
    for gold in matching.missed:
        overlap.missed += 1
        exact.missed += 1
        surface = extraction.text[slice(*gold.span)]
        faults.append(Fault(text, kind, "missed", surface, gold.span))
    for mention in matching.spurious:
        overlap.wrong += 1
        exact.wrong += 1
        faults.append(Fault(text, kind, "spurious", mention.text, (mention.start, mention.end)))
    for gold, mention in matching.pairs:
        if gold.neutral:
            continue
        overlap.right += 1
        if gold.span == (mention.start, mention.end):
            exact.right += 1
        else:
            exact.wrong += 1
            exact.missed += 1
            wanted = extraction.text[slice(*gold.span)]
            detail = f"{mention.text!r} for {wanted!r}"
            faults.append(Fault(text, kind, "span", detail, gold.span))
        faults += _score_link(text, kind, gold, mention, extraction, tallies)
    return faults


def _score_link(
    text: str,
    kind: str,
    gold: GoldSpan,
    mention: Mention,
    extraction: Extraction,
    tallies: dict[str, Tally],
) -> list[Fault]:
    entity = extraction.entity_index.get(mention.entity or "")
    item = gold.item
    if kind == "species":
        right = entity is not None and entity.scientific_name in item.names
        found = entity.scientific_name if entity else None
        facet, wanted = "species link (of found)", "/".join(sorted(item.names))
    elif kind == "place":
        if item.lat is None or item.lon is None:
            return []
        right = entity is not None and _near(entity, item)
        found = f"{entity.label} {entity.lat},{entity.lon}" if entity else None
        facet, wanted = "place link (of found)", f"{item.lat},{item.lon}"
    else:
        right = entity is not None and entity.actor_type in item.types
        found = entity.actor_type if entity else None
        facet, wanted = "actor type (of found)", "/".join(sorted(item.types))
    tally = tallies[facet]
    if right:
        tally.right += 1
        return []
    tally.wrong += 1
    tally.missed += 1
    detail, span = f"{found} not {wanted}", (mention.start, mention.end)
    return [Fault(text, f"{kind} link", mention.text, detail, span, wanted, found or "none")]


def _near(entity: Entity, item: GoldItem) -> bool:
    if entity.lat is None or entity.lon is None or item.lat is None or item.lon is None:
        return False
    distance = great_circle_km(entity.lat, entity.lon, item.lat, item.lon)
    return distance <= item.tolerance_km


def great_circle_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the distance of two points given in degrees, in kilometres."""
    a, b, c, d = map(math.radians, (lat_a, lon_a, lat_b, lon_b))
    square = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(square)))


def _score_named_actors(
    gold: GoldText, extraction: Extraction, tallies: dict[str, Tally]
) -> list[Fault]:
    """Score organisations apart from groups: generic groups are neutral here."""
    tally = tallies["named actor mention (overlap)"]
    items = [replace(i, neutral=i.neutral or not i.named) for i in gold.items["actor"]]
    others = [*gold.items["species"], *gold.items["place"]]
    generic = {e.iri for e in extraction.entities if e.named is False}
    mentions = [m for m in extraction.mentions if m.kind == "actor" and m.entity not in generic]
    matching = match_spans(gold_spans(extraction.text, items, others), mentions)
    tally.right += sum(not span.neutral for span, _ in matching.pairs)
    tally.missed += len(matching.missed)
    tally.wrong += len(matching.spurious)
    return []
