"""Rules for implements where no sentence says who does what: those who carry the solution out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.components.agent_rules import agents_in_sentence, role_of
from extract.components.mentions import Draft
from extract.components.reading import Reading, chains, iri_of, joint_status, of_kind
from extract.components.scopes import Cue, Scope
from extract.matching.attachment import words_between
from extract.matching.contributions import Bounds
from extract.records import Statement

_OPENING = 2
"""Sentences of running text in which the main subject must act."""
_MOST_DEFAULTS = 4
_LEFT_OVER = 0.42
"""How sure it is that the main subject of a text does what no sentence gives to anyone."""
_ROLES = frozenset({"document", "label"})
_REPEATED = 2
"""Sentences in which the principal body of a text must stand, unless no other is named."""
_LIKELY = 0.8
"""How sure it must be that the solution uses what its principal body is said to do."""
_MOST_ACTS = 4
_ONE_OF_SEVERAL = 0.85
"""How sure it stays that one of several who carry a solution out does what is said of none."""
_AGAIN = 0.55
"""How sure it is that a pronoun takes up the subject of the sentence before."""


@dataclass(frozen=True, slots=True)
class _Implementer:
    """Name one who carries out the solution, and by what that is known."""

    actor: str
    score: float
    evidence: tuple[Bounds, ...]
    rule: str


def find_agents(reading: Reading) -> Iterator[Statement]:
    """Yield implements from sentences, then for the implementers that the text names."""
    stated = [s for scope in reading.scopes for s in agents_in_sentence(reading, scope)]
    stated += _taken_up(reading)
    yield from stated
    yield from _in_document(reading, stated)


def _taken_up(reading: Reading) -> Iterator[Statement]:
    """Let the subject of a sentence do what the next one says that they, or the group, did."""
    subject: list[Draft] = []
    end = 0
    for scope in reading.scopes:
        apart = "\n\n" in reading.text[end : scope.start]
        opens = any(
            words_between(reading.text, scope.start, cue.start) == 0
            for cue in scope.cued("actor again")
        )
        if opens and subject and not apart:
            acts = [a for a in of_kind(scope, "intervention") if reading.is_sure(a)]
            yield from (_again(actor, act, scope) for act in acts for actor in subject)
        runs = chains(reading.text, of_kind(scope, "actor"), closed=True)
        first = next((r for r in runs if role_of(reading, scope, r[0])[0] == "subject"), None)
        if first is not None or not opens or apart:
            subject = [actor for actor in first or [] if _can_act(actor)]
        end = scope.end


def _again(actor: Draft, act: Draft, scope: Scope) -> Statement:
    return Statement(
        iri_of(actor),
        "implements",
        iri_of(act),
        _AGAIN,
        joint_status(act),
        (scope.bounds,),
        "stated",
        "relations:implements-again",
    )


def _in_document(reading: Reading, stated: list[Statement]) -> Iterator[Statement]:
    """Let those who carry out the solution do what it does, with lower scores.

    Where several do, one of whom sentences say what it does is given no act that is another's; and
    an actor that no role names gets none that a sentence gives to another named one.
    """
    acts = reading.objects_of("usesIntervention")
    implementers = _implementers(reading)
    given = {s.object for s in stated} | {
        act.object for act in acts for found in implementers if found.rule in _ROLES
    }
    main = _main_subject(reading) if implementers and implementers[0].rule != "main" else []
    for actor, bounds in main:
        left = _Implementer(actor, _LEFT_OVER, (bounds,), "left")
        yield from (_default(left, act) for act in acts if act.object not in given)
    several = len({found.actor for found in implementers if found.rule == "document"}) > 1
    busy = {s.subject for s in stated} if len(implementers) > 1 else set()
    taken = {s.object for s in stated if _is_named(reading, s.subject)}
    for found in implementers:
        free = found.rule in _ROLES and found.actor not in busy
        for act in acts if found.rule != "principal" else _likeliest(acts):
            if free or act.object not in taken:
                doubt = _ONE_OF_SEVERAL if several and found.rule == "document" else 1.0
                yield _default(replace(found, score=found.score * doubt), act)


def _likeliest(acts: list[Statement]) -> list[Statement]:
    return [act for act in acts if act.score >= _LIKELY][:_MOST_ACTS]


def _default(found: _Implementer, act: Statement) -> Statement:
    return Statement(
        found.actor,
        "implements",
        act.object,
        round(found.score, 4),
        act.assertion,
        tuple(sorted({*found.evidence, *act.evidence[:1]})),
        "inferred",
        f"relations:implements-{found.rule}",
    )


def _is_named(reading: Reading, iri: str) -> bool:
    entity = reading.entities.get(iri)
    return entity is not None and entity.named is not False


def _implementers(reading: Reading) -> list[_Implementer]:
    """List who carries out the solution: so named, under a label, the author, the main subject."""
    found = {
        s.object: _Implementer(s.object, 0.6 * min(1.0, s.score + 0.15), s.evidence[:1], "document")
        for s in reading.objects_of("implementedBy")[:_MOST_DEFAULTS]
    }
    for actor, bounds in _labelled(reading):
        found.setdefault(actor, _Implementer(actor, 0.55, (bounds,), "label"))
    if found:
        return list(found.values())
    if any(scope.cued("first person") for scope in reading.scopes) and reading.contributors:
        return [_Implementer(actor, 0.5, (), "author") for actor in reading.contributors]
    if main := _main_subject(reading):
        return [_Implementer(actor, 0.45, (bounds,), "main") for actor, bounds in main]
    principal = _principal(reading) or _main_subject(reading, named=False)
    return [_Implementer(a, 0.42, (bounds,), "principal") for a, bounds in principal]


def _principal(reading: Reading) -> list[tuple[str, Bounds]]:
    """Return the named body that a text speaks of most, or the only one, and no mere helper."""
    helpers = {s.object for s in reading.objects_of("fundedBy", "hasPartner")}
    places: dict[str, list[Bounds]] = {}
    for scope in reading.scopes:
        for actor in of_kind(scope, "actor"):
            named = actor.entity is not None and actor.entity.named is not False
            if named and _can_act(actor) and iri_of(actor) not in helpers:
                found = places.setdefault(iri_of(actor), [])
                if scope.bounds not in found:
                    found.append(scope.bounds)
    if not places:
        return []
    counts = sorted((len(found) for found in places.values()), reverse=True)
    best = max(places, key=lambda iri: (len(places[iri]), iri))
    if len(counts) > 1 and (counts[0] < _REPEATED or counts[0] == counts[1]):
        return []
    return [(best, places[best][0])]


def _labelled(reading: Reading) -> Iterator[tuple[str, Bounds]]:
    """Yield the actors on the line of a label (``Lead:``), or under it to the next heading."""
    open_label = False
    for scope in reading.scopes:
        actors = [d for d in of_kind(scope, "actor") if _can_act(d)]
        labels = [c for c in scope.cued("lead label") if _is_label(reading, scope, c)]
        on_line = [(cue.end, _line_end(reading, scope, cue)) for cue in labels]
        if any(reading.text[left:right].strip(" .:*_") for left, right in on_line):
            open_label = False
            actors = [a for a in actors if any(x <= a.start < y for x, y in on_line)]
            yield from ((iri_of(actor), scope.bounds) for actor in actors)
            continue
        if labels:
            open_label = True
            actors = [actor for actor in actors if actor.start >= labels[0].end]
        elif open_label and scope.block == "heading" and not of_kind(scope, "actor"):
            open_label = False
        if open_label:
            yield from ((iri_of(actor), scope.bounds) for actor in actors)


def _line_end(reading: Reading, scope: Scope, cue: Cue) -> int:
    found = reading.text.find("\n", cue.end, scope.end)
    return found if found >= 0 else scope.end


def _is_label(reading: Reading, scope: Scope, cue: Cue) -> bool:
    """Tell whether a cue opens its sentence or line and ends there, or at a colon."""
    line = max(scope.start, reading.text.rfind("\n", 0, cue.start))
    opens = words_between(reading.text, line, cue.start) == 0
    rest = reading.text[cue.end : _line_end(reading, scope, cue)].strip(" *_")
    return opens and (not rest.strip(".:") or rest.startswith(":"))


def _main_subject(reading: Reading, *, named: bool = True) -> list[tuple[str, Bounds]]:
    """Return the actor, named or a group, that is most often a subject, and one from the start."""
    counts: dict[str, list[Bounds]] = {}
    running = [s.bounds for s in reading.scopes if s.block not in ("title", "heading")]
    opening = running[:_OPENING]
    for scope in reading.scopes:
        for actor in of_kind(scope, "actor"):
            fits = actor.entity is not None and (actor.entity.named is not False) == named
            if fits and _can_act(actor) and role_of(reading, scope, actor)[0] == "subject":
                counts.setdefault(iri_of(actor), []).append(scope.bounds)
    counts = {iri: found for iri, found in counts.items() if found[0] in opening}
    if not counts:
        return []
    best = max(counts, key=lambda iri: len(counts[iri]))
    return [(best, counts[best][0])]


def _can_act(actor: Draft) -> bool:
    return actor.entity is not None and actor.entity.actor_type not in ("person", "fund")
