"""Bind short forms, and mark every further place where a name stands in short."""

from collections.abc import Mapping

from extract.matching.acronyms import bracket_after, bracket_before, short_form_at
from extract.matching.actor_reading import ActorFound, Reading, may_be_name, named_as, type_nearby
from extract.matching.organisation_names import find_names, find_runs, trim_start

_LONG_HEAD = 2
_UNLISTED = frozenset(
    f"actor_ruler:{rule}"
    for rule in ("acting", "affiliation", "bracket", "cue", "defined", "list", "model")
)


def bind_brackets(reading: Reading) -> None:
    """Bind short forms to the names that brackets explain, and mark both."""
    marked = reading.marked
    for actor in sorted(reading.found, key=lambda a: a.start):
        short = bracket_after(marked, actor.start, actor.end)
        short = short or bracket_before(marked, actor.start, actor.end)
        if short is None or short.written in reading.lexicon.other_acronyms:
            continue
        reading.short_forms.setdefault(short.written, actor)
        actor.alternates = (*actor.alternates, short.written)
        uncover(reading, *short.short)
        reading.add(named_as(actor, *short.short, "actor_ruler:bracket"))
    _bind_unknown_brackets(reading)


def uncover(reading: Reading, start: int, end: int) -> None:
    """Drop readings of single words that a bracket now explains."""
    dropped = [a for a in reading.found if a.start >= start and a.end <= end]
    for actor in dropped:
        reading.found.remove(actor)
        reading.covered[actor.start : actor.end] = [False] * (actor.end - actor.start)


def _bind_unknown_brackets(reading: Reading) -> None:
    """Take a long name whose short form is a known acronym or that the model calls one."""
    marked = reading.marked
    for start, end in find_runs(marked, reading.lexicon):
        start = trim_start(marked, reading.lexicon, start, end)
        if end - start < 2 or any(reading.covered[start:end]):
            continue
        short = bracket_after(marked, start, end) or bracket_before(marked, start, end)
        if short is None or short.written in reading.lexicon.other_acronyms:
            continue
        at = short.short[0]
        hits = reading.names.hits(marked.keys[at]) if at + 1 == short.short[1] else ()
        rows = tuple(h.row_id for h in hits if h.kind == "acronym" and h.name == short.written)
        organisation = "ORG" in (reading.model[start], reading.model[at])
        if not (rows or organisation) or not may_be_name(reading, start, end):
            continue
        type_ = reading.names.row(rows[0]).type if rows else type_nearby(reading, start, end)
        name = " ".join(marked.words.surface(start, end).split())
        actor = ActorFound(start, end, "actor_ruler:bracket", 0.75, type_, name)
        actor.alternates = (short.written,)
        reading.short_forms.setdefault(short.written, actor)
        uncover(reading, *short.short)
        reading.add(actor)
        reading.add(named_as(actor, *short.short, "actor_ruler:bracket"))


def mark_short_forms(reading: Reading) -> None:
    """Mark further places where a short form stands, alone or as part of a hyphened word."""
    marked = reading.marked
    if not reading.short_forms:
        return
    for index in range(len(marked.keys)):
        if reading.covered[index] or not marked.capital[index]:
            continue
        stop = short_form_at(marked, index)
        for end in dict.fromkeys((stop or index + 1, index + 1)):
            actor = reading.short_forms.get(marked.words.surface(index, end))
            if actor is not None:
                reading.add(named_as(actor, index, end, "actor_ruler:short_form"))
                break


def repeat_names(reading: Reading) -> None:
    """Mark further places where an unlisted name, or its type word alone, stands."""
    marked = reading.marked
    keys = marked.keys
    unknown: dict[str, list[tuple[tuple[str, ...], ActorFound]]] = {}
    for actor in reversed(reading.found):
        if actor.rule in _UNLISTED and actor.name:
            name = keys[actor.start : actor.end]
            unknown.setdefault(name[0], []).append((name, actor))
    heads = {
        a.head.casefold(): a
        for a in reversed(reading.found)
        if a.head and a.type != "project" and not a.rejected
    }
    bare = {s.start: s for s in find_names(marked, reading.lexicon) if s.bare} if heads else {}
    for index, key in enumerate(keys):
        if reading.covered[index]:
            continue
        if marked.capital[index]:
            for name, actor in sorted(unknown.get(key, ()), key=lambda pair: -len(pair[0])):
                if keys[index : index + len(name)] == name:
                    stop = index + len(name)
                    reading.add(named_as(actor, index, stop, "actor_ruler:repeated"))
                    break
        shape = bare.get(index)
        if shape is not None and shape.head.casefold() in heads:
            named = heads[shape.head.casefold()]
            reading.add(named_as(named, index, shape.end, "actor_ruler:head"))
    _repeat_long_heads(reading, heads)


def _repeat_long_heads(reading: Reading, heads: Mapping[str, ActorFound]) -> None:
    """Mark type words of two or more words in small letters: la mesa directiva."""
    keys = reading.marked.keys
    for head, actor in sorted(heads.items()):
        phrase = tuple(head.split())
        if len(phrase) < _LONG_HEAD:
            continue
        for index in range(len(keys) - len(phrase) + 1):
            if keys[index : index + len(phrase)] == phrase:
                stop = index + len(phrase)
                reading.add(named_as(actor, index, stop, "actor_ruler:head"))
