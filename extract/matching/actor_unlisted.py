"""Find names that no list holds, by what stands beside them: cues, lists, the model."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from extract.matching.acronyms import short_form_at
from extract.matching.actor_cues import list_after, skip_bracket
from extract.matching.actor_reading import (
    Reading,
    add_unknown,
    is_thing,
    may_be_name,
    no_other_label,
    places_of,
)
from extract.matching.generic_groups import ends_phrase
from extract.matching.name_types import is_foundation
from extract.matching.organisation_names import trim_start

_SHORTEST_LIST = 3


def find_beside_cues(reading: Reading, runs: Mapping[int, int]) -> None:
    """Take names without a type word that stand in the list after a strong cue."""
    item_at = _item_at(reading, runs)
    for found in reading.cues:
        if not found.cue.strong:
            continue
        for start, end in list_after(reading.marked, reading.lexicon, found.end, item_at):
            if found.cue.role == "fundedBy":
                _call_fund(reading, start)
            if not reading.covered[start] and _stands_alone(reading, start, end):
                add_unknown(reading, start, end, "actor_ruler:cue", 0.65)


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


def find_in_lists(reading: Reading, runs: Mapping[int, int]) -> None:
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
                add_unknown(reading, begin, end, "actor_ruler:list", 0.55)


def _add_affiliations(reading: Reading, items: Sequence[tuple[int, int]]) -> None:
    """Take acronyms that follow a person in a list: Ana Paz, FCX-UNX."""
    for (begin, _), (start, end) in pairwise(items):
        short = short_form_at(reading.marked, start) == end
        if short and reading.model[begin] == "PERSON" and may_be_name(reading, start, end):
            add_unknown(reading, start, end, "actor_ruler:affiliation", 0.5)


def find_joined(reading: Reading) -> None:
    """Take acronyms that a dash or stroke joins to a body: Institute of Botany – ABC."""
    marked = reading.marked
    for actor in tuple(reading.found):
        at = _skip(marked.keys, actor.end, "*")
        if marked.keys[at : at + 1] == ("(",):
            at = _skip(marked.keys, skip_bracket(marked, at), "*")
        start = _skip(marked.keys, _skip(marked.keys, at, "-/"), "*")
        stop = short_form_at(marked, start) if start > at else None
        if stop is not None and may_be_name(reading, start, stop):
            add_unknown(reading, start, stop, "actor_ruler:affiliation", 0.5)


def _skip(keys: Sequence[str], index: int, marks: str) -> int:
    """Return the first word from an index on that is none of some marks."""
    while index < len(keys) and keys[index] in marks:
        index += 1
    return index


def _stands_alone(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a proper name is a whole noun phrase and no person, place or thing."""
    marked = reading.marked
    if not may_be_name(reading, start, end) or not no_other_label(reading, start, end):
        return False
    keys = marked.keys
    in_place = (
        end + 1 < len(keys)
        and keys[end] == ","
        and keys[end + 1] in reading.lexicon.families["place_noun"]
    )
    if is_thing(reading, [(start, end)]):
        return False
    opens_bracket = end < len(keys) and keys[end] == "("
    if in_place:
        return False
    acts = end < len(keys) and keys[end] in reading.lexicon.families["verb_base"]
    return opens_bracket or acts or ends_phrase(marked, reading.lexicon, end)


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


def find_by_model(reading: Reading) -> None:
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
            and may_be_name(reading, start, index)
            and _acts(reading, start, index)
            and not is_thing(reading, places_of(reading, start, index))
        ):
            add_unknown(reading, start, index, "actor_ruler:model", 0.5)
