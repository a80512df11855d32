"""Rules for implements: who carries out an intervention."""

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
from extract.components.scopes import Cue, Scope
from extract.matching.attachment import Lead, words_between
from extract.matching.contributions import Bounds
from extract.records import Statement

_FAR = 20
_BEHIND = 15
"""Words between an act and the ``by`` that names its doer."""
_OPENING = 2
"""Sentences of running text in which the main subject must act."""
_DOING = ("ing", "ant", "ando", "iendo")
_SUBJECT_HEAD = 6
"""A group ``of`` an actor may be the subject where it opens the sentence within so many words."""
_OBJECT = 1
"""Words between a verb for what is done to people and those people."""
_MOST_DEFAULTS = 4
_LEFT_OVER = 0.42
"""How sure it is that the main subject of a text does what no sentence gives to anyone."""
_ROLES = frozenset({"document", "label"})
_LEADING = frozenset({"agent", "means"})
_SURE_ACT = 0.5
_CARRIED_OUT = frozenset({"affirmed", "historical"})
_NO_LEAD = frozenset({"relations:implements-partner"})
"""Rules by which one only helps."""


def find_agents(reading: Reading) -> Iterator[Statement]:
    """Yield implements from sentences, then for the implementers that the text names."""
    stated = [statement for scope in reading.scopes for statement in _in_sentence(reading, scope)]
    yield from stated
    yield from _in_document(reading, stated)


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


def _in_sentence(reading: Reading, scope: Scope) -> Iterator[Statement]:
    actors = of_kind(scope, "actor")
    acts = [act for act in of_kind(scope, "intervention") if reading.is_sure(act)]
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
    if not _is_agent(reading, scope, actor):
        return "other", 0.0
    leads = reading.prepositions.before(reading.text, scope.start, actor.start)
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
    if any(last.end <= cue.start < act.start for cue in scope.cued("receives")):
        return 0.0
    if reading.broken(scope, last.end, act.start):
        return 0.0
    between = [a for a in actors if last.end <= a.start < act.start]
    if any(_role(reading, scope, a)[0] == "subject" for a in between):
        return 0.0
    return 0.9 if words_between(reading.text, last.end, act.start) > _FAR else 1.0


def _in_document(reading: Reading, stated: list[Statement]) -> Iterator[Statement]:
    """Let those who carry out the solution do what it does, with lower scores.

    Where several do, not to one of whom sentences say what it does; and an actor that no role
    names gets no act that a sentence gives to another named one.
    """
    acts = reading.objects_of("usesIntervention")
    implementers = _implementers(reading)
    given = {s.object for s in stated} | {
        act.object for act in acts for actor in implementers if actor[3] in _ROLES
    }
    main = _main_subject(reading) if implementers and implementers[0][3] != "main" else []
    for actor, bounds in main:
        for act in acts:
            if act.object not in given:
                yield Statement(
                    actor,
                    "implements",
                    act.object,
                    _LEFT_OVER,
                    act.assertion,
                    tuple(sorted({bounds, *act.evidence[:1]})),
                    "inferred",
                    "relations:implements-left",
                )
    busy = {s.subject for s in stated} if len(implementers) > 1 else set()
    taken = {s.object for s in stated if _is_named(reading, s.subject)}
    for actor, score, evidence, rule in implementers:
        for act in acts:
            if actor not in busy and (rule in _ROLES or act.object not in taken):
                yield Statement(
                    actor,
                    "implements",
                    act.object,
                    round(score, 4),
                    act.assertion,
                    tuple(sorted({*evidence, *act.evidence[:1]})),
                    "inferred",
                    f"relations:implements-{rule}",
                )


def _is_named(reading: Reading, iri: str) -> bool:
    entity = reading.entities.get(iri)
    return entity is not None and entity.named is not False


def _implementers(reading: Reading) -> list[tuple[str, float, tuple[Bounds, ...], str]]:
    """List who carries out the solution: so named, under a label, the author, the main subject."""
    found = {
        s.object: (s.object, 0.6 * min(1.0, s.score + 0.15), s.evidence[:1], "document")
        for s in reading.objects_of("implementedBy")[:_MOST_DEFAULTS]
    }
    for actor, bounds in _labelled(reading):
        found.setdefault(actor, (actor, 0.55, (bounds,), "label"))
    if found:
        return list(found.values())
    if any(scope.cued("first person") for scope in reading.scopes) and reading.contributors:
        return [(actor, 0.5, (), "author") for actor in reading.contributors]
    return [(actor, 0.45, (bounds,), "main") for actor, bounds in _main_subject(reading)]


def _labelled(reading: Reading) -> Iterator[tuple[str, Bounds]]:
    """Yield the actors under a label such as ``Project leaders``, to the next heading."""
    open_label = False
    for scope in reading.scopes:
        actors = [d for d in of_kind(scope, "actor") if _can_act(d)]
        labels = [c for c in scope.cued("lead label") if _is_label(reading, scope, c)]
        if labels:
            open_label = True
            actors = [actor for actor in actors if actor.start >= labels[0].end]
        elif open_label and scope.block == "heading" and not of_kind(scope, "actor"):
            open_label = False
        if open_label:
            yield from ((iri_of(actor), scope.bounds) for actor in actors)


def _is_label(reading: Reading, scope: Scope, cue: Cue) -> bool:
    """Tell whether a cue opens its sentence and ends there, or at a colon."""
    opens = words_between(reading.text, scope.start, cue.start) == 0
    rest = reading.text[cue.end : scope.end].strip()
    return opens and (not rest.strip(".:") or rest.startswith(":"))


def _main_subject(reading: Reading) -> list[tuple[str, Bounds]]:
    """Return the named actor that is most often a subject, if it is one from the start."""
    counts: dict[str, list[Bounds]] = {}
    opening = [s for s in reading.scopes if s.block not in ("title", "heading")][:_OPENING]
    for scope in reading.scopes:
        for actor in of_kind(scope, "actor"):
            named = actor.entity is not None and actor.entity.named is not False
            if named and _can_act(actor) and _role(reading, scope, actor)[0] == "subject":
                counts.setdefault(iri_of(actor), []).append(scope.bounds)
    counts = {iri: found for iri, found in counts.items() if found[0] in map(_bounds, opening)}
    if not counts:
        return []
    best = max(counts, key=lambda iri: len(counts[iri]))
    return [(best, counts[best][0])]


def _bounds(scope: Scope) -> Bounds:
    return scope.bounds


def _can_act(actor: Draft) -> bool:
    return actor.entity is not None and actor.entity.actor_type not in ("person", "fund")
