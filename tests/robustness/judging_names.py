"""Judge robustness cases for species and places as the README says."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.documents import CaseStudy
from extract.evaluation.scoring import great_circle_km
from extract.evaluation.spans import Span, find_surfaces
from extract.pipeline import Pipeline
from extract.records import Entity, Extraction, Mention
from ontology.gazetteer.folding import fold
from ontology.gazetteer.lookup import Gazetteer

KINDS = ("species", "place")
_LISTS = {"species": "species", "place": "places"}
_CLASS_WORDS = frozenset({"class", "phylum", "kingdom", "group"})
_NEUTRAL = {"species": frozenset({"domestic", "crop", "role"}), "place": frozenset({"adjective"})}
_SCIENTIFIC = frozenset({"scientific", "synonym"})


@dataclass(slots=True)
class NameVerdict:
    """Count what was found and what was linked, and keep the faults by theme.

    ``found`` and ``missed`` say whether any mention overlaps; ``linked`` adds whether it means the
    right thing, a half where a species stands for its subspecies.
    """

    counts: Counter[str] = field(default_factory=Counter)
    linked: dict[str, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 0.0))
    themes: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, case: Mapping[str, Any], kind: str, what: str, detail: str) -> None:
        self.counts[f"{kind} {what}"] += 1
        self.themes.setdefault(case["theme"], Counter())[f"{kind} {what}"] += 1
        if what != "found":
            self.faults.append(f"{case['id']}\t{kind}\t{what}\t{detail}")

    def found_f1(self, kind: str) -> float:
        """Return F1 of finding; forbidden surfaces that were found are false finds."""
        found = self.counts[f"{kind} found"]
        return self._f1(kind, found)

    def right_f1(self, kind: str) -> float:
        """Return F1 where only what is linked right counts as found."""
        return self._f1(kind, self.linked[kind])

    def link_share(self, kind: str) -> float:
        """Return how much of what was found is linked right."""
        found = self.counts[f"{kind} found"]
        return self.linked[kind] / found if found else 0.0

    def _f1(self, kind: str, right: float) -> float:
        wanted = self.counts[f"{kind} found"] + self.counts[f"{kind} missed"]
        false = self.counts[f"{kind} false"] + self.counts[f"{kind} forbidden"]
        got = self.counts[f"{kind} found"] + false
        return 2 * right / (wanted + got) if right else 0.0


def judge_names(
    cases: Iterable[Mapping[str, Any]],
    pipeline: Pipeline,
    gazetteer: Gazetteer,
    make_case_study: Callable[[Mapping[str, Any]], CaseStudy],
) -> NameVerdict:
    """Extract from each case and compare names and positions."""
    verdict = NameVerdict()
    for case in cases:
        extraction = pipeline.extract(make_case_study(case))
        for kind in KINDS:
            _judge_kind(case, kind, extraction, gazetteer, verdict)
    return verdict


def split_cases(
    cases: Sequence[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Part the cases: the last third of each theme is never looked at when rules are written."""
    themes: dict[str, list[Mapping[str, Any]]] = {}
    for case in cases:
        themes.setdefault(case["theme"], []).append(case)
    development, held_out = [], []
    for members in themes.values():
        kept = len(members) - len(members) // 3
        development += members[:kept]
        held_out += members[kept:]
    return development, held_out


def _judge_kind(
    case: Mapping[str, Any],
    kind: str,
    extraction: Extraction,
    gazetteer: Gazetteer,
    verdict: NameVerdict,
) -> None:
    items = case.get(_LISTS[kind]) or []
    spans = _spans(extraction.text, [item["surface"] for item in items])
    mentions = [m for m in extraction.mentions if m.kind == kind]
    used: set[str] = set()
    for item, places in zip(items, spans, strict=True):
        met = [m for m in mentions if any(_overlap((m.start, m.end), s) for s in places)]
        used.update(m.id for m in met)
        if item.get("ok"):
            continue
        if not met:
            verdict.add(case, kind, "missed", item["surface"])
            continue
        verdict.add(case, kind, "found", item["surface"])
        entities = [extraction.entity_index[m.entity] for m in met if m.entity]
        share = max((_rightness(kind, item, entity, gazetteer) for entity in entities), default=0)
        verdict.linked[kind] += share
        if share < 1:
            got = "/".join(_describe(entity) for entity in entities) or "nothing"
            verdict.add(case, kind, "mislinked", f"{item['surface']}: {got}")
    forbidden = [s for s in _spans(extraction.text, case.get(f"not_{_LISTS[kind]}") or []) if s]
    for mention in mentions:
        if mention.id in used:
            continue
        span = mention.start, mention.end
        if any(_overlap(span, place) for places in forbidden for place in places):
            verdict.add(case, kind, "forbidden", mention.text)
        elif not _neutral(mention, extraction.entity_index.get(mention.entity or ""), gazetteer):
            verdict.add(case, kind, "false", mention.text)


def _spans(text: str, surfaces: Sequence[str]) -> list[list[Span]]:
    """Return for each surface where it stands, parts of longer surfaces left out."""
    spans = find_surfaces(text, surfaces)
    return [[s for s in spans if text[slice(*s)] == surface] for surface in surfaces]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _rightness(kind: str, item: Mapping[str, Any], entity: Entity, gazetteer: Gazetteer) -> float:
    if kind == "place":
        return float(_located(item, entity))
    got = _taxa(entity.scientific_name or entity.label, gazetteer)
    if got & _taxa(item["name"], gazetteer):
        return 1.0
    if any(got & _taxa(name, gazetteer) for name in item.get("accept", ())):
        return 0.5 if item.get("rank") == "subspecies" and entity.rank == "species" else 1.0
    return 0.0


def _taxa(name: str, gazetteer: Gazetteer) -> set[str]:
    hits = gazetteer.taxon_names(fold(name))
    rows = {str(hit.row_id) for hit in hits if hit.kind in _SCIENTIFIC}
    return rows | {name.casefold()}


def _located(item: Mapping[str, Any], entity: Entity) -> bool:
    wanted = item["country"]
    codes = {wanted} if isinstance(wanted, str) else set(wanted)
    if entity.place_type == "country" and "country" in item["kind"]:
        return bool(codes & set(entity.countries))
    if entity.lat is None or entity.lon is None:
        return False
    km = great_circle_km(entity.lat, entity.lon, item["lat"], item["lon"])
    return km <= float(item["tol_km"])


def _neutral(mention: Mention, entity: Entity | None, gazetteer: Gazetteer) -> bool:
    if mention.kind == "species":
        hits = gazetteer.taxon_names(fold(mention.text))
        if entity is not None and entity.rank in _CLASS_WORDS:
            return True
    else:
        hits = gazetteer.place_names(fold(mention.text))
    return any(hit.kind in _NEUTRAL[mention.kind] for hit in hits)


def _describe(entity: Entity) -> str:
    if entity.kind == "species":
        return entity.scientific_name or entity.label
    return f"{entity.label} ({entity.place_type} {','.join(entity.countries)})"
