"""Write reviewed texts as annotations to score against."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from extract.evaluation.facets import PREDICATES, RELATIONS
from extract.evaluation.gold import FACETS
from extract.graph.statements import assertion_key
from extract.records import Entity, Extraction, Mention, Statement
from extract.review.applying import Reviewed
from ontology.namespaces import Minter

_DEFAULT_KM = 50.0
_NOT_SAID = ("negated", "hypothetical")

Item = dict[str, Any]


def gold_yaml(texts: Iterable[Reviewed], minter: Minter) -> str:
    """Write reviewed texts as YAML.

    What reviewers accepted or corrected is required, what they rejected is left out and so counts
    as wrong where it is found, and what they did not judge is neither right nor wrong.
    """
    entries = [gold_entry(reviewed, minter) for reviewed in texts]
    dumped: str = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=100)
    return dumped


def gold_entry(reviewed: Reviewed, minter: Minter) -> Item:
    """Return the annotation of one text."""
    extraction = reviewed.extraction
    entry: Item = {"id": extraction.id, "title": extraction.title}
    for name, kind in (("species", "species"), ("places", "place"), ("actors", "actor")):
        entry[name] = _items(reviewed, kind)
    for facet in FACETS:
        entry[facet] = _facet(reviewed, facet, minter)
    entry["relations"] = _relations(reviewed, minter)
    return entry


def _items(reviewed: Reviewed, kind: str) -> list[Item]:
    """Gather surfaces by what they name; those that were judged apart from those that were not."""
    surfaces: dict[tuple[bool, str], set[str]] = defaultdict(set)
    for mention in reviewed.extraction.mentions:
        if mention.kind == kind:
            open_ = mention.id not in reviewed.of_mention
            surfaces[open_, mention.entity or mention.text].add(mention.text)
    judged = {text for (open_, _), texts in surfaces.items() if not open_ for text in texts}
    items = []
    for (open_, name), texts in sorted(surfaces.items()):
        left = sorted(texts - judged) if open_ else sorted(texts)
        if left:
            entity = reviewed.extraction.entity_index.get(name)
            item = _describe(kind, entity, {"surfaces": left})
            items.append(item | {"ok": True} if open_ else item)
    return items


def _describe(kind: str, entity: Entity | None, item: Item) -> Item:
    if kind == "species":
        name = (entity.scientific_name or entity.label) if entity else item["surfaces"][0]
        return {"name": name, "rank": (entity.rank if entity else None) or "species"} | item
    if kind == "actor":
        named = entity is None or entity.named is not False
        return item | {"type": (entity.actor_type if entity else None) or "other", "named": named}
    place: Item = {"kind": (entity.place_type if entity else None) or "region"}
    place |= {"countries": list(entity.countries) if entity else []}
    if entity is not None and entity.lat is not None and entity.lon is not None:
        km = max(_DEFAULT_KM, entity.precision_km or 0.0)
        place |= {"lat": entity.lat, "lon": entity.lon, "tol_km": km}
    return item | place


def _facet(reviewed: Reviewed, facet: str, minter: Minter) -> Item:
    extraction = reviewed.extraction
    core: dict[str, str] = {}
    ok: set[str] = set()
    for statement in extraction.statements:
        entity = extraction.entity_index.get(statement.object)
        if (
            statement.predicate != PREDICATES[facet]
            or statement.subject != extraction.iri
            or statement.assertion in _NOT_SAID
            or entity is None
            or (key := assertion_key(statement, minter)) in reviewed.rejected
        ):
            continue
        codes = entity.countries if facet == "countries" else (entity.notation or "",)
        for code in filter(None, (".".join(code.split(".")[:2]) for code in codes)):
            if key in reviewed.of_statement:
                core.setdefault(code, _words(extraction, statement))
            else:
                ok.add(code)
    if facet in ("countries", "kmgbf"):
        return {"core": sorted(core), "ok": sorted(ok - set(core))}
    required = [
        {"code": code, "phrase": core[code]} if core[code] else code for code in sorted(core)
    ]
    return {"core": required, "ok": sorted(ok - set(core))}


def _words(extraction: Extraction, statement: Statement) -> str:
    """Return the words that name the object in the sentences of a statement; else nothing."""
    for mention in extraction.mentions:
        inside = any(a <= mention.start and mention.end <= b for a, b in statement.evidence)
        if mention.entity == statement.object and inside:
            return mention.text
    return ""


def _relations(reviewed: Reviewed, minter: Minter) -> list[list[str]]:
    extraction = reviewed.extraction
    names = {predicate: name for name, predicate in RELATIONS.items()}
    firsts: dict[str, Mention] = {}
    for mention in extraction.mentions:
        firsts.setdefault(mention.entity or "", mention)
    found = []
    for statement in extraction.statements:
        key = assertion_key(statement, minter)
        if (
            statement.predicate in names
            and key in reviewed.of_statement
            and key not in reviewed.rejected
        ):
            ends = [
                _name(extraction.entity_index, firsts, iri)
                for iri in (statement.subject, statement.object)
            ]
            found.append([names[statement.predicate], *ends])
    return sorted(found)


def _name(entities: Mapping[str, Entity], firsts: Mapping[str, Mention], iri: str) -> str:
    entity = entities.get(iri)
    if entity is not None and (entity.scientific_name or entity.notation):
        return entity.scientific_name or entity.notation or ""
    if iri in firsts:
        return firsts[iri].text
    return entity.label if entity is not None else iri
