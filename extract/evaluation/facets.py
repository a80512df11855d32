"""Compare what the statements of a text say with the annotated codes and relations."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from extract.evaluation.gold import GoldFacet, GoldText
from extract.evaluation.tally import Fault, Tally
from extract.records import Entity, Extraction, Predicate

PREDICATES: dict[str, Predicate] = {
    "threats": "addressesThreat",
    "stresses": "addressesStress",
    "interventions": "usesIntervention",
    "kmgbf": "contributesToTarget",
    "countries": "takesPlaceInCountry",
}
RELATIONS: dict[str, Predicate] = {
    "threatens": "threatens",
    "occurs_in": "occursIn",
    "implements": "implements",
}
_NOT_SAID = ("negated", "hypothetical")


def fold_name(text: str) -> str:
    """Reduce a name to its words in lower case, for comparison."""
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def codes_of(extraction: Extraction, facet: str) -> set[str]:
    """Return the codes that the statements about a case study give for a facet."""
    objects = [
        extraction.entity_index[s.object]
        for s in extraction.statements
        if s.predicate == PREDICATES[facet]
        and s.subject == extraction.iri
        and s.assertion not in _NOT_SAID
        and s.object in extraction.entity_index
    ]
    if facet == "countries":
        return {code for entity in objects for code in entity.countries}
    return {entity.notation for entity in objects if entity.notation}


def to_level_two(codes: Iterable[str]) -> set[str]:
    """Cut codes to level 2; a level 1 goes where one of its level 2 is there."""
    cut = {".".join(code.split(".")[:2]) for code in codes}
    return {c for c in cut if "." in c or not any(o.startswith(f"{c}.") for o in cut)}


def score_facet(text: str, facet: str, got: set[str], gold: GoldFacet, tally: Tally) -> list[Fault]:
    """Count the codes of one facet; level 1 codes beside an annotated level 2 are neutral."""
    faults = []
    codes = to_level_two(got)
    for code in sorted(gold.core):
        if code in codes or any(c.startswith(f"{code}.") for c in codes):
            tally.right += 1
        else:
            tally.missed += 1
            faults.append(Fault(text, facet, "missed", code, wanted=code))
    known = gold.core | gold.acceptable
    for code in sorted(codes - known):
        wider = "." not in code and any(k.split(".")[0] == code for k in known)
        if not wider and code.split(".")[0] not in known:
            tally.wrong += 1
            faults.append(Fault(text, facet, "spurious", code, found=code))
    return faults


def score_relations(gold: GoldText, extraction: Extraction, tally: Tally) -> list[Fault]:
    """Count which annotated relations were found; the annotation lists only a few."""
    aliases = _aliases(gold)
    surfaces = defaultdict(set)
    for mention in extraction.mentions:
        if mention.entity:
            surfaces[mention.entity].add(mention.text)
    got = [
        (
            s.predicate,
            _names(extraction, s.subject, surfaces),
            _names(extraction, s.object, surfaces),
        )
        for s in extraction.statements
        if s.predicate in RELATIONS.values() and s.assertion not in _NOT_SAID
    ]
    faults = []
    for name, subject, object_ in gold.relations:
        wanted_a, wanted_b = (
            {fold_name(n) for n in aliases.get(end, {end})} for end in (subject, object_)
        )
        if any(p == RELATIONS[name] and a & wanted_a and b & wanted_b for p, a, b in got):
            tally.right += 1
        else:
            tally.missed += 1
            faults.append(Fault(gold.id, "relation", "missed", f"{name} {subject} {object_}"))
    return faults


def _aliases(gold: GoldText) -> dict[str, set[str]]:
    aliases: dict[str, set[str]] = defaultdict(set)
    for items in gold.items.values():
        for item in items:
            names = {*item.surfaces, *item.names}
            for name in names:
                aliases[name] |= names
    return aliases


def _names(extraction: Extraction, iri: str, surfaces: dict[str, set[str]]) -> set[str]:
    """Return all names under which an entity may be annotated."""
    entity = extraction.entity_index.get(iri)
    if entity is not None and entity.kind == "species" and entity.scientific_name:
        return {fold_name(entity.scientific_name)}
    names = set(surfaces.get(iri, ()))
    if entity is not None:
        names |= {entity.label, entity.scientific_name or "", *_wider_codes(entity)}
    return {folded for name in names if (folded := fold_name(name))}


def _wider_codes(entity: Entity) -> tuple[str, ...]:
    parts = (entity.notation or "").split(".")
    return (".".join(parts), ".".join(parts[:2]), parts[0])
