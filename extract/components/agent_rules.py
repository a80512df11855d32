"""Rules for implements: who carries out an intervention."""

from collections.abc import Iterator

from extract.components.mentions import Draft
from extract.components.reading import Reading, chains, iri_of, joint_status, of_kind, overlap
from extract.components.scopes import Scope
from extract.matching.attachment import words_between
from extract.records import Statement

_FAR = 20
_SUBJECT_HEAD = 6
"""A group ``of`` an actor may be the subject where it opens the sentence within so many words."""
_OBJECT = 1
"""Words between a verb for what is done to people and those people."""
_MOST_DEFAULTS = 4
_LEADING = frozenset({"agent", "means"})


def find_agents(reading: Reading) -> Iterator[Statement]:
    """Yield implements from sentences, then for the implementers that the text names."""
    stated: set[tuple[str, str]] = set()
    for scope in reading.scopes:
        for statement in _in_sentence(reading, scope):
            stated.add((statement.subject, statement.object))
            yield statement
    yield from _in_document(reading, stated)


def _in_sentence(reading: Reading, scope: Scope) -> Iterator[Statement]:
    actors = of_kind(scope, "actor")
    acts = of_kind(scope, "intervention")
    if not actors or not acts:
        return
    for run in chains(reading.text, actors, closed=True):
        role, score = _role(reading, scope, run[0])
        for act in acts:
            reach = _reach(reading, scope, role, run, act, actors)
            for actor in run:
                if reach and not overlap(actor, act):
                    yield Statement(
                        iri_of(actor),
                        "implements",
                        iri_of(act),
                        round(score * reach, 4),
                        joint_status(act),
                        (scope.bounds,),
                        "stated",
                        f"relations:implements-{role}",
                    )


def _role(reading: Reading, scope: Scope, actor: Draft) -> tuple[str, float]:
    """Tell by what stands before an actor whether it acts, helps or is acted on."""
    leads = reading.prepositions.before(reading.text, scope.start, actor.start)
    if any(
        cue.end <= actor.start and words_between(reading.text, cue.end, actor.start) <= _OBJECT
        for cue in scope.cued("acts on")
    ):
        return "object", 0.0
    for lead in leads:
        if lead.cues & _LEADING:
            fund = any(
                0 <= lead.start - cue.end <= 2 and cue.start < lead.start
                for cue in scope.cued("funding")
            )
            return ("funder", 0.0) if fund else ("agent", 0.85)
        if "of" in lead.cues:
            continue
        if "partner" in lead.cues and lead.gap <= 2:
            return "partner", 0.55
        if lead.gap <= 2:
            return "other", 0.0
        break
    if leads and "of" in leads[0].cues and leads[0].gap <= 2:
        opening = words_between(reading.text, scope.start, actor.start) <= _SUBJECT_HEAD
        return ("subject", 0.65) if opening else ("other", 0.0)
    return "subject", 0.75


def _reach(
    reading: Reading, scope: Scope, role: str, run: list[Draft], act: Draft, actors: list[Draft]
) -> float:
    """Return how well an actor in a role reaches an act of its sentence, 0 for not at all."""
    first, last = run[0], run[-1]
    if role in ("agent", "partner") and act.end <= first.start:
        return 0.0 if reading.broken(scope, act.end, first.start) else 1.0
    if role not in ("subject", "agent", "partner") or act.start < last.end:
        return 0.0
    if reading.broken(scope, last.end, act.start):
        return 0.0
    between = [a for a in actors if last.end <= a.start < act.start]
    if any(_role(reading, scope, a)[0] == "subject" for a in between):
        return 0.0
    return 0.9 if words_between(reading.text, last.end, act.start) > _FAR else 1.0


def _in_document(reading: Reading, stated: set[tuple[str, str]]) -> Iterator[Statement]:
    """Let the implementers of the solution carry out what it does, with lower scores."""
    implementers = reading.objects_of("implementedBy")[:_MOST_DEFAULTS]
    acts = reading.objects_of("usesIntervention")
    for implementer in implementers:
        for act in acts:
            if (implementer.object, act.object) not in stated:
                evidence = {*implementer.evidence[:1], *act.evidence[:1]}
                yield Statement(
                    implementer.object,
                    "implements",
                    act.object,
                    round(0.6 * min(1.0, implementer.score + 0.15), 4),
                    act.assertion,
                    tuple(sorted(evidence)),
                    "inferred",
                    "relations:implements-document",
                )
    if not implementers and any(scope.cued("first person") for scope in reading.scopes):
        for contributor in reading.contributors:
            for act in acts:
                yield Statement(
                    contributor,
                    "implements",
                    act.object,
                    0.5,
                    act.assertion,
                    act.evidence[:1],
                    "inferred",
                    "relations:implements-author",
                )
