"""Rules for implements: who carries out an intervention."""

import re
from collections.abc import Iterable, Iterator

from extract.components.mentions import Draft
from extract.components.reading import (
    Reading,
    chains,
    iri_of,
    joint_status,
    of_kind,
    overlap,
    within,
)
from extract.components.scopes import Scope
from extract.matching.attachment import Lead, words_between
from extract.records import Statement

_FAR = 20
_BEHIND = 15
"""Words between an act and the ``by`` that names its doer."""
_STUDY = "/8.1"
"""The end of the IRI of research and monitoring."""
_TELLING = 4
"""Words between a group and the verb for what it notes."""
_OPENS = 3
"""Words between the body that writes and its ``we``."""
_PART = re.compile(r"\b(?:part|parte|framework|marco|cadre)\s+$")
_FROM = re.compile(r"(?:from|of|at|de|del|du|des)\b|d['’]")
_COMPOUND = re.compile(r"[-‐‑](?:based|led|run|owned|managed|driven|funded|supported)\b")
_DOING = ("ing", "ant", "ando", "iendo")
_SUBJECT_HEAD = 6
"""A group ``of`` an actor may be the subject where it opens the sentence within so many words."""
_OBJECT = 1
"""Words between a verb for what is done to people and those people."""
_LEADING = frozenset({"agent", "means"})
_SURE_ACT = 0.5
_CARRIED_OUT = frozenset({"affirmed", "historical"})
_NO_LEAD = frozenset({"relations:implements-partner"})
"""Rules by which one only helps."""


def find_implementers(reading: Reading, statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield implementedBy for each named organisation that carries out what the solution uses."""
    used = {s.object for s in reading.objects_of("usesIntervention")}
    known = {s.object for s in reading.objects_of("implementedBy", "fundedBy")}
    best: dict[str, Statement] = {}
    for statement in statements:
        if (
            statement.predicate == "implements"
            and statement.assertion in _CARRIED_OUT
            and statement.score >= _SURE_ACT
            and statement.rule not in _NO_LEAD
            and statement.object in used
            and statement.subject not in known
            and _is_organisation(reading, statement.subject)
        ):
            first = best.setdefault(statement.subject, statement)
            if statement.score > first.score:
                best[statement.subject] = statement
    for actor, act in best.items():
        yield Statement(
            reading.case_study,
            "implementedBy",
            actor,
            act.score,
            act.assertion,
            act.evidence,
            "inferred",
            "relations:implementer-by-act",
        )


def _is_organisation(reading: Reading, iri: str) -> bool:
    entity = reading.entities.get(iri)
    return entity is not None and entity.named is not False and entity.actor_type != "person"


def agents_in_sentence(reading: Reading, scope: Scope) -> Iterator[Statement]:
    """Yield implements for the actors and interventions of one sentence."""
    actors = of_kind(scope, "actor")
    acts = [act for act in of_kind(scope, "intervention") if reading.is_sure(act)]
    if not actors or reading.text[scope.end - 1] == "?":
        return
    yield from _observed(reading, scope, actors)
    for run in chains(reading.text, actors, closed=True):
        role, score = role_of(reading, scope, run[0])
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


def _observed(reading: Reading, scope: Scope, actors: list[Draft]) -> Iterator[Statement]:
    """Let groups of people monitor who note, photograph or report what they see."""
    seen = [act for act in reading.objects_of("usesIntervention") if act.object.endswith(_STUDY)]
    for actor in actors if seen else ():
        group = actor.entity is not None and actor.entity.named is False
        tells = any(
            actor.end <= cue.start
            and words_between(reading.text, actor.end, cue.start) <= _TELLING
            and not reading.broken(scope, actor.end, cue.start)
            for cue in scope.cued("observes")
        )
        if group and tells and role_of(reading, scope, actor)[0] == "subject":
            yield Statement(
                iri_of(actor),
                "implements",
                seen[0].object,
                0.6,
                joint_status(actor),
                (scope.bounds,),
                "stated",
                "relations:implements-observer",
            )


def role_of(reading: Reading, scope: Scope, actor: Draft) -> tuple[str, float]:
    """Tell by what stands before an actor whether it acts, helps or is acted on."""
    if not _is_agent(reading, scope, actor):
        return "other", 0.0
    leads = reading.prepositions.before(reading.text, scope.start, actor.start)
    if leads and leads[0].gap <= 1 and "agent" not in leads[0].cues:
        if _hosts(reading, scope, actor, leads[0]):
            return "subject", 0.65
        if _is_project(reading, leads[0]):
            return "agent", 0.6
        if (group := _group_of(reading, scope, leads[0])) is not None:
            role, score = role_of(reading, scope, group)
            return role, round(score * 0.9, 4)
    if any(
        cue.end <= actor.start and words_between(reading.text, cue.end, actor.start) <= _OBJECT
        for cue in scope.cued("acts on")
    ):
        return "object", 0.0
    for lead in leads:
        if lead.cues & _LEADING:
            if lead.gap and _does(reading.text, lead, actor):
                return "object", 0.0
            fund = any(
                0 <= lead.start - cue.end <= 2 and cue.start < lead.start
                for cue in scope.cued("funding")
            )
            pays = actor.entity is not None and actor.entity.actor_type == "fund"
            return ("funder", 0.0) if fund or pays else ("agent", 0.85)
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


def _hosts(reading: Reading, scope: Scope, actor: Draft, lead: Lead) -> bool:
    """Tell whether a sentence opens with where its writers work: ``At the Vesk Trust we``."""
    return (
        words_between(reading.text, scope.start, lead.start) == 0
        and "other" in lead.cues
        and any(
            actor.end <= cue.start and words_between(reading.text, actor.end, cue.start) <= _OPENS
            for cue in scope.cued("first person")
        )
    )


def _is_project(reading: Reading, lead: Lead) -> bool:
    """Tell whether an act is part of what an actor runs: ``as part of the Vesk project``."""
    return "of" in lead.cues and _PART.search(reading.text, 0, lead.start) is not None


def _group_of(reading: Reading, scope: Scope, lead: Lead) -> Draft | None:
    """Return the people right before ``from`` or ``of`` a body: ``volunteers from the Trust``."""
    if _FROM.match(reading.text, lead.start) is None:
        return None
    return next(
        (
            draft
            for draft in of_kind(scope, "actor")
            if draft.entity is not None
            and draft.entity.named is False
            and 0 <= lead.start - draft.end <= 1
        ),
        None,
    )


def _is_apart(reading: Reading, scope: Scope, actor: Draft) -> bool:
    """Tell whether an actor is no more than the body that the people before it are from."""
    leads = reading.prepositions.before(reading.text, scope.start, actor.start)
    return not leads or leads[0].gap > 1 or _group_of(reading, scope, leads[0]) is None


def _does(text: str, lead: Lead, actor: Draft) -> bool:
    """Tell whether a preposition governs a doing, not a doer: ``by training farmers``."""
    following = text[lead.start : actor.start].split()[1:2]
    return bool(following) and following[0].lower().endswith(_DOING)


def _is_agent(reading: Reading, scope: Scope, actor: Draft) -> bool:
    """Tell whether an actor may act: no offender, not acted on, and not only an owner."""
    if any(within(cue, actor.start, actor.end) for cue in scope.cued("offender")):
        return False
    if reading.passives.follows(reading.text, actor.end, scope.end):
        return False
    if _COMPOUND.match(reading.text, actor.end):
        return False
    named = actor.entity is not None and actor.entity.named is not False
    return named or reading.text[actor.end : actor.end + 1] not in ("'", "’")


def _reach(
    reading: Reading, scope: Scope, role: str, run: list[Draft], act: Draft, actors: list[Draft]
) -> float:
    """Return how well an actor in a role reaches an act of its sentence, 0 for not at all."""
    first, last = run[0], run[-1]
    if role in ("agent", "partner") and act.end <= first.start:
        far = words_between(reading.text, act.end, first.start) > _BEHIND
        return 0.0 if far or reading.broken(scope, act.end, first.start) else 1.0
    if role not in ("subject", "agent", "partner") or act.start < last.end:
        return 0.0
    if any(last.end <= cue.start < act.start for cue in scope.cued("receives", "reports")):
        return 0.0
    if reading.broken(scope, last.end, act.start):
        return 0.0
    between = [a for a in actors if last.end <= a.start < act.start]
    if any(
        role_of(reading, scope, a)[0] == "subject" for a in between if _is_apart(reading, scope, a)
    ):
        return 0.0
    return 0.9 if words_between(reading.text, last.end, act.start) > _FAR else 1.0
