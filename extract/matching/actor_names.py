"""Find actors in a text: known names, names by shape, acronyms, names beside a cue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from extract.matching.acronyms import bracket_after, bracket_before, looks_short, short_form_at
from extract.matching.actor_cues import CueFound, find_cues, list_after
from extract.matching.actor_lexicon import ActorLexicon, longest
from extract.matching.organisation_names import MarkedWords, find_names, find_runs, trim_start
from ontology.gazetteer.rows import NameHit, OrganisationRow

PlaceOf = Callable[[str], bool]
_WEAK_CUES = frozenset(("by", "between", "from the", "between", "por", "par", "under", "within"))
_STRONG_ROLES = frozenset(("implementedBy", "fundedBy", "hasPartner"))
_SHORTEST_ACRONYM = 3
_LONGEST_NAME = 7
_NEAR = 8


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
    is_place: PlaceOf


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
    _find_beside_cues(reading)
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
                0.85 if acronym else 0.95,
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
        elif not marked.capital[end - 1] or (
            single
            and (surface != hit.name or (marked.first[start] and reading.model[start] != "ORG"))
        ):
            continue
        if single and end < len(marked.keys) and marked.between(end) == "-":
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
            if reading.names.is_place(key) and not follows:
                return stop
    return end


def _treaty(reading: Reading, name: str) -> str:
    """Say why a treaty is no actor; empty where the name is none."""
    first = name.split(" ", 1)[0].casefold()
    treaty = first in reading.lexicon.families["treaty"] and "secretariat" not in name.casefold()
    return "a treaty, which does not act itself" if treaty else ""


def _shaped_names(reading: Reading) -> list[ActorFound]:
    """List names that a type word makes organisations or projects."""
    marked, names = reading.marked, reading.names
    actors: list[ActorFound] = []
    for shape in find_names(marked, reading.lexicon):
        if shape.bare:
            continue
        start, end = shape.start, shape.end
        hits = names.hits(" ".join(marked.keys[start:end]))
        known = tuple(dict.fromkeys(h.row_id for h in hits if h.kind != "acronym"))
        surface = marked.words.surface(start, end)
        type_ = names.row(known[0]).type if known else _parent_type(reading, start, end, shape.type)
        rejected = ""
        if _place_covers(reading, start, end):
            rejected = "the name of a place"
        elif shape.type_word.casefold() in reading.lexicon.families["treaty"] and not known:
            rejected = "a treaty, which does not act itself"
        actors.append(
            ActorFound(
                start,
                _with_country(reading, end),
                "actor_ruler:gazetteer" if known else "actor_ruler:type_word",
                0.95 if known else 0.8,
                type_,
                names.row(known[0]).name if known else " ".join(surface.split()),
                known,
                shape.head,
                rejected,
            )
        )
    return actors


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
    """Tell whether another component named all words, or the last one, of a span."""
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
        and not any(reading.other[i] for i in range(start, end))
        and last not in families["not_organisation"]
        and written not in reading.lexicon.other_acronyms
        and not written.isdigit()
        and len(written) > 2
    )


def _type_nearby(reading: Reading, start: int, end: int) -> str:
    """Read the type from a common noun that stands beside the name: the company X, X, an NGO."""
    marked = reading.marked
    nouns, groups = reading.lexicon.families["organisation_noun"], reading.lexicon.groups
    before = [i for i in range(max(0, start - _NEAR), start) if not _crosses(marked, i, start)]
    after = [
        i for i in range(end, min(len(marked.keys), end + _NEAR)) if not _crosses(marked, end, i)
    ]
    for index in (*reversed(before), *after):
        if marked.keys[index] in nouns:
            found = longest(groups, marked.keys, index)
            if found is not None:
                return found[1][0].type
            if marked.keys[index] in ("ngo", "ong", "charity"):
                return "ngo"
    return ""


def _crosses(marked: MarkedWords, start: int, end: int) -> bool:
    return any(marked.first[start + 1 : end + 1])


def _proper_run_at(reading: Reading, runs: Mapping[int, int]) -> Callable[[int], int | None]:
    """Return a function that gives the end of the actor or proper name at a word."""
    ends = {a.start: a.end for a in reading.found}

    def item_at(index: int) -> int | None:
        return ends.get(index) or runs.get(index)

    return item_at


def _find_beside_cues(reading: Reading) -> None:
    """Take names without a type word that stand in the list after a strong cue, or act."""
    marked, lexicon = reading.marked, reading.lexicon
    runs = {}
    for start, end in find_runs(marked, lexicon):
        start = trim_start(marked, lexicon, start, end)
        if start < end:
            runs[start] = end
    item_at = _proper_run_at(reading, runs)
    for found in reading.cues:
        cue = found.cue
        strong = cue.side == "after" and cue.role in _STRONG_ROLES and cue.phrase not in _WEAK_CUES
        if not strong:
            continue
        for start, end in list_after(marked, found.end, item_at):
            if not reading.covered[start] and _stands_alone(reading, start, end):
                _add_unknown(reading, start, end, "actor_ruler:cue", 0.65)


def _stands_alone(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a proper name is a whole noun phrase and no person, place or thing."""
    marked = reading.marked
    if not _may_be_name(reading, start, end):
        return False
    labels = {reading.model[i] for i in range(start, end)} - {"", "ORG"}
    if labels or (end < len(marked.keys) and marked.keys[end] == "("):
        return not labels
    return _ends_phrase(reading, end)


def _ends_phrase(reading: Reading, end: int) -> bool:
    marked, families = reading.marked, reading.lexicon.families
    if end >= len(marked.keys) or marked.first[end] or not marked.keys[end][0].isalnum():
        return True
    key = marked.keys[end]
    return (
        key in reading.lexicon.function_words
        or key in families["verb"]
        or key in families["auxiliary"]
    )


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
    """Mark further places where a short form or a name without a list stands."""
    marked = reading.marked
    unknown = {
        tuple(marked.keys[a.start : a.end]): a
        for a in reading.found
        if a.rule in ("actor_ruler:cue", "actor_ruler:model", "actor_ruler:bracket")
    }
    firsts = {keys[0]: keys for keys in sorted(unknown, key=len)}
    heads = {
        a.head.casefold(): a for a in reversed(reading.found) if a.head and a.type != "project"
    }
    shapes = {s.start: s for s in find_names(marked, reading.lexicon) if s.bare} if heads else {}
    for index in range(len(marked.keys)):
        if reading.covered[index] or not marked.capital[index]:
            continue
        stop = short_form_at(marked, index)
        short = marked.words.surface(index, stop) if stop else ""
        if stop and short in reading.short_forms:
            reading.add(
                _named_as(reading.short_forms[short], index, stop, "actor_ruler:short_form")
            )
            continue
        keys = firsts.get(marked.keys[index])
        if keys and marked.keys[index : index + len(keys)] == keys:
            reading.add(_named_as(unknown[keys], index, index + len(keys), "actor_ruler:repeated"))
        elif index in shapes and shapes[index].head.casefold() in heads:
            shape = shapes[index]
            reading.add(
                _named_as(heads[shape.head.casefold()], index, shape.end, "actor_ruler:head")
            )


__all__ = ["ActorFound", "Names", "Reading", "find_actors", "looks_short"]
