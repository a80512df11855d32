"""Find actors in a text: known names, names by shape, then names by what stands beside."""

from collections.abc import Sequence

from extract.matching.acronyms import is_aligned, looks_short
from extract.matching.actor_acting import find_acting
from extract.matching.actor_cues import find_cues
from extract.matching.actor_definitions import find_defined
from extract.matching.actor_lexicon import ActorLexicon
from extract.matching.actor_reading import ActorFound, Names, Reading, proper_runs
from extract.matching.actor_short_forms import bind_brackets, mark_short_forms, repeat_names
from extract.matching.actor_unlisted import (
    find_beside_cues,
    find_by_model,
    find_in_lists,
    find_joined,
)
from extract.matching.marked_words import OF, MarkedWords
from extract.matching.name_types import NameShape
from extract.matching.organisation_names import find_mixed_names, find_names
from ontology.gazetteer.rows import NameHit

_SHORTEST_ACRONYM = 3
_SHORT_AND_LONG = 3


def find_actors(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    names: Names,
    *,
    other: Sequence[str],
    model: Sequence[str],
    lang: str = "en",
) -> Reading:
    """Find named actors and projects; groups without a name are sought apart."""
    reading = Reading(marked, lexicon, names, other, model, lang)
    reading.covered = [False] * len(marked.keys)
    reading.cues = find_cues(marked, lexicon)
    for actor in _longest_first(_known_names(reading) + _shaped_names(reading)):
        reading.add(actor)
    bind_brackets(reading)
    mark_short_forms(reading)
    for shape in find_mixed_names(marked, lexicon, reading.covered):
        reading.add(_from_shape(reading, shape))
    runs = proper_runs(reading)
    find_beside_cues(reading, runs)
    find_defined(reading, runs)
    find_in_lists(reading, runs)
    find_joined(reading)
    find_by_model(reading)
    find_acting(reading, runs)
    repeat_names(reading)
    reading.found.sort(key=lambda actor: actor.start)
    return reading


def _longest_first(actors: list[ActorFound]) -> list[ActorFound]:
    return sorted(actors, key=lambda a: (a.start - a.end, not a.rows, a.start))


def _known_names(reading: Reading) -> list[ActorFound]:
    """List names of the gazetteer, longest first at each capitalised word."""
    marked, names = reading.marked, reading.names
    keys, capital = marked.keys, marked.capital
    actors: list[ActorFound] = []
    index = 0
    while index < len(keys):
        end, hits = _longest_known(marked, names, index) if capital[index] else (0, ())
        usable = _usable_hits(reading, index, end, hits) if hits else ()
        if not usable:
            index += 1
            continue
        end = _with_country(reading, end)
        row = names.row(usable[0].row_id)
        acronym = usable[0].kind == "acronym"
        actors.append(
            ActorFound(
                index,
                end,
                "actor_ruler:acronym" if acronym else "actor_ruler:gazetteer",
                0.85 if acronym else 0.98 if end - index > 1 else 0.95,
                row.type,
                row.name,
                tuple(dict.fromkeys(hit.row_id for hit in usable)),
                rejected=_treaty(reading, row.name),
            )
        )
        index = end
    return actors


def _longest_known(
    marked: MarkedWords, names: Names, index: int
) -> tuple[int, tuple[NameHit, ...]]:
    keys = marked.keys
    key, end = keys[index], index + 1
    best: tuple[int, tuple[NameHit, ...]] = (end, names.hits(key))
    while end < len(keys) and not marked.first[end] and names.has_prefix(key):
        key = f"{key} {keys[end]}"
        end += 1
        hits = names.hits(key)
        if hits:
            best = (end, hits)
    return best


def _usable_hits(
    reading: Reading, start: int, end: int, hits: tuple[NameHit, ...]
) -> tuple[NameHit, ...]:
    """Keep hits whose letters stand as the name writes them: acronyms in capitals."""
    marked = reading.marked
    surface = marked.words.surface(start, end)
    usable = []
    for hit in hits:
        single = end - start == 1
        acronym = hit.kind == "acronym" or (single and hit.name.isupper())
        if acronym:
            short = sum(c.isalpha() for c in hit.name) < _SHORTEST_ACRONYM
            if surface != hit.name or short or surface in reading.lexicon.other_acronyms:
                continue
        elif (
            not (marked.capital[end - 1] or surface == hit.name)
            or (
                single
                and (surface != hit.name or (marked.first[start] and reading.model[start] != "ORG"))
            )
            or (
                hit.kind == "alternate"
                and reading.names.row(hit.row_id).type != "igo"
                and reading.names.is_any_place(" ".join(marked.keys[start:end]))
            )
        ):
            continue
        usable.append(hit)
    return tuple(usable)


def _with_country(reading: Reading, end: int) -> int:
    """Take in a country that names the office: WCS Malaysia, UNDP Lao PDR."""
    marked = reading.marked
    for stop in (end + 2, end + 1):
        inside = range(end, stop)
        if stop <= len(marked.keys) and all(
            marked.capital[i] and not marked.first[i] and marked.between(i) == " " for i in inside
        ):
            key = " ".join(marked.keys[end:stop])
            follows = (
                stop < len(marked.keys) and marked.capital[stop] and marked.between(stop) == " "
            )
            if reading.names.is_country(key) and not follows:
                return stop
    return end


def _treaty(reading: Reading, name: str) -> str:
    """Say why a treaty is no actor; empty where the name is none."""
    first = name.split(" ", 1)[0].casefold()
    treaty = first in reading.lexicon.families["treaty"] and "secretariat" not in name.casefold()
    return "a treaty, which does not act itself" if treaty else ""


def _shaped_names(reading: Reading) -> list[ActorFound]:
    """List names that a type word makes organisations or projects."""
    shapes = find_names(reading.marked, reading.lexicon)
    return [_from_shape(reading, shape) for shape in shapes if not shape.bare]


def _from_shape(reading: Reading, shape: NameShape) -> ActorFound:
    """Return the actor of a name with a type word."""
    marked, names = reading.marked, reading.names
    start, end = shape.start, shape.end
    if end - start > _SHORT_AND_LONG and is_aligned(marked, start, start + 1, end):
        start += looks_short(marked.written(start))
    start, end = _narrow(reading, start, end)
    hits = names.hits(" ".join(marked.keys[start:end]))
    known = tuple(dict.fromkeys(h.row_id for h in hits if h.kind != "acronym"))
    type_ = names.row(known[0]).type if known else _parent_type(reading, start, end, shape.type)
    rejected = ""
    if _place_covers(reading, start, end):
        rejected = "the name of a place"
    elif shape.type_word.casefold() in reading.lexicon.families["plan_head"]:
        rejected = "a plan or framework"
    elif shape.type_word.casefold() in reading.lexicon.families["treaty"] and not known:
        rejected = "a treaty, which does not act itself"
    return ActorFound(
        start,
        _with_country(reading, end),
        "actor_ruler:gazetteer" if known else "actor_ruler:type_word",
        0.98 if known else 0.8,
        type_,
        names.row(known[0]).name if known else " ".join(marked.words.surface(start, end).split()),
        known,
        shape.head,
        rejected,
    )


def _narrow(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Leave out what only describes: a person of the body, the word NGO before its name."""
    marked, families = reading.marked, reading.lexicon.families
    keys, first = marked.keys, start
    while first < end and reading.model[first] == "PERSON" and reading.model[end - 1] != "PERSON":
        first += 1
    if keys[start] in families["title"] or (first > start and keys[first] in OF):
        known = [i for i in range(first, end) if keys[i] in OF]
        first = known[0] if known else first
        while first < end and not marked.capital[first]:
            first += 1
        start = first if first < end else start
    for index in range(start, min(start + _SHORT_AND_LONG, end - 1)):
        if keys[index] in families["descriptor"]:
            rest = index + 1
            while rest < end - 1 and " ".join(keys[rest : rest + 1]) in reading.lexicon.demonyms:
                rest += 1
            return rest, end
    if keys[end - 1] in families["descriptor"] and end - start > 1:
        return start, end - 1
    return start, end


def _parent_type(reading: Reading, start: int, end: int, type_: str) -> str:
    """Take the type of the body that a unit belongs to: UNDP Accelerator Lab Thailand."""
    marked, names = reading.marked, reading.names
    units = reading.lexicon.families["unit"]
    if not any(k in units for k in marked.keys[start + 1 : end]):
        return type_
    stop, hits = _longest_known(marked, names, start)
    usable = _usable_hits(reading, start, stop, hits) if hits and stop < end else ()
    parent = names.row(usable[0].row_id).type if usable else ""
    return parent if parent in ("igo", "ngo", "government") else type_


def _place_covers(reading: Reading, start: int, end: int) -> bool:
    """Tell whether places cover all words of a span."""
    return all(reading.other[i] == "place" for i in range(start, end))
