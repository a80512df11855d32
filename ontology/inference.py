"""Infer from what is stated of a solution: instruments by taxon and range, SDGs by crosswalk."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ontology.build.cms import taxon_iri
from ontology.build.mappings import expand_curie, read_mapping_sets
from ontology.goal_rules import load_goal_rules
from ontology.namespaces import Minter
from ontology.vocabulary import concept_iri, read_rows, split_cell

INSTRUMENT_RULE = "inference:instrument-by-taxon-and-range"
LISTING_RULE = "inference:convention-by-listing"
SDG_RULE = "inference:sdg-through-kmgbf"
IN_FORCE = frozenset({"in-force-2006", "in-force-2024", "adopted"})
_WEIGHTS = {"focalTaxon": 0.9, "mentionsTaxon": 0.6}
"""How far a taxon that a solution is about, or merely names, carries."""
_LIMITED = 0.8
"""Weight of a listing that is limited to some populations."""
_CROSSWALK = 0.8
_GOOD = 0.6
"""Score from which a target carries over to goals."""


CLOSURE, INVERSE, LISTING = "closure-of-broader", "inverse-of-subject", "listing-by-taxonomy"
"""Codes of the rules that need no reading: they follow from the graph itself."""
_ONTOLOGY_RULE = "inference:"
_TARGET_RULE = "targets:"


def rule_iri(minter: Minter, rule: str) -> str:
    """Return the IRI of the rule behind an inferred statement, by the words that it left."""
    code = "implied-by-text"
    if rule.startswith(_ONTOLOGY_RULE):
        code = rule.removeprefix(_ONTOLOGY_RULE).partition(" ")[0]
    elif rule.startswith(_TARGET_RULE):
        code = "target-by-evidence"
    return concept_iri(minter, "rules", code)


@cache
def listings_of_taxa(minter: Minter) -> Mapping[str, tuple[str, ...]]:
    """Return the listings of each taxon that is listed itself."""
    found: dict[str, set[str]] = {}
    for row in read_rows("cms_appendices"):
        for name in split_cell(row["taxon"]):
            found.setdefault(taxon_iri(minter, name), set()).add(minter.cms(row["key"]))
    return {taxon: tuple(sorted(listings)) for taxon, listings in found.items()}


def wider_than(iri: str, broader: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return everything wider than a concept, taxon or place at any distance, sorted."""
    return tuple(sorted(_closure(iri, broader) - {iri}))


@dataclass(frozen=True, slots=True)
class Premise:
    """Hold one statement about a solution; ``evidence`` are sentence bounds."""

    predicate: str
    object: str
    score: float
    evidence: tuple[tuple[int, int], ...] = ()
    primary: bool = True
    """Whether a target is what the solution is for, not only touched by it."""


@dataclass(frozen=True, slots=True, order=True)
class Conclusion:
    """Hold one inferred statement about the same solution, with the evidence of its premises."""

    predicate: str
    object: str
    score: float
    rule: str
    """The rule, and after ``because`` the objects of the premises."""
    evidence: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Instrument:
    iri: str
    taxa: frozenset[str]
    countries: frozenset[str]
    listed_only: bool


@cache
def _instruments(minter: Minter) -> tuple[_Instrument, ...]:
    return tuple(
        _Instrument(
            concept_iri(minter, "cms_instruments", row["code"]),
            frozenset(taxon_iri(minter, name) for name in split_cell(row["taxa"])),
            frozenset(minter.country(code) for code in split_cell(row["countries"])),
            row["listed_only"] == "yes",
        )
        for row in read_rows("cms_instruments")
        if row["taxa"]
    )


@cache
def _listings(minter: Minter) -> Mapping[str, float]:
    """Return the weight of each listed taxon: the best of its listings in force."""
    weights: dict[str, float] = {}
    for row in read_rows("cms_appendices"):
        if row["listing_status"] in IN_FORCE:
            weight = _LIMITED if row["population"] else 1.0
            for name in split_cell(row["taxon"]):
                taxon = taxon_iri(minter, name)
                weights[taxon] = max(weight, weights.get(taxon, 0.0))
    return weights


@cache
def _crosswalk(minter: Minter) -> Mapping[str, tuple[str, ...]]:
    """Return the SDGs that the CBD itself relates to each target."""
    related: dict[str, list[str]] = {}
    for mapping_set in read_mapping_sets():
        if mapping_set.name == "kmgbf_official":
            for row in mapping_set.rows:
                if row["object_id"].startswith("sdg:"):
                    subject = expand_curie(row["subject_id"], minter)
                    related.setdefault(subject, []).append(expand_curie(row["object_id"], minter))
    return {subject: tuple(sorted(goals)) for subject, goals in related.items()}


def infer(
    premises: Iterable[Premise],
    broader: Mapping[str, Iterable[str]],
    minter: Minter,
    *,
    spoken: Collection[str] = (),
) -> tuple[Conclusion, ...]:
    """Return what follows from statements about one solution, sorted, each conclusion once.

    Give wider taxa by ``broader``, and by ``spoken`` the wordings for goals that the text has.
    The cost depends on the premises alone.
    """
    given = tuple(premises)
    taxa = [
        (premise, premise.score * _WEIGHTS[premise.predicate], _closure(premise.object, broader))
        for premise in given
        if premise.predicate in _WEIGHTS
    ]
    countries = [p for p in given if p.predicate == "takesPlaceInCountry"]
    found = [
        *_infer_convention(taxa, minter),
        *_infer_instruments(taxa, countries, minter),
        *_infer_goals(given, minter, spoken),
    ]
    best: dict[tuple[str, str], Conclusion] = {}
    for conclusion in sorted(found, key=lambda c: (-c.score, c)):
        best.setdefault((conclusion.predicate, conclusion.object), conclusion)
    return tuple(sorted(best.values()))


_Taxon = tuple[Premise, float, frozenset[str]]


def _closure(iri: str, broader: Mapping[str, Iterable[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [iri]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting += broader.get(current, ())
    return frozenset(seen)


def _infer_convention(taxa: list[_Taxon], minter: Minter) -> list[Conclusion]:
    listings = _listings(minter)
    convention = minter.cms("cms")
    found = []
    for premise, weight, wider in taxa:
        listed = max((listings[taxon] for taxon in wider if taxon in listings), default=0.0)
        if listed:
            found.append(
                _conclude(
                    "relevantToInstrument", convention, weight * listed, LISTING_RULE, premise
                )
            )
    return found


def _infer_instruments(
    taxa: list[_Taxon], countries: list[Premise], minter: Minter
) -> list[Conclusion]:
    listings = _listings(minter)
    found = []
    for instrument in _instruments(minter):
        for premise, weight, wider in taxa:
            if not wider & instrument.taxa:
                continue
            if instrument.listed_only and not any(taxon in listings for taxon in wider):
                continue
            if not instrument.countries:
                found.append(_by_taxon(instrument, weight, premise))
            for country in countries:
                if country.object in instrument.countries:
                    score = min(weight, country.score)
                    found.append(_by_taxon(instrument, score, premise, country))
    return found


def _by_taxon(instrument: _Instrument, score: float, *premises: Premise) -> Conclusion:
    return _conclude("relevantToInstrument", instrument.iri, score, INSTRUMENT_RULE, *premises)


def _infer_goals(
    premises: tuple[Premise, ...], minter: Minter, spoken: Collection[str]
) -> list[Conclusion]:
    """Follow the crosswalk from good primary targets to the goals that the rules allow."""
    crosswalk, rules = _crosswalk(minter), load_goal_rules()
    found = []
    for premise in premises:
        if premise.predicate != "contributesToTarget" or not premise.primary:
            continue
        target = premise.object.rpartition("/")[2]
        for goal in crosswalk.get(premise.object, ()) if premise.score >= _GOOD else ():
            rule = rules.get(goal.rpartition("/")[2])
            if rule is not None and rule.allows(target, spoken):
                score = premise.score * _CROSSWALK
                found.append(_conclude("contributesToSDG", goal, score, SDG_RULE, premise))
    return found


def _conclude(
    predicate: str, target: str, score: float, rule: str, *premises: Premise
) -> Conclusion:
    reasons = ", ".join(premise.object.rpartition("/")[2] for premise in premises)
    evidence = sorted({bounds for premise in premises for bounds in premise.evidence})
    return Conclusion(
        predicate, target, round(score, 4), f"{rule} because {reasons}", tuple(evidence)
    )
