"""Judge robustness sentences as the README says."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.documents import Block, CaseStudy, Source
from extract.evaluation.facets import PREDICATES, to_level_two
from extract.pipeline import Pipeline

KINDS = ("threats", "stresses", "interventions")
_TITLE = "Field note"


@dataclass(slots=True)
class Verdict:
    """Count hits, misses, false finds and wrong statuses, and keep the faults by theme."""

    counts: Counter[str] = field(default_factory=Counter)
    themes: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, case: Mapping[str, Any], kind: str, what: str, code: str) -> None:
        self.counts[f"{kind} {what}"] += 1
        self.themes.setdefault(case["theme"], Counter())[what] += 1
        if what != "right":
            self.faults.append(f"{case['id']}\t{kind}\t{what}\t{code}")

    def f1(self, kind: str) -> float:
        right = self.counts[f"{kind} right"]
        wrong = self.counts[f"{kind} missed"] + self.counts[f"{kind} false"]
        wrong += 2 * self.counts[f"{kind} status"]  # a miss and a false find at once
        return 2 * right / (2 * right + wrong) if right else 0.0


def make_case_study(case: Mapping[str, Any]) -> CaseStudy:
    """Wrap a few sentences as a case study under a title that says nothing."""
    text = f"{_TITLE}\n\n{case['text']}"
    blocks = (Block(0, len(_TITLE), "title"), Block(len(_TITLE) + 2, len(text), "prose"))
    source = Source(f"{case['id']}.md", "", "text/markdown")
    return CaseStudy(case["id"], _TITLE, case["lang"], text, blocks, (), source)


def judge(cases: list[Mapping[str, Any]], pipeline: Pipeline) -> Verdict:
    """Extract from each case and compare codes and statuses."""
    verdict = Verdict()
    for case in cases:
        extraction = pipeline.extract(make_case_study(case))
        for kind in KINDS:
            found: dict[str, set[str]] = {}
            for statement in extraction.statements:
                entity = extraction.entity_index.get(statement.object)
                if statement.predicate == PREDICATES[kind] and entity and entity.notation:
                    code = ".".join(entity.notation.split(".")[:2])
                    found.setdefault(code, set()).add(statement.assertion)
            _judge_kind(case, kind, found, verdict)
    return verdict


def _judge_kind(
    case: Mapping[str, Any], kind: str, found: dict[str, set[str]], verdict: Verdict
) -> None:
    wanted = case.get(kind) or []
    statuses = (case.get("statuses") or {}).get(kind) or {}
    acceptable = set((case.get("ok") or {}).get(kind) or [])
    for code in wanted:
        if code not in found:
            verdict.add(case, kind, "missed", code)
        elif statuses.get(code, "affirmed") in found[code]:
            verdict.add(case, kind, "right", code)
        else:
            verdict.add(case, kind, "status", f"{code} {'/'.join(sorted(found[code]))}")
    for group in (case.get("any_of") or {}).get(kind) or []:
        verdict.add(case, kind, "right" if set(group) & set(found) else "missed", "/".join(group))
    codes = to_level_two(found)
    for code in sorted(codes - set(wanted) - acceptable):
        if found[code] != {statuses.get(code)}:
            verdict.add(case, kind, "false", f"{code} {'/'.join(sorted(found[code]))}")
