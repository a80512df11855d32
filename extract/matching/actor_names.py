"""Find actors in a text: known names, names by shape, acronyms, names beside a cue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.matching.acronyms import (
    bracket_after,
    bracket_before,
    is_aligned,
    looks_short,
    short_form_at,
)
from extract.matching.actor_cues import CueFound, find_cues, list_after
from extract.matching.actor_lexicon import ActorLexicon, longest
from extract.matching.generic_groups import ends_phrase
from extract.matching.organisation_names import (
    AND,
    OF,
    MarkedWords,
    NameShape,
    find_mixed_names,
    find_names,
    find_runs,
    is_foundation,
    trim_start,
)
from ontology.gazetteer.rows import NameHit, OrganisationRow

PlaceOf = Callable[[str], bool]
_SHORTEST_ACRONYM = 3
_LONGEST_NAME = 7
_NEAR = 8
_NEAR_NOUN = 6
_SHORTEST_LIST = 3
_ENGLISH_ARTICLES = frozenset(("a", "an", "the"))
_LONG_HEAD = 2
_SHORT_AND_LONG = 3
_UNLISTED = frozenset(
    f"actor_ruler:{rule}" for rule in ("cue", "model", "bracket", "list", "defined", "affiliation")
)
_NOUN_TYPES = {"initiative": "ngo", "iniciativa": "ngo", "ngo": "ngo", "ong": "ngo"}


@dataclass(slots=True)
class ActorFound:
    """Mark words ``start`` to ``end`` (exclusive) as an actor or a project."""

    start: int
    end: int
    rule: str
    score: float
    type: str
    """An actor type, ``project``, or empty where nothing tells it."""
    name: str
    """The fullest name that the text gives."""
    rows: tuple[int, ...] = ()
    """Rows of the gazetteer that the name may mean, likeliest first."""
    head: str = ""
    rejected: str = ""
    alternates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Look names of organisations up."""

    hits: Callable[[str], tuple[NameHit, ...]]
    has_prefix: Callable[[str], bool]
    row: Callable[[int], OrganisationRow]
    is_country: PlaceOf
    is_any_place: PlaceOf


@dataclass(slots=True)
class Reading:
    """Hold what is known of one text while actors are sought in it."""

    marked: MarkedWords
    lexicon: ActorLexicon
    names: Names
    other: Sequence[str]
    """Kind of the draft of another component that covers each word, else empty."""
    model: Sequence[str]
    """Label of the statistical model for each word, else empty."""
    found: list[ActorFound] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    cues: list[CueFound] = field(default_factory=list)
    short_forms: dict[str, ActorFound] = field(default_factory=dict)

    def add(self, actor: ActorFound) -> None:
        """Keep an actor where no word of it is covered, and cover its words."""
        if not any(self.covered[actor.start : actor.end]):
            self.found.append(actor)
            self.covered[actor.start : actor.end] = [True] * (actor.end - actor.start)


def find_actors(
    marked: MarkedWords,
    lexicon: ActorLexicon,
    names: Names,
    *,
    other: Sequence[str],
    model: Sequence[str],
) -> Reading:
    """Find named actors and projects; groups without a name are sought apart."""
    reading = Reading(marked, lexicon, names, other, model)
    reading.covered = [False] * len(marked.keys)
    reading.cues = find_cues(marked, lexicon)
    for actor in _longest_first(_known_names(reading) + _shaped_names(reading)):
        reading.add(actor)
    _bind_brackets(reading)
    _mark_short_forms(reading)
    for shape in find_mixed_names(marked, lexicon, reading.covered):
        reading.add(_from_shape(reading, shape))
    runs = _proper_runs(reading)
    _find_beside_cues(reading, runs)
    _find_defined(reading, runs)
    _find_in_lists(reading, runs)
    _find_by_model(reading)
    _repeat(reading)
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
            not marked.capital[end - 1]
            or (
                single
                and (surface != hit.name or (marked.first[start] and reading.model[start] != "ORG"))
            )
            or (
                hit.kind == "alternate"
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


def _other_covers(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a span is a place, holds a species, or stands in a heading."""
    labels = {reading.other[i] for i in range(start, end)}
    return labels == {"place"} or bool(labels - {"", "place"})


def _place_covers(reading: Reading, start: int, end: int) -> bool:
    """Tell whether places cover all words of a span."""
    return all(reading.other[i] == "place" for i in range(start, end))


def _bind_brackets(reading: Reading) -> None:
    """Bind short forms to the names that brackets explain, and mark both."""
    marked = reading.marked
    for actor in sorted(reading.found, key=lambda a: a.start):
        short = bracket_after(marked, actor.start, actor.end)
        short = short or bracket_before(marked, actor.start, actor.end)
        if short is None or short.written in reading.lexicon.other_acronyms:
            continue
        reading.short_forms.setdefault(short.written, actor)
        actor.alternates = (*actor.alternates, short.written)
        _uncover(reading, *short.short)
        reading.add(_named_as(actor, *short.short, "actor_ruler:bracket"))
    _bind_unknown_brackets(reading)


def _uncover(reading: Reading, start: int, end: int) -> None:
    """Drop readings of single words that a bracket now explains."""
    dropped = [a for a in reading.found if a.start >= start and a.end <= end]
    for actor in dropped:
        reading.found.remove(actor)
        reading.covered[actor.start : actor.end] = [False] * (actor.end - actor.start)


def _named_as(actor: ActorFound, start: int, end: int, rule: str) -> ActorFound:
    """Return another mention of an actor."""
    return ActorFound(
        start,
        end,
        rule,
        min(actor.score, 0.9),
        actor.type,
        actor.name,
        actor.rows,
        actor.head,
        actor.rejected,
        actor.alternates,
    )


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
        if not (rows or organisation) or not _may_be_name(reading, start, end):
            continue
        type_ = reading.names.row(rows[0]).type if rows else _type_nearby(reading, start, end)
        name = " ".join(marked.words.surface(start, end).split())
        actor = ActorFound(start, end, "actor_ruler:bracket", 0.75, type_, name)
        actor.alternates = (short.written,)
        reading.short_forms.setdefault(short.written, actor)
        _uncover(reading, *short.short)
        reading.add(actor)
        reading.add(_named_as(actor, *short.short, "actor_ruler:bracket"))


def _may_be_name(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a run of capitals may name an organisation as far as its words tell."""
    marked, families = reading.marked, reading.lexicon.families
    last = marked.keys[end - 1]
    written = marked.words.surface(start, end)
    return (
        end - start <= _LONGEST_NAME
        and not any(reading.covered[start:end])
        and not _other_covers(reading, start, end)
        and last not in families["not_organisation"]
        and written not in reading.lexicon.other_acronyms
        and not written.isdigit()
        and len(written) > 2
    )


def _type_nearby(reading: Reading, start: int, end: int) -> str:
    """Read the type of an unlisted name from a noun right before it, or from its own words."""
    marked, families = reading.marked, reading.lexicon.families
    if start and marked.keys[start - 1] in families["organisation_noun"]:
        return _noun_type(reading, start - 1)
    inside = frozenset(marked.keys[start:end])
    return "ngo" if end - start > 1 and inside & families["remit"] else ""


def _mark_short_forms(reading: Reading) -> None:
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
                reading.add(_named_as(actor, index, end, "actor_ruler:short_form"))
                break


def _proper_runs(reading: Reading) -> dict[int, int]:
    """Map the first word of each run of capitals, no name so far, to its end."""
    marked, lexicon = reading.marked, reading.lexicon
    runs: dict[int, int] = {}
    for start, end in find_runs(marked, lexicon):
        for first, last in _uncovered(reading, start, end):
            begin = trim_start(marked, lexicon, first, last)
            if begin < last:
                runs[begin] = last
    return runs


def _uncovered(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run at words that names cover, and at its ands."""
    parts: list[tuple[int, int]] = []
    begin = start
    for index in range(start, end + 1):
        if index == end or reading.covered[index] or reading.marked.keys[index] in AND:
            if begin < index:
                parts.append((begin, index))
            begin = index + 1
    return parts


def _find_beside_cues(reading: Reading, runs: Mapping[int, int]) -> None:
    """Take names without a type word that stand in the list after a strong cue."""
    item_at = _item_at(reading, runs)
    for found in reading.cues:
        if not found.cue.strong:
            continue
        for start, end in list_after(reading.marked, reading.lexicon, found.end, item_at):
            if found.cue.role == "fundedBy":
                _call_fund(reading, start)
            if not reading.covered[start] and _stands_alone(reading, start, end):
                _add_unknown(reading, start, end, "actor_ruler:cue", 0.65)


def _call_fund(reading: Reading, start: int) -> None:
    """Call a foundation that gives money a fund."""
    for actor in reading.found:
        if actor.start == start and actor.type == "ngo" and is_foundation(actor.head):
            actor.type = "fund"


def _item_at(reading: Reading, runs: Mapping[int, int]) -> Callable[[int], int | None]:
    """Return a function that gives the end of the actor or proper name at a word."""
    ends = {actor.start: actor.end for actor in reading.found}

    def item_at(index: int) -> int | None:
        return ends.get(index) or runs.get(index)

    return item_at


def _find_in_lists(reading: Reading, runs: Mapping[int, int]) -> None:
    """Take unknown names that stand in one list with known ones."""
    marked, lexicon = reading.marked, reading.lexicon
    item_at = _item_at(reading, runs)
    known = {a.start for a in reading.found if a.type != "project" and not a.rejected}
    done = 0
    for start in sorted((*runs, *known)):
        if start < done:
            continue
        items = list_after(marked, lexicon, start, item_at)
        done = items[-1][1] if items else start
        _add_affiliations(reading, items)
        if len(items) < _SHORTEST_LIST or not any(item[0] in known for item in items):
            continue
        for number, (begin, end) in enumerate(items):
            person_like = number == 0 and end - begin > 1
            if (
                not reading.covered[begin]
                and not person_like
                and _stands_alone(reading, begin, end)
            ):
                _add_unknown(reading, begin, end, "actor_ruler:list", 0.55)


def _add_affiliations(reading: Reading, items: Sequence[tuple[int, int]]) -> None:
    """Take acronyms that follow a person in a list: Ana Paz, FCX-UNX."""
    for (begin, _), (start, end) in pairwise(items):
        short = short_form_at(reading.marked, start) == end
        if short and reading.model[begin] == "PERSON" and _may_be_name(reading, start, end):
            _add_unknown(reading, start, end, "actor_ruler:affiliation", 0.5)


def _find_defined(reading: Reading, runs: Mapping[int, int]) -> None:
    """Take names that the text calls an organisation: X is a company, the firm X."""
    marked = reading.marked
    for start, end in sorted(runs.items()):
        if not _may_be_name(reading, start, end):
            continue
        type_ = _defined_type(reading, start, end)
        if type_ and _no_other_label(reading, start, end):
            name = " ".join(marked.words.surface(start, end).split())
            reading.add(ActorFound(start, end, "actor_ruler:defined", 0.7, type_, name))


def _defined_type(reading: Reading, start: int, end: int) -> str:
    """Return the type of the noun that an apposition or a definition gives, else empty."""
    noun = _noun_after(reading, end)
    if noun is None:
        noun = _noun_right_before(reading, start)
    if noun is None:
        noun = _noun_before(reading, start, end)
    return _noun_type(reading, noun) if noun is not None else ""


def _noun_after(reading: Reading, end: int) -> int | None:
    """Find the noun of: X is a small company; X, an association of …; X es una iniciativa …"""
    marked, families = reading.marked, reading.lexicon.families
    keys, count = marked.keys, len(marked.keys)
    if end + 2 >= count or marked.first[end] or keys[end + 1] not in families["determiner"]:
        return None
    if keys[end] not in families["being"] and keys[end] != ",":
        return None
    for index in range(end + 2, min(end + 2 + _NEAR_NOUN, count)):
        if marked.first[index] or not keys[index][0].isalnum():
            return None
        if keys[index] in families["organisation_noun"]:
            head_first = index == end + 2 and keys[end + 1] not in _ENGLISH_ARTICLES
            return index if head_first or ends_phrase(marked, reading.lexicon, index + 1) else None
    return None


def _noun_right_before(reading: Reading, start: int) -> int | None:
    """Find the noun of: the association X; a start-up called X."""
    marked, families = reading.marked, reading.lexicon.families
    keys, index = marked.keys, start - 1
    if index > 0 and keys[index] in families["called"]:
        index -= 1
    if index < 1 or marked.first[start] or keys[index] == ",":
        return None
    for first in (index - 1, index):
        phrase = " ".join(keys[max(first, 0) : index + 1])
        if phrase in families["organisation_noun"] and first > 0:
            before = keys[first - 1]
            described = before in families["determiner"] or before in families["modifier"]
            return first if described or before in reading.lexicon.demonyms else None
    return None


def _noun_before(reading: Reading, start: int, end: int) -> int | None:
    """Find the noun of: a company based in Y, X, which …"""
    marked, families = reading.marked, reading.lexicon.families
    keys = marked.keys
    if start < 2 or keys[start - 1] != "," or not ends_phrase(marked, reading.lexicon, end):
        return None
    for index in range(start - 2, max(start - 2 - _NEAR, -1), -1):
        if not keys[index][0].isalnum():
            return None
        if keys[index] in families["organisation_noun"]:
            return index if keys[index - 1] in families["determiner"] else None
        if marked.first[index]:
            return None
    return None


def _noun_type(reading: Reading, index: int) -> str:
    """Return the actor type of a common noun."""
    key = reading.marked.keys[index]
    found = longest(reading.lexicon.groups, reading.marked.keys, index)
    return found[1][0].type if found is not None else _NOUN_TYPES.get(key, "other")


def _no_other_label(reading: Reading, start: int, end: int) -> bool:
    """Tell whether the model calls no word of a name a person, place or date."""
    return not {reading.model[i] for i in range(start, end)} - {"", "ORG"}


def _stands_alone(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a proper name is a whole noun phrase and no person, place or thing."""
    marked = reading.marked
    if not _may_be_name(reading, start, end) or not _no_other_label(reading, start, end):
        return False
    keys = marked.keys
    in_place = (
        end + 1 < len(keys)
        and keys[end] == ","
        and keys[end + 1] in reading.lexicon.families["place_noun"]
    )
    opens_bracket = end < len(keys) and keys[end] == "("
    if in_place:
        return False
    acts = end < len(keys) and keys[end] in reading.lexicon.families["verb_base"]
    return opens_bracket or acts or ends_phrase(marked, reading.lexicon, end)


def _add_unknown(reading: Reading, start: int, end: int, rule: str, score: float) -> None:
    """Add a name that no list holds."""
    name = " ".join(reading.marked.words.surface(start, end).split())
    reading.add(ActorFound(start, end, rule, score, _type_nearby(reading, start, end), name))


def _acts(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a name stands before an acting verb or right after a cue."""
    marked, families = reading.marked, reading.lexicon.families
    keys = marked.keys
    index = end
    while index < len(keys) and keys[index] in families["auxiliary"] and not marked.first[index]:
        index += 1
    if index < len(keys) and not marked.first[index]:
        verb = keys[index]
        if verb in families["verb"] or (index > end and verb.endswith("ing")):
            return True
    before = start - 1 if start and keys[start - 1] in ("the", "l", "la", "el", "le") else start
    return any(c.end == before and c.cue.side == "after" for c in reading.cues)


def _find_by_model(reading: Reading) -> None:
    """Take organisations of the statistical model that act or that a cue announces."""
    marked, lexicon = reading.marked, reading.lexicon
    index, count = 0, len(marked.keys)
    while index < count:
        if reading.model[index] != "ORG":
            index += 1
            continue
        start = index
        while index < count and reading.model[index] == "ORG":
            index += 1
        start = trim_start(marked, lexicon, start, index)
        if (
            start < index
            and marked.capital[start]
            and marked.capital[index - 1]
            and _may_be_name(reading, start, index)
            and _acts(reading, start, index)
        ):
            _add_unknown(reading, start, index, "actor_ruler:model", 0.5)


def _repeat(reading: Reading) -> None:
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
                    reading.add(_named_as(actor, index, stop, "actor_ruler:repeated"))
                    break
        shape = bare.get(index)
        if shape is not None and shape.head.casefold() in heads:
            named = heads[shape.head.casefold()]
            reading.add(_named_as(named, index, shape.end, "actor_ruler:head"))
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
                reading.add(_named_as(actor, index, stop, "actor_ruler:head"))
